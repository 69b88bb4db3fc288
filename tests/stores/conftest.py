"""Every test of this folder runs on SQLite and on a real PostgreSQL: the stores promise the same on both."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from auth.database import Database
from tests.schema import migrated


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without any table."""
    url = f"sqlite:///{tmp_path / 'store.sqlite'}" if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    database = Database(url)
    yield database
    database.close()


@pytest.fixture
def database(empty_database: Database) -> Database:
    """A database of the newest schema."""
    return migrated(empty_database)
