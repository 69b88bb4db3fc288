"""The only SQL of sessions and refresh tokens."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ForeignKey, Integer, Table, Text, delete, insert, select, update

from auth.access.model import Identity, Kind
from auth.database import Connection, instant, metadata, person
from auth.database.people import Data, Room
from auth.roles import Role
from auth.users.store import users

sessions = Table(
    "sessions",
    metadata,
    Column("id", Text, primary_key=True),
    person(),
    Column("kind", Text, nullable=False),
    Column("secret", Text, unique=True),  # SHA-256 of a web session's cookie
    instant("created_at"),
    instant("expires_at"),
    instant("revoked_at", nullable=True),
)

refresh_tokens = Table(
    "refresh_tokens",
    metadata,
    Column("hash", Text, primary_key=True),  # SHA-256 of the token
    Column("session_id", Text, ForeignKey("sessions.id"), nullable=False, index=True),
    Column("parent", Text, unique=True),  # hash of the token it succeeded
    instant("created_at"),
    instant("expires_at"),
    instant("used_at", nullable=True),
)

codes = Table(
    "codes",
    metadata,
    Column("ref", Text, primary_key=True),
    Column("digits", Text, nullable=False),  # keyed hash
    Column("token", Text, nullable=False, unique=True),  # SHA-256 of the link's token
    person(nullable=True),
    Column("claim", Text, index=True),  # of a sign-up
    Column("message", Text, nullable=False, index=True),
    Column("tries", Integer, nullable=False),
    instant("created_at", index=True),
    instant("used_at", nullable=True),
)

_PRUNED = 100


@dataclass(frozen=True, slots=True)
class HeldCode:
    """A one-time code; `digits` and `token` are hashes, `message` the one that carries it."""

    ref: str
    digits: str
    token: str
    user: str | None
    claim: str | None
    message: str
    tries: int
    created_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A session that is not over and its account, as the database has them; `secret` is the hash of a web session's cookie."""

    identity: Identity
    secret: str | None
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class RefreshToken:
    """A token by its hash; `used_at` once it was traded for its successor."""

    hash: str
    session: str
    expires_at: datetime
    used_at: datetime | None


def add_session(
    connection: Connection, session: str, *, user: str, kind: Kind, secret: str | None, now: datetime, expires_at: datetime
) -> None:
    """A new session; the account's sessions that are over go."""
    over = select(sessions.c.id).where(sessions.c.user_id == user, sessions.c.expires_at <= now)
    connection.execute(delete(refresh_tokens).where(refresh_tokens.c.session_id.in_(over)))
    connection.execute(delete(sessions).where(sessions.c.user_id == user, sessions.c.expires_at <= now))
    connection.execute(
        insert(sessions).values(id=session, user_id=user, kind=kind, secret=secret, created_at=now, expires_at=expires_at)
    )


def standing(connection: Connection, session: str, *, now: datetime) -> Standing | None:
    """The session with its account; ``None`` when it is over or revoked or the account is not active."""
    row = connection.execute(
        select(users, sessions.c.secret, sessions.c.expires_at)
        .join(sessions, sessions.c.user_id == users.c.id)
        .where(sessions.c.id == session, sessions.c.revoked_at.is_(None), sessions.c.expires_at > now)
        .where(users.c.status == "active")
    ).first()
    if row is None:
        return None
    identity = Identity(row.id, row.email, row.name, Role(row.role), row.organisation, session, row.mobile)
    return Standing(identity, row.secret, row.expires_at)


def revoke(connection: Connection, session: str, *, now: datetime) -> None:
    """Ends one session."""
    connection.execute(update(sessions).where(sessions.c.id == session, sessions.c.revoked_at.is_(None)).values(revoked_at=now))


def revoke_all(connection: Connection, user: str, *, now: datetime) -> None:
    """Ends every session of the account."""
    connection.execute(update(sessions).where(sessions.c.user_id == user, sessions.c.revoked_at.is_(None)).values(revoked_at=now))


