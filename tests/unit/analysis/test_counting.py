"""Years, concentration, significance, words of tables: by hand."""

from datetime import date

import pytest

from search.analysis import labels, years
from search.analysis.curves import Refusal
from search.analysis.entities import concentration
from search.analysis.hot import significance
from search.engine.layout import DIMENSIONS


@pytest.mark.parametrize(
    ("dimension", "year", "day", "expected"),
    [
        ("application_year", "2024", "2026-11-24", False),
        ("application_year", "2025", "2026-11-24", True),  # filings since 2025-05-24 are not all published
        ("application_year", "2024", "2026-07-01", False),  # 18 months after the last day of 2024
        ("application_year", "2025", "2026-07-01", True),
        ("application_year", "2024", "2026-06-01", True),
        ("priority_year", "2025", "2026-11-24", True),
        ("publication_year", "2025", "2026-11-24", False),
        ("publication_year", "2026", "2026-11-24", True),
        ("publication_year", "2026", "2026-12-31", False),
        ("grant_year", "2026", "2026-01-01", True),
        ("application_year", "2030", "2026-11-24", True),
    ],
)
def test_years_that_are_not_complete(dimension: str, year: str, day: str, expected: bool) -> None:
    assert years.incomplete(dimension, year, date.fromisoformat(day)) is expected


def test_the_lag_is_eighteen_months() -> None:
    assert years.lag(date(2026, 11, 24)) == date(2025, 5, 24)
    assert years.lag(date(2026, 3, 31)) == date(2024, 9, 30)
    assert years.lag(date(2026, 12, 31)) == date(2025, 6, 30)


def test_years_without_documents_stand_between() -> None:
    assert years.filled({"2012": 3, "2009": 1}) == {"2009": 1, "2010": 0, "2011": 0, "2012": 3}
    assert years.filled({}) == {}
    assert years.filled({"0900": 1, "2012": 3}) == {"0900": 1, "2012": 3}, "a slip of a source makes no thousand rows"
    slipped = years.filled({"0900": 1, "2010": 3, "2012": 4})
    assert slipped == {"0900": 1, "2010": 3, "2011": 0, "2012": 4}
    assert years.unbroken(slipped) == {"2010": 3, "2011": 0, "2012": 4}
    assert years.unbroken({"2010": 3, "2011": 0}) == {"2010": 3, "2011": 0}
    assert years.unbroken({}) == {}


def test_growth_is_against_the_year_before() -> None:
    counts = {"2010": 4, "2011": 5, "2012": 0, "2013": 7}
    assert [years.growth(counts, year) for year in counts] == [None, 0.25, -1, None]


def test_concentration() -> None:
    counts = [50, 20, 10, 10, 5, 5]
    assert concentration(counts, complete=True) == {
        "hhi": 10_000 * (0.25 + 0.04 + 0.01 + 0.01 + 0.0025 + 0.0025),
        "first_4": 0.9,
        "first_10": 1.0,
    }
    assert set(concentration(counts, complete=False).values()) == {None}
    assert set(concentration([], complete=True).values()) == {None}
    assert concentration([7], complete=True)["hhi"] == 10_000


def test_significance_is_jlh() -> None:
    assert significance(10, 100, 100, 10_000) == pytest.approx((0.1 - 0.01) * (0.1 / 0.01))
    assert significance(1, 100, 100, 10_000) == 0, "no greater a share"
    assert significance(1, 100, 0, 10_000) == significance(0, 0, 1, 1) == 0


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_dimension_has_a_name(lang: str) -> None:
    assert set(DIMENSIONS) <= set(labels.DIMENSIONS)
    names = [labels.named(dimension, lang) for dimension in DIMENSIONS]
    assert len(set(names)) == len(names)


def test_keys_in_words() -> None:
    told = [
        ("field", "6"),
        ("origin", "JP"),
        ("type", "invention"),
        ("group", "A01B1"),
        ("subgroup", "A01B1/02"),
        ("region", "贵州省"),
    ]
    assert [labels.label(*each, "zh") for each in told] == ["计算机技术", "日本", "发明", "A01B 1/00", "A01B 1/02", "贵州省"]
    assert [labels.label(*each, "en") for each in told[:3]] == ["Computer technology", "Japan", "invention"]
    assert labels.label("locarno", "09-03", "zh") == "09-03"


def test_stages_and_refusals_have_words() -> None:
    from typing import get_args

    for code in (*get_args(Refusal), "emerging", "growth", "maturity", "saturation", "decline"):
        assert labels.state(code, "zh") != labels.state(code, "en")
