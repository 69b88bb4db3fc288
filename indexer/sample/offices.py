"""Plausible numbers and days of publication of the sample's documents: each office's series grows with the calendar.

The Chinese series and kinds follow their periods: nine digits since 2007-08-22, grants as B, U and S since 2010-04-07, before
that C in a series of their own, Y and D.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from search.patent import numbers

Protection = Literal["invention", "utility_model", "design"]

_NINE_DIGITS = date(2007, 8, 22)
_SAME_NUMBER = date(2010, 4, 7)
_SEVEN = date(2006, 1, 1)
_SLOPES: dict[str, tuple[date, int, int]] = {
    # series: its first day here, the number it stood at, numbers a day
    "CN1": (_NINE_DIGITS, 101_000_000, 2_900),
    "CN2": (_NINE_DIGITS, 201_100_000, 3_300),
    "CN3": (_NINE_DIGITS, 300_680_000, 1_200),
    "CNC": (_NINE_DIGITS, 100_333_000, 150),
    "CN1-7": (_SEVEN, 1_760_000, 400),
    "CN2-7": (_SEVEN, 2_750_000, 300),
    "CN3-7": (_SEVEN, 3_420_000, 250),
    "CNC-7": (_SEVEN, 1_235_000, 160),
    "US": (_SEVEN, 6_981_000, 740),
    "EP": (_SEVEN, 1_612_000, 410),
}
_WEEKDAY = {"CN": 1, "US": 1, "EP": 2, "WO": 3}  # Tuesday, Tuesday, Wednesday, Thursday


@dataclass(slots=True)
class Registers:
    """Gives out each number once."""

    given: Counter[tuple[str, int]] = field(default_factory=Counter)

    def chinese_application(self, protection: Protection, filed: date) -> str:
        """A canonical Chinese application number with its check digit."""
        serial = 100_000 + self._count(f"CN app {protection}", filed.year)
        digit = {"invention": 1, "utility_model": 2, "design": 3}[protection]
        return numbers.application(f"{filed.year}{digit}{serial:07d}", country="CN")

    def american_application(self, filed: date) -> str:
        series = 11 + (filed.year - 2006) // 3
        serial = 100_000 + self._count("US app", series)
        return numbers.application(f"{series}/{serial}", country="US")

    def european_application(self, filed: date) -> str:
        serial = 150_000 + self._count("EP app", filed.year)
        return numbers.application(f"EP{filed.year % 100:02d}{serial:06d}", country="EP")

    def international_application(self, country: str, filed: date) -> str:
        serial = 70_000 + self._count(f"PCT {country}", filed.year)
        return f"PCT/{country}{filed.year}/{serial:06d}"

    def chinese_first(self, protection: Protection, day: date) -> tuple[str, str]:
        """Number and kind of the first publication: A of an invention, the registration of the others."""
        digit = {"invention": "1", "utility_model": "2", "design": "3"}[protection]
        late = day >= _SAME_NUMBER
        kind = {"invention": "A", "utility_model": "U" if late else "Y", "design": "S" if late else "D"}[protection]
        return self._by_day(f"CN{digit}" if day >= _NINE_DIGITS else f"CN{digit}-7", day), kind

    def chinese_grant(self, first: str, day: date) -> tuple[str, str]:
        """Number and kind of an invention's grant, which keeps the number of its publication since 2010."""
        if day >= _SAME_NUMBER:
            return first, "B"
        return self._by_day("CNC" if day >= _NINE_DIGITS else "CNC-7", day), "C"

    def by_day(self, country: str, day: date) -> str:
        """US grants and EP publications."""
        return self._by_day(country, day)

    def by_year(self, country: str, day: date) -> str:
        """US applications (year and seven digits) and international publications (year and six digits)."""
        serial = 10_000 + self._count(country, day.year)
        return f"{day.year}{serial:07d}" if country == "US" else f"{day.year}{serial:06d}"

    def _by_day(self, series: str, day: date) -> str:
        start, base, a_day = _SLOPES[series]
        days = (day - start).days
        return str(base + days * a_day + self._count(series, days))

    def _count(self, series: str, period: int) -> int:
        self.given[series, period] += 1
        return self.given[series, period]


def publication_day(country: str, after: date) -> date:
    """The office's next day of publication."""
    return after + timedelta(days=(_WEEKDAY[country] - after.weekday()) % 7)
