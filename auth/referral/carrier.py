"""The carrier: a signed list of touches that goes along as a cookie and, for browsers that lose cookies, in the form.

``1.<click>-<link>-<second>.….<HMAC-SHA-256 in hexadecimal>``.  The text is signed as it stands and compared as it stands, so
there is one spelling only.  Reading it proves that this installation wrote it, not that it counts: the stored click decides.
"""

import hashlib
import hmac
import re
from collections.abc import Sequence
from datetime import timedelta

from auth.referral.model import Touch

COOKIE = "patentry_ref"
FIELD = "ref"
WINDOW = timedelta(days=30)
MOST = 10
_VERSION = "1"
_MAX = 1_500
_TOUCH = re.compile(r"([0-9a-f]{32})-([0-9a-f]{32})-([1-9]\d{0,11})", re.ASCII)


class CarrierForged(ValueError):
    """Not a text that `Carrier.seal` gave."""


class Carrier:
    """Signs and opens with `key`, 32 random bytes that every process of the service shares."""

    def __init__(self, key: bytes) -> None:
        self._key = hmac.digest(key, b"carrier", hashlib.sha256)

    def seal(self, touches: Sequence[Touch]) -> str:
        """The touches as text, oldest first; of more than `MOST` the first and the last."""
        kept = touches if len(touches) <= MOST else [touches[0], *touches[len(touches) - MOST + 1 :]]
        body = ".".join([_VERSION, *(f"{touch.id}-{touch.link}-{touch.at}" for touch in kept)])
        return f"{body}.{self._mac(body)}"

    def open(self, text: str) -> list[Touch]:
        """What `seal` was given; raises `CarrierForged`."""
        body, _, mac = text.rpartition(".")
        if len(text) > _MAX or not hmac.compare_digest(_bytes(mac), _bytes(self._mac(body))):
            raise CarrierForged
        version, *items = body.split(".")
        read = [_TOUCH.fullmatch(item) for item in items]
        if version != _VERSION or not all(read):
            raise CarrierForged
        return [Touch(found[1], found[2], int(found[3])) for found in read if found]

    def _mac(self, body: str) -> str:
        return hmac.digest(self._key, _bytes(body), hashlib.sha256).hex()


def _bytes(text: str) -> bytes:
    """Whatever a browser sent."""
    return text.encode("utf-8", "surrogatepass")
