"""R2: the standing of one project from its facts, and how it grows with the facts of other projects of the same agency.

The process has read the log before, as a service has, and goes on from there (docs/decisions/0192-a-standing-goes-on.md); each
standing is asked after a new fact, half of them of a sign-up and half of them a push.  R2-anew is the first one of a process.
"""

import gc
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import msgspec

from auth.ledger import service as ledger
from auth.ledger.model import Fact
from auth.targets.evaluate import evaluate
from auth.targets.rules import parse, shipped
from auth.targets.service import Targets
from loadtests.bench.harness import Goal, Measure, Outcome, compare, constant, cpu, growth
from loadtests.bench.office import END, LAST, Office, office, write, year

_TIMES = 6
_BEFORE = 2
"""The contract and the rule."""


def standing(*, rounds: int, goal: Goal, facts: int = 10_000) -> Outcome:
    """CPU milliseconds of one standing, the project looked up, its log brought up to date and its rule read."""
    with _standing(facts, others=0) as ours:
        return compare(ours, constant(1e-3), goal, rounds=rounds)


def anew(*, rounds: int, goal: Goal, facts: int = 10_000) -> Outcome:
    """CPU milliseconds of one counted by a process that never saw the facts, which it has in memory."""
    with tempfile.TemporaryDirectory() as folder, office(Path(folder)) as held:
        _fill(held, facts, 0)
        with held.database.read() as connection:
            leaves = ledger.leaves(connection, held.log)
        rules = parse(shipped()["guizhou-2019"])
        with _frozen():
            return compare(
                cpu(lambda: evaluate(rules, leaves, held.project, as_of=LAST), units=1), constant(1e-3), goal, rounds=rounds
            )


def beside_others(*, rounds: int, goal: Goal, facts: int = 10_000, others: int = 7) -> Outcome:
    """The exponent of its CPU time in all facts of the log, from this project alone to it and so many of its size."""
    with _standing(facts, others=0) as alone, _standing(facts, others=others) as beside:
        return growth(alone, beside, times=1 + others, rounds=rounds)


@contextmanager
def _standing(facts: int, *, others: int) -> Iterator[Measure]:
    with tempfile.TemporaryDirectory() as folder, office(Path(folder)) as held:
        first = _fill(held, facts, others)
        targets = Targets(held.database, clock=lambda: END)
        targets.standing(held.bureau, held.project, as_of=LAST)
        with _frozen():
            yield _Growing(held, targets, first).measure


@dataclass
class _Growing:
    """A log of `size` facts that gets one more before each standing."""

    office: Office
    targets: Targets
    size: int

    def __post_init__(self) -> None:
        deeds = [fact for fact in year(self.office.log, 1_000) if fact.kind in ("push:delivered", "account:registered")]
        self._pushes = [fact for fact in deeds if fact.kind == "push:delivered"]
        self._sign_ups = [fact for fact in deeds if fact.kind == "account:registered"]
        self._turns = count()

    def measure(self) -> float:
        """CPU seconds of one standing; the writing is not counted."""
        spent = 0.0
        for _ in range(_TIMES):
            self._add()
            start = time.process_time()
            self.targets.standing(self.office.bureau, self.office.project, as_of=LAST)
            spent += time.process_time() - start
        return spent / _TIMES

    def _add(self) -> None:
        turn = next(self._turns)
        kept = self._pushes if turn % 2 else self._sign_ups
        fact = kept[turn % len(kept)]
        late = msgspec.structs.replace(
            fact, happened_at=fact.happened_at + timedelta(minutes=turn), account=fact.account and f"{turn:032x}"[::-1]
        )
        with self.office.database.write() as connection:
            write(connection, self.office.log, [late], first=self.size)
        self.size += 1


@contextmanager
def _frozen() -> Iterator[None]:
    gc.collect()
    gc.freeze()  # as `patentry serve` does with all that it has at its start
    try:
        yield
    finally:
        gc.unfreeze()


def _fill(held: Office, facts: int, others: int) -> int:
    """The project's facts, and as many of each other project: of the year before, or named as its own. The size of the log."""
    size = _BEFORE
    with held.database.write() as connection:
        for number in range(others + 1):
            deeds: Iterable[Fact] = year(held.log, facts)
            if number:
                deeds = [_another(fact, number) for fact in deeds]
            write(connection, held.log, deeds, first=size)
            size += facts
    return size


def _another(fact: Fact, number: int) -> Fact:
    changed: dict[str, Any] = {"account": fact.account and f"{number}{fact.account[1:]}"}
    if fact.kind.startswith("account:"):
        changed["happened_at"] = fact.happened_at - timedelta(days=400)
    elif fact.kind != "enterprise:mark":
        changed["attributes"] = {**fact.attributes, "project": f"other{number}"}
    return msgspec.structs.replace(fact, **changed)
