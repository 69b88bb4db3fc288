"""A decision has what its kind needs, and nothing else."""

from datetime import date
from itertools import chain, combinations
from typing import Any

import pytest

from auth.projects.model import Deciding, Decision

GIVEN: dict[str, Any] = {"last": date(2027, 1, 1), "target": "new_users", "value": 0, "enterprise": "e1", "by": "e2"}
NEEDS = {"extension": {"last"}, "replacement": {"enterprise", "by"}, "plan": {"target", "value"}, "waiver": {"target"}}
SUBSETS = list(chain.from_iterable(combinations(GIVEN, size) for size in range(len(GIVEN) + 1)))


@pytest.mark.parametrize("kind", NEEDS)
def test_of_all_combinations_one_is_complete(kind: str) -> None:
    complete = [
        names for names in SUBSETS if Decision(Deciding(kind), "ab" * 32, **{name: GIVEN[name] for name in names}).complete()
    ]
    assert [set(names) for names in complete] == [NEEDS[kind]]
