"""Inserting where another may have been first."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_new(connection: Connection, table: Table, values: Mapping[str, Any]) -> bool:
    """Inserts the row unless a unique key of it is held already; says whether it was inserted. Never raises for a double."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    added = dialect.insert(table).values(**values).on_conflict_do_nothing().returning(*table.primary_key)
    return connection.execute(added).first() is not None
