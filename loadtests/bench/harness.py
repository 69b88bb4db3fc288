"""The harness: rounds of ours and the anchor in turn, a ratio a round, the median with its interval, a verdict.

Absolute figures of a shared machine mean little, so only ratios inside one run count.  CPU time is taken for CPU goals, wall
time for latency and for scaling over cores.
"""

import math
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from random import Random
from typing import Literal

Measure = Callable[[], float]
"""Does the work once and gives its cost: seconds a unit of work, of CPU or of wall time."""

TWO_CORES = 1.7
"""Below this gain of two busy processes over one, the machine cannot judge a goal about two cores."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A target for the ratio. `at_most`: of costs, ours / anchor. `at_least`: of speeds, anchor's cost / ours."""

    sense: Literal["at_most", "at_least"]
    ratio: float
    two_cores: bool = False

    def __str__(self) -> str:
        return f"{'<=' if self.sense == 'at_most' else '>='} {self.ratio:g}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The ratios of one row, a round each, in the sense of its goal, with the median costs behind them (seconds a unit)."""

    ratios: tuple[float, ...]
    ours: float
    anchor: float

    @property
    def median(self) -> float:
        return statistics.median(self.ratios)

    def interval(self, *, draws: int = 2_000) -> tuple[float, float]:
        """95 % bootstrap interval of the median; the same rounds give the same interval."""
        rng = Random(0)
        medians = sorted(statistics.median(rng.choices(self.ratios, k=len(self.ratios))) for _ in range(draws))
        return medians[int(draws * 0.025)], medians[int(draws * 0.975)]


def compare(ours: Measure, anchor: Measure, goal: Goal, *, rounds: int) -> Outcome:
    """Runs both once to warm up, then `rounds` times in turn, beginning with the other one each round."""
    ours()
    anchor()
    pairs: list[tuple[float, float]] = []
    for turn in range(rounds):
        if turn % 2:
            theirs, mine = anchor(), ours()
        else:
            mine, theirs = ours(), anchor()
        pairs.append((mine, theirs))
    at_most = goal.sense == "at_most"
    return Outcome(
        ratios=tuple(mine / theirs if at_most else theirs / mine for mine, theirs in pairs),
        ours=statistics.median(mine for mine, _ in pairs),
        anchor=statistics.median(theirs for _, theirs in pairs),
    )


def growth(small: Measure, big: Measure, *, times: float, rounds: int) -> Outcome:
    """The exponents by which the cost grows when the size is multiplied by `times`: 0 not at all, 1 as the size does. `ours` is
    the cost at the big size, `anchor` that at the small one."""
    measured = compare(big, small, Goal("at_most", times), rounds=rounds)
    return replace(measured, ratios=tuple(math.log(ratio) / math.log(times) for ratio in measured.ratios))


def constant(seconds: float) -> Measure:
    """An anchor of fixed cost, for a goal that is a time and not a ratio."""
    return lambda: seconds


def verdict(outcome: Outcome, goal: Goal, *, cores: float) -> str:
    """`met` or `missed` where the whole interval says so, `open` where it holds the target; none for a two-core goal on a
    machine whose two cores gain less than `TWO_CORES`."""
    if goal.two_cores and cores < TWO_CORES:
        return f"none: two processes gain only {cores:.2f}"
    low, high = outcome.interval()
    if goal.sense == "at_least":
        low, high = -high, -low
    target = goal.ratio if goal.sense == "at_most" else -goal.ratio
    if high <= target:
        return "met"
    return "missed" if low > target else "open"


def cpu(work: Callable[[], object], *, units: int) -> Measure:
    """CPU seconds a unit of `work`, this process alone."""
    return _timed(time.process_time, work, units)


def wall(work: Callable[[], object], *, units: int) -> Measure:
    """Wall seconds a unit of `work`."""
    return _timed(time.perf_counter, work, units)


def p50(call: Callable[[], object], *, times: int) -> Measure:
    """Median wall seconds of one `call`."""
    one = wall(call, units=1)
    return lambda: statistics.median(one() for _ in range(times))


def _timed(clock: Callable[[], float], work: Callable[[], object], units: int) -> Measure:
    def measure() -> float:
        start = clock()
        work()
        return (clock() - start) / units

    return measure


def calibrate() -> float:
    """What two busy processes get done in the time of one, 2.0 at best."""
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(_busy, [1, 1]))
        one = wall(lambda: pool.submit(_busy, 3_000_000).result(), units=1)()
        two = wall(lambda: list(pool.map(_busy, [3_000_000, 3_000_000])), units=1)()
    return 2 * one / two


def _busy(turns: int) -> int:
    total = 0
    for turn in range(turns):
        total += turn & 7
    return total
