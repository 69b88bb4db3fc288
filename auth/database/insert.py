"""Inserting where another may have been first."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, func


def insert_new(connection: Connection, table: Table, values: Mapping[str, Any]) -> bool:
    """Inserts the row unless a unique key of it is held already; says whether it was inserted. Never raises for a double."""
    added = _insert(connection.dialect.name)(table).values(**values).on_conflict_do_nothing().returning(*table.primary_key)
    return connection.execute(added).first() is not None


def merge_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Inserts the rows, all with the same columns; of one that is held, each column that is given a value takes it, the others
    stay."""
    added = _insert(connection.dialect.name)(table)
    taken = {column.name: func.coalesce(added.excluded[column.name], column) for column in table.c if not column.primary_key}
    connection.execute(added.on_conflict_do_update(index_elements=list(table.primary_key), set_=taken), rows)


def _insert(dialect: str) -> Callable[[Table], Any]:
    """The dialect's own INSERT, imported when needed: that of PostgreSQL brings five drivers with it, a twentieth of a start."""
    if dialect == "sqlite":
        from sqlalchemy.dialects.sqlite import insert  # noqa: PLC0415

        return insert
    from sqlalchemy.dialects.postgresql import insert as into_postgresql  # noqa: PLC0415

    return into_postgresql
