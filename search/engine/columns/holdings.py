"""Reading the column store: the keys of many documents as arrays of integers, and the texts of keys."""

from functools import cached_property
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.engine.columns import files

Integers = NDArray[np.int64]

_ROW = np.dtype([("units", np.uint64, (len(files.UNITS),)), ("starts", np.uint32, (len(files.COLUMNS),))])

_KEPT = 1 << 28
"""Bytes of columns that are kept side by side."""


class Holdings:
    """The committed part of a store. Its files only grow, so what is read here stays as it is."""

    def __init__(self, index: Path) -> None:
        committed, store = files.lengths(index), files.folder(index)
        self._rows = _mapped(store / "rows", _ROW, committed.rows)
        self._values = _mapped(store / "values", np.dtype(np.uint32), committed.values)
        with (store / "keys").open("rb") as file:
            self._lines = mmap(file.fileno(), committed.keys, access=ACCESS_READ)
        self._places: dict[str, Integers] = {}
        self._columns: dict[str, tuple[Integers, Integers, NDArray[np.uint32]]] = {}
        self._kept = 0

    def unit(self, unit: str, ordinals: Integers) -> NDArray[np.uint64]:
        """The integer of each document's unit (a column of `search.engine.layout.UNITS`)."""
        found: NDArray[np.uint64] = self._rows["units"][ordinals, files.UNITS.index(unit)]
        return found

    def keys(self, column: str, ordinals: Integers) -> tuple[Integers, Integers]:
        """How many keys each document has in the column, and the numbers of all, one document after another; ordinals ascend."""
        sizes, starts, numbers = self._column(column)
        found = sizes[ordinals]
        ends = np.cumsum(found)
        total = int(ends[-1]) if len(ends) else 0
        if total == len(numbers):  # every one of them
            return found, numbers.astype(np.int64)
        return found, numbers[np.repeat(starts[ordinals] - (ends - found), found) + np.arange(total)].astype(np.int64)

    def _column(self, column: str) -> tuple[Integers, Integers, NDArray[np.uint32]]:
        """Of all ordinals: how many keys, where they begin, and all keys. Those that were asked for are kept side by side, which
        is three times as fast as picking them out of the blocks."""
        held = self._columns.get(column)
        if held:
            return held
        starts = self._rows["starts"][:, files.COLUMNS.index(column)].astype(np.int64)
        sizes = self._values[starts].astype(np.int64)
        ends = np.cumsum(sizes)
        places = np.repeat(starts + 1 - (ends - sizes), sizes) + np.arange(ends[-1] if len(ends) else 0)
        found = sizes, ends - sizes, self._values[places]
        size = sum(each.nbytes for each in found)
        if self._kept + size > _KEPT:
            self._columns, self._kept = {}, 0
        self._columns[column] = found
        self._kept += size
        return found

    def count(self, column: str) -> int:
        """How many different keys the column has; their numbers lie below."""
        return len(self._of(column))

    def texts(self, column: str, numbers: Integers) -> list[str]:
        """The keys of these numbers."""
        begins = self._of(column)[numbers]
        ends = self._ends[np.searchsorted(self._ends, begins)]
        pairs = zip(begins.tolist(), ends.tolist(), strict=True)
        return [self._lines[begin:end].decode() for begin, end in pairs]

    def number(self, column: str, key: str) -> int | None:
        """The number of a key, if any document ever had it."""
        if "\n" in key:
            return None
        place = self._lines.find(f"\n{files.LETTERS[column]}{key}\n".encode())
        return None if place < 0 else int(np.searchsorted(self._of(column), place + 2))

    def _of(self, column: str) -> Integers:
        """Where the texts of a column's keys begin."""
        if column not in self._places:
            self._places[column] = self._begins[self._letters == ord(files.LETTERS[column])]
        return self._places[column]

    @cached_property
    def _ends(self) -> Integers:
        """Where the lines of keys end; the first is empty."""
        return np.flatnonzero(np.frombuffer(self._lines, np.uint8) == ord("\n"))

    @cached_property
    def _begins(self) -> Integers:
        """Where the texts of the lines begin, behind their letter."""
        return self._ends[:-1] + 2

    @cached_property
    def _letters(self) -> NDArray[np.uint8]:
        return np.frombuffer(self._lines, np.uint8)[self._begins - 1]


def _mapped(file: Path, kind: "np.dtype[Any]", length: int) -> NDArray[Any]:
    """An empty file cannot be mapped."""
    shape = (length // kind.itemsize,)
    return np.asarray(np.memmap(file, kind, "r", shape=shape)) if length else np.empty(0, kind)
