"""The documents and the index of one generation, written together.

A change is stored in the documents first and is durable from then on; the index follows and is committed now and then.
Whatever the index has missed (a process was killed, the disk was full, the index is damaged or of another layout) is put into
it from the documents when it is opened, so there is one way to mend, and it is walked at every start.
"""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec
import tantivy

from search.engine import layout
from search.engine.embedded import current, indexing
from search.engine.embedded.current import Commit
from search.engine.embedded.cutting import Cutter
from search.engine.embedded.documents import Documents, DocumentsWriter, Marks, Stored
from search.engine.embedded.indexing import Change, IndexWriter
from search.engine.embedded.translation import translated
from search.engine.embedded.view import checked
from search.engine.errors import EngineError, EngineUnavailable, IndexDamaged
from search.patent.model import decode


class GenerationWriter:
    """Not safe for two threads at once. After an error of the index the next call opens it again and catches up."""

    def __init__(self, data: Path, commit: Commit) -> None:
        self._data = data
        self._writer: IndexWriter | None = None
        self._beside = ThreadPoolExecutor(1, "documents")
        self._cutter = Cutter()
        self.committed = commit
        path = current.documents_file(data, commit)
        with translated("opening the documents"):
            self._store = DocumentsWriter(path)
            self.documents = Documents(path)
        try:
            with self._indexing("opening the index"):
                pass
        except EngineError:
            self.close()
            raise

    def put(self, changes: Sequence[Change], marks: Marks) -> None:
        """Durable on return. Raises `EngineUnavailable`: then either nothing is stored, or all is and only the index is behind."""
        lines = [change.line for change in changes]
        with self._indexing("writing documents") as writer:
            stored = self._beside.submit(self._store.put, lines, marks)
            try:
                writer.put(changes)
            finally:
                stored.result()

    def adopt(self, batches: Iterable[Sequence[Stored]], marks: Marks) -> None:
        """Takes over lines of another generation with their ordinals; a number that is known here keeps its row."""
        for batch in batches:
            known = self.documents.get([line.number for line in batch])
            lines = [msgspec.structs.replace(line, row=known.get(line.number, line).row) for line in batch]
            self.put([_change(line) for line in lines], marks)

    def commit(self, marks: Marks) -> Commit:
        """The index holds all that was put, up to the ordinal of `marks`."""
        with self._indexing("committing the index") as writer:
            self._store.put((), marks)
            opstamp = writer.commit()
        self.committed = msgspec.structs.replace(self.committed, opstamp=opstamp, ordinal=marks.ordinal)
        return self.committed

    def close(self) -> None:
        """Without a commit; merges that are under way end first."""
        self._leave_index()
        self._cutter.close()
        self._beside.shutdown()
        self.documents.close()
        self._store.close()

    @contextmanager
    def _indexing(self, doing: str) -> Iterator[IndexWriter]:
        """The index's writer, which is of no more use once it or the store has failed."""
        try:
            with translated(doing):
                self._writer = self._writer or self._open()
                yield self._writer
        except EngineUnavailable:
            with suppress(EngineUnavailable):
                self._leave_index()
            raise

    def _leave_index(self) -> None:
        """Gives tantivy's lock back, whoever still holds the writer in a traceback."""
        writer, self._writer = self._writer, None
        if writer is not None:
            with translated("closing the index"):
                writer.close()

    def _open(self) -> IndexWriter:
        try:
            index = checked(self._data, self.committed, self.documents)
        except IndexDamaged:
            index = self._anew()
        writer = IndexWriter(index, current.index_folder(self._data, self.committed), self._cutter)
        for batch in self.documents.since(self.committed.ordinal):
            writer.put(list(map(_change, batch)))
        return writer

    def _anew(self) -> tantivy.Index:
        """An empty index in a folder of its own: readers of the damaged one go on with what they have open."""
        self.committed = Commit(self.committed.generation, current.new_index_name(), 0, 0, layout.fingerprint())
        folder = current.index_folder(self._data, self.committed)
        folder.mkdir()
        return indexing.create(folder)


def opened(data: Path) -> GenerationWriter:
    """The writer of the serving generation, whose index holds every document from now on. The caller has the writer's lock."""
    held = current.read(data)
    writer = GenerationWriter(data, held.serving)
    commit = writer.commit(writer.documents.marks())
    current.replace(data, msgspec.structs.replace(held, serving=commit))
    current.remove_other_indexes(data, commit)
    return writer


def _change(line: Stored) -> Change:
    """Of a line that is stored somewhere already."""
    if line.shown is None:
        return Change(line)
    patent = decode(line.json())
    return Change(line, layout.keys(patent, line.ordinal), layout.texts(patent))
