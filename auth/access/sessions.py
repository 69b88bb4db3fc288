"""Sessions: opened by signing in, continued by refresh tokens or a cookie, ended by signing out (RFC 9700 section 4.14.2).

A refresh token is 256 random bits, kept as its SHA-256, good for one use.  Its successor is a keyed hash of it, so a client
whose answer got lost may ask again within `GRACE` and is given the same successor, as long as that one is unused.  Any
other use of a spent token means two hold it: the session ends for both.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from auth.access import store
from auth.access.model import Grant
from auth.access.store import RefreshToken
from auth.credentials.tokens import Tokens
from auth.database import Connection
from auth.users.service import new_id

SESSION_LIFE = timedelta(days=90)
REFRESH_LIFE = timedelta(days=14)
WEB_LIFE = timedelta(days=14)
GRACE = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Reused:
    """A spent refresh token came again: this session of this account was ended."""

    user: str
    session: str


class Sessions:
    """All methods work within the caller's write transaction. `key` makes successors."""

    def __init__(self, tokens: Tokens, key: bytes) -> None:
        self._tokens = tokens
        self._key = key

    def open_api(self, connection: Connection, user: str, now: datetime) -> Grant:
        """A session of a program."""
        session, token = new_id(), secrets.token_urlsafe(32)
        store.add_session(connection, session, user=user, kind="api", secret=None, now=now, expires_at=now + SESSION_LIFE)
        store.add_refresh_token(connection, _waiting(token, session, now), parent=None, now=now)
        return self._grant(user, session, token, now)

    def open_web(self, connection: Connection, user: str, now: datetime) -> str:
        """A session of a browser: its cookie's value."""
        session, secret = new_id(), secrets.token_urlsafe(32)
        store.add_session(connection, session, user=user, kind="web", secret=hashed(secret), now=now, expires_at=now + WEB_LIFE)
        return f"{session}.{secret}"

    def refresh(self, connection: Connection, token: str, now: datetime) -> Grant | Reused | None:
        """The next pair; ``None`` for a token that is unknown or over; `Reused` for a spent one (returned, not raised: the
        transaction that ended the session has to commit)."""
        held = store.refresh_token(connection, hashed(token))
        if held is None or held.expires_at <= now:
            return None
        standing = store.standing(connection, held.session, now=now)
        if standing is None:
            return None
        successor = self._successor(token)
        if held.used_at is None:
            store.mark_used(connection, held.hash, now=now)
            store.add_refresh_token(connection, _waiting(successor, held.session, now), parent=held.hash, now=now)
        elif not self._lost(connection, held.used_at, successor, now):
            store.revoke(connection, held.session, now=now)
            return Reused(standing.identity.user, held.session)
        return self._grant(standing.identity.user, held.session, successor, now)

    def _lost(self, connection: Connection, used_at: datetime, successor: str, now: datetime) -> bool:
        """Whether the answer to the first use may have got lost: it was a moment ago, and the successor waits unused."""
        child = store.refresh_token(connection, hashed(successor))
        return now - used_at <= GRACE and child is not None and child.used_at is None

    def _grant(self, user: str, session: str, refresh_token: str, now: datetime) -> Grant:
        return Grant(self._tokens.mint(subject=user, session=session, now=now), refresh_token)

    def _successor(self, token: str) -> str:
        return base64.urlsafe_b64encode(hmac.digest(self._key, token.encode(), hashlib.sha256)).rstrip(b"=").decode()


def hashed(secret: str) -> str:
    """How a token or cookie is kept: its SHA-256; it has 256 random bits, so neither salt nor slowness is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _waiting(token: str, session: str, now: datetime) -> RefreshToken:
    return RefreshToken(hashed(token), session, now + REFRESH_LIFE, None)
