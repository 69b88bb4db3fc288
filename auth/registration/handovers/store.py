"""The only SQL of the hand-over list. It names an account's random id and no person, so it outlives the account."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Row, Select, Table, Text, delete, select, update

from auth.database import Connection, insert_new, instant, metadata
from auth.organisations.store import organisations
from auth.registration.handovers.model import Handover, What

handovers = Table(
    "handovers",
    metadata,
    Column("account", Text, primary_key=True),
    Column("organisation", Text, ForeignKey("organisations.id"), primary_key=True),
    Column("what", Text, primary_key=True),
    instant("first_at"),
    instant("last_at"),
)


def noted(connection: Connection, accounts: Collection[str], organisation: str, what: What, *, since: datetime) -> set[str]:
    """Those of the accounts for which the hand-over is noted as of then or later."""
    held = handovers.c
    asked = select(held.account).where(held.account.in_(accounts), held.organisation == organisation, held.what == what)
    return set(connection.scalars(asked.where(held.last_at >= since)))


def note(connection: Connection, account: str, organisation: str, what: What, *, now: datetime) -> None:
    """Notes a hand-over: the first, or that it went on until now."""
    values = {"account": account, "organisation": organisation, "what": what, "first_at": now, "last_at": now}
    if insert_new(connection, handovers, values):
        return
    held = handovers.c
    same = (held.account == account, held.organisation == organisation, held.what == what)
    connection.execute(update(handovers).where(*same, held.last_at < now).values(last_at=now))


def of(connection: Connection, account: str) -> list[Handover]:
    """To whom something of the account was handed, the first first."""
    return _read(connection, _asked().where(handovers.c.account == account))


def since(connection: Connection, instant_: datetime) -> list[Handover]:
    """All that went on at that instant or later, the first first."""
    return _read(connection, _asked().where(handovers.c.last_at >= instant_))


def prune(connection: Connection, *, before: datetime) -> int:
    """Forgets what was over before then; how many."""
    return connection.execute(delete(handovers).where(handovers.c.last_at < before)).rowcount


def _asked() -> Select[Any]:
    held = handovers.c
    named = select(handovers, organisations.c.name).join(organisations, organisations.c.id == held.organisation)
    return named.order_by(held.first_at, held.account, held.organisation, held.what)


def _read(connection: Connection, asked: Select[Any]) -> list[Handover]:
    return [_handover(row) for row in connection.execute(asked)]


def _handover(row: Row[Any]) -> Handover:
    return Handover(row.account, row.organisation, row.name, What(row.what), row.first_at, row.last_at)
