"""The only SQL of corrections of effects: a row each, never changed but to be undone."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Table, Text, delete, func, select, update

from auth.database import Connection, instant, metadata, person
from auth.database.people import Data, Room

effect_corrections = Table(
    "effect_corrections",
    metadata,
    Column("id", Text, primary_key=True),
    person(),
    Column("number", Text, nullable=False),
    Column("sentence", Text, nullable=False),
    Column("found", Text, nullable=False),
    Column("effect", Text),
    Column("means", Text),
    instant("corrected_at"),
    instant("undone_at", nullable=True),
)


@dataclass(frozen=True, slots=True)
class Correction:
    """Of the effect `found` in a sentence (`search.analysis.effects.sentence.digest`) of the document `number`: the effect that it
    is, ``None`` for none at all; and the means, ``None`` for the one that was found."""

    id: str
    number: str
    sentence: str
    found: str
    effect: str | None
    means: str | None
    corrected_at: datetime
    undone_at: datetime | None = None


def add(connection: Connection, user: str, made: Correction) -> None:
    """Writes a correction down; it stands before those of the same effect that were made earlier."""
    values = {name: getattr(made, name) for name in made.__slots__}
    connection.execute(effect_corrections.insert().values(user_id=user, **values))


def standing(connection: Connection, user: str) -> list[Correction]:
    """Those of the account that were not undone, the earliest first."""
    return [_correction(row) for row in connection.execute(_of(user).where(effect_corrections.c.undone_at.is_(None)))]


def undo(connection: Connection, user: str, id: str, *, at: datetime) -> bool:  # noqa: A002
    """Takes back a correction of the account; whether there was one that stood."""
    table = effect_corrections
    asked = update(table).where(table.c.id == id, table.c.user_id == user, table.c.undone_at.is_(None))
    return connection.execute(asked.values(undone_at=at)).rowcount == 1


def count(connection: Connection, user: str) -> int:
    """How many the account has made, undone ones too."""
    asked = select(func.count()).select_from(effect_corrections).where(effect_corrections.c.user_id == user)
    return connection.scalar(asked) or 0


def _of(user: str):  # type: ignore[no-untyped-def]  # SQLAlchemy's own
    table = effect_corrections
    return select(table).where(table.c.user_id == user).order_by(table.c.corrected_at, table.c.id)


def _correction(row: object) -> Correction:
    return Correction(**{name: getattr(row, name) for name in Correction.__slots__})


def _export(connection: Connection, user: str) -> Data:
    found = [_correction(row) for row in connection.execute(_of(user))]
    return {"corrections": [{name: str(getattr(each, name)) for name in each.__slots__ if getattr(each, name)} for each in found]}


def _erase(connection: Connection, user: str) -> None:
    connection.execute(delete(effect_corrections).where(effect_corrections.c.user_id == user))


PEOPLE = Room("effects", frozenset({"effect_corrections"}), export=_export, erase=_erase)
