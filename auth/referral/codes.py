"""Codes of links: ten signs of Crockford's base 32, nine of them random (45 bits), the last a check sign.

The check is a sum over GF(32) with the weights α^9 … α^0 (α a root of x⁵+x²+1): it finds every single wrong sign and every
exchange of two signs, which are the slips of people who type from a sheet.
"""

import re
import secrets
import unicodedata

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No I, L, O (read as 1, 1, 0) and no U."""

LENGTH = 10
_FORM = re.compile(f"[{SIGNS}]{{{LENGTH}}}")
_READ_AS = str.maketrans("ILO", "110", "- \t")


def create() -> str:
    """A new code from the system's randomness. Whether it is taken only the database can say."""
    body = "".join(secrets.choice(SIGNS) for _ in range(LENGTH - 1))
    return body + check_sign(body)


def canonical(text: str) -> str | None:
    """The code as it is kept, of any spelling: case, width, hyphens and blanks do not matter, I and L are 1, O is 0;
    ``None`` when it can't be one."""
    if len(text) > 4 * LENGTH:
        return None
    code = unicodedata.normalize("NFKC", text).upper().translate(_READ_AS)
    return code if _FORM.fullmatch(code) and check_sign(code[:-1]) == code[-1] else None


def printed(code: str) -> str:
    """The code as people read it: two groups of five."""
    return f"{code[:5]}-{code[5:]}"


def check_sign(body: str) -> str:
    """The last sign to the first nine: with it the weighted sum is nought."""
    value = 0
    for sign in body:
        value = _times_alpha(value) ^ SIGNS.index(sign)
    return SIGNS[_times_alpha(value)]


def _times_alpha(value: int) -> int:
    doubled = value << 1
    return doubled ^ 0b100101 if doubled & 0b100000 else doubled
