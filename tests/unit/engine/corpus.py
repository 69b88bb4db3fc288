"""A small random library in an embedded engine of many segments, and what a brute force says of it."""

import math
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from search.engine import layout
from search.engine.embedded.index import EmbeddedIndex
from search.patent.model import Party, Patent, Reference, Symbol
from search.text.tokens import GAP
from tests.builders import a_patent

WORDS = ("tiller", "blade", "shaft", "frame", "motor", "旋耕机", "刀轴", "机架", "电机", "灯")
OPENING = datetime(2026, 1, 1, tzinfo=UTC)


class SetClock:
    """Says the instant it was set to."""

    def __init__(self) -> None:
        self.instant = OPENING

    def __call__(self) -> datetime:
        return self.instant

    def go(self, **by: float) -> None:
        self.instant += timedelta(**by)


def newer(_held: Patent, new: Patent) -> Patent:
    """A merge in which the later record replaces the held one."""
    return new


def patents(seed: int, count: int) -> list[Patent]:
    """Few words, few days and equal texts, so that scores and dates tie; some without a date."""
    chance = random.Random(seed)

    def text(words: int) -> str:
        return " ".join(chance.choice(WORDS) for _ in range(words))

    def day() -> str | None:
        return chance.choice((None, "2020-01-01", "2020-01-01", "2020-01-02", "2021-12-31"))

    numbers = chance.sample(range(10**4, 10**6), count)
    return [
        a_patent(
            f"{chance.choice(('CN', 'US', 'EP'))}{number}{chance.choice('AB')}",
            publication_date=day(),
            application=Reference(date=day()),
            titles={"zh": text(chance.randint(1, 3))},
            abstracts={"en": text(chance.randint(1, 6))} if chance.random() < 0.8 else {},
            claims=(),
            description={"zh": (text(4),)} if chance.random() < 0.3 else {},
            applicants=(
                Party(name=chance.choice(("甲公司", "乙公司", "丙公司")), region=chance.choice(("江苏省", "广东省", None))),
            ),
            ipc=(Symbol(symbol=chance.choice(("A01B 33/00", "A01B 1/02", "H02K 7/14"))),),
        )
        for number in numbers
    ]


@contextmanager
def library(data: Path, documents: Sequence[Patent], *, batch: int = 17) -> Iterator[EmbeddedIndex]:
    """An engine that holds `documents` in a segment for each batch."""
    index = EmbeddedIndex(data, clock=SetClock())
    try:
        for start in range(0, len(documents), batch):
            index.write(documents[start : start + batch], merge=newer)
            index.flush()
        yield index
    finally:
        index.close()


def bm25(documents: Sequence[Patent], column: str, token: str, boost: float) -> dict[str, float]:
    """Score of each number whose column holds the token: BM25 with k1 1.2 and b 0.75, over all documents."""
    held = {patent.number: Counter(str(layout.entry(patent, 1)[column]).replace(GAP, " ").split()) for patent in documents}
    lengths = {number: sum(counts.values()) for number, counts in held.items()}
    mean = sum(lengths.values()) / len(held)
    found = [number for number, counts in held.items() if counts[token]]
    rarity = math.log(1 + (len(held) - len(found) + 0.5) / (len(found) + 0.5)) if found else 0.0
    return {
        number: boost * rarity * (count := held[number][token]) * 2.2 / (count + 1.2 * (0.25 + 0.75 * lengths[number] / mean))
        for number in found
    }
