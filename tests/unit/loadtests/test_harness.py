"""The bench's arithmetic: ratios in the goal's sense, a repeatable interval, and a verdict only where one can be given."""

import pytest

from loadtests.bench.harness import Goal, Measure, Outcome, compare, verdict
from loadtests.bench.rows import ROWS

AT_MOST = Goal("at_most", 1.5)
AT_LEAST = Goal("at_least", 2.0)


def costs(*given: float) -> Measure:
    """A measure that costs this much, one call after another, beginning with the warm-up."""
    rest = iter(given)
    return lambda: next(rest)


def outcome(*ratios: float) -> Outcome:
    return Outcome(ratios=ratios, ours=1.0, anchor=1.0)


def test_a_goal_of_cost_is_ours_over_the_anchor() -> None:
    measured = compare(costs(9, 2, 4, 6), costs(9, 1, 2, 2), AT_MOST, rounds=3)
    assert measured.ratios == (2, 2, 3)
    assert (measured.median, measured.ours, measured.anchor) == (2, 4, 2)


def test_a_goal_of_speed_is_the_anchors_cost_over_ours() -> None:
    assert compare(costs(9, 1, 2), costs(9, 3, 4), AT_LEAST, rounds=2).ratios == (3, 2)


def test_the_two_take_turns_in_beginning() -> None:
    order: list[str] = []

    def named(name: str) -> Measure:
        return lambda: order.append(name) or 1.0  # type: ignore[func-returns-value]

    compare(named("ours"), named("anchor"), AT_MOST, rounds=2)
    assert order == ["ours", "anchor", "ours", "anchor", "anchor", "ours"]


def test_the_interval_is_repeatable_and_holds_the_median() -> None:
    measured = outcome(1.0, 1.1, 1.2, 1.3, 9.0)
    low, high = measured.interval()
    assert (low, high) == measured.interval()
    assert low <= measured.median <= high


@pytest.mark.parametrize(
    ("goal", "ratios", "said"),
    [
        (AT_MOST, (1.1, 1.2, 1.3), "met"),
        (AT_MOST, (1.6, 1.7, 1.8), "missed"),
        (AT_MOST, (1.2, 1.5, 1.9), "open"),
        (AT_LEAST, (2.1, 2.2, 2.3), "met"),
        (AT_LEAST, (1.7, 1.8, 1.9), "missed"),
        (AT_LEAST, (1.8, 2.0, 2.3), "open"),
    ],
)
def test_the_verdict_needs_the_whole_interval(goal: Goal, ratios: tuple[float, ...], said: str) -> None:
    assert verdict(outcome(*ratios), goal, cores=2.0) == said


def test_a_goal_about_two_cores_is_not_judged_on_a_machine_that_has_less() -> None:
    goal = Goal("at_least", 3.8, two_cores=True)
    assert verdict(outcome(4.0, 4.1, 4.2), goal, cores=1.69).startswith("none")
    assert verdict(outcome(4.0, 4.1, 4.2), goal, cores=1.7) == "met"


def test_every_row_has_a_name_of_its_own() -> None:
    assert len({row.name for row in ROWS}) == len(ROWS)
