"""Canonical JSON: one value, one byte string (RFC 8785, narrowed to what two programs can't read differently).

Integers that a double holds exactly, booleans, text in NFC, lists, objects with ASCII keys in order. No fraction, no null.
"""

import json
import unicodedata
from typing import Any

INTEGER_LIMIT = 2**53 - 1
"""RFC 7493 section 2.2: beyond it a browser reads another number."""


class NotCanonical(ValueError):
    """The value has no such form."""


def dumps(value: Any) -> bytes:
    """The bytes of the value; `NotCanonical` for what the form does not hold."""
    _check(value)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False).encode()


def _check(value: Any) -> None:
    match value:
        case bool():
            return
        case int():
            if abs(value) > INTEGER_LIMIT:
                raise NotCanonical("an integer is beyond 2^53 - 1")
        case str():
            _check_text(value)
        case list() | tuple():
            for item in value:
                _check(item)
        case dict():
            for key, item in value.items():
                if not isinstance(key, str) or not key.isascii():
                    raise NotCanonical("a key is not ASCII text")
                _check(item)
        case _:
            raise NotCanonical(f"{type(value).__name__} has no canonical form")


def _check_text(text: str) -> None:
    if not text.isascii():
        if any("\ud800" <= sign <= "\udfff" for sign in text):
            raise NotCanonical("text has a lone surrogate")
        if not unicodedata.is_normalized("NFC", text):
            raise NotCanonical("text is not in NFC")
