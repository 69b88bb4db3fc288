"""One-time codes: six digits and a link in one message to a contact, by which somebody shows that the contact is his.

The digits are good for ten minutes and five tries (OWASP ASVS 5.0, 6.5.5 and 6.6.3), the link for a day, each counted from the
moment the message left, so that late mail takes nothing from anybody.  Both are one use together.  The digits count only with
the `ref` that the browser which asked for them holds: what a stranger asked for with my contact, my browser does not confirm.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from auth.access import store
from auth.access.store import HeldCode
from auth.database import Connection
from auth.mail import store as outbox
from auth.users.service import new_id

DIGITS_LIFE = timedelta(minutes=10)
LINK_LIFE = timedelta(days=1)
TRIES = 5
LATEST = timedelta(days=7)
"""What was asked for so long ago is over, whether or not its message left."""


@dataclass(frozen=True, slots=True)
class Issued:
    """`ref` goes to the browser that asked, `digits` and `token` into the message."""

    ref: str
    digits: str
    token: str


@dataclass(frozen=True, slots=True)
class ByCode:
    """Digits typed in the browser that asked."""

    ref: str
    digits: str


@dataclass(frozen=True, slots=True)
class ByLink:
    """The token of a link; `ref` where the browser that opened it is the one that asked."""

    token: str
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Proved:
    """Somebody has the contact to which a code was sent: for the account `user`, or for the claim `claim` of a sign-up.
    `same_browser`: it is the one that asked; `waited`: time since the message left, if that is known."""

    user: str | None
    claim: str | None
    same_browser: bool
    waited: timedelta | None


class Codes:
    """All methods work within the caller's write transaction. `key` hides digits: there are too few of them for a bare hash."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def issue(self, connection: Connection, *, message: str, user: str | None, claim: str | None, now: datetime) -> Issued:
        """A new code, to be sent in `message`. With neither user nor claim it proves nothing to anybody."""
        issued = Issued(new_id(), f"{secrets.randbelow(10**6):06}", secrets.token_urlsafe(32))
        store.add_code(
            connection,
            HeldCode(
                issued.ref, self._hidden(issued.ref, issued.digits), _hashed(issued.token), user, claim, message, 0, now, None
            ),
            over=now - LATEST,
        )
        return issued

    def check(self, connection: Connection, proof: ByCode | ByLink, *, now: datetime) -> Proved | None:
        """What the proof shows, once; ``None``, a try being counted, for one that is wrong. The transaction has to commit
        either way."""
        held = _find(connection, proof)
        if held is None or held.used_at is not None or held.tries >= TRIES or now - held.created_at > LATEST:
            return None
        if isinstance(proof, ByCode) and not hmac.compare_digest(held.digits, self._hidden(held.ref, proof.digits)):
            store.count_try(connection, held.ref)
            return None
        left = outbox.sent_at(connection, held.message)
        waited = now - left if left else None
        if waited is not None and waited > (DIGITS_LIFE if isinstance(proof, ByCode) else LINK_LIFE):
            return None
        store.mark_code_used(connection, held.ref, now=now)
        return Proved(held.user, held.claim, proof.ref == held.ref, waited)

    def message(self, connection: Connection, ref: str) -> str | None:
        """The message that carries the code of this ref."""
        return store.message_of(connection, ref)

    def claim(self, connection: Connection, token: str) -> str | None:
        """The sign-up to which the link leads."""
        held = store.code(connection, token=_hashed(token))
        return held.claim if held else None

    def _hidden(self, ref: str, digits: str) -> str:
        return hmac.digest(self._key, f"{ref}\0{digits}".encode(), hashlib.sha256).hex()


def _find(connection: Connection, proof: ByCode | ByLink) -> HeldCode | None:
    if isinstance(proof, ByCode):
        return store.code(connection, ref=proof.ref)
    return store.code(connection, token=_hashed(proof.token))


def _hashed(token: str) -> str:
    """256 random bits need neither salt nor key."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
