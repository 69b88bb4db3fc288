"""`search.query.near` over a whole sheet at once: the same meaning, in arrays.

Occurrences are two arrays of places in the sheet, of the first and the last unit of each, in order and without repetition.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.engine.embedded import units
from search.engine.embedded.sheets import Integers, Sheet, Sheets
from search.query.near import Sought, sought
from search.query.tree import Near, Or, Query, Wild, Word

Numbers = Callable[[Integers], Integers]

_NOWHERE = -1
"""Before every place."""

_BITS = 31
"""Bits of a place or number: a sheet holds far fewer."""

_PAIRS = 1 << 20
"""Pairs of occurrences that are made at a time."""


@dataclass(frozen=True, slots=True)
class Occurrences:
    """`first` and `last` are of equal length, ordered by first, then last."""

    first: Integers
    last: Integers

    def __getitem__(self, chosen: NDArray[np.bool_] | Integers) -> "Occurrences":
        return Occurrences(self.first[chosen], self.last[chosen])


_NONE = Occurrences(np.empty(0, np.int64), np.empty(0, np.int64))


def documents(near: Near, sheet: Sheet, sheets: Sheets) -> Integers:
    """Which documents of the sheet match, ascending."""
    seeker = _Seeker(sheet, sheets)
    left, right = seeker.occurrences(near.left), seeker.occurrences(near.right)
    close = seeker.near_words(near, left, right) if near.unit == "word" else seeker.near_numbers(near, left, right)
    found = left.first[~close if near.without else close]
    if near.without and near.unit != "word":
        number, last = seeker.number(near), left.last[~close]
        found = found[number(last) - number(found) <= near.distance]
    return np.flatnonzero(np.bincount(sheet.documents(found)))


class _Seeker:
    """Finds occurrences in one sheet."""

    def __init__(self, sheet: Sheet, sheets: Sheets) -> None:
        self._sheet = sheet
        self._sheets = sheets
        self._found: dict[Query, Occurrences] = {}

    def occurrences(self, node: Query) -> Occurrences:
        """Of an operand."""
        if node not in self._found:
            self._found[node] = self._sought(node)
        return self._found[node]

    def number(self, near: Near) -> Numbers:
        """Tells the sentences or paragraphs of places."""
        return self._sheet.sentences if near.unit == "sentence" else self._sheet.paragraphs

    def near_words(self, near: Near, left: Occurrences, right: Occurrences) -> NDArray[np.bool_]:
        """Which of `left` has one of `right` close by; for the NOT form one that overlaps it counts too."""
        position, reach = self._sheet.positions, near.distance + 1
        starts, last = position(right.first), position(left.last)
        behind = np.searchsorted(starts, last + reach, side="right")
        if near.without:
            ends = np.maximum.accumulate(np.append(_NOWHERE, position(right.last)))
            overlapping: NDArray[np.bool_] = ends[behind] >= position(left.first) - (0 if near.ordered else reach)
            return overlapping
        close: NDArray[np.bool_] = behind > np.searchsorted(starts, last, side="right")
        if not near.ordered:
            ends, first = np.sort(position(right.last)), position(left.first)
            close |= np.searchsorted(ends, first) > np.searchsorted(ends, first - reach)
        return close

    def near_numbers(self, near: Near, left: Occurrences, right: Occurrences) -> NDArray[np.bool_]:
        """Which of `left` lies together with one of `right`. Only the numbers count, so those of equal numbers are one."""
        number = self.number(near)
        numbers = Occurrences(number(left.first), number(left.last))
        kinds = _unique(numbers.first, numbers.last)
        others = _unique(number(right.first), number(right.last))
        close = np.zeros(len(kinds.first), dtype=np.bool_)
        for a, _ in _together(kinds, others, near.distance):
            close[a] = True
        lying: NDArray[np.bool_] = close[_places(kinds, numbers)]
        return lying

    def _sought(self, node: Query) -> Occurrences:
        match node:
            case Word() | Wild():
                return self._leaf(sought(node))
            case Or():
                items = [self.occurrences(item) for item in node.items]
                return _unique(np.concatenate([item.first for item in items]), np.concatenate([item.last for item in items]))
            case Near(without=False):
                return self._hulls(node)
        raise ValueError(f"no operand of a distance: {node}")

    def _leaf(self, wanted: tuple[Sought, ...]) -> Occurrences:
        if not wanted:
            return _NONE
        sheet = self._sheet
        found = np.flatnonzero(self._is(wanted[0], sheet.codes))
        for step, unit in enumerate(wanted[1:], start=1):
            found = found[found + step < len(sheet)]
            fits = self._is(unit, sheet.codes[found + step])
            if unit.joined is not None:
                fits &= sheet.goes_on(found + step - 1) == unit.joined
            found = found[fits]
        last = found + len(wanted) - 1
        if len(wanted) == 1:
            return Occurrences(found, last)
        return Occurrences(found, last)[sheet.texts(found) == sheet.texts(last)]

    def _is(self, unit: Sought, codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
        if unit.kind == "any":
            return codes < units.WORDS
        return _among(codes, self._sheets.codes(unit))

    def _hulls(self, near: Near) -> Occurrences:
        """From the first to the last unit of every pair."""
        left, right = self.occurrences(near.left), self.occurrences(near.right)
        parts = list(self._pairs(near, left, right))
        if not parts:
            return _NONE
        return _unique(np.concatenate([part.first for part in parts]), np.concatenate([part.last for part in parts]))

    def _pairs(self, near: Near, left: Occurrences, right: Occurrences) -> Iterator[Occurrences]:
        position = self._sheet.positions
        if near.unit != "word":
            for a, b in _together(left, right, near.distance, self.number(near)):
                yield _unique(np.minimum(left.first[a], right.first[b]), np.maximum(left.last[a], right.last[b]))
            return
        for first, then in ((left, right),) if near.ordered else ((left, right), (right, left)):
            starts, behind = position(then.first), position(first.last) + 1
            low = np.searchsorted(starts, behind)
            high = np.searchsorted(starts, behind + near.distance, side="right")
            for a, b in _ranges(low, high):
                yield _unique(first.first[a], then.last[b])


def _together(
    left: Occurrences, right: Occurrences, distance: int, number: Numbers | None = None
) -> Iterator[tuple[Integers, Integers]]:
    """The pairs (places in `left` and `right`) that lie within `distance` + 1 sentences or paragraphs, whose `number` the places
    have; without it the occurrences are such numbers themselves."""
    a_first, a_last, b_first, b_last = (
        side if number is None else number(side) for side in (left.first, left.last, right.first, right.last)
    )
    low = np.searchsorted(b_first, a_last - distance)
    high = np.searchsorted(b_first, a_first + distance, side="right")
    for a, b in _ranges(low, np.maximum(low, high)):
        span = np.maximum(a_last[a], b_last[b]) - np.minimum(a_first[a], b_first[b])
        chosen = span <= distance
        yield a[chosen], b[chosen]


def _ranges(low: Integers, high: Integers) -> Iterator[tuple[Integers, Integers]]:
    """Every (i, j) with low[i] <= j < high[i], some at a time."""
    counts = high - low
    ends = np.cumsum(counts)
    start = 0
    while start < len(counts):
        before = ends[start] - counts[start]
        stop = max(start + 1, int(np.searchsorted(ends, before + _PAIRS, side="right")))
        some = counts[start:stop]
        i = np.repeat(np.arange(start, stop), some)
        offsets = ends[start:stop] - some - before
        j = np.arange(some.sum()) - np.repeat(offsets, some) + np.repeat(low[start:stop], some)
        yield i, j
        start = stop


def _among(codes: NDArray[np.uint32], wanted: Integers) -> NDArray[np.bool_]:
    """Which of `codes` is one of `wanted`, ascending: looked up in a table from the first of these to the last."""
    if len(wanted) < 2:
        return codes == wanted[0] if len(wanted) else np.zeros(len(codes), np.bool_)
    table = np.zeros(wanted[-1] - wanted[0] + 2, np.bool_)
    table[wanted - wanted[0]] = True
    behind = codes - np.uint32(wanted[0])  # what is less turns into something large
    found: NDArray[np.bool_] = table[np.minimum(behind, len(table) - 1)]
    return found


def _unique(first: Integers, last: Integers) -> Occurrences:
    """In order, each once."""
    packed = np.sort(first << _BITS | last)
    new = np.ones(len(packed), np.bool_)
    np.not_equal(packed[1:], packed[:-1], out=new[1:])
    packed = packed[new]
    return Occurrences(packed >> _BITS, packed & (1 << _BITS) - 1)


def _places(among: Occurrences, sought: Occurrences) -> Integers:
    """Where each occurrence stands in `among`, which has it."""
    return np.searchsorted(among.first << _BITS | among.last, sought.first << _BITS | sought.last)
