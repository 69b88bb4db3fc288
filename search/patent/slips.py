"""What a mistyped Chinese application number may have been: one digit typed as another, or two neighbours exchanged.

Its check digit tells every such slip: all weights, the differences of neighbouring ones and, for the last digit and the check
digit itself, the weight less one are none of them multiples of 11 (ZC 0006-2003, 7).
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from search.patent import chinese
from search.patent.chinese import WEIGHTS, NumberError

_X_EXCHANGED = re.compile(r"(?:CN|ZL)*(?P<body>\d{7}|\d{11})X[.-]?(?P<last>\d)", re.ASCII)


def slips(text: str) -> tuple[str, ...]:
    """The canonical numbers one slip away from `text` (upper case, without blanks), likeliest first: the check digit, a pair
    exchanged, a digit. Empty where no check digit was typed, or it is right. One typed with a number that reads as of 1985-88,
    which have none, is a sign of a slip too."""
    if exchanged := _X_EXCHANGED.fullmatch(text):
        return tuple(filter(None, (_read(f"{exchanged['body']}{exchanged['last']}.X"),)))
    found = chinese.SPELLING.fullmatch(text)
    if found is None or found["check"] is None or _read(text, checked=True):
        return ()
    digits, given = found["digits"], found["check"]
    bodies = dict.fromkeys((chinese.printed(digits), digits))  # a slip may make a number of today look like one before 2003-10
    meant = (_read(f"{each}.{check}", checked=True) for body in bodies for each, check in _variants(body, given))
    return tuple(dict.fromkeys(filter(None, meant)))


def _variants(body: str, check: str) -> Iterator[tuple[str, str]]:
    yield body, chinese.check_digit(body)
    yield from _exchanged(body, check)
    wanted = 10 if check == "X" else int(check)
    digits = [int(digit) for digit in body]
    total = sum(digit * weight for digit, weight in zip(digits, WEIGHTS, strict=False))
    for place, (digit, weight) in enumerate(zip(digits, WEIGHTS, strict=False)):
        for other in range(10):
            if (total + (other - digit) * weight) % 11 == wanted:
                yield f"{body[:place]}{other}{body[place + 1 :]}", check


def _exchanged(body: str, check: str) -> Iterator[tuple[str, str]]:
    whole = body + check
    for place, (left, right) in enumerate(pairwise(whole)):
        if right not in (left, "X"):
            swapped = f"{whole[:place]}{right}{left}{whole[place + 2 :]}"
            if chinese.check_digit(swapped[:-1]) == swapped[-1]:
                yield swapped[:-1], swapped[-1]


def _read(text: str, *, checked: bool = False) -> str:
    """The number that `text` reads as, with `checked` only one that has a check digit."""
    try:
        found = chinese.read(text)
    except NumberError:
        return ""
    return found.number if found.check or not checked else ""
