"""A new generation of the index, filled from the documents of the serving one."""

from collections.abc import Callable

from indexer.batch import COUNT
from search.engine.errors import EngineError
from search.engine.port import Generation, PatentIndex
from search.patent.model import Patent
from search.query.tree import All


def rebuild(index: PatentIndex, *, watch: Callable[[int], None] = lambda done: None) -> Generation:
    """Builds and fills; the caller promotes. `watch` hears how many documents are in. Raises `EngineError` where a document
    that the serving generation holds is not taken."""
    generation = index.build()
    batch: list[Patent] = []
    done = 0
    for scanned in index.scan(All()):
        batch.append(scanned.patent)
        if len(batch) == COUNT:
            done += _write(generation, batch)
            watch(done)
            batch = []
    _write(generation, batch)
    return generation


def _write(generation: Generation, batch: list[Patent]) -> int:
    if batch and (refused := generation.write(batch).refused):
        number, reason = refused[0]
        raise EngineError(f"新一代索引不接受 {number}。 The new generation does not take {number}: {reason}")
    return len(batch)
