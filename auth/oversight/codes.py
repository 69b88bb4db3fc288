"""The code by which a person who was drawn answers: twelve signs from the message, opened by link, typed, or read out.

Sixty random bits, and good only while the sample is open: guessing needs no slowing down.
"""

import hashlib
import secrets
import unicodedata

from auth.referral.codes import SIGNS

_LENGTH = 12
_READ_AS = str.maketrans("ILO", "110", "- \t")


def create() -> str:
    """A new code."""
    return "".join(secrets.choice(SIGNS) for _ in range(_LENGTH))


def printed(code: str) -> str:
    """As people read it: three groups of four."""
    return "-".join(code[at : at + 4] for at in range(0, _LENGTH, 4))


def hidden(text: str) -> str:
    """The hash under which it is kept, of any spelling; of what is no code one that nothing is kept under."""
    code = unicodedata.normalize("NFKC", text[:100]).upper().translate(_READ_AS)
    return hashlib.sha256(code.encode("utf-8", "replace")).hexdigest()
