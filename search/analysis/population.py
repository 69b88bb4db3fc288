"""`Population`: the documents that a table counts, what its rows open, and what is told of every table."""

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias, TypeVar

from search.analysis import caveats, years
from search.analysis.kept import Kept
from search.analysis.model import Analysis, Ask, Caveat, Number, Row, plain
from search.engine.drill import clause
from search.engine.model import Cell, Question, Table, waiting
from search.engine.port import Counting, PatentReader
from search.find.history import conditions
from search.query.render import conjunct, render
from search.query.tree import All, Query, both
from search.saved.collections.beside import named
from search.saved.collections.divided import Division

Answer = TypeVar("Answer")
Divisions = Callable[[str], Sequence[Division]]
"""The branches of a collection by its id, as whoever asks sees them."""

Values = Callable[[Cell], Mapping[str, Number]]


@dataclass(frozen=True, slots=True)
class Round:
    """Questions for one call of the engine, about the population or about `everything` that is held."""

    questions: tuple[Question, ...]
    everything: bool = False


Steps: TypeAlias = Generator[Round, list[Table], Answer]
"""A question of analysis: asks the engine by rounds, gets a table for each of a round's questions, and returns its answer. Those
of a page go forward together, so that each round is one call (`search.analysis.service`)."""


@dataclass(frozen=True, slots=True)
class Population:
    """The documents of a question, `within` a further condition or not.

    `said` is what a text that opens them says, `text` that as a part of a conjunction, empty of everything held. `day` is the last
    of which anything is known: today, or that of the newest publication held. `reader` gives documents, `counting` counts them.
    `brief`: no more than the first table is wanted, in one round. `entities` are all names of an applicant by each of them, where
    it has several and they count together; `divided` are the branches of a collection; `kept` is what the account keeps, where
    that is at hand. `whole` is the population that this one is a branch of; `reached` is what was looked up already of families
    (`search.analysis.kin`), for all that are made from one.
    """

    ask: Ask
    day: date
    reader: PatentReader
    counting: Counting
    said: Query
    text: str
    brief: bool = False
    entities: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    divided: Divisions = lambda _id: ()
    kept: Kept | None = None
    within: Query | None = None
    whole: "Population | None" = None
    reached: dict[Query | None, tuple[str, ...] | None] = field(default_factory=dict, compare=False)

    @classmethod
    def of(
        cls,
        ask: Ask,
        *,
        day: date,
        reader: PatentReader,
        counting: Counting,
        brief: bool,
        entities: Mapping[str, tuple[str, ...]],
        divided: Divisions,
        kept: Kept | None = None,
    ) -> "Population":
        """All documents of the question."""
        said = _both(*conditions(ask.said or ask.query, ask.filters))
        return cls(ask, day, reader, counting, said, _conjunct(said), brief, entities, divided, kept)

    def narrowed(self, condition: Query, *, said: Query | None = None) -> "Population":
        """Those of the documents that meet the condition too, which are `said` so where that says more."""
        within = condition if self.within is None else both(self.within, condition)
        said = said or _both(self.said, condition)
        return replace(self, within=within, said=said, text=_conjunct(said))

    def question(
        self, *by: str, size: Sequence[int | None] = (), only: Mapping[str, tuple[str, ...]] | None = None, of: str | None = None
    ) -> Question:
        return Question(by, unit=self.ask.unit, size=tuple(size), only=only or {}, within=self.within, of=of)

    def first(self, dimension: str) -> Question:
        """The first keys of a dimension; of years all, since what is left out of them would look like nothing."""
        return self.question(dimension, size=(None if dimension in years.DATES else self.ask.size,))

    def opened(self, *further: Query) -> str:
        """Native text of the documents that meet the conditions too."""
        return " AND ".join(filter(None, (self.text, *map(conjunct, further)))) if further else render(self.said)

    def named(self, dimension: str, name: str) -> tuple[str, ...]:
        """All names of whoever has this one."""
        return self.entities.get(name, (name,)) if dimension == "applicant" else (name,)

    def row(self, by: Sequence[str], cell: Cell, values: Mapping[str, Number], *conditions: Query) -> Row:
        """A row that opens its cell, or instead of its keys what meets the `conditions`."""
        met = conditions or tuple(clause(dimension, key) for dimension, key in zip(by, cell.keys, strict=True))
        awaited = any(
            dimension in years.DATES and years.incomplete(dimension, key, self.day)
            for dimension, key in zip(by, cell.keys, strict=True)
        )
        return Row(cell.keys, int(cell.count), self.opened(*met), plain(values), awaited, waiting(cell.count))

    def told(
        self,
        name: str,
        by: Sequence[str],
        table: Table,
        *,
        rows: Sequence[Row] | None = None,
        columns: Sequence[str] = ("share",),
        values: Values | None = None,
        figures: Mapping[str, Number] | None = None,
        parts: Sequence[Analysis] = (),
        notes: Iterable[Caveat] = (),
    ) -> Analysis:
        """The table with all that it says of itself. Its rows are those of its cells, with their `values`, unless others are
        given; without `values` a row has its share of the total."""
        reckoned = values or (lambda cell: {"share": share(cell.count, table.total)})
        made = tuple(self.row(by, cell, reckoned(cell)) for cell in table.cells) if rows is None else tuple(rows)
        known = {dimension: share(known, table.total) for dimension, known in zip(by, table.known, strict=False)}
        dated = [years.DATES[dimension] for dimension in by if dimension in years.DATES]
        return Analysis(
            name=name,
            by=tuple(by),
            rows=made,
            columns=tuple(columns),
            population=self.opened(),
            total=int(table.total),
            waiting=waiting(table.total),
            collections=tuple(named(self.ask.said or self.ask.query)) if waiting(table.total) else (),
            unit=self.ask.unit,
            date=dated[0] if dated else None,
            coverage=known,
            caveats=(*notes, *self._notes(by, table, made, known)),
            figures=plain(figures or {}),
            parts=tuple(parts),
        )

    def _notes(self, by: Sequence[str], table: Table, rows: Sequence[Row], known: Mapping[str, float]) -> Iterable[Caveat]:
        if not table.total:
            return
        if waiting(table.total):
            yield caveats.waiting(waiting(table.total), self.ask.unit)
        for dimension, covered in known.items():
            if not covered:
                yield caveats.field_empty(dimension)
            elif covered < 1:
                yield caveats.coverage(dimension, covered, self.ask.unit)
        if len(by) == 1 and table.known and sum(row.count for row in rows) > table.known[0]:
            yield caveats.counted_in_each(by[0])
        if any(row.incomplete for row in rows):
            lagging = any(years.DATES.get(dimension) not in (None, "publication_date") for dimension in by)
            yield caveats.lag(years.lag(self.day)) if lagging else caveats.year_unfinished(self.day)


def _both(*conditions: Query) -> Query:
    """All of the conditions, without one that everything meets."""
    met = [each for each in conditions if each != All()]
    return both(*met) if met else All()


def _conjunct(said: Query) -> str:
    return "" if said == All() else conjunct(said)


def share(part: int, whole: int) -> float:
    """From 0 to 1."""
    return round(part / whole, 6) if whole else 0.0
