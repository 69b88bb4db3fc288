"""Counting the cells of tables over arrays: of the documents of a population, their units and their keys.

Where units are counted, a cell counts the different pairs of itself and a unit. What a pair of documents of one unit would add is
found by sorting; where few pairs can be at all they are marked in a field of bits instead.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from search.engine import layout
from search.engine.embedded.holdings import Holdings, Integers
from search.engine.errors import TooManyCells
from search.engine.model import Cell, Question, Table, Unit
from search.engine.tabling import MOST_CELLS, in_order, sizes

_MARKED = 1 << 22
"""Pairs of a cell and a unit up to which they are marked rather than sorted; bytes."""

_JOINED = 1 << 23
"""Documents times their keys that are counted at once; what has more is counted part by part."""

_LARGEST = 1 << 62


@dataclass(frozen=True)
class Relation:
    """How many keys each document has, and the numbers of all, one document after another, below `count`."""

    sizes: Integers
    numbers: Integers
    count: int

    @cached_property
    def rows(self) -> Integers:
        """Which document each number is of."""
        return np.repeat(np.arange(len(self.sizes)), self.sizes)

    @cached_property
    def starts(self) -> Integers:
        """Where the numbers of each document begin."""
        return np.cumsum(self.sizes) - self.sizes

    def only(self, numbers: Integers) -> "Relation":
        """Of these numbers alone, which become their places in `numbers`."""
        places = np.full(self.count, -1)
        places[numbers] = np.arange(len(numbers))
        found = places[self.numbers]
        kept = found >= 0
        return Relation(np.bincount(self.rows[kept], minlength=len(self.sizes)), found[kept], len(numbers))


class Population:
    """Documents by their ordinals, each once."""

    def __init__(self, holdings: Holdings, ordinals: Integers) -> None:
        self._holdings = holdings
        self._ordinals = ordinals
        self._relations: dict[str, Relation] = {}
        self._firsts: dict[tuple[str, Unit, str | None, tuple[str, ...] | None, int | None], Integers] = {}

    def table(self, question: Question) -> Table:
        """Raises `TooManyCells`."""
        units = self._units(question)
        relations = [self._dimension(name) for name in question.by]
        known = tuple(_different(units, relation.sizes > 0) for relation in relations)
        total = _different(units, np.ones(len(self._ordinals), dtype=bool))
        if not question.by:
            return Table((), total, ())
        kept = [self._first(question, name, size) for name, size in zip(question.by, sizes(question), strict=True)]
        narrowed = [relation.only(numbers) for relation, numbers in zip(relations, kept, strict=True)]
        places, counts = _counted(units, narrowed)
        keys = [self._texts(name, numbers[found]) for name, numbers, found in zip(question.by, kept, places, strict=True)]
        return Table(in_order(map(Cell, zip(*keys, strict=True), counts.tolist())), total, known)

    def _texts(self, name: str, numbers: Integers) -> list[str]:
        """Of numbers that may come again and again."""
        different, places = np.unique(numbers, return_inverse=True)
        texts = self._holdings.texts(layout.DIMENSIONS[name], different)
        return [texts[place] for place in places.tolist()]

    def _dimension(self, name: str) -> Relation:
        column = layout.DIMENSIONS[name]
        if column not in self._relations:
            found = self._holdings.keys(column, self._ordinals)
            self._relations[column] = Relation(*found, self._holdings.count(column))
        return self._relations[column]

    def _units(self, question: Question) -> Relation:
        """The units that each document counts for: itself, what it is of, or the keys that are counted."""
        if question.of:
            return self._dimension(question.of)
        if question.unit not in self._relations:
            documents = len(self._ordinals)
            numbers, count = np.arange(documents), documents
            if question.unit != "publication":
                different, numbers = np.unique(
                    self._holdings.unit(layout.UNITS[question.unit], self._ordinals), return_inverse=True
                )
                count = len(different)
            self._relations[question.unit] = Relation(np.ones(documents, dtype=np.int64), numbers, count)
        return self._relations[question.unit]

    def _first(self, question: Question, name: str, size: int | None) -> Integers:
        """The numbers of the keys of a dimension that the table shows."""
        only = question.only.get(name)
        key = (name, question.unit, question.of, only, size)
        if key not in self._firsts:
            self._firsts[key] = self._ranked(question, name, only, size)
        return self._firsts[key]

    def _ranked(self, question: Question, name: str, only: tuple[str, ...] | None, size: int | None) -> Integers:
        column, relation = layout.DIMENSIONS[name], self._dimension(name)
        if only is not None:
            found = {self._holdings.number(column, key) for key in only}
            numbers = np.array(sorted(number for number in found if number is not None), dtype=np.int64)
        else:
            numbers = np.flatnonzero(np.bincount(relation.numbers, minlength=relation.count))
        if size is None or size >= len(numbers):
            return numbers
        (places,), counted = _counted(self._units(question), [relation.only(numbers)], most=None)
        counts = np.zeros(len(numbers), dtype=np.int64)
        counts[places] = counted
        least = np.partition(counts, len(counts) - size)[len(counts) - size] if size else _LARGEST
        above, tied = np.flatnonzero(counts > least), np.flatnonzero(counts == least)
        texts = self._holdings.texts(column, numbers[tied])
        nearest = sorted(range(len(tied)), key=texts.__getitem__)[: size - len(above)]
        return np.concatenate([numbers[above], numbers[tied[nearest]]])


def _different(units: Relation, documents: NDArray[np.bool_]) -> int:
    """How many units these documents are of."""
    seen = np.zeros(units.count, dtype=bool)
    seen[units.numbers[documents[units.rows]]] = True
    return int(np.count_nonzero(seen))


Counted = tuple[list[Integers], Integers]
"""Of each combination of keys that occurs the places of its keys, an array a dimension, and its count."""


def _counted(units: Relation, relations: Sequence[Relation], *, most: int | None = MOST_CELLS) -> Counted:
    """With how many different units each combination of keys stands. Raises `TooManyCells`."""
    parts = _parts(units, relations)
    if len(parts) == 1:
        return _cells(units, relations, parts[0], most)
    found: Counter[tuple[int, ...]] = Counter()
    for part in parts:
        places, counts = _cells(units, relations, part, most)
        found.update(dict(zip(zip(*(place.tolist() for place in places), strict=True), counts.tolist(), strict=True)))
        if most is not None and len(found) > most:
            raise TooManyCells(most)
    table = np.array([*found], dtype=np.int64).reshape(len(found), len(relations))
    return list(table.T), np.array([*found.values()], dtype=np.int64)


def _parts(units: Relation, relations: Sequence[Relation]) -> list[Integers]:
    """Places in `units` that together have not too many keys, each unit in one part only; documents without a key in some
    dimension are in no cell."""
    weights = np.prod([relation.sizes for relation in relations], axis=0)[units.rows]
    used = np.flatnonzero(weights)
    if weights.sum() <= _JOINED:
        return [used]
    of_units = np.bincount(units.numbers, weights=weights, minlength=units.count)
    numbers = (np.cumsum(of_units) // _JOINED).astype(np.int64)[units.numbers[used]]
    return [used[numbers == number] for number in np.unique(numbers)]


def _cells(units: Relation, relations: Sequence[Relation], part: Integers, most: int | None) -> Counted:
    """Of a part of the units."""
    rows, owners = units.rows[part], units.numbers[part]
    codes, combinations = np.zeros(len(part), dtype=np.int64), 1
    steps: list[tuple[int, Integers | None]] = []
    for relation in relations:
        packed = None
        if combinations * relation.count * units.count >= _LARGEST:
            packed, codes = np.unique(codes, return_inverse=True)
            combinations = len(packed)
            if most is not None and combinations > most:  # each of them goes on in some cell
                raise TooManyCells(most)
        steps.append((relation.count, packed))
        times = relation.sizes[rows]
        places = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times - relation.starts[rows], times)
        codes = np.repeat(codes, times) * relation.count + relation.numbers[places]
        rows, owners = np.repeat(rows, times), np.repeat(owners, times)
        combinations *= relation.count
    found, counts = _distinct(codes, owners, combinations, units)
    if most is not None and len(found) > most:
        raise TooManyCells(most)
    return _decoded(found, steps), counts


def _distinct(codes: Integers, owners: Integers, combinations: int, units: Relation) -> tuple[Integers, Integers]:
    """Each code, and with how many different owners it stands; codes lie below `combinations`."""
    if len(units.numbers) > units.count or len(units.sizes) != len(units.numbers):
        if combinations * units.count <= _MARKED:
            seen = np.zeros(combinations * units.count, dtype=bool)
            seen[codes * units.count + owners] = True
            counts = np.count_nonzero(seen.reshape(combinations, units.count), axis=1)
            found = np.flatnonzero(counts)
            return found, counts[found]
        codes = _unrepeated(codes, owners, units)
    if combinations <= _MARKED:
        counts = np.bincount(codes, minlength=combinations)
        found = np.flatnonzero(counts)
        return found, counts[found]
    return np.unique(codes, return_counts=True)


def _unrepeated(codes: Integers, owners: Integers, units: Relation) -> Integers:
    """The codes without those that stand a second time with the same owner; only an owner of several documents has such."""
    several = (np.bincount(units.numbers, minlength=units.count) > 1)[owners]
    pairs = np.unique(codes[several] * units.count + owners[several])
    return np.concatenate([codes[~several], pairs // units.count])


def _decoded(codes: Integers, steps: Sequence[tuple[int, Integers | None]]) -> list[Integers]:
    places: list[Integers] = []
    for count, packed in reversed(steps):
        codes, place = np.divmod(codes, max(count, 1))
        places.append(place)
        codes = codes if packed is None else packed[codes]
    return places[::-1]
