"""I3: indexing into the embedded engine, against tantivy's own add loop that cuts the same tokens and stores nothing else."""

import tempfile
from pathlib import Path

from indexer.sample.generate import patents
from loadtests.bench.harness import Goal, Outcome, compare, wall
from search.engine import layout
from search.engine.embedded import schema
from search.engine.factory import open_index
from search.engine.settings import EngineSettings
from search.patent.model import Patent

_COUNT = 1_500
_BATCH = 500
_HEAP_BYTES = 64_000_000  # as the adapter's own


def indexing(*, rounds: int, goal: Goal) -> Outcome:
    """Wall seconds a document, from the record until a search finds it."""
    documents = list(patents(_COUNT))

    def ours() -> None:
        with tempfile.TemporaryDirectory() as folder:
            index = open_index(EngineSettings(Path(folder)))
            for start in range(0, _COUNT, _BATCH):
                index.write(documents[start : start + _BATCH], merge=_newest)
            index.flush()
            index.close()

    def anchor() -> None:
        with tempfile.TemporaryDirectory() as folder:
            writer = schema.create(Path(folder)).writer(_HEAP_BYTES, 1)
            for row, patent in enumerate(documents):
                writer.add_document(schema.document(layout.entry(patent, row), row))
            writer.commit()
            writer.wait_merging_threads()

    return compare(wall(ours, units=_COUNT), wall(anchor, units=_COUNT), goal, rounds=rounds)


def _newest(_held: Patent, new: Patent) -> Patent:
    return new
