"""A number that a spreadsheet has turned into ``2.01711E+12``: which numbers it may have been."""

import re
import unicodedata

_FLOAT = re.compile(r"(?P<first>[1-9])(?:\.(?P<rest>\d{1,12}))?E\+?(?P<exponent>11|12)", re.ASCII)
"""Chinese application numbers have twelve digits, thirteen with the check digit."""


def patterns(text: str) -> tuple[str, ...]:
    """Patterns over the keys of applications, ``?`` for a digit, of all numbers that are shown so; empty for what is no such
    figure. A spreadsheet shows the nearest figure of that length: half a unit of its last digit to either side."""
    found = _FLOAT.fullmatch("".join(unicodedata.normalize("NFKC", text).upper().split()))
    if found is None:
        return ()
    shown = found["first"] + (found["rest"] or "")
    length = int(found["exponent"]) + 1
    if len(shown) >= length:
        return (f"CN{shown[:length]}",)
    middle = int(shown) * 10
    return tuple(f"CN{start}{'?' * (length - len(shown) - 1)}" for start in range(middle - 5, middle + 5))
