"""Merging two records of one publication, key by key, by the precedence of the formats they came from.

A key's value belongs to one source, which lists the key in `Source.keys`.  Of two values the one from the better format
stands; of two from one format the later loaded (a corrected file).  Values of languages (``titles.zh``) and of an application
or PCT reference (``application.date``) have their keys of their own, so that a Chinese and an English source complete each
other.  `merge` is pure, re-merging a record changes nothing, and the order in which files of different formats are loaded
does not matter.

Of a legal status what its source said is compared, and what was reckoned from it (`search.patent.standing`) stands until it is
reckoned again: it is due as soon as the record has another version, unless nothing changed that a status follows from.
"""

import tomllib
from collections.abc import Iterator, Mapping, Set
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from search.patent import standing
from search.patent.model import Legal, Patent, Pct, Reference, Source

_IDENTITY = frozenset({"number", "country", "doc_number", "version", "sources"})
_CONTENT = tuple(name for name in Patent.__struct_fields__ if name not in _IDENTITY)
_EMPTY: tuple[Any, ...] = (None, (), {})
_TELLING = frozenset({"type", "stage", "publication_date", "application.number", "application.date", "priorities", "legal"})
"""Keys that a legal status follows from."""


def keys(patent: Patent) -> tuple[str, ...]:
    """The keys that the record has a value for, languages and parts of references each with its own, sorted."""
    return tuple(sorted(_flat(patent)))


def with_source(patent: Patent, source: Source) -> Patent:
    """The record as read from `source`; one that names its sources already (our own JSON lines) keeps them."""
    if patent.sources:
        return patent
    return msgspec.structs.replace(patent, sources=(msgspec.structs.replace(source, keys=keys(patent)),))


def merge(held: Patent, new: Patent) -> Patent:
    """The record to hold; `held` itself when nothing changes but where an equal value came from."""
    mine, theirs = _flat(held), _flat(new)
    my_owner, their_owner = _owners(held), _owners(new)
    values: dict[str, Any] = {}
    owner: dict[str, Source] = {}
    taken: set[str] = set()
    for key in sorted(mine.keys() | theirs.keys()):
        takes = key not in mine or (key in theirs and _takes(key, mine[key], my_owner[key], theirs[key], their_owner[key]))
        values[key] = theirs[key] if takes else mine[key]
        owner[key] = their_owner[key] if takes else my_owner[key]
        if takes and theirs[key] != mine.get(key):
            taken.add(key)
    sources = _sources(held, new, owner)
    known = {source.format for source in held.sources}
    if values == mine and all(source.format in known for source in new.sources):
        return held
    values.pop("legal", None)
    merged = msgspec.structs.replace(held, **_nested(values), legal=_legal(held, new, taken), sources=sources)
    return held if merged == held else msgspec.structs.replace(merged, version=held.version + 1)


def rank(key: str, format_name: str) -> int:
    """How far down in the order a format stands for a key, 0 the best; a format that is not listed comes last."""
    order = _order(key.partition(".")[0])
    return order.get(format_name, len(order))


def _takes(key: str, mine: Any, my_owner: Source, theirs: Any, their_owner: Source) -> bool:
    my_rank, their_rank = rank(key, my_owner.format), rank(key, their_owner.format)
    return their_rank < my_rank or (their_rank == my_rank and mine != theirs)


def _legal(held: Patent, new: Patent, taken: Set[str]) -> Legal | None:
    """The status to hold, where these keys take another value; one that still holds goes on into the next version."""
    if held.legal is None:
        return standing.stale(new.legal)
    if new.legal is not None and "legal" in taken:
        return standing.stale(new.legal) if held.legal.version is None else standing.with_said(held.legal, new.legal)
    if held.legal.version != held.version or taken & _TELLING:
        return held.legal
    return msgspec.structs.replace(held.legal, version=held.version + 1)


def _flat(patent: Patent) -> dict[str, Any]:
    return dict(_parts(patent))


def _parts(patent: Patent) -> Iterator[tuple[str, Any]]:
    for key in _CONTENT:
        value = getattr(patent, key)
        if isinstance(value, Legal):
            value = standing.said(value)
            if any(value):
                yield key, value
        elif value in _EMPTY:
            continue
        elif isinstance(value, dict):
            yield from ((f"{key}.{lang}", text) for lang, text in value.items())
        elif isinstance(value, Reference | Pct):
            yield from ((f"{key}.{name}", part) for name in value.__struct_fields__ if (part := getattr(value, name)) is not None)
        else:
            yield key, value


def _nested(values: Mapping[str, Any]) -> dict[str, Any]:
    """Inverse of `_flat`; languages in alphabetical order, so that equal records have equal JSON."""
    found: dict[str, Any] = {}
    for key, value in values.items():
        name, _, part = key.partition(".")
        if part:
            found.setdefault(name, {})[part] = value
        else:
            found[name] = value
    for name, shape in (("application", Reference), ("pct", Pct)):
        if name in found:
            found[name] = shape(**found[name])
    return found


def _owners(patent: Patent) -> dict[str, Source]:
    """Which source gave each key; keys that none lists belong to the best of them."""
    if not patent.sources:
        raise ValueError("a record without a source can't be merged")
    listed = {key: source for source in patent.sources for key in source.keys}
    return {key: listed.get(key) or listed.get(key.partition(".")[0]) or patent.sources[0] for key in keys(patent)}


def _sources(held: Patent, new: Patent, owner: Mapping[str, Source]) -> tuple[Source, ...]:
    """The sources of both with the keys that now are theirs, the better format first; one that gave nothing stays named."""
    given: dict[tuple[str, str], list[str]] = {}
    for key, source in owner.items():
        given.setdefault(_where(source), []).append(key)
    both = {_where(source): source for source in (*held.sources, *new.sources)}
    kept = (msgspec.structs.replace(source, keys=tuple(given.get(place, ()))) for place, source in both.items())
    return tuple(sorted(kept, key=lambda source: (rank("", source.format), *_where(source))))


def _where(source: Source) -> tuple[str, str]:
    """A file tells of a publication once: read again after a correction, its place is the new one."""
    return source.format, source.file


@cache
def _order(key: str) -> dict[str, int]:
    table = tomllib.loads(files("indexer").joinpath("precedence.toml").read_text("utf-8"))
    first = table["keys"].get(key, [])
    return {name: place for place, name in enumerate([*first, *(other for other in table["order"] if other not in first)])}
