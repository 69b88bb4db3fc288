"""The logistic curve: known ones are recovered within their intervals, what is no curve is refused."""

from collections import Counter

import numpy as np
import pytest

from search.analysis.curves import FEWEST_UNITS, FEWEST_YEARS, Curve
from search.analysis.logistic import fit
from tests import machine

FIRST = 2000
DRAWN = 200 if machine.soaking() else 20


def expected(ceiling: float, rate: float, middle: float, years: int) -> np.ndarray:
    ends = ceiling / (1 + np.exp(-rate * (np.arange(FIRST, FIRST + years + 1) - middle)))
    return np.diff(ends)


@pytest.mark.parametrize(
    ("ceiling", "rate", "middle", "years"),
    [(2_000, 0.4, 2010, 20), (2_000, 0.4, 2016, 20), (500, 0.5, 2008, 18), (20_000, 0.25, 2012, 30), (150, 0.6, 2006, 12)],
)
def test_a_known_curve_lies_within_the_intervals(ceiling: float, rate: float, middle: float, years: int) -> None:
    """95 % intervals: of so many drawn with the noise of counts, at least nine tenths hold the truth."""
    random = np.random.default_rng(20)
    held: Counter[str] = Counter()
    for _ in range(DRAWN):
        curve = fit(FIRST, random.poisson(expected(ceiling, rate, middle, years)).tolist())
        assert isinstance(curve, Curve)
        for name, truth in (("ceiling", ceiling), ("rate", rate), ("middle", middle)):
            value = getattr(curve, name)
            assert value.low <= value.value <= value.high
            held[name] += value.low <= truth <= value.high
    assert min(held.values()) >= 0.9 * DRAWN, held


def test_without_noise_the_curve_is_found_again() -> None:
    counts = [round(count) for count in expected(100_000, 0.35, 2011.5, 22)]
    curve = fit(FIRST, counts)
    assert isinstance(curve, Curve)
    assert curve.ceiling.value == pytest.approx(100_000, rel=0.01)
    assert curve.rate.value == pytest.approx(0.35, rel=0.01)
    assert curve.middle.value == pytest.approx(2011.5, abs=0.1)
    assert curve.fitted == pytest.approx(counts, abs=5)
    assert curve.reached(2021) == pytest.approx(1 / (1 + np.exp(-0.35 * (2022 - 2011.5))), abs=0.005)


def test_level_series_are_refused() -> None:
    random = np.random.default_rng(4)
    found = Counter(str(fit(FIRST, random.poisson(level, 15).tolist())) for level in (10, 30, 100) for _ in range(DRAWN))
    assert found["flat"] >= 0.97 * 3 * DRAWN, found
    assert fit(FIRST, [40] * 20) == "flat"


def test_growth_without_an_end_in_sight_has_no_ceiling() -> None:
    assert fit(FIRST, [round(3 * 1.22**year) for year in range(15)]) == "no_ceiling"


@pytest.mark.parametrize(
    ("counts", "why"),
    [
        ([], "too_few_units"),
        ([FEWEST_UNITS - 1], "too_few_units"),
        ([1, 2, 4, 8, 9, 8, 5, 3, 1], "too_few_units"),
        ([10_000] * (FEWEST_YEARS - 1), "too_few_years"),
        ([0] * 30 + [50, 60], "too_few_years"),
    ],
)
def test_too_little_is_refused(counts: list[int], why: str) -> None:
    assert fit(FIRST, counts) == why


def test_any_counts_at_all_end_in_a_curve_or_a_refusal() -> None:
    """No warning of numpy (an error here), nothing but finite numbers."""
    random = np.random.default_rng(7)
    for _ in range(60):
        years = int(random.integers(1, 60))
        counts = (random.random(years) ** 4 * 10 ** random.integers(0, 7)).astype(int).tolist()
        found = fit(int(random.integers(1, 3000)), counts)
        if isinstance(found, Curve):
            values = (found.ceiling, found.rate, found.middle)
            assert np.isfinite([(value.low, value.value, value.high) for value in values]).all()
