"""A standing kept as its log grows equals the one that the same facts give to a program that never saw them."""

from datetime import date, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from auth.targets.evaluate import Running, evaluate
from auth.targets.rules import parse, shipped
from auth.targets.terms import NoContract
from tests.machine import soaking
from tests.unit.targets.years import FIRST, PROJECT, a_year

END = date(2021, 12, 31)


@settings(max_examples=200 if soaking() else 25, deadline=None)
@given(seed=st.integers(0, 2**32), rule=st.sampled_from(sorted(shipped())))
def test_what_is_kept_is_what_is_counted_anew(seed: int, rule: str) -> None:
    rng, rules = Random(seed), parse(shipped()[rule])
    leaves = a_year(rng, rule=rule)
    running, size = Running(rules, PROJECT), 0
    while size < len(leaves):
        size = min(size + rng.choice([1, 1, 2, 5, 20]), len(leaves))
        as_of = END if rng.random() < 0.8 else FIRST + timedelta(days=rng.randrange(420))
        try:
            anew = evaluate(rules, leaves[:size], PROJECT, as_of=as_of).to_json()
        except NoContract:
            continue
        assert running.standing(leaves[:size], as_of=as_of).to_json() == anew


def test_a_standing_given_out_does_not_change() -> None:
    rules = parse(shipped()["guizhou-2019"])
    leaves = a_year(Random(5))
    running = Running(rules, PROJECT)
    before = running.standing(leaves[:60], as_of=END)
    told = before.to_json()
    running.standing(leaves, as_of=END)
    assert before.to_json() == told


def test_facts_of_a_day_that_is_over_stay_out_of_it() -> None:
    """A day before what was read is counted from the facts it saw."""
    rules = parse(shipped()["guizhou-2019"])
    leaves = a_year(Random(9))
    running = Running(rules, PROJECT)
    running.standing(leaves, as_of=END)
    for day in (FIRST, FIRST + timedelta(days=90), END):
        assert running.standing(leaves, as_of=day).to_json() == evaluate(rules, leaves, PROJECT, as_of=day).to_json()
