"""R2: the standing of one project from its facts, and how it grows with the facts of other projects.

Other projects are those of other agencies, each of which has a log of its own.  The process has read the log before, as a
service has (docs/decisions/0113-logs-kept-in-memory.md); the standing itself is counted anew each time.
"""

import gc
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from auth.targets.service import Targets
from loadtests.bench.harness import Goal, Measure, Outcome, compare, constant, cpu, growth
from loadtests.bench.office import END, LAST, Office, office, write, year

_TIMES = 5


def standing(*, rounds: int, goal: Goal, facts: int = 10_000) -> Outcome:
    """CPU milliseconds of one standing, the project looked up, its log brought up to date and its rule read."""
    with _standing(facts, others=0) as ours:
        return compare(ours, constant(1e-3), goal, rounds=rounds)


def beside_others(*, rounds: int, goal: Goal, facts: int = 10_000, others: int = 9) -> Outcome:
    """The exponent of its CPU time in all facts of the database, from this project alone to it and so many of its size."""
    with _standing(facts, others=0) as alone, _standing(facts, others=others) as beside:
        return growth(alone, beside, times=1 + others, rounds=rounds)


@contextmanager
def _standing(facts: int, *, others: int) -> Iterator[Measure]:
    with tempfile.TemporaryDirectory() as folder, office(Path(folder)) as held:
        _fill(held, facts, others)
        targets = Targets(held.database, clock=lambda: END)
        ask = partial(targets.standing, held.bureau, held.project, as_of=LAST)
        ask()
        gc.collect()
        gc.freeze()  # as `patentry serve` does with all that it has at its start
        try:
            yield cpu(lambda: [ask() for _ in range(_TIMES)], units=_TIMES)
        finally:
            gc.unfreeze()


def _fill(held: Office, facts: int, others: int) -> None:
    with held.database.write() as connection:
        write(connection, held.log, year(held.log, facts), first=2)  # after the contract and the rule
        for number in range(others):
            write(connection, f"other{number}", year(f"other{number}", facts), first=0)
