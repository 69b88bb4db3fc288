"""What a search sees: one commit of the index and the documents of its generation; and when to look for a newer one."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from threading import Lock

import tantivy

from auth.clock import Clock
from search.engine import layout
from search.engine.columns import files
from search.engine.embedded import current, schema, units
from search.engine.embedded.brief import Briefs
from search.engine.embedded.checker import Checker
from search.engine.embedded.current import Commit
from search.engine.embedded.documents import Documents
from search.engine.embedded.tables import Tables
from search.engine.embedded.translation import translated
from search.engine.errors import EngineUnavailable, IndexDamaged

_LOOK_AGAIN = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class View:
    """A point in time: commits that come later do not change what `searcher` finds."""

    commit: Commit
    index: tantivy.Index
    searcher: tantivy.Searcher
    documents: Documents
    checker: Checker
    tables: Tables
    briefs: Briefs


class Views:
    """The newest view, looked for at most once a second. A newer commit that cannot be read leaves the older view in place and
    its reason in `problem`."""

    def __init__(self, data: Path, clock: Clock) -> None:
        self._data = data
        self._clock = clock
        self._lock = Lock()
        self._looked = clock()
        self._view = _opened(data, current.read(data).serving)
        self.problem = ""

    def now(self) -> View:
        """The view to answer one request from."""
        if self._due() and self._lock.acquire(blocking=False):
            self._holding(self._look)
        return self._view

    def settled(self) -> bool:
        """Whether `now` has nothing to open; looks for a newer commit where that is due, which is no more than reading a line."""
        if self._due() and self._lock.acquire(blocking=False):
            self._holding(self._glance)
        return not self._due()

    def refresh(self) -> None:
        """Looks at once: for the process that has just committed."""
        self._lock.acquire()
        self._holding(self._look)

    def close(self) -> None:
        self._view.documents.close()

    def _holding(self, work: Callable[[], None]) -> None:
        try:
            work()
        finally:
            self._lock.release()

    def _due(self) -> bool:
        return not timedelta(0) <= self._clock() - self._looked < _LOOK_AGAIN

    def _glance(self) -> None:
        """It has been looked, if there is nothing newer."""
        looked = self._clock()
        with suppress(IndexDamaged):
            if current.read(self._data).serving == self._view.commit:
                self._looked, self.problem = looked, ""

    def _look(self) -> None:
        self._looked = self._clock()
        try:
            commit = current.read(self._data).serving
            if commit != self._view.commit:
                self._view = self._newer(commit)
            self.problem = ""
        except (IndexDamaged, EngineUnavailable) as error:
            self.problem = str(error)

    def _newer(self, commit: Commit) -> View:
        old = self._view
        if (commit.generation, commit.index) == (old.commit.generation, old.commit.index):
            with translated("reading a new commit"):
                old.index.reload()
                searcher = old.index.searcher()
            folder = current.index_folder(self._data, commit)
            checker, tables = Checker(folder, searcher), Tables(folder, searcher)
            return replace(old, commit=commit, searcher=searcher, checker=checker, tables=tables, briefs=Briefs(searcher))
        new = _opened(self._data, commit)
        old.documents.close()
        return new


def checked(data: Path, commit: Commit, documents: Documents) -> tantivy.Index:
    """The index of a commit. Raises `IndexDamaged` where it does not open, was made under another layout, has lost the commit
    or knows of more than the documents: it must be made anew from them."""
    if commit.layout != layout.fingerprint():
        raise IndexDamaged("the index was made by another version")
    folder = current.index_folder(data, commit)
    try:
        with translated("opening the index"):
            index = schema.open_index(folder)
            units.lengths(folder)
            files.lengths(folder)
            known = documents.marks().ordinal
            held = json.loads((folder / "meta.json").read_bytes())["opstamp"]
    except (EngineUnavailable, KeyError) as error:
        raise IndexDamaged(f"the index does not open: {error}") from error
    if held < commit.opstamp:
        raise IndexDamaged("the index has lost its last commit")
    if known < commit.ordinal:
        raise IndexDamaged("the documents are older than the index")
    return index


def _opened(data: Path, commit: Commit) -> View:
    documents = Documents(current.documents_file(data, commit))
    try:
        index = checked(data, commit, documents)
    except IndexDamaged:
        documents.close()
        raise
    folder, searcher = current.index_folder(data, commit), index.searcher()
    return View(commit, index, searcher, documents, Checker(folder, searcher), Tables(folder, searcher), Briefs(searcher))
