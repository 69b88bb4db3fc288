"""Another process that writes: `python -m tests.flow.embedded_writer FOLDER FIRST SIZE [FLUSH_EVERY]`.

It writes batch after batch, numbered from FIRST on, and says the number of each on its own line once `write` has returned,
and ``flushed`` once `flush` has.
"""

import sys
from itertools import count
from pathlib import Path

from search.engine.embedded.index import EmbeddedIndex
from search.engine.errors import EngineError
from search.patent.model import Patent
from tests.builders import a_patent


def batch(number: int, size: int) -> list[Patent]:
    """The records of a batch: new ones, and one that every batch writes again."""
    again = a_patent("EP1A", titles={"en": f"batch {number}"})
    return [again, *(a_patent(f"CN{number * 1000 + place}A", titles={"en": f"batch {number}"}) for place in range(size))]


def newer(_held: Patent, new: Patent) -> Patent:
    return new


def main(folder: str, first: str, size: str, flush_every: str = "3") -> None:
    try:
        index = EmbeddedIndex(Path(folder))
    except EngineError as error:
        print(f"{type(error).__name__}: {error}", flush=True)
        return
    print("open", flush=True)
    for number in count(int(first)):
        index.write(batch(number, int(size)), merge=newer)
        print(number, flush=True)
        if number % int(flush_every) == 0:
            index.flush()
            print("flushed", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
