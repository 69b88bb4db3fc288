"""The only SQL of requests that may be repeated."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Integer, LargeBinary, Table, Text, delete, select, update

from auth.database import Connection, insert_new, instant, metadata

_PRUNED = 100

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("key", Text, primary_key=True),  # keyed hash of who sent what key to which route
    Column("body", Text, nullable=False),  # keyed hash of the body
    Column("status", Integer),
    Column("answer", LargeBinary),
    instant("expires_at", index=True),
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A request that was answered."""

    body: str
    status: int
    answer: bytes


def claim(connection: Connection, key: str, *, body: str, now: datetime, expires_at: datetime) -> Kept | None:
    """Takes the key for this transaction (``None``), or gives what was answered to it; waits for one who holds it."""
    held = idempotency_keys.c
    prune(connection, now=now)
    connection.execute(delete(idempotency_keys).where(held.key == key, held.expires_at <= now))
    if insert_new(connection, idempotency_keys, {"key": key, "body": body, "expires_at": expires_at}):
        return None
    row = connection.execute(select(idempotency_keys).where(held.key == key)).one()
    return Kept(row.body, row.status, row.answer)


def prune(connection: Connection, *, now: datetime) -> int:
    """Forgets some requests that nobody may repeat any more, leaving what another transaction holds; how many."""
    held = idempotency_keys.c
    expired = select(held.key).where(held.expires_at <= now).limit(_PRUNED).with_for_update(skip_locked=True)
    return connection.execute(delete(idempotency_keys).where(held.key.in_(expired))).rowcount


def keep(connection: Connection, key: str, *, status: int, answer: bytes) -> None:
    """The answer, for whoever asks again."""
    connection.execute(update(idempotency_keys).where(idempotency_keys.c.key == key).values(status=status, answer=answer))
