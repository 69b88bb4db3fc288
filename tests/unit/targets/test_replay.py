"""T40: the standing of every day, in other processes with another time zone, locale and hash seed: the same bytes.

365 days in `make soak`, else 60 spread over the year.
"""

import hashlib
import os
import subprocess
import sys
from datetime import date, timedelta
from random import Random

import pytest

from auth.targets.evaluate import evaluate
from auth.targets.rules import parse, shipped
from tests.machine import ROOT, soaking
from tests.unit.targets.years import FIRST, PROJECT, a_year

EVERY = 1 if soaking() else 6
DAYS = [FIRST + timedelta(days=number) for number in range(0, 365, EVERY)]


def digests(seed: int) -> str:
    """One line a day and rule: SHA-256 of the standing."""
    leaves = a_year(Random(seed), people=30, enterprises=10, pushes=120)
    rules = [parse(shipped()[name]) for name in ("guizhou-2019", "sme-cities-2017")]
    standings = [evaluate(rule, leaves, PROJECT, as_of=day) for rule in rules for day in DAYS]
    return "\n".join(f"{held.rule} {held.as_of} {hashlib.sha256(held.to_json()).hexdigest()}" for held in standings)


@pytest.mark.parametrize(
    "surroundings",
    [
        {"TZ": "America/New_York", "PYTHONHASHSEED": "1", "LC_ALL": "C"},
        {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "4294967295", "LC_ALL": "tr_TR.UTF-8"},
    ],
    ids=lambda held: held["TZ"],
)
def test_another_process_gives_the_same_bytes(surroundings: dict[str, str]) -> None:
    code = "from tests.unit.targets.test_replay import digests; print(digests(40))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=os.environ | surroundings, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == digests(40)


def test_later_facts_change_no_earlier_day() -> None:
    leaves = a_year(Random(7), people=30, enterprises=10, pushes=120)
    rules = parse(shipped()["guizhou-2019"])
    for day in DAYS[::3]:
        known = [leaf for leaf in leaves if leaf.recorded_at.timestamp() < end_of(day)]
        assert evaluate(rules, known, PROJECT, as_of=day).to_json() == evaluate(rules, leaves, PROJECT, as_of=day).to_json()


def end_of(day: date) -> float:
    """The end of the day in Shanghai, in seconds since 1970."""
    return (day - date(1970, 1, 1)).days * 86400 + 86400 - 8 * 3600
