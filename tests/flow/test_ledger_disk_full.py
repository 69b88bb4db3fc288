"""T37: a disk that fills up while facts are appended, and has room again."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from auth.database import Database, DatabaseUnavailable
from auth.ledger import fsck, keys, service
from auth.ledger.model import Fact
from search.migrations import migrate

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
KEYS = keys.create("patents.example.cn/ledger")


@contextmanager
def no_file_over(size: int) -> Iterator[None]:
    """For the block no file of this process grows beyond `size` bytes: the system refuses the write, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def append(database: Database, *, times: int) -> int:
    """The seq of the last of so many facts, all in one transaction."""
    fact = Fact(kind="account:activated", happened_at=NOON, account="u1", agency="a1")
    with database.write() as connection:
        return [service.append(connection, "a1", fact, now=NOON) for _ in range(times)][-1]


def test_a_full_disk_refuses_facts_loses_none_and_recovers(tmp_path: Path) -> None:
    file = tmp_path / "store.sqlite"
    database = Database(f"sqlite:///{file}")
    migrate(database)
    told = [append(database, times=20)]
    with no_file_over(file.with_name("store.sqlite-wal").stat().st_size + 200_000):
        with pytest.raises(DatabaseUnavailable) as refused:
            told.extend(append(database, times=20) for _ in range(100))
        assert (refused.value.status, refused.value.retry_after_s) == (503, 5)
        with database.read() as connection:
            assert len(service.leaves(connection, "a1")) == told[-1] + 1
    assert append(database, times=1) == told[-1] + 1
    with database.read() as connection:
        assert fsck.run(connection, KEYS) == fsck.Report(1, told[-1] + 2, 0, ())
    database.close()
