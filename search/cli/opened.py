"""What a command needs, opened for it."""

from collections.abc import Iterator
from contextlib import contextmanager

from auth.credentials.passwords import Passwords
from auth.database import Database, open_database
from auth.users.service import Users
from search.migrations import require_schema
from search.settings import Settings


@contextmanager
def opened(settings: Settings | None = None) -> Iterator[Database]:
    """The database that the settings name; `StartRefused` on another schema."""
    database = open_database(settings or Settings())
    try:
        require_schema(database)
        yield database
    finally:
        database.close()


def users(database: Database) -> Users:
    """Its accounts."""
    return Users(database, Passwords())
