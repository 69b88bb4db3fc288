"""Tables over two engines as over one: the documents held, and beside them records that are not held (rows that imports brought
into a collection).

A unit may stand in both: a grant that is not held, of an application that was published and is. So the engine beside has, besides
the records, a copy of each document that shares a unit with one of them; those are asked of it and no longer of the main one, and
what is left has no unit in common: counts add up. Different keys (`Question.of`) are no units: those of the records which the
documents have as well are found and counted once.
"""

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from types import MappingProxyType
from typing import TypeAlias

from search.engine import tabling
from search.engine.errors import TooManyCells
from search.engine.model import Cell, Count, Question, Table, Unit, waiting
from search.engine.port import Counting
from search.engine.tabling import MOST_CELLS, MOST_DIMENSIONS, MOST_FIRST, in_order
from search.query.tree import Listed, Not, Query, both


@dataclass(frozen=True, slots=True)
class Beside:
    """`records` is an engine with records that are not held, and with copies of the documents whose numbers are in `shared`: those
    that share a unit of that kind with a record (by publication: that have its number), ascending."""

    records: Counting
    shared: Mapping[Unit, tuple[str, ...]]

    @property
    def copies(self) -> tuple[str, ...]:
        """The numbers of all copies."""
        return tuple(sorted({number for numbers in self.shared.values() for number in numbers}))


@dataclass(frozen=True, slots=True)
class _Asked:
    """Questions to the main engine and to the one beside it."""

    main: Sequence[Question]
    beside: Sequence[Question]


_Answers: TypeAlias = tuple[list[Table], list[Table]]
_Steps: TypeAlias = Generator[_Asked, _Answers, Table]
_Kept: TypeAlias = frozenset[str] | None


class Joined:
    """Counts over `main` and the records `beside` it: each is a `Count` where records have a part in it, of which those units wait
    that no document held has there. Of different keys it counts in two dimensions at the most."""

    def __init__(self, main: Counting, beside: Beside) -> None:
        self._main = main
        self._beside = beside

    def counts(self, queries: Sequence[Query]) -> list[int]:
        records = [_without(query, self._beside.copies) for query in queries]
        return [sum(each) for each in zip(self._main.counts(queries), self._beside.records.counts(records), strict=True)]

    def aggregate(
        self, query: Query, questions: Sequence[Question], *, filters: Mapping[str, Query] = MappingProxyType({})
    ) -> list[Table]:
        tabling.check(questions)
        steps = [self._table(question) for question in questions]
        asking = {place: next(each) for place, each in enumerate(steps)}
        found: dict[int, Table] = {}
        while asking:
            main = _dealt(self._main.aggregate(query, _all(each.main for each in asking.values()), filters=filters))
            beside = _dealt(self._beside.records.aggregate(query, _all(each.beside for each in asking.values()), filters=filters))
            going, asking = asking, {}
            for place, asked in going.items():
                try:
                    asking[place] = steps[place].send((main(len(asked.main)), beside(len(asked.beside))))
                except StopIteration as done:
                    found[place] = done.value
        return [found[place] for place in range(len(questions))]

    def _table(self, question: Question) -> _Steps:
        """The first keys of each dimension that has a size, and then the cells of these."""
        first, counted = (self._first_keys, self._keys) if question.of else (self._first_units, self._units)
        kept: list[_Kept] = [None] * len(question.by)
        for place, size in enumerate(tabling.sizes(question)):
            if size is None:
                continue
            name = question.by[place]
            table = yield from first(replace(question, by=(name,), size=(size,), only=_only(question, name)))
            if len(question.by) == 1:
                return replace(table, cells=table.cells[:size])
            kept[place] = frozenset(cell.keys[0] for cell in table.cells[:size])
        table = _of_these((yield from counted(_narrowed(question, kept))), kept)
        if len(table.cells) > MOST_CELLS:
            raise TooManyCells(MOST_CELLS)
        return table

    def _units(self, question: Question) -> _Steps:
        """Units of all keys."""
        main, beside = self._halves(question)
        [held], others = yield _Asked([main], beside)
        return _sum(held, *others)

    def _first_units(self, question: Question) -> _Steps:
        """Units of the keys of a dimension, of its first ones at least: they are among those that come first in the main engine and
        all of the records."""
        main, beside = self._halves(replace(question, size=()))
        [held], others = yield _Asked([replace(main, size=(MOST_FIRST,))], beside)
        further = {cell.keys[0] for cell in others[0].cells} - {cell.keys[0] for cell in held.cells}
        if further and len(held.cells) == MOST_FIRST:
            [rest], _ = yield _Asked([replace(main, only={question.by[0]: tuple(sorted(further))})], [])
            held = replace(held, cells=(*held.cells, *rest.cells))
        return _sum(held, *others)

    def _halves(self, question: Question) -> tuple[Question, list[Question]]:
        """What is asked of the main engine, without what is shared in these units, and of the one beside it: with what is shared,
        and where there is any of that alone, which is held."""
        shared = self._beside.shared[question.unit]
        others = tuple(sorted(set(self._beside.copies) - set(shared)))
        beside = [_within(question, Not(Listed(others)) if others else None)]
        if not shared:
            return question, beside
        return _within(question, Not(Listed(shared))), [*beside, _within(question, Listed(shared))]

    def _first_keys(self, question: Question) -> _Steps:
        """As `_first_units`, of different keys."""
        [held], [other] = yield _Asked([question], [replace(question, size=())])
        candidates = {cell.keys[0] for cell in (*held.cells, *other.cells)}
        return (yield from self._keys(replace(question, size=(), only={question.by[0]: tuple(sorted(candidates))})))

    def _keys(self, question: Question) -> _Steps:
        """Different keys: those of the main engine, and what the records have besides, in all, in each dimension, in each cell."""
        if question.of is None or len(question.by) == MOST_DIMENSIONS:
            raise ValueError(f"no keys are counted by {question}")
        ways: list[tuple[str, ...]] = list(dict.fromkeys(((), *((name,) for name in question.by), question.by)))
        pairs = [Question((*way, question.of), within=question.within) for way in ways]
        copies = Not(Listed(self._beside.copies)) if self._beside.copies else None
        _, found = yield _Asked([], [_within(each, copies) for each in pairs])
        only = {question.of: tuple(cell.keys[0] for cell in found[0].cells)}
        [table, *held], _ = yield _Asked([question, *(replace(each, only=only) for each in pairs)], [])
        if table.refused:
            return table
        new = {way: _lasts(of_records) - _lasts(of_held) for way, of_records, of_held in zip(ways, found, held, strict=True)}
        known = [count + len(new[(name,)]) for name, count in zip(question.by, table.known, strict=True)]
        cells = filter(_allowed(question), _further(found[-1], held[-1])) if question.by else ()
        return Table(_added(table.cells, cells), Count(table.total + len(new[()]), len(new[()])), tuple(known))


