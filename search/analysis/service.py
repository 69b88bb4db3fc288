"""`Analyst`: answers the questions of analysis over one engine."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol, get_args

from search.analysis import caveats, crossing
from search.analysis.abreast import abreast
from search.analysis.branches import branches
from search.analysis.citations import citations
from search.analysis.classes import classes
from search.analysis.competitors import competitors
from search.analysis.density import MOST, density
from search.analysis.entities import LISTED
from search.analysis.errors import ApplicantsAsked, NoList
from search.analysis.grants import grants
from search.analysis.hot import hot
from search.analysis.kept import WRITTEN, Kept, keep_names
from search.analysis.legal import legal
from search.analysis.lifecycle import lifecycle
from search.analysis.model import Analysis, Ask, Name
from search.analysis.network import network
from search.analysis.parties import parties
from search.analysis.population import Population, Round, Steps
from search.analysis.regions import regions
from search.analysis.trend import trend
from search.api.limits import Slots
from search.engine.errors import TooManyCells
from search.engine.joined import Beside, Joined
from search.engine.layout import LEVELS, spelled
from search.engine.model import Question, Request, Sort, Table
from search.engine.port import Counting, PatentReader
from search.find.classes.model import SYMBOLS, Scheme
from search.find.history import conditions
from search.patent.model import decode
from search.query.render import render
from search.query.tree import All, And
from search.saved.collections.beside import named
from search.saved.collections.divided import Division

QUESTIONS: Mapping[Name, Callable[[Population], Steps[Analysis]]] = {
    "trend": trend,
    "parties": parties,
    "classes": classes,
    "regions": regions,
    "legal": legal,
    "matrix": crossing.matrix,
    "competitors": competitors,
    "network": network,
    "citations": citations,
    "lifecycle": lifecycle,
    "hot": hot,
    "custom": crossing.custom,
    "grants": grants,
    "density": density,
    "branches": lambda population: branches(population, QUESTIONS),
}
PAGE: tuple[Name, ...] = ("trend", "parties", "classes", "regions", "legal", "matrix", "citations", "lifecycle")
"""The tables of a page."""

Entities = Callable[[str], Sequence[tuple[str, ...]]]
"""The names of each applicant that has several, as an account sees them (`search.applicants`)."""

Titles = Callable[[Scheme, Sequence[str]], Mapping[str, Mapping[str, str]]]
"""The titles of classes by language (`search.find.classes`)."""


class Divided(Protocol):
    """The branches of a collection, as an account sees them (`search.saved.collections.divided`)."""

    def __call__(self, user: str, id: str, *, expand: bool) -> Sequence[Division]:  # noqa: A002
        ...


Records = Callable[[str, Sequence[str]], Beside | None]
"""The records that wait in collections, as an account sees them, by its id and theirs (`search.saved.collections.beside`)."""

_AT_ONCE = 8
"""Questions of one account under way; a page asks for so many charts."""

_CLAUSES = 10
"""Parts of a question without documents that are counted."""


class Analyst:
    """Reads only. Raises what an engine raises, `TooManyCells` for a size above `LISTED` too, `TooManyAtOnce`, and what stands in
    `search.analysis.errors`."""

    def __init__(
        self,
        reader: PatentReader,
        *,
        entities: Entities = lambda _user: (),
        titles: Titles = lambda _scheme, _keys: {},
        divided: Divided = lambda _user, _id, *, expand: (),
        kept: Kept | None = None,
        records: Records = lambda _user, _ids: None,
    ) -> None:
        self._reader = reader
        self._titles = titles
        self._records = records
        self._entities = entities
        self._divided = divided
        self._kept = kept
        self._slots = Slots(_AT_ONCE)

    def answer(self, name: Name, ask: Ask, *, brief: bool = False) -> Analysis:
        """One question with all its parts, or its first table alone."""
        with self._slots.one(ask.user):
            return self._run(self._population(ask, brief=brief), (name,))[0]

    def entities(self, user: str) -> Sequence[tuple[str, ...]]:
        """The names of each applicant that has several, as the account sees them."""
        return self._entities(user)

    def page(self, ask: Ask) -> list[Analysis]:
        """The tables of a page, each without its parts, by one call of the engine (more where names are merged)."""
        with self._slots.one(ask.user):
            return self._run(self._population(replace(ask, by=()), brief=True), PAGE)

    def _population(self, ask: Ask, *, brief: bool) -> Population:
        if ask.size > LISTED:
            raise TooManyCells(LISTED)
        ask = self._named(ask)
        groups = self._entities(ask.user) if ask.merged else ()
        return Population.of(
            ask,
            day=min(ask.today, self._newest() or ask.today),
            reader=self._reader,
            counting=self._counting(ask),
            brief=brief,
            entities={name: group for group in groups for name in group},
            divided=lambda id: self._divided(ask.user, id, expand=ask.expand),  # noqa: A006
            kept=self._kept,
        )

    def listed(self, user: str, names: Sequence[str], number: int | None = None) -> tuple[Sequence[str], int | None]:
        """What an address says of applicants, those of the list of a number and further ones: their names, or where they are many
        the number of the list of all. Raises `NoList`, `ApplicantsAsked` for more than a question takes."""
        if number is not None and names:
            names = self._joined(user, number, names)
        if len(names) > MOST:
            raise ApplicantsAsked(1, MOST)
        if len(names) <= WRITTEN or self._kept is None:
            return names, None if names else number
        return (), keep_names(self._kept, user, names)

    def _named(self, ask: Ask) -> Ask:
        """The question with the applicants of the list that it names, and those that it names itself."""
        if ask.listed is None or self._kept is None:
            return ask
        names = self._joined(ask.user, ask.listed, ask.applicants)
        return replace(ask, applicants=names, listed=None if ask.applicants else ask.listed)

    def _joined(self, user: str, number: int, names: Sequence[str]) -> tuple[str, ...]:
        held = self._kept.names(user, number) if self._kept else None
        if held is None:
            raise NoList(number)
        return tuple(dict.fromkeys((*held, *map(spelled, names))))

    def _counting(self, ask: Ask) -> Counting:
        """The engine, and with it the records that wait in the collections that the question names."""
        ids = named(ask.said or ask.query) if ask.records else []
        beside = self._records(ask.user, ids) if ids else None
        return Joined(self._reader, beside) if beside else self._reader

    def _newest(self) -> date | None:
        """The day of the newest publication held."""
        found = self._reader.search(Request(All(), sort=Sort("publication_date"), size=1))
        documents = [decode(hit.document) for hit in found.hits if hit.document]
        day = documents[0].publication_date if documents else None
        return date.fromisoformat(day) if day else None

    def _run(self, population: Population, names: Sequence[Name]) -> list[Analysis]:
        """Takes the questions forward together, a round of all of them in one call; in the first about the population its
        publications are counted too."""
        steps = abreast([QUESTIONS[name](population) for name in names])
        publications: int | None = None
        asked = next(steps)
        while True:
            first = publications is None and not asked.everything
            tables = self._asked(population, asked, (Question(),) if first else ())
            if first:
                publications = tables.pop().total
            try:
                asked = steps.send(tables)
            except StopIteration as done:
                return [self._ended(population, answer, publications or 0) for answer in done.value]

    def _asked(self, population: Population, asked: Round, further: Sequence[Question]) -> list[Table]:
        """The tables of a round, and of `further` questions."""
        questions, ask = [*asked.questions, *further], population.ask
        if asked.everything:
            return population.counting.aggregate(All(), questions)
        return population.counting.aggregate(ask.query, questions, filters=ask.filters)

    def _ended(self, population: Population, analysis: Analysis, publications: int) -> Analysis:
        """With the titles of its classes, and what holds for the whole population."""
        analysis = self._titled(analysis)
        if not publications:
            return replace(analysis, caveats=(caveats.no_documents(self._clauses(population)), *analysis.caveats))
        further = publications - analysis.total
        if analysis.population != population.opened() or further <= 0:
            return analysis
        return replace(analysis, left_out=further, caveats=(*analysis.caveats, caveats.left_out(further, population.ask.unit)))

    def _titled(self, analysis: Analysis) -> Analysis:
        titles: dict[str, Mapping[str, str]] = {}
        for place, dimension in enumerate(analysis.by):
            for scheme in SYMBOLS:
                if LEVELS.get(dimension, ("",))[0] == scheme and analysis.rows:
                    titles |= self._titles(scheme, list({row.keys[place] for row in analysis.rows}))
        return replace(analysis, titles=titles, parts=tuple(self._titled(part) for part in analysis.parts))

    def _clauses(self, population: Population) -> list[tuple[str, int]]:
        """The parts of the question, each with what it has alone; nothing where there is but one."""
        parts = conditions(population.ask.query, population.ask.filters)
        parts = [*(parts[0].items if isinstance(parts[0], And) else parts[:1]), *parts[1:]][:_CLAUSES]
        if len(parts) == 1:
            return []
        return list(zip(map(render, parts), population.counting.counts(parts), strict=True))


assert set(QUESTIONS) == set(get_args(Name))
