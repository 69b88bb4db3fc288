"""Chinese application numbers: ZC 0006-2003 and the two forms before it, as printed and as the databases write them.

1985-88 are eight digits ``YYTNNNNN`` without a check digit, 1989 to 2003-09-30 the same with one, since 2003-10-01 twelve
digits ``YYYYTNNNNNNN`` with one.  The digit T says what it is: 1 invention, 2 utility model, 3 design, 8 and 9 international
applications for an invention and a utility model.  DOCDB writes every number with twelve digits, but the check digit of an
old one is that of its eight.
"""

import re
from operator import mul
from typing import NamedTuple

from search.patent.errors import Unreadable, shown

WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)

SPELLING = re.compile(
    r"(?:CN|ZL)*"
    r"(?P<digits>\d{15}|\d{12}|\d{11}|\d{8})"  # standard, docdb, epodoc, printed before 2003-10
    r"(?:[.-]?(?P<check>[\dX]))?"
    r"(?:[A-WYZ]\d?)?",  # a kind that docdb and Google add
    re.ASCII,
)
_TWELVE = re.compile(r"(?:19(?:8[5-9]|9\d)|20\d\d)[12389]\d{7}", re.ASCII)


class NumberError(Unreadable):
    """A text that is not the number it was taken for."""


class CheckDigitError(NumberError):
    """A Chinese application number whose check digit is not the one its digits give; `expected` is the right number."""

    def __init__(self, given: str, expected: str) -> None:
        super().__init__(
            f"申请号 {given} 的校验位不正确，按前面的数字应为 {expected}",
            f"the check digit of {given} is wrong: its digits give {expected}",
        )
        self.expected = expected


class ChineseApplication(NamedTuple):
    """`printed` are the 8 or 12 digits of the document, `twelve` the same number with twelve; neither has the check digit."""

    printed: str
    twelve: str

    @property
    def check(self) -> str:
        """The check digit; empty for a number of 1985-88, which has none."""
        return "" if self.twelve < "1989" else check_digit(self.printed)

    @property
    def number(self) -> str:
        """The canonical number: ``CN201910792871.4``, ``CN97101765.4``, ``CN85100312``."""
        check = self.check
        return f"CN{self.printed}.{check}" if check else f"CN{self.printed}"

    @property
    def epodoc(self) -> str:
        """Year, type and a serial of six digits; the twelve digits where the serial needs seven."""
        return self.twelve[:5] + self.twelve[6:] if self.twelve[5] == "0" else self.twelve


def check_digit(body: str) -> str:
    """The check digit of the 8 or 12 digits as printed: weights 2 to 9 then 2 to 5, remainder by 11, ten is X."""
    digits = body.encode()
    total = sum(map(mul, WEIGHTS, digits)) - ord("0") * sum(WEIGHTS[: len(digits)])
    return "0123456789X"[total % 11]


def printed(digits: str) -> str:
    """The digits of any spelling, without the check digit, as the document prints them; as they are where no such number can be."""
    try:
        return digits if len(digits) == 8 else _printed(_twelve(digits), digits)
    except NumberError:
        return digits


def read(text: str) -> ChineseApplication:
    """The application that `text` (upper case, without blanks) spells; raises `NumberError` or `CheckDigitError`.

    A check digit given with a number of 1985-88 says nothing and is dropped.
    """
    found = SPELLING.fullmatch(text)
    twelve = _twelve(found["digits"]) if found is not None else ""
    if found is None or _TWELVE.fullmatch(twelve) is None:
        raise _not_chinese(text)
    application = ChineseApplication(_printed(twelve, text), twelve)
    if found["check"] and application.check and found["check"] != application.check:
        raise CheckDigitError(text, application.number)
    return application


def _twelve(digits: str) -> str:
    match len(digits):
        case 15:  # type, year and serial of CNIPA's own files: 10 2010 000298420
            return digits[2:6] + digits[0] + digits[8:] if digits[1] == "0" and digits[6:8] == "00" else ""
        case 11:
            return digits[:5] + "0" + digits[5:]
        case 8:
            century = "19" if digits >= "85" else "20" if digits < "04" else ""
            return century + digits[:3] + "00" + digits[3:]
        case _:
            return digits


def _printed(twelve: str, text: str) -> str:
    """2003 has both forms: serials of the new one start at 0100001, the old one's never reach it."""
    serial_is_short = twelve[5:7] == "00"
    if twelve < "2003" and not serial_is_short:
        raise _not_chinese(text)
    return twelve[2:5] + twelve[7:] if serial_is_short and twelve < "2004" else twelve


def _not_chinese(text: str) -> NumberError:
    return NumberError(
        f"“{shown(text)}”不是中国申请号，应形如 201910792871.4 或 97101765.4",
        f"{shown(text)!r} is no Chinese application number; one looks like 201910792871.4 or 97101765.4",
    )
