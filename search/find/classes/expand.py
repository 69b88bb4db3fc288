"""What a class in a question also asks for: what stands below it in a scheme with levels, and what was reclassified.

A prefix of a symbol says everything down to the main group; below it only a scheme's dots say what belongs to what
(A01B 1/04 to A01B 1/02).  A reclassification is honoured both ways: who asks for the old class finds what stands under the
new one, and the other way round.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from auth.database import Connection
from search.find.classes import store
from search.find.classes.model import SYMBOLS, Link, Scheme, node, printed
from search.patent import classes
from search.query.errors import Note
from search.query.tree import And, Expanded, Not, Or, Query, Value, leaves

MOST = 10_000
"""Keys of one class; the CPC has at most some thousands below a subgroup."""

REACHING = frozenset({"class_below", "class_moved"})
"""Codes of the notes that tell of more than the symbol."""

_EDITIONS = 6
"""How many reclassifications in a row are followed."""

_NAMED = 3


@dataclass(frozen=True, slots=True)
class Reach:
    """What asking for a class finds: its own keys, how many of them stand `below` it in the scheme (``None``: the scheme that is
    loaded has no levels there), and the reclassifications that bring further ones."""

    keys: tuple[str, ...]
    below: int | None
    moves: tuple[Link, ...] = ()


def asks(query: Query, filters: Mapping[str, Query]) -> bool:
    """Whether there is a class in it at all."""
    return any(name in filters for name in SYMBOLS) or any(
        isinstance(leaf, Value) and leaf.field in SYMBOLS for leaf in leaves(query)
    )


def reach(connection: Connection, scheme: Scheme, symbol: str) -> Reach:
    """What `symbol` asks for; raises `ClassError`."""
    key, named = classes.key(symbol), node(scheme, symbol)
    own: tuple[str, ...] = (key,)
    below = 0
    if "/" in key:
        levels = store.levelled(connection, scheme)
        if levels and key != named:
            own, below = (named,), len(store.below(connection, scheme, named, most=MOST))
        elif levels:
            deeper = store.below(connection, scheme, named, most=MOST)
            own, below = (key, *deeper), len(deeper)
        elif levels is False:
            return _moved(connection, scheme, own, None)
    return _moved(connection, scheme, own, below)


def _moved(connection: Connection, scheme: Scheme, own: tuple[str, ...], below: int | None) -> Reach:
    found: dict[str, None] = {}
    moves: dict[Link, None] = {}
    if store.has_links(connection, scheme):
        for forward in (True, False):
            edge: Sequence[str] = own
            seen: set[str] = set()
            for _ in range(_EDITIONS):
                met = store.moves(connection, scheme, edge, forward=forward, most=MOST)
                ends = {move: move.target if forward else move.key for move in met}
                new = {move: end for move, end in ends.items() if end not in seen and not _within(end, own)}
                moves.update(dict.fromkeys(new))
                found.update(dict.fromkeys(new.values()))
                edge = list(dict.fromkeys(new.values()))
                seen.update(edge)
                if not edge or len(found) > MOST:
                    break
    return Reach((*own, *found)[: 2 * MOST], below, tuple(moves))


def _within(key: str, own: Sequence[str]) -> bool:
    """Whether documents of the class are found without it."""
    return key in own or any(key.startswith(f"{each}/" if len(each) > 4 else each) for each in own if "/" not in each)


Known = dict[tuple[Scheme, str], Reach]
"""What classes ask for that were looked up before."""


def expanded(connection: Connection, query: Query, notes: list[Note], known: Known | None = None) -> Query:
    """The question with its classes as far as they reach; adds to `notes` what they bring, and to `known` what was looked up."""
    known = {} if known is None else known
    match query:
        case And(items) | Or(items):
            return type(query)(tuple(expanded(connection, item, notes, known) for item in items))
        case Not(item):
            return Not(expanded(connection, item, notes, known))
        case Value(field, value) if field in SYMBOLS:
            scheme: Scheme = "cpc" if field == "cpc" else "ipc"
            try:
                reached = known.get((scheme, value)) or reach(connection, scheme, value)
            except classes.ClassError:
                return query
            known[scheme, value] = reached
            notes += _notes(scheme, value, reached)
            return Expanded(field, value, reached.keys) if reached.keys != (classes.key(value),) else query
    return query


def _notes(scheme: Scheme, value: str, reached: Reach) -> Iterator[Note]:
    if reached.below is None:
        yield Note(
            "class_flat",
            0,
            f"已加载的 {scheme.upper()} 分类表没有小组的层级：“{value}”不含其下的小组。",
            f"The loaded {scheme.upper()} has no levels below the main group: “{value}” has no subgroups with it.",
        )
    elif reached.below:
        yield Note(
            "class_below",
            0,
            f"“{value}”按分类表连同其下的 {reached.below} 个小组一起检索；只检索它本身，请用 expand=false。",
            f"“{value}” was searched with the {reached.below} subgroups below it in the scheme; without them: expand=false.",
        )
    if reached.moves:
        zh, en = _told(scheme, reached.moves)
        yield Note(
            "class_moved",
            0,
            f"因重新分类（{zh}），“{value}”也检索另一分类号；不要这些，请用 expand=false。",
            f"By reclassification ({en}) “{value}” was searched under the other class too; without: expand=false.",
        )


def _told(scheme: Scheme, moves: Sequence[Link]) -> tuple[str, str]:
    """The first few moves, and how many more there are."""
    zh, en = [], []
    for move in moves[:_NAMED]:
        old, new = printed(scheme, move.key), printed(scheme, move.target)
        zh.append(f"{old} → {new}" + (f"，{move.day} 起" if move.day else ""))
        en.append(f"{old} → {new}" + (f" since {move.day}" if move.day else ""))
    more = len(moves) - _NAMED
    return (
        "；".join(zh) + (f"；共 {len(moves)} 处" if more > 0 else ""),
        "; ".join(en) + (f"; {more} more" if more > 0 else ""),
    )
