"""Who a token or a cookie stands for: its session, read from the database, remembered for two seconds.

So signing out, a changed role or a disabled account holds at once in the process that did it and within two seconds in all
others; for a bureau or an administrator nothing is remembered.
"""

import hashlib
import hmac
import logging
from datetime import timedelta

from auth.access import store
from auth.access.model import Identity
from auth.access.problems import TokenInvalid
from auth.access.sessions import hashed
from auth.access.store import Standing
from auth.clock import Clock
from auth.credentials.tokens import TokenRefused, Tokens
from auth.database import Database
from auth.roles import WATCHED

MEMORY = timedelta(seconds=2)
_REMEMBERED = 10_000
_log = logging.getLogger(__name__)


class Callers:
    """The memory of one process, for any number of threads (each step on it is one operation on a dict)."""

    def __init__(self, database: Database, tokens: Tokens, *, csrf_key: bytes, clock: Clock) -> None:
        self._database = database
        self._tokens = tokens
        self._csrf_key = csrf_key
        self._clock = clock
        self._memory: dict[str, tuple[float, Standing]] = {}

    def session_of_token(self, token: str) -> str:
        """The session that an access token of ours names; `TokenInvalid`. Whether it stands is another question."""
        try:
            return self._tokens.verify(token, now=self._clock()).session
        except TokenRefused as refused:
            _log.warning("token refused: %s", refused.reason)
            raise TokenInvalid from None

    def remembered(self, session: str) -> Standing | None:
        """The session as this process read it a moment ago; ``None`` says nothing."""
        held = self._memory.get(session)
        if held is None:
            return None
        age = self._clock().timestamp() - held[0]
        return held[1] if 0 <= age < MEMORY.total_seconds() else None

    def read(self, session: str) -> Standing | None:
        """The session as the database has it; ``None`` when it is over. Blocks."""
        now = self._clock()
        with self._database.read() as connection:
            standing = store.standing(connection, session, now=now)
        if standing is None:
            self._memory.pop(session, None)
        elif standing.identity.role not in WATCHED:
            if len(self._memory) >= _REMEMBERED:
                self._memory.clear()
            self._memory[session] = (now.timestamp(), standing)
        return standing

    def forget(self) -> None:
        """Some session has ended here: everything is read anew."""
        self._memory.clear()

    def csrf_token(self, caller: Identity) -> str:
        """What a page of this session puts into its forms (field `csrf_token`) or sends as X-CSRF-Token."""
        return hmac.digest(self._csrf_key, caller.session.encode(), hashlib.sha256).hex()

    def is_csrf_token(self, caller: Identity, sent: str) -> bool:
        """Whether it is the token of the caller's session."""
        return hmac.compare_digest(self.csrf_token(caller).encode(), sent.encode("utf-8", "replace"))


def opens(standing: Standing, secret: str) -> bool:
    """Whether `secret` is that of the web session's cookie."""
    return standing.secret is not None and hmac.compare_digest(standing.secret, hashed(secret))
