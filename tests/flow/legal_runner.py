"""Another process that reckons statuses: `python -m tests.flow.legal_runner FOLDER DAY`, a line for each batch written."""

import sys
from datetime import date
from pathlib import Path

from search.cli.reckoning import reckon
from search.engine.embedded.index import EmbeddedIndex


def main(folder: str, day: str) -> None:
    index = EmbeddedIndex(Path(folder))
    reckon(index, today=date.fromisoformat(day), watch=lambda more: print(more, flush=True))


if __name__ == "__main__":
    main(*sys.argv[1:])
