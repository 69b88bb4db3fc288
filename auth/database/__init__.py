"""The one database: SQLite in the data folder, or PostgreSQL by its URL. Only this room and the `store.py` files know SQL."""

from sqlalchemy import Connection

from auth.database.columns import PERSON, instant, person
from auth.database.connect import Database, DatabaseUnavailable, named_database, open_database
from auth.database.insert import insert_new, merge_rows
from auth.database.lock import LockHeld, lock
from auth.database.metadata import metadata

__all__ = [
    "PERSON",
    "Connection",
    "Database",
    "DatabaseUnavailable",
    "LockHeld",
    "insert_new",
    "instant",
    "lock",
    "merge_rows",
    "metadata",
    "named_database",
    "open_database",
    "person",
]