def _without(query: Query, numbers: tuple[str, ...]) -> Query:
    return both(query, Not(Listed(numbers))) if numbers else query


def _within(question: Question, condition: Query | None) -> Question:
    if condition is None:
        return question
    return replace(question, within=both(question.within, condition) if question.within else condition)


def _all(questions: Iterable[Sequence[Question]]) -> list[Question]:
    return [question for each in questions for question in each]


def _dealt(tables: Sequence[Table]) -> Callable[[int], list[Table]]:
    """Deals the tables out, so many at each call."""
    left = iter(tables)
    return lambda count: list(islice(left, count))


def _only(question: Question, name: str) -> dict[str, tuple[str, ...]]:
    return {name: question.only[name]} if name in question.only else {}


def _narrowed(question: Question, kept: Sequence[_Kept]) -> Question:
    """Without sizes; of the keys that are `kept`, where they are at each place of their dimension."""
    only = dict(question.only)
    for name in set(question.by):
        places = [keys for each, keys in zip(question.by, kept, strict=True) if each == name]
        named = [keys for keys in places if keys is not None]
        if len(named) == len(places):
            only[name] = tuple(sorted(frozenset[str]().union(*named)))
    return replace(question, size=(), only=only)


def _of_these(table: Table, kept: Sequence[_Kept]) -> Table:
    if all(keys is None for keys in kept):
        return table
    cells = (cell for cell in table.cells if all(keys is None or key in keys for key, keys in zip(cell.keys, kept, strict=True)))
    return replace(table, cells=tuple(cells))


def _sum(held: Table, others: Table, copies: Table | None = None) -> Table:
    """Of two engines without a unit in common, the second with copies of what is held."""
    of_copies = {cell.keys: cell.count for cell in copies.cells} if copies else {}
    cells = [Cell(cell.keys, Count(cell.count, cell.count - of_copies.get(cell.keys, 0))) for cell in others.cells]
    total = Count(held.total + others.total, others.total - (copies.total if copies else 0))
    return Table(_added(held.cells, cells), total, tuple(map(sum, zip(held.known, others.known, strict=True))))


def _added(cells: Iterable[Cell], others: Iterable[Cell]) -> tuple[Cell, ...]:
    """In order, each once."""
    found = {cell.keys: cell for cell in cells}
    for other in others:
        held = found.get(other.keys)
        found[other.keys] = Cell(other.keys, Count(held.count + other.count, waiting(other.count))) if held else other
    return in_order(found.values())


def _lasts(table: Table) -> set[str]:
    return {cell.keys[-1] for cell in table.cells}


def _further(records: Table, held: Table) -> Iterable[Cell]:
    """By the keys before the last one, how many of the last the records have that are not held with these."""
    there = {cell.keys for cell in held.cells}
    new = Counter(cell.keys[:-1] for cell in records.cells if cell.keys not in there)
    return [Cell(keys, Count(count, count)) for keys, count in new.items()]


def _allowed(question: Question) -> Callable[[Cell], bool]:
    """Whether a cell has none but the keys that are asked for."""
    return lambda cell: all(key in question.only.get(name, (key,)) for name, key in zip(question.by, cell.keys, strict=True))
