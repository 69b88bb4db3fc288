"""D1: distances in the embedded engine, against a millisecond; nineteen of twenty must take less."""

import random
import time
from collections.abc import Iterator, Sequence
from itertools import islice

from indexer.sample.generate import patents
from loadtests.bench.harness import Goal, Outcome, compare, constant
from loadtests.bench.library import library
from search.engine.model import Request
from search.patent.model import Patent
from search.query.tree import Near, Word
from search.text import tokens

_MILLISECOND = constant(1e-3)
_WINDOW = 200
"""Characters from which both words of a distance are drawn."""


def p95(*, rounds: int, goal: Goal, documents: int = 20_000, times: int = 200) -> Outcome:
    """CPU seconds of the search below which 95 % of different distances stay, in all four texts, with the first ten hits."""
    held = list(patents(documents))
    asked = list(islice(_distances(held), times))
    with library(held) as reader:

        def measure() -> float:
            costs: list[float] = []
            for near in asked:
                start = time.process_time()
                reader.search(Request(near))
                costs.append(time.process_time() - start)
            return sorted(costs)[int(0.95 * len(costs))]

        return compare(measure, _MILLISECOND, goal, rounds=rounds)


def _distances(held: Sequence[Patent]) -> Iterator[Near]:
    """Words that stand near each other in some text, joined by each kind of distance in turn."""
    draw = random.Random(7)
    while True:
        patent = draw.choice(held)
        text = "\n".join((*patent.abstracts.values(), *(claim.text for claim in patent.claims)))
        start = draw.randrange(len(text) + 1)
        cut = [unit for unit, _, _ in tokens.units(text[start : start + _WINDOW])][1:-1]
        if len(cut) < 2:
            continue
        left, right = (Word(unit[:2] if tokens.is_run(unit) else unit) for unit in draw.sample(cut, 2))
        yield Near(left, right, "word", draw.choice([0, 3, 10]))
        yield Near(left, right, "word", 5, ordered=True, without=True)
        yield Near(left, right, "sentence")
        yield Near(Near(left, right, "word", 10), draw.choice([left, right]), "paragraph")
