"""N1: a list of 10,000 numbers in all spellings, a seventh of them mistyped, examined over 3,000 documents."""

import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from indexer.sample.generate import patents
from loadtests.bench.harness import Goal, Outcome, compare, constant
from search.engine.factory import open_index
from search.engine.settings import EngineSettings
from search.find.doctor.service import Doctor
from search.patent.model import Patent

_SECOND = constant(1.0)


def examined(*, rounds: int, goal: Goal, documents: int = 3_000, lines: int = 10_000) -> Outcome:
    """CPU seconds of a whole list."""
    held = list(patents(documents))
    listed = list(_lines(held, lines))
    with tempfile.TemporaryDirectory() as folder:
        index = open_index(EngineSettings(Path(folder)))
        index.write(held, merge=lambda _held, new: new)
        index.flush()
        doctor = Doctor(index)

        def measure() -> float:
            start = time.process_time()
            doctor.examine(listed, user="bench", lang="zh")
            return time.process_time() - start

        try:
            return compare(measure, _SECOND, goal, rounds=rounds)
        finally:
            index.close()


def _lines(held: Sequence[Patent], count: int) -> Iterator[str]:
    draw = random.Random(7)
    filed = [(patent.number, patent.application.number[2:]) for patent in held if patent.application and patent.application.number]
    for place in range(count):
        number, application = draw.choice(filed)
        match place % 7:
            case 0 | 1:
                yield number
            case 2:
                yield f"ZL{application}"
            case 3:
                yield application.replace(".", "")
            case 4:
                yield f"CN {draw.randrange(100_000_000, 400_000_000)} A"
            case 5:
                yield f"{application[:4]}{draw.randrange(10)}{application[5:]}"
            case _:
                yield "电池"
