"""`EmbeddedIndex`: the whole port, for one process at a time."""

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from threading import Lock

from auth.clock import Clock, now
from search.engine.embedded import current
from search.engine.embedded.batch import batched, deletions
from search.engine.embedded.checker import UNITS
from search.engine.embedded.current import Current, Parked
from search.engine.embedded.documents import Documents
from search.engine.embedded.lock import WriterLock
from search.engine.embedded.reader import EmbeddedReader
from search.engine.embedded.writing import GenerationWriter, opened
from search.engine.errors import EngineError
from search.engine.model import WriteReport
from search.engine.port import Generation, Merge
from search.patent.model import Patent

_COMMIT_EVERY = timedelta(seconds=10)
"""A long load shows up by and by, and little is to be mended after a crash; each commit costs tenths of a second."""


class EmbeddedGeneration:
    """A generation being built. Its records keep the rows and ordinals that the serving one gave to equal ones."""

    def __init__(self, index: "EmbeddedIndex", writer: GenerationWriter, *, started: int) -> None:
        self._index = index
        self.writer = writer
        self.started = started
        self.name = writer.committed.generation

    def write(self, batch: Sequence[Patent]) -> WriteReport:
        return self._index.write_into(self.writer, batch)


class EmbeddedIndex(EmbeddedReader):
    """Holds the writer's lock of the folder `data` until `close`: raises `EngineLocked` where another process has it."""

    def __init__(self, data: Path, *, clock: Clock = now, units: int = UNITS) -> None:
        current.ensure(data)
        with ExitStack() as undo:
            self._lock = WriterLock(data)
            undo.callback(self._lock.release)
            self._serving = opened(data)
            undo.callback(self._serving.close)
            super().__init__(data, clock=clock, units=units)
            undo.pop_all()
        self._marks = self._serving.documents.marks()
        self._writing = Lock()
        self._committed = clock()

    def write(self, batch: Sequence[Patent], *, merge: Merge) -> WriteReport:
        with self._writing:
            report = self._put(self._serving, batch, merge=merge)
            if not timedelta(0) <= self._clock() - self._committed < _COMMIT_EVERY:
                self._commit()
        return report

    def write_into(self, building: GenerationWriter, batch: Sequence[Patent]) -> WriteReport:
        """`write` into a generation that is being built."""
        with self._writing:
            return self._put(building, batch, merge=_newest, origin=self._serving.documents)

    def _put(
        self, writer: GenerationWriter, batch: Sequence[Patent], *, merge: Merge, origin: Documents | None = None
    ) -> WriteReport:
        found = batched(batch, into=writer.documents, marks=self._marks, merge=merge, origin=origin)
        if found.changes:
            writer.put(list(found.changes.values()), self._marks)
        return found.report()

    def delete(self, numbers: Sequence[str]) -> int:
        with self._writing:
            changes = deletions(numbers, held=self._serving.documents, marks=self._marks)
            self._serving.put(changes, self._marks)
        return len(changes)

    def flush(self) -> None:
        with self._writing:
            self._commit()

    def build(self) -> EmbeddedGeneration:
        """What an earlier build left behind unfinished is removed."""
        with self._writing:
            held = current.read(self._data)
            current.remove_unnamed(self._data, held.serving, held.previous)
            writer = GenerationWriter(self._data, current.new_generation(self._data))
            return EmbeddedGeneration(self, writer, started=self._marks.ordinal)

    def park(self, generation: Generation) -> None:
        built = _own(generation)
        with self._writing:
            current.park(self._data, Parked(built.writer.commit(self._marks), built.started))
            built.writer.close()

    def parked(self) -> EmbeddedGeneration | None:
        waiting = current.parked(self._data)
        if waiting is None:
            return None
        return EmbeddedGeneration(self, GenerationWriter(self._data, waiting.commit), started=waiting.started)

    def promote(self, generation: Generation) -> None:
        built = _own(generation)
        with self._writing:
            self._serve(built.writer, since=built.started)

    def roll_back(self) -> None:
        with self._writing:
            previous = current.read(self._data).previous
            if previous is None:
                raise EngineError("没有更早的一代索引可以恢复。 There is no earlier generation to go back to.")
            writer = GenerationWriter(self._data, previous)
            try:
                self._serve(writer, since=previous.ordinal)
            except EngineError:
                writer.close()
                raise

    def close(self) -> None:
        """Without `flush`: what was not flushed is found after the next opening."""
        super().close()
        self._serving.close()
        self._lock.release()

    def _serve(self, writer: GenerationWriter, *, since: int) -> None:
        writer.adopt(self._serving.documents.since(since), self._marks)
        new, old = writer.commit(self._marks), self._serving.commit(self._marks)
        current.replace(self._data, Current(new, previous=old))
        self._views.refresh()
        self._serving.close()
        self._serving = writer
        current.remove_unnamed(self._data, new, old)
        current.remove_other_indexes(self._data, new)

    def _commit(self) -> None:
        held = current.read(self._data)
        commit = self._serving.commit(self._marks)
        current.replace(self._data, Current(commit, previous=held.previous))
        self._views.refresh()
        self._committed = self._clock()


def _own(generation: Generation) -> EmbeddedGeneration:
    if not isinstance(generation, EmbeddedGeneration):
        raise TypeError("a generation of another engine")
    return generation


def _newest(_held: Patent, new: Patent) -> Patent:
    return new
