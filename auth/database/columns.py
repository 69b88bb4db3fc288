"""Kinds of columns that several rooms share."""

from datetime import UTC, datetime

from sqlalchemy import Column, DateTime, Dialect, ForeignKey, Text, TypeDecorator

PERSON = "person"
"""Key in `Column.info` that marks a column as a person's data: its table needs an eraser (`auth.database.people`)."""


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept in UTC; text of fixed width on SQLite, so that it sorts. A naive value is a mistake: ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def instant(name: str, *, nullable: bool = False, index: bool = False) -> Column[datetime]:
    """A column of instants."""
    return Column(name, Instant, nullable=nullable, index=index)


def person(name: str = "user_id", *, nullable: bool = False, index: bool = True) -> Column[str]:
    """A column that names an account. The table needs an eraser; nothing is erased by the database on its own."""
    return Column(name, Text, ForeignKey("users.id"), nullable=nullable, index=index, info={PERSON: True})
