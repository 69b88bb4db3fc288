"""The unit store beside an index: every text as its units, one integer each, so that distances are measured at memory speed.

Files of the folder ``units`` within an index's own, all append-only but the last:

* ``words``: a line ``word TAB stem`` for each different word, after an empty line; its number counts the lines above it;
* ``<field>``: a block for each document that has the field, uint32 each: how many units, then the units;
* ``starts``: by ordinal, for each field where its block begins (uint64, in integers; 0: it has none);
* ``lengths``: how much of each is committed. What lies behind it is of no commit, and is cut off when the store is opened.

A unit is the code point of a Chinese character or `WORDS` + the number of a word; two bits say what begins with it
(`search.text.positions.Begin`), one that the run of Chinese characters goes on behind it.
"""

import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from search.engine import layout
from search.engine.columns import grown
from search.engine.embedded.cutting import Cut
from search.text import tokens
from search.text.stems import stem

WORDS = 0x40000
CODE = (1 << 29) - 1
BEGIN_SHIFT = 29
GOES_ON = 1 << 31

_FOLDER = "units"
_START = 8 * len(layout.TEXTS)
_COLUMNS = {field: column for column, field in enumerate(layout.TEXTS)}
_WAITING = 1 << 24
"""Bytes of units that wait in memory before they are written."""

_REMEMBERED = 1 << 18
"""Tokens whose integer is kept at hand; they are thrown away together."""


class Lengths(msgspec.Struct, frozen=True):
    """What is committed: bytes of `words`, integers of each field's file, ordinals of `starts`."""

    words: int
    fields: dict[str, int]
    ordinals: int


def folder(index: Path) -> Path:
    return index / _FOLDER


def create(index: Path) -> None:
    """A new, empty store in the folder of an index."""
    store = folder(index)
    store.mkdir()
    (store / "words").write_bytes(b"\n")
    (store / "starts").touch()
    for field in layout.TEXTS:
        (store / field).write_bytes(bytes(4))  # no block begins at 0
    grown.commit(store, Lengths(1, dict.fromkeys(layout.TEXTS, 1), 0))


def lengths(index: Path) -> Lengths:
    """What is committed. Raises `IndexDamaged` where a file is away or shorter."""
    return grown.lengths(folder(index), Lengths, _bytes)


def _bytes(found: Lengths) -> dict[str, int]:
    """Of each file."""
    return {"words": found.words, "starts": found.ordinals * _START} | {field: 4 * found.fields[field] for field in layout.TEXTS}


class UnitsWriter:
    """The one writer of a store; what was written without a commit before is cut off. Holds no file open."""

    def __init__(self, index: Path) -> None:
        self._store = folder(index)
        self._committed = committed = lengths(index)
        self._written = {"words": committed.words} | {field: 4 * end for field, end in committed.fields.items()}
        grown.cut_off(self._store, _bytes(committed))
        self._ends = dict(committed.fields)
        self._waiting: dict[str, bytearray] = {name: bytearray() for name in self._written}
        self._starts: dict[int, bytes] = {}
        self._size = 0
        self._ordinals = committed.ordinals
        self._codes = _Codes((self._store / "words").read_bytes()[1:].decode().split("\n")[:-1])

    def add(self, cut: Cut, ordinals: Sequence[int]) -> None:
        """The texts of records that were cut together; each is found by its ordinal from the next commit on."""
        import numpy as np  # noqa: PLC0415 - 100 ms that a start does not need

        codes = np.fromiter(self._codes.of(cut.tokens), np.uint32, len(cut.tokens))
        units = codes[np.frombuffer(cut.units, np.uint32)].data
        for fields, ordinal in zip(cut.documents, ordinals, strict=True):
            starts = array("Q", bytes(_START))
            for name, field in fields.items():
                if field.units:
                    starts[_COLUMNS[name]] = self._put(name, units[: field.units], field.streams.begins)
                    units = units[field.units :]
            self._starts[ordinal] = starts.tobytes()
            self._ordinals = max(self._ordinals, ordinal + 1)
        if self._size > _WAITING:
            self._write()

    def _put(self, name: str, units: memoryview, begins: Iterable[int]) -> int:
        """Where the field's new block begins."""
        for packed in begins:
            units[packed >> 2] |= (packed & 3) << BEGIN_SHIFT
        waiting, start = self._waiting[name], self._ends[name]
        waiting += len(units).to_bytes(4, sys.byteorder)
        waiting += units
        self._ends[name] += 1 + len(units)
        self._size += 4 + 4 * len(units)
        return start

    def commit(self) -> None:
        """Durable on return."""
        if self._starts or self._ends != self._committed.fields:
            self._write(durable=True)
            self._committed = Lengths(self._written["words"], dict(self._ends), self._ordinals)
            grown.commit(self._store, self._committed)

    def _write(self, *, durable: bool = False) -> None:
        """What waits goes into the files."""
        self._waiting["words"] += self._codes.new()
        for name, waiting in self._waiting.items():
            with grown.opened(self._store, name, durable=durable) as file:
                file.seek(self._written[name])
                file.write(waiting)
            self._written[name] += len(waiting)
            waiting.clear()
        with grown.opened(self._store, "starts", durable=durable) as file:
            for ordinal, starts in sorted(self._starts.items()):
                file.seek(ordinal * _START)
                file.write(starts)
        self._starts.clear()
        self._size = 0


class _Codes(dict[str, int]):
    """The integer of a token: of a Chinese one that of its first character, of another the number of its word."""

    def __init__(self, words: Iterable[str]) -> None:
        super().__init__()
        self._numbers = {line.partition("\t")[0]: number for number, line in enumerate(words)}
        self._new: list[str] = []

    def of(self, tokens: Iterable[str]) -> Iterator[int]:
        """The integer of each token."""
        if len(self) > _REMEMBERED:
            self.clear()
        return map(self.__getitem__, tokens)

    def new(self) -> bytes:
        """The lines of the words that were met since."""
        lines = "".join(f"{word}\t{stem(word)}\n" for word in self._new)
        self._new.clear()
        return lines.encode()

    def __missing__(self, token: str) -> int:
        if tokens.is_run(token):
            code = ord(token[0]) | (GOES_ON if len(token) > 1 else 0)
        else:
            number = self._numbers.get(token)
            if number is None:
                number = self._numbers[token] = len(self._numbers)
                self._new.append(token)
            code = WORDS + number
        self[token] = code
        return code
