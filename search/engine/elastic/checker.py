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

    def check(
        self, asked: Proximity, among: Sequence[Plan], *, candidates: Candidates, pit: str | None, most: int | None = CHARACTERS
    ) -> Checked | None:
        """Looks at documents of `most` characters at the most, or at all, in the view `pit`."""
        if distances.clause(asked) is not None:
            return None
        key = (asked, tuple(among), pit, most)
        with self._lock:
            if pit and key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]
        found = _checked(asked, *candidates(every([compiled(part) for part in among])), most)
        with self._lock:
            if pit:
                self._answers[key] = found
            while len(self._answers) > _REMEMBERED:
                self._answers.popitem(last=False)
        return found


def _checked(asked: Proximity, total: int, hits: Iterator[Mapping[str, Any]], most: int | None) -> Checked:
    found: list[int] = []
    rejected: list[int] = []
    characters = 0
    for hit in hits:
        kept = hit["_source"]
        characters += len(kept[DOCUMENT])
        if most is not None and characters > most:
            break
        texts = layout.texts(decode(kept[DOCUMENT].encode()))[asked.field]
        (found if matches(asked.near, texts) else rejected).append(kept[layout.ORDINAL])
    return Checked(tuple(found), tuple(rejected), total)
