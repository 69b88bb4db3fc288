"""Documents to ask: an embedded engine of its own, gone with the measurement."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from search.engine.factory import open_index, open_reader
from search.engine.port import PatentReader
from search.engine.settings import EngineSettings
from search.patent.model import Patent

_BATCH = 1_000


@contextmanager
def library(documents: Iterable[Patent]) -> Iterator[PatentReader]:
    """A reader of these documents."""
    with tempfile.TemporaryDirectory() as folder, filled(Path(folder), documents) as reader:
        yield reader


@contextmanager
def filled(folder: Path, documents: Iterable[Patent]) -> Iterator[PatentReader]:
    """A reader of these documents, held in the folder."""
    settings = EngineSettings(folder)
    index, held = open_index(settings), iter(documents)
    while batch := list(islice(held, _BATCH)):
        index.write(batch, merge=lambda _held, new: new)
    index.flush()
    index.close()
    reader = open_reader(settings)
    try:
        yield reader
    finally:
        reader.close()
