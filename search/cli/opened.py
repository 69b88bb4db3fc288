"""What a command about accounts needs, opened for it."""

from collections.abc import Iterator
from contextlib import contextmanager

from auth.credentials.passwords import Passwords
from auth.database import open_database
from auth.users.service import Users
from search.migrations import require_schema
from search.settings import Settings


@contextmanager
def users() -> Iterator[Users]:
    """The accounts of the database that the settings name; `StartRefused` on another schema."""
    database = open_database(Settings())
    try:
        require_schema(database)
        yield Users(database, Passwords())
    finally:
        database.close()
