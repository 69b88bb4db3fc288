"""Tables over the documents that match: which these are, once for all tables of a request, and the counting of each."""

from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from tantivy import Searcher

from search.engine import layout
from search.engine.embedded import ordering
from search.engine.embedded.compiler import compiled
from search.engine.model import Question, Table
from search.engine.plan import Plan

if TYPE_CHECKING:
    from search.engine.columns.holdings import Holdings, Integers

_REMEMBERED, _REMEMBERED_BYTES = 16, 32_000_000
"""Matches kept, more of them while they are small: the tables of one question are opened one by one after its page, and those of
many branches are asked for again with the keys that were found."""


class Tables:
    """Of one commit of an index."""

    def __init__(self, index: Path, searcher: Searcher) -> None:
        self._index = index
        self._searcher = searcher
        self._lock = Lock()
        self._matches: OrderedDict[Plan, Integers] = OrderedDict()

    def count(self, questions: Sequence[Question], plans: Sequence[Plan]) -> list[Table]:
        """The table of each question over the documents of its plan. Raises `TooManyCells`."""
        from search.engine.columns.counting import Population  # noqa: PLC0415 - numpy takes 100 ms that a start does not need

        populations = {plan: Population(self._holdings, self._matching(plan)) for plan in dict.fromkeys(plans)}
        return [populations[plan].table(question) for question, plan in zip(questions, plans, strict=True)]

    @cached_property
    def _holdings(self) -> "Holdings":
        from search.engine.columns.holdings import Holdings  # noqa: PLC0415

        return Holdings(self._index)

    def _matching(self, plan: Plan) -> "Integers":
        """Ordinals of the documents, ascending."""
        with self._lock:
            if plan in self._matches:
                self._matches.move_to_end(plan)
                return self._matches[plan]
        import numpy as np  # noqa: PLC0415

        found = np.sort(np.array(ordering.column(self._searcher, compiled(plan), layout.ORDINAL), dtype=np.int64))
        with self._lock:
            self._matches[plan] = found
            while len(self._matches) > _REMEMBERED and sum(each.nbytes for each in self._matches.values()) > _REMEMBERED_BYTES:
                self._matches.popitem(last=False)
        return found
