"""The documents of one generation: a SQLite file that holds each record's JSON, and the truth the index is rebuilt from.

The record's JSON stands in two parts: `shown` opens it and holds what a page of hits shows, as it is; `rest` is compressed.  So
a page of hits takes a small part of what is stored, and needn't decode it.

A `row` is given once a number and stays when the record is deleted or written again; an `ordinal` is new at every change and
at a deletion, and neither is ever given twice.  A deleted record keeps its row and ordinal, without data.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from json import dumps
from pathlib import Path
from queue import Empty, LifoQueue
from zlib import compress, decompress

import msgspec

from search.engine.embedded.translation import translated
from search.engine.errors import EngineUnavailable

FORMAT = 2
"""Of the file, in its `user_version`: another one is refused, and never guessed at."""

_SCHEMA = """
PRAGMA journal_mode = WAL;
PRAGMA user_version = 2;
CREATE TABLE documents (
    row INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    ordinal INTEGER NOT NULL UNIQUE,
    digest BLOB,
    shown BLOB,
    rest BLOB
);
CREATE TABLE marks (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO marks VALUES ('row', 0), ('ordinal', 0);
"""
_COMPRESSED = b"x"
"""How a zlib stream starts, and nothing that follows a value in JSON does."""

_WORTH_COMPRESSING = 500
_BATCH = 500
"""Documents fetched by one statement."""


class Stored(msgspec.Struct, frozen=True):
    """A line of the store. `shown` and `rest` are ``None`` once the record is deleted, `rest` also where it was not asked for."""

    row: int
    number: str
    ordinal: int
    digest: bytes | None = None
    shown: bytes | None = None
    rest: bytes | None = None

    def json(self) -> bytes:
        """The record's JSON; only of a document that is held, and was read whole."""
        if self.shown is None or self.rest is None:
            raise ValueError(f"{self.number} is deleted")
        if not self.rest.startswith(_COMPRESSED):
            return self.shown + self.rest
        with translated("reading a document"):
            return self.shown + decompress(self.rest)

    def opening(self) -> bytes | None:
        """The JSON of what a page of hits shows; ``None`` of a deleted document."""
        return None if self.shown is None else self.shown + b"}"


class Marks(msgspec.Struct):
    """The highest row and ordinal given so far, in any generation."""

    row: int
    ordinal: int

    def next_row(self) -> int:
        self.row += 1
        return self.row

    def next_ordinal(self) -> int:
        self.ordinal += 1
        return self.ordinal


def digest(json: bytes) -> bytes:
    """Sixteen bytes that stand for equal content."""
    return blake2b(json, digest_size=16).digest()


def create(path: Path) -> None:
    """A new, empty store."""
    connection = sqlite3.connect(path)
    connection.executescript(_SCHEMA)
    connection.close()


class Documents:
    """The store of one generation, read by any number of threads; each takes a connection of its own from a pool."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._idle: LifoQueue[sqlite3.Connection] = LifoQueue()
        self._closed = False

    def get(self, numbers: Sequence[str]) -> dict[str, Stored]:
        """The lines of these numbers, deleted ones too."""
        return {line.number: line for line in self._select("number IN (SELECT value FROM json_each(?))", dumps(list(numbers)))}

    def rows(self, rows: Sequence[int], *, whole: bool = True) -> dict[int, Stored]:
        """The lines of these rows, deleted ones too; without `rest` unless they are asked for `whole`."""
        found = self._select("row IN (SELECT value FROM json_each(?))", dumps(list(rows)), whole=whole)
        return {line.row: line for line in found}

    def starting(self, prefix: str, size: int) -> list[str]:
        """The first `size` held numbers that start with `prefix`, ascending."""
        found = self._select(
            "number >= ? AND number < ? AND shown IS NOT NULL ORDER BY number LIMIT ?", prefix, prefix + "\x7f", size
        )
        return [line.number for line in found]

    def since(self, ordinal: int) -> Iterator[list[Stored]]:
        """The lines with an ordinal above this one, deleted ones too, in that order, batch by batch."""
        while batch := self._select("ordinal > ? ORDER BY ordinal LIMIT ?", ordinal, _BATCH):
            yield batch
            ordinal = batch[-1].ordinal

    def marks(self) -> Marks:
        """The highest row and ordinal ever given."""
        with self._connection() as connection, translated("reading documents"):
            return Marks(**dict(connection.execute("SELECT name, value FROM marks")))

    def close(self) -> None:
        """Idle connections close now, others when they come back."""
        self._closed = True
        while (connection := self._taken()) is not None:
            connection.close()

    def _select(self, where: str, *values: str | int, whole: bool = True) -> list[Stored]:
        columns = "row, number, ordinal, digest, shown, rest" if whole else "row, number, ordinal, digest, shown"
        with self._connection() as connection, translated("reading documents"):
            found = connection.execute(f"SELECT {columns} FROM documents WHERE {where}", values)  # noqa: S608
            return [Stored(*line) for line in found]

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        connection = self._taken() or self._connect()
        try:
            yield connection
        finally:
            if self._closed:
                connection.close()
            else:
                self._idle.put(connection)

    def _taken(self) -> sqlite3.Connection | None:
        try:
            return self._idle.get_nowait()
        except Empty:
            return None

    def _connect(self) -> sqlite3.Connection:
        """`query_only` rather than a read-only file: SQLite makes the WAL's shared memory where the writer has gone."""
        with translated("opening documents"):
            connection = sqlite3.connect(
                f"{self._path.absolute().as_uri()}?mode=rw", uri=True, check_same_thread=False, isolation_level=None
            )
            connection.execute("PRAGMA query_only = ON")
            _require_format(connection)
            return connection


class DocumentsWriter:
    """The one writer of a store. What `put` was given is on disk when it returns."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=rw", uri=True, check_same_thread=False, isolation_level=None
        )
        self._connection.execute("PRAGMA synchronous = FULL")
        _require_format(self._connection)

    def put(self, lines: Iterable[Stored], marks: Marks) -> None:
        """Stores all lines and the marks, or nothing."""
        with self._transaction() as connection:
            connection.executemany(
                "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (number) DO UPDATE SET"
                " ordinal = excluded.ordinal, digest = excluded.digest, shown = excluded.shown, rest = excluded.rest",
                ((line.row, line.number, line.ordinal, line.digest, line.shown, _packed(line.rest)) for line in lines),
            )
            connection.executemany("UPDATE marks SET value = ? WHERE name = ?", ((marks.row, "row"), (marks.ordinal, "ordinal")))

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield self._connection
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise


def _require_format(connection: sqlite3.Connection) -> None:
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    if found != FORMAT:
        connection.close()
        raise EngineUnavailable(
            f"文档库的格式为 {found}，本程序需要 {FORMAT}：请把数据目录中的 CURRENT 和 generations 移开，再重新运行 patentry load。"
            f" The documents are of format {found} and this program needs {FORMAT}: move CURRENT and generations out of the data"
            " folder and load the files again."
        )


def _packed(rest: bytes | None) -> bytes | None:
    """Level 1 takes a third of level 6's time for a tenth more bytes."""
    return compress(rest, 1) if rest and not rest.startswith(_COMPRESSED) and len(rest) >= _WORTH_COMPRESSING else rest
