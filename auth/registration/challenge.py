"""Proof of work (ALTCHA, self-hosted): somebody whose sign-up looks like one of a crowd need not wait if his browser works for it.

It is asked for by signals alone, never in an event's hours, and never has to be solved: without it, as without script, the
message leaves a little later.  A challenge belongs to one message and a solution is taken once.
"""

import hashlib
import hmac
from datetime import datetime, timedelta

COST = 1_000
"""Rounds of PBKDF2 for each of the 256 tries that a solution takes on average: about a second of a telephone."""

LIFE = timedelta(minutes=20)
_MAX_PAYLOAD = 4_000


class Challenges:
    """Makes and checks them with `key`."""

    def __init__(self, key: bytes) -> None:
        self._key = hmac.digest(key, b"altcha", hashlib.sha256).hex()

    def make(self, ref: str, *, now: datetime) -> dict[str, object]:
        """A challenge for the message of this ref, as the widget takes it."""
        from altcha import create_challenge  # noqa: PLC0415 - slow to import, seldom wanted

        data = {"ref": ref, "until": int((now + LIFE).timestamp())}
        challenge = create_challenge("PBKDF2/SHA-256", COST, hmac_secret=self._key, data=data)
        made: dict[str, object] = challenge.to_dict()
        return made

    def solved(self, payload: str, *, now: datetime) -> tuple[str, str] | None:
        """The ref whose challenge the payload solves, and the solution's name, by which it is taken once; ``None`` for what is
        no solution of a challenge of ours, or comes too late."""
        from altcha import Payload, verify_solution  # noqa: PLC0415

        if len(payload) > _MAX_PAYLOAD:
            return None
        try:
            read = Payload.from_base64(payload)
            good = verify_solution(read, self._key).verified
            data = read.challenge.parameters.data or {}
            ref, until = str(data["ref"]), int(data["until"])
        except (ValueError, KeyError, TypeError, AttributeError):
            return None
        if not good or now.timestamp() > until:
            return None
        return ref, hashlib.sha256(str(read.challenge.signature).encode()).hexdigest()
