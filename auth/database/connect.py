"""`Database`: connections for reading and for writing, the same on SQLite and PostgreSQL, for any number of threads.

SQLite runs in WAL with every commit on disk (synchronous FULL) and one writer at a time: a write takes the lock when it
begins (BEGIN IMMEDIATE), so two writers wait for each other instead of failing half way.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from auth.errors import Problem
from auth.settings import Settings

BUSY_S = 10
"""How long a connection waits for another writer, and a thread for a connection."""

_PRAGMAS = (
    f"busy_timeout={BUSY_S * 1000}",  # first: turning WAL on may have to wait too
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",  # an erased person is gone from the file, not only from the tables
)


class DatabaseUnavailable(Problem):
    """The database is away, full, or busy beyond patience."""

    status = 503
    code = "database_unavailable"
    zh = "数据库暂时不可用，请稍后再试。"
    en = "The database is unavailable at the moment. Try again shortly."

    def __init__(self) -> None:
        super().__init__(retry_after_s=5)


class Database:
    """One pool of connections. `url` is a SQLAlchemy URL; SQLite needs a file."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.sqlite = self.url.get_backend_name() == "sqlite"
        self._engine = _sqlite(self.file) if self.sqlite else _postgresql(url)

    @property
    def file(self) -> Path:
        """SQLite's file; an error on PostgreSQL."""
        if not self.sqlite or not self.url.database or self.url.database == ":memory:":
            raise ValueError("the database is not a file")
        return Path(self.url.database)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that leaves no trace: whatever it did is rolled back at the end."""
        with self._translated(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: committed at the end of the block, rolled back by any exception."""
        with self._translated(), self._engine.connect().execution_options(write=True) as connection, connection.begin():
            yield connection

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """What the driver says about a lost, full or busy database becomes the one answer callers may see."""
        try:
            yield
        except (OperationalError, InterfaceError, PoolTimeout) as error:
            raise DatabaseUnavailable from error


def open_database(settings: Settings) -> Database:
    """The database of these settings; makes SQLite's folder, and its file for the owner alone: it holds password hashes."""
    database = named_database(settings)
    if not settings.database_url:
        settings.data.mkdir(parents=True, exist_ok=True)
        database.file.touch(mode=0o600)
    return database


def named_database(settings: Settings) -> Database:
    """The database of these settings, whether or not it is there."""
    return Database(settings.database_url or f"sqlite:///{settings.data / 'patentry.sqlite'}")


def _postgresql(url: str) -> Engine:
    return create_engine(
        url, pool_size=10, max_overflow=30, pool_timeout=BUSY_S, pool_pre_ping=True, connect_args={"connect_timeout": 5}
    )


def _sqlite(file: Path) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(file)),
        pool_size=10,
        max_overflow=30,
        pool_timeout=BUSY_S,
        connect_args={"check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver's own BEGIN comes too late; `_begin` gives ours
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        write = connection.get_execution_options().get("write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine
