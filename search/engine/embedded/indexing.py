"""What is made from the documents and can be made again: tantivy's index with the stores of units and of columns beside it, written
together."""

from pathlib import Path

import msgspec
import tantivy

from search.engine import layout
from search.engine.embedded import columns, schema, units
from search.engine.embedded.documents import Stored

_HEAP_BYTES = 64_000_000
_THREADS = 1


class Change(msgspec.Struct, frozen=True):
    """A line to store, and what stands in the index for it: nothing once it is deleted. `replaces` is False only where the
    number was never held, so that there is nothing to look for."""

    line: Stored
    entry: layout.Entry | None
    replaces: bool


def create(folder: Path) -> tantivy.Index:
    """A new, empty index in an existing, empty folder."""
    index = schema.create(folder)
    units.create(folder)
    columns.create(folder)
    return index


class IndexWriter:
    """The one writer of an index. A commit holds all that was put before."""

    def __init__(self, index: tantivy.Index, folder: Path) -> None:
        self._units = units.UnitsWriter(folder)
        self._columns = columns.ColumnsWriter(folder)
        self._writer = index.writer(_HEAP_BYTES, _THREADS)
        self._writer.garbage_collect_files()

    def put(self, change: Change) -> None:
        line = change.line
        if change.replaces:
            self._writer.delete_documents_by_term("number", line.number)
        if change.entry is not None:
            self._writer.add_document(schema.document(change.entry, line.row))
            self._units.add(change.entry, line.ordinal)
            self._columns.add(change.entry, line.ordinal)

    def commit(self) -> int:
        """What tantivy calls the commit. The stores come first: an index never knows of a document that they lack."""
        self._units.commit()
        self._columns.commit()
        return self._writer.commit()

    def close(self) -> None:
        """Without a commit; merges that are under way end first, and tantivy's lock is given back."""
        self._writer.wait_merging_threads()
