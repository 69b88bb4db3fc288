"""Cursors that only their owner can use, for the question they were given for.

A cursor is base64url(MAC ‖ the engine's own cursor).  The MAC is HMAC-SHA-256, cut to 128 bits (RFC 2104 section 5), over
the caller, the question and the engine's cursor, so neither a forged nor a borrowed one reaches an engine.
"""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode

_LENGTH = 16


class CursorForged(ValueError):
    """Not a cursor of this caller for this question."""


class Cursors:
    """Signs and opens with `key`, 32 random bytes that every process of the service shares."""

    def __init__(self, key: bytes) -> None:
        self._key = hmac.digest(key, b"patentry cursor", "sha256")

    def sign(self, after: str, *, user: str, question: bytes) -> str:
        """`after` as text for the caller `user`; `question` is any digest of what was asked."""
        body = after.encode()
        return urlsafe_b64encode(self._mac(body, user, question) + body).decode()

    def open(self, cursor: str, *, user: str, question: bytes) -> str:
        """What `sign` was given; raises `CursorForged`."""
        try:
            raw = urlsafe_b64decode(cursor)
        except ValueError as error:
            raise CursorForged(cursor) from error
        mac, body = raw[:_LENGTH], raw[_LENGTH:]
        if not hmac.compare_digest(mac, self._mac(body, user, question)):
            raise CursorForged(cursor)
        return body.decode()

    def _mac(self, body: bytes, user: str, question: bytes) -> bytes:
        parts = (user.encode(), question, body)
        return hmac.digest(self._key, b"".join(hashlib.sha256(part).digest() for part in parts), "sha256")[:_LENGTH]
