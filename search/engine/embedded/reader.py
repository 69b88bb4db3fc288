"""`EmbeddedReader`: the half of the port that a running service uses."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import chain, islice
from pathlib import Path
from types import MappingProxyType

from tantivy import Searcher

from auth.clock import Clock, now
from search.engine import layout, tabling
from search.engine.checking import FURTHER, Checking
from search.engine.embedded import current, ordering
from search.engine.embedded.brief import plain
from search.engine.embedded.checker import UNITS
from search.engine.embedded.compiler import compiled, expanding, scored
from search.engine.embedded.cursors import Cursors, Page
from search.engine.embedded.documents import Documents, Stored
from search.engine.embedded.facets import facets
from search.engine.embedded.lock import WriterLock
from search.engine.embedded.schema import ROW
from search.engine.embedded.translation import translated
from search.engine.embedded.view import View, Views
from search.engine.embedded.vocabulary import suggested
from search.engine.embedded.writing import opened
from search.engine.errors import EngineLocked, EngineUnavailable, IndexDamaged, TooManyExpansions
from search.engine.model import Health, Hit, NumberKind, Question, Request, Results, Scanned, Table
from search.engine.plan import Bool, Everything, Keys, Plan
from search.engine.planner import plan
from search.patent.model import decode
from search.query.tree import All, Query

_FETCHED = 200
"""Documents that `scan` takes from the store at a time."""


class EmbeddedReader:
    """Reads the generation that CURRENT names, in the folder `data`, and follows it within a second. Where the index is damaged
    or of another version it is made anew from the documents first, unless another process writes: `IndexDamaged`."""

    def __init__(self, data: Path, *, clock: Clock = now, units: int = UNITS) -> None:
        """`units` bounds how much text a search looks at to measure distances."""
        current.ensure(data)
        self._data = data
        self._units = units
        self._clock = clock
        self._cursors = Cursors(data / "cursors", clock)
        self._views = self._opened()
        self._planned: tuple[Query, Plan] = (All(), Everything())

    def search(self, request: Request) -> Results:
        view = self._views.now()
        asked = self._plan(request.query)
        filters = {name: plan(narrowing) for name, narrowing in request.filters.items()}
        checking = Checking(partial(view.checker.check, most=self._units))
        with _answering(view.searcher, Bool(must=(asked,), filters=tuple(filters.values()))):
            query = checking.plan(asked, [narrowing for name, narrowing in filters.items() if name not in request.facets])
            whole = Bool(must=(query,), filters=tuple(filters.values())) if filters else query
            counted = facets(view.searcher, request, query, filters) if request.facets else {}
            page = self._page(view, request, whole, checking)
            lines = view.documents.rows([row for row, _ in page.hits], whole=request.whole)
        hits = tuple(_hit(lines[row], score, whole=request.whole) for row, score in page.hits)
        return Results(page.total, hits, counted, page.after, page.checked, page.units)

    def brief(self, request: Request) -> bool:
        if not (plain(request) and self._views.settled()):
            return False
        with translated("searching"):
            planned = self._views.now().briefs.plan(request.query)
        if planned is not None:
            self._planned = (request.query, planned)
        return planned is not None

    def count(self, query: Query) -> int:
        view = self._views.now()
        asked = plan(query)
        with _answering(view.searcher, asked):
            return ordering.count(view.searcher, compiled(self._measured(view, asked)))

    def counts(self, queries: Sequence[Query]) -> list[int]:
        return [self.count(query) for query in queries]

    def aggregate(
        self, query: Query, questions: Sequence[Question], *, filters: Mapping[str, Query] = MappingProxyType({})
    ) -> list[Table]:
        tabling.check(questions)
        view = self._views.now()
        shared = [plan(query), *map(plan, filters.values())]
        plans = [Bool(filters=(*shared, *((plan(question.within),) if question.within else ()))) for question in questions]
        with _answering(view.searcher, Bool(should=tuple(plans))):
            whole = {asked: self._measured(view, asked) for asked in dict.fromkeys(plans)}
            return view.tables.count(questions, [whole[asked] for asked in plans])

    def suggest(self, prefix: str, field: str, *, size: int = 10) -> list[tuple[str, int]]:
        with translated("reading the dictionary"):
            return suggested(self._views.now().searcher, layout.SUGGESTED[field], prefix, size)

    def get(self, numbers: Sequence[str]) -> list[bytes | None]:
        lines = self._views.now().documents.get(numbers)
        held = {number: line.json() for number, line in lines.items() if line.shown is not None}
        return [held.get(number) for number in numbers]

    def resolve(self, keys: Sequence[str], *, of: NumberKind = "publication") -> list[str]:
        view = self._views.now()
        asked = Keys(layout.NUMBERS[of], tuple(keys))
        with _answering(view.searcher, asked):
            rows = [row for (row,) in ordering.columns(view.searcher, compiled(asked), ROW)]
        return sorted(line.number for line in view.documents.rows(rows).values() if line.shown is not None)

    def near_numbers(self, prefix: str, *, size: int = 5) -> list[str]:
        return self._views.now().documents.starting(prefix, size)

    def scan(self, query: Query, *, after: int = 0) -> Iterator[Scanned]:
        view = self._views.now()
        asked = plan(query)
        with _answering(view.searcher, asked):
            windows = ordering.onward(view.searcher, compiled(self._measured(view, asked)), after=after)
            first = next(windows)
        return _scanned(view.documents, chain([first], _translated(windows)))

    def health(self) -> Health:
        view = self._views.now()
        return Health(ready=True, documents=view.searcher.num_docs, detail=self._views.problem)

    def close(self) -> None:
        self._views.close()

    def _measured(self, view: View, asked: Plan) -> Plan:
        """The plan with its distances checked in every document that has the words; raises `TooMuchText`."""
        return Checking(partial(view.checker.check, most=FURTHER * self._units)).whole(asked)

    def _plan(self, query: Query) -> Plan:
        """The plan of a question that may just have been asked whether it is `brief`."""
        held, planned = self._planned
        return planned if held is query else plan(query)

    def _page(self, view: View, request: Request, whole: Plan, checking: Checking) -> Page:
        """The hits asked for, of a new view, of one that stands, or by their place."""
        generation, size = view.commit.generation, request.size
        if request.after:
            return _of_units(request, self._cursors.page(generation, request.after, size))
        query, differing = compiled(whole), scored(whole)
        if request.after is not None:
            if request.collapse == "publication":
                every = ordering.every(view.searcher, query, request.sort, scored=differing)
                return self._cursors.open(generation, every.hits, size, checking.checked)
            every = ordering.every_first(view.searcher, query, request.sort, request.collapse, scored=differing)
            page = self._cursors.open(generation, every.hits, size, checking.checked, documents=every.total)
            return _of_units(request, page)
        wanted = max(1, request.offset + size)
        units = {unit: ordering.units(view.searcher, query, unit) for unit in request.counted}
        if request.collapse == "publication":
            found = ordering.first(view.searcher, query, request.sort, wanted=wanted, scored=differing)
        else:
            found = ordering.collapsed(view.searcher, query, request.sort, request.collapse, wanted=wanted, scored=differing)
        return Page(found.total, found.hits[request.offset : request.offset + size], None, checking.checked, units)

    def _opened(self) -> Views:
        try:
            return Views(self._data, self._clock)
        except IndexDamaged as damage:
            self._mend(damage)
            return Views(self._data, self._clock)

    def _mend(self, damage: IndexDamaged) -> None:
        try:
            lock = WriterLock(self._data)
        except EngineLocked as locked:
            raise IndexDamaged(
                f"索引无法使用（{damage}），且另一进程正在写入，请等它结束后再启动。"
                f" The index cannot be used ({damage}) and another process writes; start again when it has ended. {locked}"
            ) from locked
        try:
            opened(self._data).close()
        finally:
            lock.release()


def _of_units(request: Request, page: Page) -> Page:
    """A page of a view, with how many units it is of where each hit is the first of one."""
    return page if request.collapse == "publication" else replace(page, units={request.collapse: page.listed})


def _hit(line: Stored, score: float, *, whole: bool) -> Hit:
    return Hit(line.number, score, line.json() if whole and line.shown is not None else line.opening())


def _translated(windows: Iterator[list[tuple[int, int]]]) -> Iterator[list[tuple[int, int]]]:
    while True:
        with translated("searching"):
            window = next(windows, None)
        if window is None:
            return
        yield window


def _scanned(documents: Documents, windows: Iterable[list[tuple[int, int]]]) -> Iterator[Scanned]:
    """A record that was changed since comes as it is now, with the ordinal that the view found it by; a deleted one is left out."""
    remaining = chain.from_iterable(windows)
    while batch := list(islice(remaining, _FETCHED)):
        lines = documents.rows([row for _, row in batch])
        for ordinal, row in batch:
            if lines[row].shown is not None:
                yield Scanned(ordinal, decode(lines[row].json()))


@contextmanager
def _answering(searcher: Searcher, asked: Plan) -> Iterator[None]:
    """Says of a search that failed which pattern of the question stood for too many words, if one did."""
    try:
        with translated("searching"):
            yield
    except EngineUnavailable as error:
        for pieces in expanding(asked):
            try:
                with translated("searching"):
                    searcher.search(compiled(pieces), 1)
            except EngineUnavailable:
                pattern = next(piece.text for piece in pieces.items if piece.kind != "token")
                raise TooManyExpansions(pattern) from error
        raise
