"""T41: generated years of facts, counted by `evaluate` and by a counter written separately."""

from datetime import date, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from auth.targets.evaluate import evaluate
from auth.targets.rules import parse, shipped
from auth.targets.standing import Standing
from tests.machine import soaking
from tests.unit.targets.counter import Counter
from tests.unit.targets.years import FIRST, PROJECT, a_year

days = st.integers(0, 420).map(lambda number: FIRST + timedelta(days=number))
rule_names = st.sampled_from(sorted(shipped()))


def compared(standing: Standing) -> dict[str, object]:
    """Of each target what the counter says too."""
    return {
        held.target: {
            "readings": dict(held.counts),
            "needed": held.needed,
            "ceiling": held.at_most,
            "lacking": {lack.key: list(lack.lacks) for lack in held.lacking} if held.cells else {},
        }
        for held in standing.measures
    }


@settings(max_examples=80 if soaking() else 25, deadline=None)
@given(seed=st.integers(0, 2**32), rule=rule_names | st.just("guizhou-2019"), as_of=days | st.just(date(2020, 12, 31)))
def test_equals_a_count_made_separately(seed: int, rule: str, as_of: date) -> None:
    leaves = a_year(Random(seed), rule=rule)
    toml = shipped()[rule]
    standing = evaluate(parse(toml), leaves, PROJECT, as_of=as_of)
    assert compared(standing) == Counter(toml, leaves, PROJECT, as_of.isoformat()).numbers()


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), rule=rule_names)
def test_every_fact_is_counted_or_left_out_once(seed: int, rule: str) -> None:
    leaves = a_year(Random(seed), rule=rule)
    rules = parse(shipped()[rule])
    standing = evaluate(rules, leaves, PROJECT, as_of=date(2020, 12, 31))
    targets = {target.id: target for target in rules.targets}
    assert standing.measures
    for held in standing.measures:
        rows = [*held.counted, *(row.seq for row in held.left_out)]
        assert len(rows) == len(set(rows))
        if targets[held.target].readings != "rungs":
            assert sorted(rows) == [leaf.seq for leaf in leaves if leaf.kind in targets[held.target].of]


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_counts_never_fall_along_the_ladder_of_grades(seed: int) -> None:
    standing = evaluate(parse(shipped()["guizhou-2019"]), a_year(Random(seed)), PROJECT, as_of=date(2020, 12, 31))
    counts = list(standing.measure("enterprises").counts.values())
    assert counts == sorted(counts, reverse=True)
