"""Hits in order. tantivy orders by one key and breaks ties as its segments lie; here every order ends in the number.

A window of hits is widened until it ends below the last one that is wanted, so that all that tie with it are inside, and is
then sorted by the full key.  Nothing but the index's own integer columns is read.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

from tantivy import DocAddress, FieldType, Occur, Order, Query, Searcher

from search.engine import layout
from search.engine.embedded.schema import NUMBER_HEAD, NUMBER_TAIL, ROW, SCHEMA
from search.engine.model import Sort, Unit
from search.engine.ties import ordered

_MARGIN = 16
_WIDEN = 4
_LAST_DAY = 99991231

WINDOW = 20_000
"""Hits of one step through all of them in the order of their ordinals."""

Found: TypeAlias = tuple[Any, DocAddress]
Ranked: TypeAlias = tuple[int, float]
"""The row of a document and its score."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """`total` is exact; `hits` are as many of the first ones as were asked for."""

    total: int
    hits: list[Ranked]


def first(searcher: Searcher, query: Query, sort: Sort, *, wanted: int, scored: bool) -> Ordered:
    """The first `wanted` (at least one) hits; `scored` says whether scores of `query` can differ."""
    if sort.by == "relevance" and scored:
        return _by_score(searcher, query, wanted)
    if sort.by in {"relevance", "number"}:
        return _by_number(searcher, query, wanted, descending=sort.by == "number" and sort.descending)
    return _by_date(searcher, query, sort, wanted)


def every(searcher: Searcher, query: Query, sort: Sort, *, scored: bool) -> Ordered:
    """All hits, for a view that stays."""
    return first(searcher, query, sort, wanted=max(1, count(searcher, query)), scored=scored)


def collapsed(searcher: Searcher, query: Query, sort: Sort, unit: Unit, *, wanted: int, scored: bool) -> Ordered:
    """The first hit of each unit, the first `wanted` (at least one) of these; `total` is of all hits."""
    group_of = dict(cast(list[tuple[int, int]], columns(searcher, query, ROW, layout.UNITS[unit])))
    limit = wanted
    while True:
        found = first(searcher, query, sort, wanted=limit, scored=scored)
        best: dict[int, Ranked] = {}
        for hit in found.hits:
            best.setdefault(group_of[hit[0]], hit)
        if len(best) >= wanted or limit >= found.total:
            return Ordered(found.total, list(best.values())[:wanted])
        limit = min(limit * _WIDEN, found.total)


def every_first(searcher: Searcher, query: Query, sort: Sort, unit: Unit, *, scored: bool) -> Ordered:
    """The first hit of each unit, for a view that stays."""
    return collapsed(searcher, query, sort, unit, wanted=max(1, count(searcher, query)), scored=scored)


def units(searcher: Searcher, query: Query, unit: Unit) -> int:
    """How many units the hits are of."""
    return len(set(column(searcher, query, layout.UNITS[unit])))


def count(searcher: Searcher, query: Query) -> int:
    """How many documents match."""
    return _search(searcher, query, 1)[0]


def column(searcher: Searcher, query: Query, name: str) -> list[int]:
    """The values of an integer column that every document has, of all hits in no order."""
    _, hits = _search(searcher, query, max(1, count(searcher, query)))
    return _integers(searcher, name, hits)


def columns(searcher: Searcher, query: Query, *names: str) -> list[tuple[int, ...]]:
    """The values of integer columns that every document has, of all hits in no order."""
    _, hits = _search(searcher, query, max(1, count(searcher, query)))
    return list(zip(*(_integers(searcher, name, hits) for name in names), strict=True))


def onward(searcher: Searcher, query: Query, *, after: int, window: int = WINDOW) -> Iterator[list[tuple[int, int]]]:
    """The ordinals above `after` and the rows of all hits, ascending; no more than a `window` of them is held at a time."""
    while True:
        later = Query.range_query(SCHEMA, layout.ORDINAL, FieldType.Unsigned, after, include_lower=False)
        _, hits = _search(
            searcher, Query.boolean_query([(Occur.Must, query), (Occur.Must, later)]), window, layout.ORDINAL, Order.Asc
        )
        yield list(zip([ordinal for ordinal, _ in hits], _integers(searcher, ROW, hits), strict=True))
        if len(hits) < window:
            return
        after = hits[-1][0]


def _by_score(searcher: Searcher, query: Query, wanted: int) -> Ordered:
    total, hits = _window(lambda limit: _search(searcher, query, limit), wanted, ordered)
    keys = [(-ordered(score), head, tail) for (score, _), (head, tail) in zip(hits, _numbers(searcher, hits), strict=True)]
    return Ordered(total, [(row, ordered(hits[place][0])) for place, row in _sorted(searcher, hits, keys, wanted)])


def _by_number(searcher: Searcher, query: Query, wanted: int, *, descending: bool = False) -> Ordered:
    order = Order.Desc if descending else Order.Asc
    total, hits = _window(lambda limit: _search(searcher, query, limit, NUMBER_HEAD, order), wanted, int)
    sign = -1 if descending else 1
    keys = [(sign * head, sign * tail) for head, tail in _numbers(searcher, hits)]
    return Ordered(total, [(row, 0.0) for _, row in _sorted(searcher, hits, keys, wanted)])


def _by_date(searcher: Searcher, query: Query, sort: Sort, wanted: int) -> Ordered:
    """Many documents share a day, so those of the last wanted day are asked for by themselves, in order of their number."""
    order = Order.Desc if sort.descending else Order.Asc
    total, hits = _search(searcher, query, wanted, sort.by, order)
    rest: list[Ranked] = []
    if total > len(hits):
        day = hits[-1][0]
        hits = [hit for hit in hits if hit[0] != day]
        rest = _by_number(searcher, _on(query, sort.by, day), wanted - len(hits)).hits
    sign = -1 if sort.descending else 1
    keys = [
        (day is None, sign * (day or 0), head, tail) for (day, _), (head, tail) in zip(hits, _numbers(searcher, hits), strict=True)
    ]
    return Ordered(total, [*((row, 0.0) for _, row in _sorted(searcher, hits, keys, wanted)), *rest])


def _on(query: Query, column: str, day: int | None) -> Query:
    """Those of the day, or those without one."""
    low, high = (0, _LAST_DAY) if day is None else (day, day)
    dated = Query.range_query(SCHEMA, column, FieldType.Unsigned, low, high)
    return Query.boolean_query([(Occur.Must, query), (Occur.MustNot if day is None else Occur.Must, dated)])


def _window(search: Callable[[int], tuple[int, list[Found]]], wanted: int, tied: Callable[[Any], float]) -> tuple[int, list[Found]]:
    """The total and at least the first `wanted` hits with all that tie with the last of them."""
    limit = wanted + _MARGIN
    while True:
        total, hits = search(limit)
        if len(hits) == total or tied(hits[-1][0]) != tied(hits[wanted - 1][0]):
            return total, hits
        limit = min(limit * _WIDEN, total)


def _search(
    searcher: Searcher, query: Query, limit: int, column: str | None = None, order: Order = Order.Desc
) -> tuple[int, list[Found]]:
    """The total, and the first `limit` hits (at least one: tantivy panics on none) by score or by an integer column."""
    result: Any = searcher.search(query, limit, order_by_field=column, order=order)
    return result.count, result.hits


def _integers(searcher: Searcher, column: str, hits: Sequence[Found]) -> list[int]:
    """Values of a column that every document has."""
    return cast(list[int], searcher.fast_field_values(column, [address for _, address in hits]))


def _numbers(searcher: Searcher, hits: Sequence[Found]) -> list[tuple[int, int]]:
    return list(zip(_integers(searcher, NUMBER_HEAD, hits), _integers(searcher, NUMBER_TAIL, hits), strict=True))


def _sorted(searcher: Searcher, hits: Sequence[Found], keys: Sequence[tuple[Any, ...]], wanted: int) -> list[tuple[int, int]]:
    """The places of the first `wanted` hits by their keys, with their rows."""
    places = sorted(range(len(hits)), key=keys.__getitem__)[:wanted]
    return list(zip(places, _integers(searcher, ROW, [hits[place] for place in places]), strict=True))
