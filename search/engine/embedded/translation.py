"""What tantivy, SQLite and the file system throw, as errors of the port."""

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from search.engine.errors import EngineUnavailable, IndexDamaged

_PANIC = "pyo3_runtime"
"""Module of tantivy's PanicException, a BaseException that cannot be imported."""


@contextmanager
def translated(doing: str) -> Iterator[None]:
    """Raises `EngineUnavailable`, with `doing` and the library's reason, for whatever the libraries throw within; `IndexDamaged`
    where SQLite says that its file is no database or malformed, for which it has no class of its own, or a record does not
    decompress."""
    try:
        yield
    except zlib.error as error:
        raise _damaged(doing, error) from error
    except (ValueError, OSError, sqlite3.Error, MemoryError) as error:
        raise (_damaged(doing, error) if type(error) is sqlite3.DatabaseError else _unavailable(doing, error)) from error
    except BaseException as error:
        if type(error).__module__ != _PANIC:
            raise
        raise _unavailable(doing, error) from error


def _unavailable(doing: str, error: BaseException) -> EngineUnavailable:
    return EngineUnavailable(
        "嵌入式引擎出错，请检查数据目录的剩余空间和权限。"
        f" The embedded engine failed; check the free space and rights of the data folder. {doing}: {error}"
    )


def _damaged(doing: str, error: BaseException) -> IndexDamaged:
    return IndexDamaged(
        f"文档库已损坏，请从备份恢复数据目录。 The documents are damaged; restore the data folder from a backup. {doing}: {error}"
    )
