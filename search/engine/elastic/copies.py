"""The columns of documents, copied from Elasticsearch when a table first needs them, and kept by this process: the key of a copy is
the ordinal, which a document never has again once it is changed, so that no copy goes stale."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from threading import Lock
from typing import Any

import numpy as np

from search.engine import layout
from search.engine.columns import files
from search.engine.columns.holdings import Holdings, Integers
from search.engine.elastic.bounds import Bounds
from search.engine.elastic.mapping import KEYS
from search.engine.elastic.matching import Matches
from search.engine.errors import EngineUnavailable, IndexDamaged, StillReading
from search.engine.folder import PassingFolder

PAGE = 2_000
"""Documents of one answer; some 1 MB."""

FIELDS = (layout.ORDINAL, *files.UNITS, KEYS)

_COLUMNS = {letter: column for column, letter in files.LETTERS.items()}

Read = Callable[[Integers], Iterable[Mapping[str, list[Any]]]]
"""The values in `FIELDS` of the documents of these ordinals, in any order."""


@dataclass(frozen=True, slots=True)
class Copy:
    """Documents of the generation `index`; the place of each in the store, by its ordinal, ascending."""

    index: str
    ordinals: Integers
    places: Integers
    holdings: Holdings

    def may_have(self, matches: Matches) -> bool:
        """Nothing is of any generation."""
        return self.index == matches.index or not len(matches.ordinals)

    def lacks(self, ordinals: Integers) -> Integers:
        """Those of these, which ascend, that it has not."""
        nearest = np.searchsorted(self.ordinals, ordinals)
        lacking: Integers = ordinals[np.append(self.ordinals, -1)[nearest] != ordinals]
        return lacking

    def of(self, ordinals: Integers) -> Integers:
        """The places of documents that it has, ascending."""
        return np.sort(self.places[np.searchsorted(self.ordinals, ordinals)])


class Copies:
    """Of one generation at a time. Safe for many threads: a copy that is given stays as it is."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._lock = Lock()
        self._folder: PassingFolder | None = None
        self._copy: Copy | None = None

    def having(self, matches: Matches, read: Read) -> Copy:
        """A copy that has these documents. Raises `StillReading` where they are more than one call may read, or another call is
        reading, and goes on to."""
        copy = self._copy
        lacking = _lacking(copy, matches)
        if copy and not len(lacking):
            return copy
        if not self._lock.acquire(timeout=self._bounds.waits_s):
            raise StillReading(len(matches.ordinals) - len(lacking), len(matches.ordinals))
        try:
            return self._grown(matches, read)
        except (OSError, IndexDamaged) as error:  # no room on the disk, or somebody has tidied up
            self._forget()
            raise EngineUnavailable(f"the columns of documents cannot be kept: {error}") from error
        finally:
            self._lock.release()

    def close(self) -> None:
        with self._lock:
            self._forget()

    def _grown(self, matches: Matches, read: Read) -> Copy:
        copy = self._copy
        lacking = _lacking(copy, matches)
        if copy is None or not copy.may_have(matches) or len(copy.ordinals) + len(lacking) > self._bounds.held:
            copy, lacking = self._begun(matches.index), matches.ordinals
        some = lacking[: self._bounds.read]
        if len(some):
            copy = self._copied(copy, some, read)
        if len(some) < len(lacking):
            raise StillReading(len(matches.ordinals) - len(lacking) + len(some), len(matches.ordinals))
        return copy

    def _begun(self, index: str) -> Copy:
        self._forget()
        self._folder = PassingFolder("columns")
        files.create(self._folder.path)
        none = np.empty(0, dtype=np.int64)
        self._copy = Copy(index, none, none, Holdings(self._folder.path))
        return self._copy

    def _copied(self, copy: Copy, lacking: Integers, read: Read) -> Copy:
        """With these too; where reading them breaks off, with those that came before."""
        assert self._folder is not None
        folder = self._folder.path
        writer, places, added = files.ColumnsWriter(folder), count(len(copy.ordinals)), list[int]()
        try:
            for start in range(0, len(lacking), PAGE):
                page = lacking[start : start + PAGE]
                documents = list(read(page))
                if len(documents) != len(page):
                    raise EngineUnavailable("Elasticsearch has lost documents of a view")
                for document in documents:
                    writer.add(_entry(document), next(places))
                    added.append(int(document[layout.ORDINAL][0]))
        finally:
            writer.commit()
            ordinals = np.concatenate([copy.ordinals, np.array(added, dtype=np.int64)])
            by_ordinal = np.argsort(ordinals, kind="stable")
            known = np.concatenate([copy.places, np.arange(len(copy.places), len(ordinals))])
            self._copy = Copy(copy.index, ordinals[by_ordinal], known[by_ordinal], Holdings(folder))
        return self._copy

    def _forget(self) -> None:
        """What was given before stays readable."""
        if self._folder:
            self._folder.end()
        self._folder = self._copy = None


def _lacking(copy: Copy | None, matches: Matches) -> Integers:
    return copy.lacks(matches.ordinals) if copy and copy.may_have(matches) else matches.ordinals


def _entry(document: Mapping[str, list[Any]]) -> layout.Entry:
    entry: layout.Entry = {unit: document[unit][0] for unit in files.UNITS}
    keys: dict[str, list[str]] = {}
    for key in document.get(KEYS, ()):
        keys.setdefault(_COLUMNS[key[0]], []).append(key[1:])
    return entry | keys
