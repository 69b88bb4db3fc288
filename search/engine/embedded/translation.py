"""What tantivy, SQLite and the file system throw, as errors of the port."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from search.engine.errors import EngineUnavailable

_PANIC = "pyo3_runtime"
"""Module of tantivy's PanicException, a BaseException that cannot be imported."""


@contextmanager
def translated(doing: str) -> Iterator[None]:
    """Raises `EngineUnavailable`, with `doing` and the library's reason, for whatever the libraries throw within."""
    try:
        yield
    except (ValueError, OSError, sqlite3.Error, MemoryError) as error:
        raise EngineUnavailable(f"{doing}: {error}") from error
    except BaseException as error:
        if type(error).__module__ != _PANIC:
            raise
        raise EngineUnavailable(f"{doing}: {error}") from error
