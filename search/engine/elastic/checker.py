"""Distances that Elasticsearch can't be asked for, measured here: its candidates are read, the newest first, and their texts
held against the exact matcher, as far as the characters of one request go."""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from threading import Lock
from typing import Any

from search.engine import layout
from search.engine.checking import Checked
from search.engine.elastic import distances
from search.engine.elastic.compile import compiled, every
from search.engine.elastic.intervals import Clause
from search.engine.elastic.mapping import DOCUMENT
from search.engine.errors import TooManyExpansions
from search.engine.plan import Plan, Proximity
from search.patent.model import decode
from search.query.near import matches

CHARACTERS = 3_000_000
"""Characters of a request's documents, some 0.3 s of one core; what has more is answered in part and says so."""

_REMEMBERED = 32

Candidates = Callable[[Clause], tuple[int, Iterator[Mapping[str, Any]]]]
"""How many hits a query has, and each, ordinals descending."""


class Checker:
    """Remembers what it found in views that stand."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._answers: OrderedDict[tuple[Any, ...], Checked] = OrderedDict()
        self._bearable: OrderedDict[Proximity, bool] = OrderedDict()

    def check(
        self,
        asked: Proximity,
        among: Sequence[Plan],
        *,
        wanted: bool,
        candidates: Candidates,
        pit: str | None,
        most: int = CHARACTERS,
    ) -> Checked | None:
        """Looks at documents of `most` characters at the most, in the view `pit`."""
        if self._taken(asked, candidates):
            return None
        key = (asked, tuple(among), wanted, pit, most)
        with self._lock:
            if pit and key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]
        found = _looked(asked, among, candidates, most, wanted=wanted)
        with self._lock:
            if pit:
                self._answers[key] = found
            _forget(self._answers)
        return found

    def _taken(self, asked: Proximity, candidates: Candidates) -> bool:
        """Whether Elasticsearch can be asked for the distance itself. How many words a truncated one stands for only the server
        knows, so it is tried once."""
        clause = distances.clause(asked)
        if clause is None or not distances.spelled_out(asked):
            return clause is not None
        if asked not in self._bearable:
            try:
                candidates(clause)
                bearable = True
            except TooManyExpansions:
                bearable = False
            with self._lock:
                self._bearable[asked] = bearable
                _forget(self._bearable)
            return bearable
        return self._bearable[asked]


def _forget(known: OrderedDict[Any, Any]) -> None:
    while len(known) > _REMEMBERED:
        known.popitem(last=False)


def _looked(asked: Proximity, among: Sequence[Plan], candidates: Candidates, most: int, *, wanted: bool) -> Checked:
    """Of the documents that can match at all, as far as a clause tells. Where not all of them could be looked at and the
    others keep documents out, those that can't match are told too."""
    every_word = [compiled(part) for part in among]
    try:
        found = _checked(asked, *candidates(every([*every_word, *distances.needed(asked)])), most)
    except TooManyExpansions:
        found = None
    if found is None or (not wanted and found.looked_at < found.of):
        found = _checked(asked, *candidates(every(every_word)), most)
    return found


def _checked(asked: Proximity, total: int, hits: Iterator[Mapping[str, Any]], most: int) -> Checked:
    found: list[int] = []
    rejected: list[int] = []
    characters = 0
    for hit in hits:
        kept = hit["_source"]
        characters += len(kept[DOCUMENT])
        if characters > most:
            break
        texts = layout.texts(decode(kept[DOCUMENT].encode()))[asked.field]
        (found if matches(asked.near, texts) else rejected).append(kept[layout.ORDINAL])
    return Checked(tuple(found), tuple(rejected), total)
