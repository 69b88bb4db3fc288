"""The counters of attempts, one row a counter; keys are keyed hashes, so no address or e-mail stands here."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Integer, Table, Text, delete, select, update

from auth.database import Connection, insert_new, instant, metadata

_PRUNED = 100

attempts = Table(
    "attempts",
    metadata,
    Column("key", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    instant("retry_at", nullable=True),
    instant("expires_at", index=True),
)


@dataclass(frozen=True, slots=True)
class Counter:
    """`count` attempts; the next is taken from `retry_at` on; forgotten at `expires_at`."""

    count: int
    retry_at: datetime | None
    expires_at: datetime


def counter(connection: Connection, key: str, *, now: datetime) -> Counter | None:
    """The living counter, its row locked till the transaction ends."""
    row = connection.execute(select(attempts).where(attempts.c.key == key, attempts.c.expires_at > now).with_for_update()).first()
    return Counter(row._mapping["count"], row.retry_at, row.expires_at) if row else None


def opened(connection: Connection, key: str, *, now: datetime, expires_at: datetime) -> Counter:
    """The living counter, made with nothing counted where there is none, its row locked till the transaction ends: of many at
    once none is lost."""
    held = counter(connection, key, now=now)
    while held is None:  # again, should another have removed the row that kept ours from being added
        connection.execute(delete(attempts).where(attempts.c.key == key, attempts.c.expires_at <= now))
        insert_new(connection, attempts, {"key": key, "count": 0, "expires_at": expires_at})
        held = counter(connection, key, now=now)
    return held


def put(connection: Connection, key: str, held: Counter) -> None:
    """Sets the counter. One that goes on from what it was has to be locked: by `opened` or `counter`."""
    values = {"count": held.count, "retry_at": held.retry_at, "expires_at": held.expires_at}
    if connection.execute(update(attempts).where(attempts.c.key == key).values(**values)).rowcount == 0:
        insert_new(connection, attempts, {"key": key, **values})


def remove(connection: Connection, key: str) -> None:
    """Forgets the counter."""
    connection.execute(delete(attempts).where(attempts.c.key == key))


def prune(connection: Connection, *, now: datetime) -> int:
    """Forgets some of what has expired, leaving what another transaction holds; how many."""
    expired = select(attempts.c.key).where(attempts.c.expires_at <= now).limit(_PRUNED).with_for_update(skip_locked=True)
    return connection.execute(delete(attempts).where(attempts.c.key.in_(expired))).rowcount
