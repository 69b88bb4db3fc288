"""Reading the unit store: texts of many documents side by side in arrays, and the integers of a sought word."""

import re
from collections.abc import Iterator
from functools import cached_property
from mmap import ACCESS_READ, mmap
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.engine import layout
from search.engine.embedded import units
from search.query.check import FARTHEST
from search.query.near import Sought
from search.text import patterns
from search.text.positions import Begin

Integers = NDArray[np.int64]

_APART = max(FARTHEST.values()) + 1
"""Between two texts lie so many positions, sentences and paragraphs that no distance reaches across."""

_LETTER = r"(?:[^\t\n\x80-\xbf][\x80-\xbf]*)"
"""A letter of a word in UTF-8."""


_LONG = 64
"""Units from which on it is quicker to copy a text than to pick its units one by one."""


class Sheet:
    """The units of some documents' texts in one field, one after another, and what is so of the units at some places in it."""

    def __init__(self, cells: NDArray[np.uint32], ends: Integers) -> None:
        """`ends` are the places behind the last unit of each document."""
        self.codes = cells & np.uint32(units.CODE)
        self._cells = cells
        self._ends = ends

    def __len__(self) -> int:
        return len(self._cells)

    def goes_on(self, at: Integers) -> NDArray[np.bool_]:
        """Whether the run of Chinese characters goes on behind the unit."""
        found: NDArray[np.bool_] = self._cells[at] >= units.GOES_ON
        return found

    def documents(self, at: Integers) -> Integers:
        """Of which document, of those asked for, the unit is."""
        return np.searchsorted(self._ends, at, side="right")

    def texts(self, at: Integers) -> Integers:
        """Number of the text, from 1 on over all documents."""
        return np.searchsorted(self._texts, at, side="right")

    def positions(self, at: Integers) -> Integers:
        """Ascending over all, far apart from text to text; so are the numbers of sentences and paragraphs."""
        return at + self.texts(at) * _APART

    def sentences(self, at: Integers) -> Integers:
        return np.searchsorted(self._sentences, at, side="right") + self.texts(at) * _APART

    def paragraphs(self, at: Integers) -> Integers:
        return np.searchsorted(self._paragraphs, at, side="right") + self.texts(at) * _APART

    @cached_property
    def _texts(self) -> Integers:
        return self._beginning(Begin.TEXT)

    @cached_property
    def _sentences(self) -> Integers:
        return self._beginning(Begin.SENTENCE)

    @cached_property
    def _paragraphs(self) -> Integers:
        return self._beginning(Begin.PARAGRAPH)

    def _beginning(self, least: Begin) -> Integers:
        begins = self._cells & np.uint32(3 << units.BEGIN_SHIFT)
        return np.flatnonzero(begins >= np.uint32(least << units.BEGIN_SHIFT))


class Sheets:
    """The committed part of a store. Its files only grow, so what is read here stays as it is."""

    def __init__(self, index: Path) -> None:
        committed = units.lengths(index)
        store = units.folder(index)
        self._starts = np.asarray(np.memmap(store / "starts", np.uint64, "r", shape=(committed.ordinals, len(layout.TEXTS))))
        self._units = {
            field: np.asarray(np.memmap(store / field, np.uint32, "r", shape=(length,)))
            for field, length in committed.fields.items()
        }
        with (store / "words").open("rb") as file:
            self._words = mmap(file.fileno(), committed.words, access=ACCESS_READ)
        self._codes: dict[Sought, Integers] = {}

    def sizes(self, field: str, ordinals: Integers) -> Integers:
        """How many units each document has in the field."""
        return self._blocks(field, ordinals)[1]

    def sheet(self, field: str, ordinals: Integers) -> Sheet:
        """The documents of these ordinals, at least one."""
        starts, sizes = self._blocks(field, ordinals)
        ends, held = np.cumsum(sizes), self._units[field]
        if ends[-1] > _LONG * len(sizes):
            pairs = zip((starts + 1).tolist(), (starts + 1 + sizes).tolist(), strict=True)
            return Sheet(np.concatenate([held[start:end] for start, end in pairs]), ends)
        return Sheet(held[np.repeat(starts + 1 - (ends - sizes), sizes) + np.arange(ends[-1])], ends)

    def codes(self, sought: Sought) -> Integers:
        """The integers of the words sought, ascending; of a Chinese character its one."""
        if sought.kind == "character":
            return np.array([ord(sought.text)])
        if sought not in self._codes:
            places = np.array(list(self._lines(sought)), dtype=np.int64)
            self._codes[sought] = np.searchsorted(self._ends, places) + units.WORDS
        return self._codes[sought]

    def _blocks(self, field: str, ordinals: Integers) -> tuple[Integers, Integers]:
        """Where the block of each document begins, and its units; a document without the field has the empty block at 0."""
        starts = self._starts[ordinals, layout.TEXTS.index(field)].astype(np.int64)
        return starts, self._units[field][starts].astype(np.int64)

    @cached_property
    def _ends(self) -> Integers:
        """Where the lines of the words end; the first is empty."""
        return np.flatnonzero(np.frombuffer(self._words, np.uint8) == ord("\n"))[1:]

    def _lines(self, sought: Sought) -> Iterator[int]:
        """An offset within the line of each word sought, in order."""
        if sought.kind == "pattern":
            expression = patterns.expression(sought.text, letter=_LETTER)
            for found in re.finditer(f"\n(?={expression}\t)".encode(), self._words):
                yield found.end()
            return
        line = f"\t{sought.text}\n" if sought.kind == "stem" else f"\n{sought.text}\t"
        text = line.encode()
        place = self._words.find(text)
        while place >= 0:
            yield place + 1
            place = self._words.find(text, place + 1)