def add_refresh_token(connection: Connection, token: RefreshToken, *, parent: str | None, now: datetime) -> None:
    """A token that waits to be used; the session's expired ones go."""
    held = refresh_tokens.c
    connection.execute(delete(refresh_tokens).where(held.session_id == token.session, held.expires_at <= now))
    connection.execute(
        insert(refresh_tokens).values(
            hash=token.hash, session_id=token.session, parent=parent, created_at=now, expires_at=token.expires_at
        )
    )


def refresh_token(connection: Connection, hashed: str) -> RefreshToken | None:
    """The token, its row locked till the transaction ends."""
    row = connection.execute(select(refresh_tokens).where(refresh_tokens.c.hash == hashed).with_for_update()).first()
    return RefreshToken(row.hash, row.session_id, row.expires_at, row.used_at) if row else None


def mark_used(connection: Connection, hashed: str, *, now: datetime) -> None:
    """The token was traded."""
    connection.execute(update(refresh_tokens).where(refresh_tokens.c.hash == hashed).values(used_at=now))


def prune_sessions(connection: Connection, *, now: datetime) -> int:
    """Forgets sessions that are over, at most `_PRUNED` at a time; how many."""
    asked = select(sessions.c.id).where(sessions.c.expires_at <= now).limit(_PRUNED).with_for_update(skip_locked=True)
    over = list(connection.scalars(asked))
    connection.execute(delete(refresh_tokens).where(refresh_tokens.c.session_id.in_(over)))
    return connection.execute(delete(sessions).where(sessions.c.id.in_(over))).rowcount


def prune_codes(connection: Connection, *, over: datetime) -> int:
    """Forgets codes made before `over`, at most `_PRUNED` at a time; how many."""
    old = select(codes.c.ref).where(codes.c.created_at < over).limit(_PRUNED).with_for_update(skip_locked=True)
    return connection.execute(delete(codes).where(codes.c.ref.in_(old))).rowcount


def add_code(connection: Connection, held: HeldCode, *, over: datetime) -> None:
    """A new code; some of those made before `over` go."""
    prune_codes(connection, over=over)
    values = {name: getattr(held, name) for name in HeldCode.__slots__ if name != "user"}
    connection.execute(insert(codes).values(user_id=held.user, **values))


def code(connection: Connection, *, ref: str | None = None, token: str | None = None) -> HeldCode | None:
    """The code of this ref or of this token's hash, its row locked till the transaction ends."""
    asked = codes.c.ref == ref if ref is not None else codes.c.token == token
    row = connection.execute(select(codes).where(asked).with_for_update()).first()
    if row is None:
        return None
    fields = (row.ref, row.digits, row.token, row.user_id, row.claim, row.message, row.tries, row.created_at, row.used_at)
    return HeldCode(*fields)


def count_try(connection: Connection, ref: str) -> None:
    """One more wrong try."""
    connection.execute(update(codes).where(codes.c.ref == ref).values(tries=codes.c.tries + 1))


def mark_code_used(connection: Connection, ref: str, *, now: datetime) -> None:
    """The code is spent."""
    connection.execute(update(codes).where(codes.c.ref == ref).values(used_at=now))


def message_of(connection: Connection, ref: str) -> str | None:
    """The message that carries the code."""
    message: str | None = connection.scalar(select(codes.c.message).where(codes.c.ref == ref))
    return message


def export(connection: Connection, user: str) -> Data:
    """The account's sessions."""
    rows = connection.execute(select(sessions).where(sessions.c.user_id == user).order_by(sessions.c.created_at, sessions.c.id))
    return [
        {
            "kind": row.kind,
            "created_at": row.created_at.isoformat(),
            "expires_at": row.expires_at.isoformat(),
            "revoked_at": row.revoked_at.isoformat() if row.revoked_at else None,
        }
        for row in rows
    ]


def erase(connection: Connection, user: str) -> None:
    """Removes the account's sessions, their tokens, and its codes."""
    held = select(sessions.c.id).where(sessions.c.user_id == user)
    connection.execute(delete(refresh_tokens).where(refresh_tokens.c.session_id.in_(held)))
    connection.execute(delete(sessions).where(sessions.c.user_id == user))
    connection.execute(delete(codes).where(codes.c.user_id == user))


PEOPLE = Room("sessions", frozenset({"sessions", "codes"}), export, erase)
