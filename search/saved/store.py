"""The only SQL of what is kept. Whose it is is a condition of every statement."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    ForeignKey,
    Integer,
    Row,
    RowMapping,
    Table,
    Text,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from auth.access.model import Identity
from auth.database import PERSON, Connection, insert_new, instant, metadata, person
from auth.database.people import Data, Room
from search.saved.model import Entry, Saved

history = Table(
    "history",
    metadata,
    Column("user_id", Text, ForeignKey("users.id"), primary_key=True, info={PERSON: True}),
    Column("number", Integer, primary_key=True),
    instant("asked_at"),
    Column("text", Text, nullable=False),
    Column("dialect", Text, nullable=False),
    Column("canonical", Text),
    Column("total", Integer, nullable=False),
    Column("numbers", JSON(none_as_null=True)),
)

saved_searches = Table(
    "saved_searches",
    metadata,
    Column("id", Text, primary_key=True),
    person(),
    Column("organisation", Text, ForeignKey("organisations.id"), index=True),
    Column("name", Text, nullable=False),
    Column("canonical", Text, nullable=False),
    instant("created_at"),
    instant("changed_at"),
    Column("version", Integer, nullable=False),
)

_SHOWN = [column for column in history.c if column.name not in ("user_id", "numbers")]


def last(connection: Connection, user: str) -> Entry | None:
    """The newest entry."""
    row = connection.execute(select(*_SHOWN).where(history.c.user_id == user).order_by(history.c.number.desc()).limit(1)).first()
    return _entry(row) if row else None


def append(connection: Connection, user: str, entry: Entry, numbers: Sequence[str] | None) -> bool:
    """Writes the entry under its number; False where another was first."""
    values = {name: getattr(entry, name) for name in Entry.__slots__}
    return insert_new(connection, history, values | {"user_id": user, "numbers": list(numbers) if numbers is not None else None})


def asked_again(connection: Connection, user: str, number: int, *, at: datetime, total: int) -> None:
    """The entry's question was asked once more and now has this many."""
    same = (history.c.user_id == user, history.c.number == number)
    connection.execute(update(history).where(*same).values(asked_at=at, total=total))


def forget(connection: Connection, user: str, *, upto: int) -> int:
    """Deletes the entries of these numbers and below; how many there were."""
    return connection.execute(delete(history).where(history.c.user_id == user, history.c.number <= upto)).rowcount


def page(connection: Connection, user: str, *, before: int | None, size: int) -> list[Entry]:
    """Entries below the number `before`, the newest first."""
    asked = select(*_SHOWN).where(history.c.user_id == user).order_by(history.c.number.desc()).limit(size)
    if before is not None:
        asked = asked.where(history.c.number < before)
    return [_entry(row) for row in connection.execute(asked)]


def meant(connection: Connection, user: str, number: int) -> tuple[str | None, str, list[str]] | None:
    """The canonical text of an entry, its language, and its list, of numbers or of names; ``None`` where there is no such entry."""
    asked = select(history.c.canonical, history.c.dialect, history.c.numbers)
    row = connection.execute(asked.where(history.c.user_id == user, history.c.number == number)).first()
    return (row.canonical, row.dialect, row.numbers or []) if row else None


def listed(connection: Connection, user: str, *, dialect: str, text: str) -> int | None:
    """The newest list of that kind under that text."""
    same = (history.c.user_id == user, history.c.dialect == dialect, history.c.text == text)
    number: int | None = connection.scalar(select(func.max(history.c.number)).where(*same))
    return number


def visible(caller: Identity) -> ColumnElement[bool]:
    """The saved searches that exist for the caller: his own, and those shared in his organisation."""
    own = saved_searches.c.user_id == caller.user
    return own if caller.organisation is None else or_(own, saved_searches.c.organisation == caller.organisation)


def owned(caller: Identity) -> ColumnElement[bool]:
    """Those he may change."""
    return saved_searches.c.user_id == caller.user


def saved(connection: Connection, within: ColumnElement[bool]) -> list[Saved]:
    """By name."""
    rows = connection.execute(select(saved_searches).where(within).order_by(saved_searches.c.name, saved_searches.c.id))
    return [_saved(row) for row in rows]


def one(connection: Connection, id: str, within: ColumnElement[bool]) -> Saved | None:  # noqa: A002 - the column's own name
    row = connection.execute(select(saved_searches).where(saved_searches.c.id == id, within)).first()
    return _saved(row) if row else None


def count(connection: Connection, user: str) -> int:
    """How many the account has saved."""
    asked = select(func.count()).select_from(saved_searches).where(saved_searches.c.user_id == user)
    return connection.scalar(asked) or 0


def add(connection: Connection, kept: Saved) -> None:
    values = {name: getattr(kept, name) for name in Saved.__slots__ if name != "owner"}
    connection.execute(insert(saved_searches).values(user_id=kept.owner, **values))


def change(connection: Connection, id: str, within: ColumnElement[bool], *, version: int, values: Mapping[str, Any]) -> bool:  # noqa: A002
    """Sets the columns if it still stands at `version`; says whether it did."""
    same = (saved_searches.c.id == id, saved_searches.c.version == version, within)
    return connection.execute(update(saved_searches).where(*same).values(version=version + 1, **values)).rowcount == 1


def remove(connection: Connection, id: str, within: ColumnElement[bool]) -> bool:  # noqa: A002
    """Whether it was there."""
    return connection.execute(delete(saved_searches).where(saved_searches.c.id == id, within)).rowcount == 1


def _entry(row: Row[Any]) -> Entry:
    return Entry(row.number, row.asked_at, row.text, row.dialect, row.canonical, row.total)


def _saved(row: Row[Any]) -> Saved:
    moments = (row.created_at, row.changed_at)
    return Saved(row.id, row.user_id, row.organisation, row.name, row.canonical, *moments, row.version)


def _export(connection: Connection, user: str) -> Data:
    searches = select(*_SHOWN, history.c.numbers).where(history.c.user_id == user).order_by(history.c.number)
    kept = select(saved_searches).where(saved_searches.c.user_id == user).order_by(saved_searches.c.name)
    return {
        "history": [_plain(row) for row in connection.execute(searches).mappings()],
        "saved": [_plain(row) for row in connection.execute(kept).mappings()],
    }


def _plain(row: RowMapping) -> dict[str, object]:
    """Plain values under plain names: a column's own is a kind of text that JSON writers refuse."""
    return {str(name): value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}


def _erase(connection: Connection, user: str) -> None:
    for table in (history, saved_searches):
        connection.execute(delete(table).where(table.c.user_id == user))


PEOPLE = Room("searches", frozenset({"history", "saved_searches"}), export=_export, erase=_erase)
