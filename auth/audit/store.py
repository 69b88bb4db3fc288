"""The only SQL of the security log."""

import secrets
from datetime import datetime

from sqlalchemy import BigInteger, Column, Integer, Table, Text, delete, insert, select, update

from auth.audit.model import Entry, Event
from auth.database import PERSON, Connection, instant, metadata
from auth.database.people import Data, Room

security_log = Table(
    "security_log",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    instant("at", index=True),
    Column("event", Text, nullable=False),
    Column("user_id", Text, index=True, info={PERSON: True}),  # no foreign key: the log outlives the account
    Column("address", Text, info={PERSON: True}),
    Column("session_id", Text),
)

_PRUNED = 1000


def add(connection: Connection, entry: Entry) -> None:
    """Appends the entry."""
    connection.execute(
        insert(security_log).values(
            at=entry.at, event=entry.event, user_id=entry.user, address=entry.address, session_id=entry.session
        )
    )


def entries(connection: Connection, user: str) -> list[Entry]:
    """The account's entries, oldest first."""
    rows = connection.execute(select(security_log).where(security_log.c.user_id == user).order_by(security_log.c.id))
    return [Entry(row.at, Event(row.event), row.user_id, row.address, row.session_id) for row in rows]


def prune(connection: Connection, *, before: datetime) -> int:
    """Forgets entries of before then, at most `_PRUNED` at a time; how many."""
    held = security_log.c
    old = select(held.id).where(held.at < before).limit(_PRUNED).with_for_update(skip_locked=True)
    return connection.execute(delete(security_log).where(held.id.in_(old))).rowcount


def export(connection: Connection, user: str) -> Data:
    """What the log says of the person."""
    return [{"at": entry.at.isoformat(), "event": entry.event, "address": entry.address} for entry in entries(connection, user)]


def erase(connection: Connection, user: str) -> None:
    """The entries stay (the law keeps network logs six months) under a name that leads to nobody, without addresses."""
    nobody = f"erased-{secrets.token_hex(16)}"
    held = security_log.c.user_id == user
    connection.execute(update(security_log).where(held).values(user_id=nobody, address=None, session_id=None))


PEOPLE = Room("security_log", frozenset({"security_log"}), export, erase)
