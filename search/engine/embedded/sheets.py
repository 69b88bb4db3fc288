"""Reading the unit store: texts of many documents side by side in arrays, and the integers of a sought word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Sheet:
    """The units of some documents' texts in one field, one after another. Of each unit: `codes` which it is, `goes_on` whether
    the run of Chinese characters goes on behind it, `places` its position, `sentences` and `paragraphs` their numbers (ascending
    over all, far apart from text to text), `texts` and `documents` (places in what was asked for) which it is of."""

    codes: NDArray[np.uint32]
    goes_on: NDArray[np.bool_]
    places: Integers
    sentences: Integers
    paragraphs: Integers
    texts: Integers
    documents: Integers


class Sheets:
    """The committed part of a store. Its files only grow, so what is read here stays as it is."""

    def __init__(self, index: Path) -> None:
        committed = units.lengths(index)
        store = units.folder(index)
        self._starts = np.memmap(store / "starts", np.uint64, "r", shape=(committed.ordinals, len(layout.TEXTS)))
        self._units = {
            field: np.memmap(store / field, np.uint32, "r", shape=(length,)) for field, length in committed.fields.items()
        }
        with (store / "words").open("rb") as file:
            self._words = mmap(file.fileno(), committed.words, access=ACCESS_READ)
        self._codes: dict[Sought, Integers] = {}

    def sizes(self, field: str, ordinals: Integers) -> Integers:
        """How many units each document has in the field."""
        return self._blocks(field, ordinals)[1]

    def sheet(self, field: str, ordinals: Integers) -> Sheet:
        """The documents of these ordinals, which may be none."""
        starts, sizes = self._blocks(field, ordinals)
        before = np.cumsum(sizes) - sizes
        cells = self._units[field][np.repeat(starts + 1 - before, sizes) + np.arange(sizes.sum())]
        begins = (cells >> units.BEGIN_SHIFT) & 3
        texts = np.cumsum(begins == Begin.TEXT)
        return Sheet(
            codes=cells & units.CODE,
            goes_on=cells >= units.GOES_ON,
            places=np.arange(len(cells)) + texts * _APART,
            sentences=np.cumsum(begins >= Begin.SENTENCE) + texts * _APART,
            paragraphs=np.cumsum(begins >= Begin.PARAGRAPH) + texts * _APART,
            texts=texts,
            documents=np.repeat(np.arange(len(ordinals)), sizes),
        )

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
