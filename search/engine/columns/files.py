"""The column store: the keys that a document is counted by, as integers, so that tables are counted at memory speed.

Files of the folder ``columns`` within that of an index, or of a service's copy, all append-only but the last:

* ``keys``: a line for each different key of a column, its column's letter (`LETTERS`) before it, after an empty line; a key's
  number counts the lines of its column above it;
* ``values``: a block for each column of a document that has keys in it, uint32 each: how many, then their numbers;
* ``rows``: by ordinal, the integers of the units (`search.engine.layout.UNITS`, uint64) and for each of `COLUMNS` where its block
  begins (uint32, in integers; 0: it has none);
* ``lengths``: how much of each is committed. What lies behind it is of no commit, and is cut off when the store is opened.
"""

import struct
from array import array
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from string import ascii_letters
from typing import cast

import msgspec

from search.engine import layout
from search.engine.columns import grown

COLUMNS: tuple[str, ...] = tuple(sorted(set(layout.DIMENSIONS.values())))
UNITS: tuple[str, ...] = tuple(layout.UNITS.values())

LETTERS: dict[str, str] = dict(zip(COLUMNS, ascii_letters, strict=False))
"""How the lines of a column's keys begin."""

ROW = struct.Struct(f"={len(UNITS)}Q{len(COLUMNS)}I")

_FOLDER = "columns"
_WIDTH = 4
_WAITING = 1 << 14
"""Documents that wait in memory before they are written."""


class Lengths(msgspec.Struct, frozen=True):
    """What is committed, in bytes."""

    keys: int
    values: int
    rows: int


def folder(index: Path) -> Path:
    return index / _FOLDER


def create(index: Path) -> None:
    """A new, empty store in the folder of an index."""
    store = folder(index)
    store.mkdir()
    (store / "keys").write_bytes(b"\n")
    (store / "values").write_bytes(bytes(4))  # no block begins at 0
    (store / "rows").touch()
    grown.commit(store, Lengths(1, 4, 0))


def lengths(index: Path) -> Lengths:
    """What is committed. Raises `IndexDamaged` where a file is away or shorter."""
    return grown.lengths(folder(index), Lengths, msgspec.structs.asdict)


class ColumnsWriter:
    """The one writer of a store; what was written without a commit before is cut off. Holds no file open."""

    def __init__(self, index: Path) -> None:
        self._store = folder(index)
        self._committed = committed = lengths(index)
        grown.cut_off(self._store, msgspec.structs.asdict(committed))
        self._keys, self._values, self._rows = committed.keys, committed.values, committed.rows
        self._waiting = array("I")
        self._places: dict[int, bytes] = {}

    def add(self, entry: layout.Entry, ordinal: int) -> None:
        """The keys of a record, which is found by its ordinal from the next commit on."""
        begin, block, starts = self._values // _WIDTH + len(self._waiting), list[int](), list[int]()
        for column, numbers in self._numbers.items():
            keys = entry.get(column)
            if not keys:
                starts.append(0)
                continue
            starts.append(begin + len(block))
            some = cast("list[str]", [keys] if isinstance(keys, str) else keys)
            block.append(len(some))
            block += map(numbers.__getitem__, some)
        self._waiting.extend(block)
        self._places[ordinal] = ROW.pack(*(entry[unit] for unit in UNITS), *starts)
        self._rows = max(self._rows, (ordinal + 1) * ROW.size)
        if len(self._places) > _WAITING:
            self._write()

    def commit(self) -> None:
        """Durable on return."""
        if self._places or self._values != self._committed.values or self._rows != self._committed.rows:
            self._write(durable=True)
            self._committed = Lengths(self._keys, self._values, self._rows)
            grown.commit(self._store, self._committed)

    @cached_property
    def _numbers(self) -> "dict[str, _Numbers]":
        """Of each column, in the order of `COLUMNS`; read when the first record comes."""
        lines = (self._store / "keys").read_bytes().decode().split("\n")[1:-1]
        return {column: _Numbers(line[1:] for line in lines if line[0] == letter) for column, letter in LETTERS.items()}

    def _write(self, *, durable: bool = False) -> None:
        """What waits goes into the files."""
        new = "".join(f"{LETTERS[column]}{key}\n" for column, numbers in self._numbers.items() for key in numbers.new())
        self._keys = self._append("keys", self._keys, new.encode(), durable=durable)
        self._values = self._append("values", self._values, self._waiting.tobytes(), durable=durable)
        del self._waiting[:]
        with grown.opened(self._store, "rows", durable=durable) as file:
            end = -1
            for ordinal, row in sorted(self._places.items()):
                if ordinal != end:
                    file.seek(ordinal * ROW.size)
                file.write(row)
                end = ordinal + 1
        self._places.clear()

    def _append(self, name: str, end: int, added: bytes, *, durable: bool) -> int:
        """Where the file ends then."""
        with grown.opened(self._store, name, durable=durable) as file:
            file.seek(end)
            file.write(added)
        return end + len(added)


class _Numbers(dict[str, int]):
    """The number of each key; one that was not met before gets the next."""

    def __init__(self, keys: Iterable[str]) -> None:
        super().__init__((key, number) for number, key in enumerate(keys))
        self._new: list[str] = []

    def new(self) -> list[str]:
        """The keys that were met since."""
        found, self._new = self._new, []
        return found

    def __missing__(self, key: str) -> int:
        number = self[key] = len(self)
        self._new.append(key)
        return number
