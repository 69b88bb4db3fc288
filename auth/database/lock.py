"""Named locks between processes: one does a thing at a time, and a dead holder's lock is free at once."""

import fcntl
import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

from sqlalchemy import text

from auth.database.connect import Database

_STEP_S = 0.05


class LockHeld(Exception):
    """Another process or thread holds the lock."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the lock {name!r} is held by another process")
        self.name = name


@contextmanager
def lock(database: Database, name: str, *, wait_s: float = 0) -> Iterator[None]:
    """Holds the lock `name` of this database for the block; `LockHeld` when it is not free within `wait_s` seconds.

    SQLite: a lock on a file beside the database. PostgreSQL: an advisory lock of a connection of its own. Both belong to
    the block, not to the process: a second block of the same process waits too.
    """
    with _file_lock(database, name, wait_s) if database.sqlite else _advisory_lock(database, name, wait_s):
        yield


@contextmanager
def _file_lock(database: Database, name: str, wait_s: float) -> Iterator[None]:
    path = database.file.with_name(f"{database.file.name}.{quote(name, safe='')}.lock")
    with path.open("a") as handle:
        for last in _attempts(wait_s):
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if last:
                    raise LockHeld(name) from None
        yield


@contextmanager
def _advisory_lock(database: Database, name: str, wait_s: float) -> Iterator[None]:
    key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
    with database.read() as connection:
        for last in _attempts(wait_s):
            if connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": key}):
                break
            if last:
                raise LockHeld(name)
        connection.commit()  # the lock is the connection's; no transaction stays open while it is held
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": key})


def _attempts(wait_s: float) -> Iterator[bool]:
    """One turn an attempt, pausing between them; the value says whether it is the last."""
    end = time.monotonic() + wait_s
    while time.monotonic() < end:
        yield False
        time.sleep(_STEP_S)
    yield True
