"""A logistic curve through yearly counts, by weighted least squares.

The model is that of a population that grows into a ceiling: of `ceiling` in all, ``K·σ(r(t-m))`` have come by the time t, so a year
brings the difference between its end and its beginning.  Counts vary about it as counts do, their variance in proportion to what is
expected (at least Poisson's); intervals are those of the linearised model, 95 % by Student's t, of ``ln K`` and ``ln r``.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from search.analysis.curves import FEWEST_UNITS, FEWEST_YEARS, Curve, Refusal, Value

_BETTER = 6.0
"""F of the curve against a level line, of two further parameters: below it, the counts are flat."""

_TELLING = 10.0
"""How many times the lower end of the ceiling's interval its upper end may be, for it to say anything."""

_DESCENTS = 3
_STEPS = 50
_LEAST = 0.25
"""Expected counts weigh as if they were at least this."""

Floats = NDArray[np.float64]


def fit(first: int, counts: Sequence[int]) -> Curve | Refusal:
    """The curve through the counts of the years from `first` on, or why there is none."""
    observed = np.array(counts, dtype=float)
    if observed.sum() < FEWEST_UNITS:
        return "too_few_units"
    if np.count_nonzero(observed) < FEWEST_YEARS:
        return "too_few_years"
    if _level(observed) / 2 < _BETTER:
        return "flat"  # no curve can do so much better
    years = np.arange(first, first + len(counts), dtype=float)
    best = min((_descended(years, observed, start) for start in _starts(years, observed)), key=lambda found: found[1])
    return _judged(years, observed, best[0])


def _judged(years: Floats, observed: Floats, parameters: Floats) -> Curve | Refusal:
    expected, slopes = _model(years, parameters)
    weights = 1 / np.maximum(expected, _LEAST)
    free = len(observed) - 3
    spread = max(1.0, float(np.sum(weights * (observed - expected) ** 2)) / free)
    gained = _level(observed) - float(np.sum(weights * (observed - expected) ** 2))
    if gained / 2 / spread < _BETTER:
        return "flat"
    information = slopes.T @ (weights[:, None] * slopes)
    if not np.isfinite(information).all() or np.linalg.cond(information) > 1e12:
        return "no_ceiling"
    deviation = _student(free) * np.sqrt(spread * np.diag(np.linalg.inv(information)))
    low, high = parameters - deviation, parameters + deviation
    if high[0] - low[0] > np.log(_TELLING):
        return "no_ceiling"
    ceiling, rate, middle = (
        Value(*(float(np.exp(side[at]) if at < 2 else side[at]) for side in (parameters, low, high))) for at in range(3)
    )
    return Curve(ceiling, rate, middle, tuple(round(float(each), 2) for each in expected))


def _level(observed: Floats) -> float:
    """Weighted squares about a level line."""
    level = float(np.mean(observed))
    return float(np.sum((observed - level) ** 2)) / max(level, _LEAST)


def _starts(years: Floats, observed: Floats) -> list[Floats]:
    """The likeliest of middles along the years and beyond, with slow and fast growth and the ceiling that fits each best."""
    span = len(years)
    found = []
    for middle in np.linspace(years[0], years[-1] + span / 2, 7):
        for rate in (2 / span, 5 / span, 12 / span):
            shape, _ = _model(years, np.array([0.0, np.log(rate), middle]))
            ceiling = float(observed @ shape) / max(float(shape @ shape), 1e-300)
            found.append(np.array([np.log(max(ceiling, 1.0)), np.log(rate), middle]))
    return sorted(found, key=lambda start: _deviance(observed, _model(years, start)[0]))[:_DESCENTS]


def _descended(years: Floats, observed: Floats, start: Floats) -> tuple[Floats, float]:
    """Levenberg-Marquardt from `start`, with the deviance of where it ends."""
    at, damping = start, 1e-2
    worth = _deviance(observed, _model(years, at)[0])
    for _ in range(_STEPS):
        expected, slopes = _model(years, at)
        weights = 1 / np.maximum(expected, _LEAST)
        normal = slopes.T @ (weights[:, None] * slopes)
        uphill = slopes.T @ (weights * (observed - expected))
        scale = np.diag(np.maximum(np.diag(normal), 1e-9))
        step = np.linalg.lstsq(normal + damping * scale, uphill, rcond=None)[0]
        tried = at + np.clip(step, (-1, -1, -5), (1, 1, 5))
        reached = _deviance(observed, _model(years, tried)[0])
        if reached < worth:
            settled = worth - reached < 1e-8 * (1 + worth)
            at, worth, damping = tried, reached, damping / 3
            if settled:
                break
        elif (damping := damping * 4) > 1e8:
            break
    return at, worth


def _model(years: Floats, parameters: Floats) -> tuple[Floats, Floats]:
    """What each year brings, and the slopes of that by ``ln K``, ``ln r`` and the middle."""
    ceiling, rate, middle = np.exp(np.clip(parameters[0], -50, 50)), np.exp(np.clip(parameters[1], -50, 5)), parameters[2]
    begin, end = rate * (years - middle), rate * (years + 1 - middle)
    below, above = _sigmoid(begin), _sigmoid(end)
    steep_below, steep_above = below * (1 - below), above * (1 - above)
    brought = ceiling * (above - below)
    by_rate = ceiling * (steep_above * end - steep_below * begin)
    by_middle = -ceiling * rate * (steep_above - steep_below)
    return brought, np.stack((brought, by_rate, by_middle), axis=1)


def _sigmoid(x: Floats) -> Floats:
    return 1 / (1 + np.exp(-np.clip(x, -500, 500)))


def _deviance(observed: Floats, expected: Floats) -> float:
    """Poisson's, of which the weighted least squares are the descent."""
    expected = np.maximum(expected, 1e-12)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.where(observed > 0, observed * np.log(observed / expected), 0.0)
    return float(2 * np.sum(logs - (observed - expected)))


def _student(free: int) -> float:
    """The 97.5 % point of Student's t (Abramowitz and Stegun 26.7.5)."""
    z = 1.959964
    return float(
        z
        + (z**3 + z) / (4 * free)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * free**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * free**3)
    )
