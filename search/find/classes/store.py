"""The only SQL of classes."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Index, Integer, Row, Table, Text, and_, false, func, literal, or_, select

from auth.database import Connection, merge_rows, metadata
from search.find.classes.model import FLAT, Entry, Link, Scheme
from search.find.classes.words import english, joined

classes = Table(
    "classes",
    metadata,
    Column("scheme", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("parent", Text),
    Column("depth", Integer, nullable=False),
    Column("zh", Text),
    Column("en", Text),
    Column("notes_zh", Text),
    Column("notes_en", Text),
    Column("words_zh", Text),
    Column("words_en", Text),
    Index("ix_classes_scheme_parent", "scheme", "parent"),
    Index("ix_classes_scheme_depth", "scheme", "depth"),
)

links = Table(
    "class_links",
    metadata,
    Column("scheme", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("target_scheme", Text, primary_key=True),
    Column("target", Text, primary_key=True),
    Column("kind", Text),
    Column("day", Text),
    Index("ix_class_links_target_scheme_target", "target_scheme", "target"),
)

_ENTRY = tuple(classes.c[name] for name in Entry.__slots__)
_LINK = tuple(links.c[name] for name in Link.__slots__)
_KEYS = 500
"""Keys of one statement."""


def merge(connection: Connection, read: Iterable[Entry | Link]) -> None:
    """Adds classes and links; of those that stand already, what is given takes the place of what stood."""
    entries, ties = [], []
    for each in read:
        values = {name: getattr(each, name) for name in each.__slots__}
        if isinstance(each, Entry):
            entries.append(values | {"words_zh": each.zh and joined(each.zh), "words_en": each.en and english(each.en)})
        else:
            ties.append(values)
    if entries:
        merge_rows(connection, classes, entries)
    if ties:
        merge_rows(connection, links, ties)


def counts(connection: Connection) -> dict[tuple[str, str], int]:
    """How many classes and links of each scheme are held, by ("classes" or "links", scheme)."""
    held = {}
    for table in (classes, links):
        asked = select(table.c.scheme, func.count()).group_by(table.c.scheme)
        held.update({(table.name.removeprefix("class_"), scheme): count for scheme, count in connection.execute(asked)})
    return held


def levelled(connection: Connection, scheme: Scheme) -> bool | None:
    """Whether the scheme has levels below the main group; ``None`` where it is not loaded."""
    deepest = connection.scalar(select(func.max(classes.c.depth)).where(classes.c.scheme == scheme))
    return None if deepest is None else deepest > FLAT


def some(connection: Connection, scheme: Scheme, keys: Sequence[str]) -> dict[str, Entry]:
    """Those of the keys that are held."""
    found: dict[str, Entry] = {}
    for start in range(0, len(keys), _KEYS):
        asked = select(*_ENTRY).where(classes.c.scheme == scheme, classes.c.key.in_(keys[start : start + _KEYS]))
        found.update({row.key: _entry(row) for row in connection.execute(asked)})
    return found


def children(connection: Connection, scheme: Scheme, parent: str | None) -> list[Entry]:
    """In no order; of ``None`` the roots."""
    within = classes.c.parent.is_(None) if parent is None else classes.c.parent == parent
    return [_entry(row) for row in connection.execute(select(*_ENTRY).where(classes.c.scheme == scheme, within))]


def below(connection: Connection, scheme: Scheme, key: str, *, most: int) -> list[str]:
    """The keys of everything below, at most `most`; editions that contradict each other may make a ring, met once."""
    first = select(classes.c.key).where(classes.c.scheme == scheme, classes.c.parent == key)
    tree = first.cte("below", recursive=True)
    inner = classes.alias("inner_classes")
    tree = tree.union(select(inner.c.key).where(inner.c.scheme == scheme, inner.c.parent == tree.c.key))
    return list(connection.scalars(select(tree.c.key).limit(most)))


def path(connection: Connection, scheme: Scheme, key: str) -> list[Entry]:
    """The class itself and those above it, the root first; empty where it is not held."""
    found: dict[str, Entry] = {}
    wanted: str | None = key
    while wanted is not None and wanted not in found and (here := some(connection, scheme, [wanted]).get(wanted)):
        found[wanted] = here
        wanted = here.parent
    return list(found.values())[::-1]


def titled(
    connection: Connection, scheme: Scheme, asked: Sequence[tuple[str, Sequence[str]]], *, size: int, deepest: int | None = None
) -> list[Entry]:
    """The classes that have, for each pair, one of its texts among their words of its language; the broadest first, and none
    below the depth `deepest`."""
    wanted = [
        or_(false(), *(classes.c[f"words_{lang}"].contains(text, autoescape=True) for text in texts)) for lang, texts in asked
    ]
    if deepest is not None:
        wanted.append(classes.c.depth <= deepest)
    found = select(*_ENTRY).where(classes.c.scheme == scheme, *wanted).order_by(classes.c.depth, classes.c.key).limit(size)
    return [_entry(row) for row in connection.execute(found)]


def starting(connection: Connection, scheme: Scheme, prefix: str, *, size: int) -> list[Entry]:
    """The classes whose keys start so, the broadest first."""
    asked = select(*_ENTRY).where(classes.c.scheme == scheme, classes.c.key.startswith(prefix, autoescape=True))
    return [_entry(row) for row in connection.execute(asked.order_by(classes.c.depth, classes.c.key).limit(size))]


def moves(connection: Connection, scheme: Scheme, keys: Sequence[str], *, forward: bool, most: int) -> list[Link]:
    """Reclassifications of what stands at the keys or, of a main group and what is broader, below them: `forward` of classes
    that were these, else of classes that are."""
    column = links.c.key if forward else links.c.target
    within = and_(links.c.scheme == scheme, links.c.target_scheme == scheme)
    exact = [key for key in keys if "/" in key]
    wanted: list[ColumnElement[bool]] = [column.in_(exact[start : start + _KEYS]) for start in range(0, len(exact), _KEYS)]
    for key in keys:
        if "/" not in key:
            deeper = column.startswith(f"{key}/" if len(key) > 4 else key, autoescape=True)
            wanted.append(or_(column == key, deeper))
    found: list[Link] = []
    for test in wanted:
        found += [Link(*row) for row in connection.execute(select(*_LINK).where(within, test).limit(most))]
    return found


def tied(connection: Connection, scheme: Scheme, keys: Sequence[str], target: Scheme) -> list[str]:
    """The classes of another scheme that these hold, each once."""
    found: dict[str, None] = {}
    for start in range(0, len(keys), _KEYS):
        some_keys = links.c.key.in_(keys[start : start + _KEYS])
        asked = select(links.c.target).where(links.c.scheme == scheme, links.c.target_scheme == target, some_keys)
        found.update(dict.fromkeys(connection.scalars(asked.order_by(links.c.target))))
    return list(found)


def has_links(connection: Connection, scheme: Scheme) -> bool:
    """Whether any reclassification of the scheme is held."""
    asked = select(literal(1)).where(links.c.scheme == scheme, links.c.target_scheme == scheme).limit(1)
    return connection.scalar(asked) is not None


def _entry(row: Row[Any]) -> Entry:
    return Entry(**row._mapping)
