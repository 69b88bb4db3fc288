"""Years in tables: which are not complete yet, and how they follow each other."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise

from search.patent.terms import after

DATES: Mapping[str, str] = {
    "publication_year": "publication_date",
    "application_year": "application_date",
    "grant_year": "publication_date",
    "priority_year": "priority_date",
}
"""Dimension -> the date it is the year of."""

LAG_MONTHS = 18
"""Applications are published 18 months after their first filing (Patent Law of China, article 34; European Patent Convention,
article 93; 35 U.S.C. 122)."""

_LONGEST = 300
"""Years without a document in a row; a date further off than that is a slip of a source, and the years between are not written."""


def lag(day: date) -> date:
    """The first day of which, on `day`, not all filings are published."""
    return after(day, months=-LAG_MONTHS)


def incomplete(dimension: str, year: str, day: date) -> bool:
    """Whether documents of the year are still to come after `day`: filings by the lag of publication, publications while the
    year lasts."""
    last = day if DATES[dimension] == "publication_date" else lag(day) - timedelta(days=1)
    return f"{year}-12-31" > last.isoformat()


def filled(counts: Mapping[str, int]) -> dict[str, int]:
    """The years from the first to the last, those without a document too."""
    if not counts:
        return {}
    held = sorted(map(int, counts))
    years = [year for one, then in pairwise(held) for year in (range(one, then) if then - one < _LONGEST else (one,))]
    return {(key := f"{year:04}"): counts.get(key, 0) for year in (*years, held[-1])}


def unbroken(counts: Mapping[str, int]) -> dict[str, int]:
    """The last years of `counts` that follow each other; what stands before a gap is a slip of a source."""
    years = list(counts)
    first = next((place for place in range(len(years) - 1, 0, -1) if int(years[place]) - int(years[place - 1]) > 1), 0)
    return {year: counts[year] for year in years[first:]}


def growth(counts: Mapping[str, int], year: str) -> float | None:
    """Against the year before, 0.25 for a quarter more; ``None`` where that had none."""
    before = counts.get(f"{int(year) - 1:04}", 0)
    return round(counts[year] / before - 1, 4) if before else None
