"""Days in the offices' many forms, as ISO text."""

import re
import unicodedata
from calendar import monthrange
from datetime import date
from functools import lru_cache

from search.patent.errors import Unreadable, shown

_FIRST_YEAR, _LAST_YEAR = 1790, 2100
"""The first patent act still counted by a register, and a bound that keeps out fillers such as 9999-12-31."""

_ROC = 1911
_LONGEST = 40
_met: set[str] = set()
_SEPARATED = re.compile(r"(\d{1,4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,4})\s*日?(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?", re.ASCII)
_COMPACT = re.compile(r"(\d{4}|\d{3}(?=\d{4}$))(\d{2})(\d{2})", re.ASCII)
_PERIOD = re.compile(r"(\d{4})(?:[-./年]?(\d{1,2})(?:[-./月]?(\d{1,2}))?)?[年月日]?", re.ASCII)


class DateError(Unreadable):
    """A text that names no year, month or day."""


def iso(text: str | None, *, roc: bool = False) -> str | None:
    """The day as ``YYYY-MM-DD``: ``20190709``, ``2019.07.09``, ``2019年7月9日``, ``21.08.2009``, ``2000-08-15T00:00:00Z``.

    With `roc` a year below 1000 counts from 1911 (Taiwan: 111/12/21).  ``None`` for nothing, zeros, a day that isn't in the
    calendar or one without a day.
    """
    return _iso(text, roc) if text and len(text) <= _LONGEST else None


@lru_cache(maxsize=8192)
def _iso(text: str, roc: bool) -> str | None:
    folded = unicodedata.normalize("NFKC", text).strip()
    found = _COMPACT.fullmatch(folded) or _SEPARATED.fullmatch(folded)
    if found is None:
        return None
    first, month, last = found.groups()
    year, day = first, last
    if len(last) == 4:
        if "." not in folded:  # 07/09/2019 is two different days on two sides of the Atlantic
            return None
        year, day = last, first
    return _day(int(year) + (_ROC if roc and int(year) < 1000 else 0), int(month), int(day))


def is_iso(text: str) -> bool:
    """Whether `text` is a day as `iso` writes it; quick, because a load asks it of every date."""
    if text in _met:
        return True
    if iso(text) != text:
        return False
    _met.add(text)  # at most the 113,000 days between the bounds
    return True


def days(text: str) -> tuple[str, str]:
    """First and last day of a year (``2019``), a month (``2019-07``, ``201907``) or a day; raises `DateError`."""
    found = _PERIOD.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is not None:
        year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
        first = _day(year, month or 1, day or 1)
        last = first if day else _day(year, month or 12, monthrange(year, month or 12)[1] if month <= 12 else 0)
        if first and last and not (found[2] and not month) and not (found[3] and not day):
            return first, last
    raise DateError(
        f"“{shown(text)}”不是日期，应形如 2019、2019-07 或 2019-07-09",
        f"{shown(text)!r} is no date; one looks like 2019, 2019-07 or 2019-07-09",
    )


def _day(year: int, month: int, day: int) -> str | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
