"""The only SQL of outgoing messages. Text and recipient are kept as long as the message waits, and not a moment longer."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, Integer, Select, Table, Text, delete, func, insert, select, update

from auth.database import PERSON, Connection, instant, metadata
from auth.database.people import Data, Room
from auth.mail.model import Message, Queued, State, Waiting

outbox = Table(
    "outbox",
    metadata,
    Column("id", Text, primary_key=True),
    Column("account", Text, index=True, info={PERSON: True}),  # no foreign key: a claim may precede its account
    Column("channel", Text, nullable=False),
    Column("recipient", Text, info={PERSON: True}),
    Column("shown", Text, nullable=False),  # the recipient, masked
    Column("subject", Text),
    Column("text", Text),
    Column("state", Text, nullable=False, index=True),
    Column("tries", Integer, nullable=False),
    Column("reason", Text),
    instant("created_at"),
    instant("due_at", index=True),
    instant("sent_at", nullable=True),
)

_DONE = {"recipient": None, "subject": None, "text": None}


def add(
    connection: Connection, message_id: str, message: Message, *, account: str | None, shown: str, now: datetime, due_at: datetime
) -> None:
    """Writes the message down; it leaves at `due_at` at the earliest, if the transaction is committed."""
    connection.execute(
        insert(outbox).values(
            id=message_id,
            account=account,
            channel=message.channel,
            recipient=message.recipient,
            shown=shown,
            subject=message.subject,
            text=message.text,
            state=State.QUEUED,
            tries=0,
            created_at=now,
            due_at=due_at,
        )
    )


def due(connection: Connection, channels: Sequence[str], *, now: datetime) -> bool:
    """Whether some message is due: asked often, so it only reads."""
    return connection.execute(_due(channels, now)).first() is not None


def take(
    connection: Connection, channels: Sequence[str], *, now: datetime, lease: timedelta
) -> tuple[str, Message, int, datetime] | None:
    """The message that is due first, with how often it was tried before and when it was written; for the length of `lease` it
    is nobody else's."""
    held = outbox.c
    row = connection.execute(_due(channels, now).with_for_update(skip_locked=True)).first()
    if row is None:
        return None
    connection.execute(update(outbox).where(held.id == row.id).values(due_at=now + lease, tries=row.tries + 1))
    return row.id, Message(row.channel, row.recipient, row.subject, row.text), row.tries, row.created_at


def mark_sent(connection: Connection, message: str, *, now: datetime) -> None:
    """It left."""
    values = {"state": State.SENT, "sent_at": now, "reason": None, **_DONE}
    connection.execute(update(outbox).where(outbox.c.id == message).values(**values))


def mark_failed(connection: Connection, message: str, *, reason: str) -> None:
    """It will not be tried again."""
    connection.execute(update(outbox).where(outbox.c.id == message).values(state=State.FAILED, reason=reason, **_DONE))


def put_off(connection: Connection, message: str, *, reason: str, due_at: datetime) -> None:
    """It did not leave this time."""
    connection.execute(update(outbox).where(outbox.c.id == message).values(reason=reason, due_at=due_at))


def hasten(connection: Connection, message: str, *, now: datetime) -> bool:
    """It need not wait any longer; False when it does not wait."""
    held = outbox.c
    waiting = (held.id == message, held.state == State.QUEUED, held.tries == 0, held.due_at > now)
    return connection.execute(update(outbox).where(*waiting).values(due_at=now)).rowcount == 1


def sent_at(connection: Connection, message: str) -> datetime | None:
    """When it left; ``None`` while it has not."""
    left: datetime | None = connection.scalar(select(outbox.c.sent_at).where(outbox.c.id == message))
    return left


def queue(connection: Connection, *, state: State | None = None, limit: int) -> list[Queued]:
    """Messages as the queue shows them, the newest first."""
    asked = select(outbox).order_by(outbox.c.created_at.desc(), outbox.c.id).limit(limit)
    if state is not None:
        asked = asked.where(outbox.c.state == state)
    return [
        Queued(row.id, row.channel, row.shown, State(row.state), row.tries, row.reason, row.created_at, row.due_at, row.sent_at)
        for row in connection.execute(asked)
    ]


def counts(connection: Connection) -> dict[State, int]:
    """How many messages stand where."""
    rows = connection.execute(select(outbox.c.state, func.count()).group_by(outbox.c.state))
    held: dict[str, int] = {row[0]: row[1] for row in rows}
    return {state: held.get(state, 0) for state in State}


def waiting(connection: Connection) -> Waiting:
    """What has not left yet."""
    queued = outbox.c.state == State.QUEUED
    count, since = connection.execute(select(func.count(), func.min(outbox.c.created_at)).where(queued)).one()
    tried = select(outbox.c.reason).where(queued, outbox.c.reason.is_not(None)).order_by(outbox.c.due_at.desc(), outbox.c.id)
    return Waiting(count, since, connection.scalar(tried.limit(1)))


def prune(connection: Connection, *, before: datetime) -> int:
    """Forgets messages that were done with before then; how many."""
    done = (State.SENT, State.FAILED)
    return connection.execute(delete(outbox).where(outbox.c.state.in_(done), outbox.c.created_at < before)).rowcount


def export(connection: Connection, user: str) -> Data:
    """The messages to the person."""
    rows = connection.execute(select(outbox).where(outbox.c.account == user).order_by(outbox.c.created_at, outbox.c.id))
    return [{"to": row.shown, "state": row.state, "created_at": row.created_at.isoformat()} for row in rows]


def erase(connection: Connection, user: str) -> None:
    """Messages to the person are forgotten, those that wait too."""
    connection.execute(delete(outbox).where(outbox.c.account == user))


def _due(channels: Sequence[str], now: datetime) -> Select[Any]:
    held = outbox.c
    due = select(outbox).where(held.state == State.QUEUED, held.due_at <= now, held.channel.in_(channels))
    return due.order_by(held.due_at, held.id).limit(1)


PEOPLE = Room("messages", frozenset({"outbox"}), export, erase)
