"""kill -9 at any moment of a load loses at most the batch in flight, and the next start goes on."""

import random
from itertools import islice
from pathlib import Path

from search.engine.embedded.index import EmbeddedIndex
from search.engine.embedded.reader import EmbeddedReader
from search.engine.model import Request
from search.patent.model import decode
from search.query.tree import All, Word
from tests.flow.embedded_writer import batch
from tests.flow.writer import lines, writer

SIZE = 20
KILLS = 20


def killed(data: Path, first: int, after: int) -> int:
    """Kills a writer that has said `after` lines; the last batch that it said was written."""
    with writer(data, first=first, size=SIZE) as process:
        said = list(islice(lines(process), after))
        process.kill()
        said += lines(process)
    return max((int(line) for line in said if line.isdigit()), default=first - 1)


def test_twenty_kills_lose_no_batch_and_halve_none(tmp_path: Path) -> None:
    chance = random.Random(20)
    last = 0
    for _ in range(KILLS):
        written = killed(tmp_path, last + 1, chance.randint(1, 9))
        last = check(tmp_path, written)
    assert last > KILLS


def check(data: Path, written: int) -> int:
    """All batches up to `written` are held whole and found; one more may be. The last that is held."""
    index = EmbeddedIndex(data)
    try:
        in_flight = index.get([patent.number for patent in batch(written + 1, SIZE)[1:]])
        held = written + 1 if all(in_flight) else written
        assert held > written or not any(in_flight)
        numbers = [patent.number for number in range(1, held + 1) for patent in batch(number, SIZE)[1:]]
        assert all(index.get(numbers))
        assert index.count(All()) == len(numbers) + bool(held)
        newest = index.get(["EP1A"])[0]
        assert held == 0 or (newest and decode(newest).titles == {"en": f"batch {held}"})
        assert index.count(Word(f"batch {held}", "title", exact=True)) == (SIZE + 1 if held else 0)
        ordinals = [line.ordinal for line in index.scan(All())]
        assert ordinals == sorted(set(ordinals))
        return held
    finally:
        index.close()


def test_a_killed_writer_leaves_nothing_that_stops_the_next(tmp_path: Path) -> None:
    written = killed(tmp_path, 1, 5)
    reader = EmbeddedReader(tmp_path)
    assert reader.search(Request(All())).hits
    assert written <= check(tmp_path, written)
    reader.close()
