"""Tables over the documents of a population."""

from collections.abc import Sequence

import numpy as np

from search.engine import layout
from search.engine.columns.holdings import Holdings, Integers
from search.engine.columns.relations import Relation, counted
from search.engine.model import Cell, Question, Table
from search.engine.tabling import MOST_CELLS, in_order, sizes

_SOUGHT = 32
"""Keys that are sought one by one, each in all of the store."""


class Population:
    """Documents by their ordinals, each once. What several tables need is read and counted once."""

    def __init__(self, holdings: Holdings, ordinals: Integers) -> None:
        self._holdings = holdings
        self._ordinals = ordinals
        self._relations: dict[str, Relation] = {}
        self._ranks: dict[tuple[str, str, tuple[str, ...] | None], tuple[Integers, Integers]] = {}

    def table(self, question: Question) -> Table:
        """Raises `TooManyCells`."""
        units = self._units(question)
        relations = [self._dimension(name) for name in question.by]
        total = units.different(np.ones(len(self._ordinals), dtype=bool))
        known = tuple(units.different(relation.sizes > 0) for relation in relations)
        return Table(self._cells(question, relations), total, known)

    def _cells(self, question: Question, relations: Sequence[Relation]) -> tuple[Cell, ...]:
        if not question.by:
            return ()
        firsts = [self._first(question, name, size) for name, size in zip(question.by, sizes(question), strict=True)]
        if len(relations) == 1 and firsts[0] is not None:
            numbers, counts = [firsts[0][0]], firsts[0][1]
        else:
            narrowed = [relation.only(first[0]) if first else relation for relation, first in zip(relations, firsts, strict=True)]
            numbers, counts = counted(self._units(question), narrowed, most=MOST_CELLS)
            numbers = [first[0][places] if first else places for first, places in zip(firsts, numbers, strict=True)]
        keys = [self._texts(name, found) for name, found in zip(question.by, numbers, strict=True)]
        return in_order(map(Cell, zip(*keys, strict=True), counts.tolist()))

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
                integers = self._holdings.unit(layout.UNITS[question.unit], self._ordinals)
                different, numbers = np.unique(integers, return_inverse=True)
                count = len(different)
            self._relations[question.unit] = Relation(np.ones(documents, dtype=np.int64), numbers, count)
        return self._relations[question.unit]

    def _first(self, question: Question, name: str, size: int | None) -> tuple[Integers, Integers] | None:
        """The numbers of the keys of a dimension that the table shows, and their counts; ``None``: all that occur."""
        if size is None and name not in question.only:
            return None
        numbers, counts = self._ranked(question, name)
        if size is None or size >= len(numbers):
            return numbers, counts
        if not size:
            return numbers[:0], counts[:0]
        least = np.partition(counts, len(counts) - size)[len(counts) - size]
        above, tied = np.flatnonzero(counts > least), np.flatnonzero(counts == least)
        texts = self._holdings.texts(layout.DIMENSIONS[name], numbers[tied])
        nearest = sorted(range(len(tied)), key=texts.__getitem__)[: size - len(above)]
        chosen = np.concatenate([above, tied[nearest]])
        return numbers[chosen], counts[chosen]

    def _named(self, column: str, relation: Relation, keys: Sequence[str]) -> Integers:
        """The numbers of these keys: each is sought by itself in the store, or where they are many among those that occur."""
        if len(keys) > _SOUGHT:
            occurring, wanted = np.unique(relation.numbers), frozenset(keys)
            texts = self._holdings.texts(column, occurring)
            kept: Integers = occurring[np.array([text in wanted for text in texts], dtype=bool)]
            return kept
        found = {self._holdings.number(column, key) for key in keys}
        return np.array(sorted(number for number in found if number is not None), dtype=np.int64)

    def _ranked(self, question: Question, name: str) -> tuple[Integers, Integers]:
        """The keys of a dimension that occur and may be shown, with their counts."""
        only = question.only.get(name)
        key = (name, question.of or question.unit, only)
        if key not in self._ranks:
            column, relation = layout.DIMENSIONS[name], self._dimension(name)
            if only is None:
                (numbers,), counts = counted(self._units(question), [relation])
            else:
                kept = self._named(column, relation, only)
                (places,), counts = counted(self._units(question), [relation.only(kept)])
                numbers = kept[places]
            self._ranks[key] = numbers, counts
        return self._ranks[key]
