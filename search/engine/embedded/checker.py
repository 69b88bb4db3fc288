"""Distances checked over the unit store: the candidates of a plan, the newest first, as far as the units of one request go."""

from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from tantivy import Order, Searcher

from search.engine import layout
from search.engine.checking import Checked
from search.engine.embedded import ordering
from search.engine.embedded.compiler import compiled
from search.engine.embedded.phrases import phrases
from search.engine.plan import Bool, Plan, Proximity

if TYPE_CHECKING:
    from search.engine.embedded.sheets import Sheets

UNITS = 35_000_000
"""Units of a request, some 0.3 s of one core; what has more is answered in part and says so."""

_AT_ONCE = 500_000
"""Units of one sheet: arrays that stay in the processor's cache are ten times as fast."""

_REMEMBERED = 32
"""Answers kept: pages, facets and counts of one question ask the same again."""

_NONE = Checked((), (), 0)


class Checker:
    """Of one commit of an index."""

    def __init__(self, index: Path, searcher: Searcher) -> None:
        self._index = index
        self._searcher = searcher
        self._lock = Lock()
        self._answers: OrderedDict[tuple[Proximity, tuple[Plan, ...], int], Checked | None] = OrderedDict()

    def check(self, asked: Proximity, among: Sequence[Plan], *, wanted: bool = True, most: int = UNITS) -> Checked | None:
        """Looks at documents of `most` units at the most; at none where they have more than a page may and phrases tell too."""
        key = (asked, tuple(among), most)
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]
        found = self._checked(asked, self._candidates(among), most)
        with self._lock:
            self._answers[key] = found
            while len(self._answers) > _REMEMBERED:
                self._answers.popitem(last=False)
        return found

    @cached_property
    def _sheets(self) -> "Sheets":
        from search.engine.embedded.sheets import Sheets  # noqa: PLC0415 - numpy takes 100 ms that a start does not need

        return Sheets(self._index)

    def _candidates(self, among: Sequence[Plan]) -> list[int]:
        """Ordinals, descending."""
        query = compiled(Bool(filters=tuple(among)))
        many = ordering.count(self._searcher, query)
        if not many:
            return []
        found = self._searcher.search(query, many, order_by_field=layout.ORDINAL, order=Order.Desc)
        hits: list[tuple[Any, Any]] = found.hits
        return [ordinal for ordinal, _ in hits]

    def _checked(self, asked: Proximity, candidates: Sequence[int], most: int) -> Checked | None:
        if not candidates:
            return _NONE
        import numpy as np  # noqa: PLC0415

        from search.engine.embedded.distances import documents  # noqa: PLC0415

        ordinals = np.array(candidates)
        ends = np.cumsum(self._sheets.sizes(asked.field, ordinals))
        if ends[-1] > min(most, UNITS) and phrases(asked) is not None:
            return None
        stop = int(np.searchsorted(ends, most, side="right"))
        found: list[int] = []
        start = 0
        while start < stop:
            before = ends[start - 1] if start else 0
            end = min(stop, max(start + 1, int(np.searchsorted(ends, before + _AT_ONCE, side="right"))))
            some = ordinals[start:end]
            found += some[documents(asked.near, self._sheets.sheet(asked.field, some), self._sheets)].tolist()
            start = end
        chosen = set(found)
        rejected = tuple(ordinal for ordinal in candidates[:stop] if ordinal not in chosen)
        return Checked(tuple(found), rejected, len(candidates))
