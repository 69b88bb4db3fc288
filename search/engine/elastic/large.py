"""Tables over any number of documents, counted by the server, each exact: keys by `terms` as far as that is exact, else by walking
all that occur (`composite`). Nothing but documents is counted so: Elasticsearch's own count of different values is an estimate, and
walking all pairs of a key and an application takes minutes for a page.

First each dimension by itself: its keys with their counts, how many documents have any, and how many there are; then the cells of
tables of several dimensions.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from search.engine import layout
from search.engine.elastic.compile import compiled, every
from search.engine.elastic.intervals import Clause
from search.engine.elastic.walks import Counting, Documents, Terms, Walk
from search.engine.errors import TooManyCells
from search.engine.model import Cell, Question, Table
from search.engine.plan import Plan
from search.engine.tabling import MOST_CELLS, in_order, sizes

_BUCKETS = 60_000
"""Of an answer; Elasticsearch refuses above 65,536."""

_AT_ONCE = 24
"""Aggregations of a search, which has a time to end within."""

_FEWEST = 1_000
"""Of an aggregation that is walked."""

_SHOWN = 1_000
"""Keys of a dimension that are asked for at first where all are wanted."""

Ask = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""Aggregations over the documents of the query in, their answers out; always over the same view."""

Only = tuple[str, ...] | None


def tables(ask: Ask, questions: Sequence[Question], withins: Sequence[Plan | None]) -> list[Table]:
    """The table of each question, of publications, over those that match its plan in `withins` too. Raises `TooManyCells`."""
    dimensions: dict[tuple[Any, ...], _Dimension] = {}
    for question, within in zip(questions, withins, strict=True):
        for name, size in zip(question.by or (None,), sizes(question) or (None,), strict=True):
            dimension = dimensions.setdefault(_key(question, within, name), _Dimension(question, within, name))
            dimension.wanted = max(dimension.wanted, size or _SHOWN)
            dimension.all = dimension.all or (name is not None and size is None)
    _count(ask, [counting for dimension in dimensions.values() for counting in dimension.begun()])
    _count(ask, [counting for dimension in dimensions.values() for counting in dimension.continued()])
    made = [
        _Made(question, [dimensions[_key(question, within, name)] for name in question.by or (None,)], within)
        for question, within in zip(questions, withins, strict=True)
    ]
    _count(ask, [each.cells for each in made if each.cells])
    return [each.table() for each in made]


def _key(question: Question, within: Plan | None, name: str | None) -> tuple[Any, ...]:
    return name, question.only.get(name) if name else None, within


class _Dimension:
    """A dimension by itself, or none, in some documents: `wanted` keys at least, or `all`."""

    def __init__(self, question: Question, within: Plan | None, name: str | None) -> None:
        self.wanted, self.all = 0, False
        self._within = within
        self._only = question.only.get(name) if name else None
        self._column = layout.DIMENSIONS[name] if name else None
        self._walk: Walk | None = None
        self._terms: Terms | None = None
        self._documents = [Documents(within, column) for column in (None, *((self._column,) if self._column else ()))]

    def begun(self) -> Iterable[Counting]:
        if self._column is None:
            return self._documents
        self._terms = Terms(self._within, self._column, self._only, self.wanted)
        return [*self._documents, self._terms]

    def continued(self) -> Iterable[Counting]:
        """The walk through all keys, where their first ones are not enough or not exact."""
        if self._terms is None or self._column is None or self._terms.suffices(all_keys=self.all):
            return []
        self._walk = Walk(self._within, (self._column,))
        return [self._walk]

    @property
    def total(self) -> int:
        return self._documents[0].count

    @property
    def known(self) -> int:
        return self._documents[1].count

    def first(self, size: int | None) -> list[tuple[str, int]]:
        """The keys that a table shows, with their counts."""
        counts: Mapping[tuple[str, ...], int] = self._walk.counts if self._walk else self._terms.counts if self._terms else {}
        shown = [(key, count) for (key,), count in counts.items() if self._only is None or key in self._only]
        return sorted(shown, key=lambda key: (-key[1], key[0]))[:size]


class _Made:
    """A table, from its dimensions and, where it has several, from a walk through its cells."""

    def __init__(self, question: Question, dimensions: Sequence[_Dimension], within: Plan | None) -> None:
        self._question = question
        self._dimensions = dimensions
        self.cells: Walk | None = None
        if len(question.by) > 1:
            columns = tuple(layout.DIMENSIONS[name] for name in question.by)
            self.cells = Walk(within, columns, most=MOST_CELLS, kept=tuple(self._kept()))

    def table(self) -> Table:
        total = self._dimensions[0].total
        if not self._question.by:
            return Table((), total, ())
        if self.cells:
            counted = self.cells.counts.items()
        else:
            shown = self._dimensions[0].first(*sizes(self._question))
            counted = {(key,): count for key, count in shown}.items()
        if len(counted) > MOST_CELLS:
            raise TooManyCells(MOST_CELLS)
        known = tuple(dimension.known for dimension in self._dimensions)
        return Table(in_order(Cell(keys, count) for keys, count in counted), total, known)

    def _kept(self) -> Iterable[frozenset[str] | None]:
        for name, size, dimension in zip(self._question.by, sizes(self._question), self._dimensions, strict=True):
            narrowed = size is not None or name in self._question.only
            yield frozenset(key for key, _ in dimension.first(size)) if narrowed else None


def _count(ask: Ask, countings: Collection[Counting]) -> None:
    """As many in one search as fit, until each is done."""
    waiting = list(countings)
    while waiting:
        page = max(_FEWEST, _BUCKETS // min(len(waiting), _AT_ONCE))
        asked: list[Counting] = []
        room = _BUCKETS
        while waiting and (not asked or (len(asked) < _AT_ONCE and waiting[0].needs(page) <= room)):
            asked.append(waiting.pop(0))
            room -= asked[-1].needs(page)
        answers = ask({f"a{place}": _within(each.within, each.asked(page)) for place, each in enumerate(asked)})
        going_on = [each for place, each in enumerate(asked) if not each.done(answers[f"a{place}"]["in"])]
        waiting = going_on + waiting


def _within(within: Plan | None, aggregation: Clause) -> dict[str, Any]:
    clause = every([compiled(within)] if within else [])
    return {"filter": clause, "aggs": {"in": aggregation}}
