"""`Idempotency-Key`: a request that changes something may be sent again, as after a lost answer, and is done once.

The key is taken, the deed done and the answer kept in one transaction, so there is never a deed without its key or a key
without its deed; of many at once one does it and the others wait for its answer.  A deed that fails takes its key back with it.
"""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Header

from auth.database import Connection
from auth.errors import Problem
from auth.http import store

LIFE = timedelta(days=1)
"""How long a key is remembered."""

IdempotencyKey = Annotated[
    str | None,
    Header(
        pattern=r"^[\x21-\x7e]{1,200}$",
        description="any text of the caller's making, new for each deed: the same request sent again gets the same answer",
    ),
]


class KeyReused(Problem):
    """The key came before with another body."""

    status = 409
    code = "idempotency_key_reused"
    zh = "该 Idempotency-Key 已用于内容不同的请求，请换一个新的键。"
    en = "This Idempotency-Key was sent before with another body. Send a new key."


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent: now, and again when asked again. It is kept for `LIFE`, so it holds no person's data."""

    status: int
    body: bytes


class Idempotency:
    """`secret` is a key derived for this purpose: the rows tell neither who sent what, nor what was in it."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def once(
        self, connection: Connection, key: str | None, work: Callable[[], Answer], *, scope: str, body: bytes, now: datetime
    ) -> Answer:
        """The answer of `work`, done within the caller's write transaction, or the one given before; `KeyReused`.

        `scope` names route and caller: the same key of another caller is another key. Without a key the work is just done.
        """
        if key is None:
            return work()
        name, digest = self._hidden("key", scope, key), self._hidden("body", body.hex())
        held = store.claim(connection, name, body=digest, now=now, expires_at=now + LIFE)
        if held is not None:
            if held.body != digest:
                raise KeyReused
            return Answer(held.status, held.answer)
        answer = work()
        store.keep(connection, name, status=answer.status, answer=answer.body)
        return answer

    def _hidden(self, *parts: str) -> str:
        return hmac.digest(self._secret, "\0".join(parts).encode(), hashlib.sha256).hex()
