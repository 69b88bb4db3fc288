"""The newest schema for a test's own database. Its steps are walked once a run and copied from then on."""

import tempfile
from functools import cache
from pathlib import Path

from auth.database import Database
from search.migrations import migrate


def migrated(database: Database) -> Database:
    """Brought to the newest schema, before anybody has looked at it: SQLite's file is a copy of one that was migrated."""
    if database.sqlite:
        database.file.write_bytes(_template())
    else:
        migrate(database)
    return database


@cache
def _template() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'template.sqlite'}")
        migrate(database)
        with database.read() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()
        return database.file.read_bytes()
