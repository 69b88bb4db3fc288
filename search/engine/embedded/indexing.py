"""What is made from the documents and can be made again: tantivy's index with the stores of units and of columns beside it, written
together."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
import tantivy

from search.engine import layout
from search.engine.columns import files
from search.engine.embedded import schema, units
from search.engine.embedded.cutting import Cutter, Field, Texts
from search.engine.embedded.documents import Stored

_HEAP_BYTES = 64_000_000
_THREADS = 1


class Change(msgspec.Struct, frozen=True):
    """A line to store, and what stands in the index for it, its `keys` and the `texts` still to be cut: nothing once it is deleted.
    `replaces` is False only where the number was never held, so that there is nothing to look for."""

    line: Stored
    keys: layout.Entry | None = None
    texts: Texts = {}
    replaces: bool = True


def create(folder: Path) -> tantivy.Index:
    """A new, empty index in an existing, empty folder."""
    index = schema.create(folder)
    units.create(folder)
    files.create(folder)
    return index


class IndexWriter:
    """The one writer of an index. A commit holds all that was put before."""

    def __init__(self, index: tantivy.Index, folder: Path, cutter: Cutter) -> None:
        self._cutter = cutter
        self._units = units.UnitsWriter(folder)
        self._columns = files.ColumnsWriter(folder)
        self._writer = index.writer(_HEAP_BYTES, _THREADS)
        self._writer.garbage_collect_files()

    def put(self, changes: Sequence[Change]) -> None:
        """Of different numbers."""
        for change in changes:
            if change.replaces:
                self._writer.delete_documents_by_term("number", change.line.number)
        held = [change for change in changes if change.keys is not None]
        for start, cut in self._cutter.cut([change.texts for change in held]):
            some = held[start : start + len(cut.documents)]
            self._units.add(cut, [change.line.ordinal for change in some])
            for change, fields in zip(some, cut.documents, strict=True):
                self._add(change, fields)

    def _add(self, change: Change, fields: Mapping[str, Field]) -> None:
        entry = {**(change.keys or {}), **layout.cut({name: field.streams for name, field in fields.items()})}
        self._writer.add_document(schema.document(entry, change.line.row))
        self._columns.add(entry, change.line.ordinal)

    def commit(self) -> int:
        """What tantivy calls the commit. The stores come first: an index never knows of a document that they lack."""
        self._units.commit()
        self._columns.commit()
        return self._writer.commit()

    def close(self) -> None:
        """Without a commit; merges that are under way end first, and tantivy's lock is given back."""
        self._writer.wait_merging_threads()
