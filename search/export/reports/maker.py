"""`Reporter`: makes a report of the documents of a question. Everything in it comes from tables, counts and records; nothing is
written here that was not counted."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Protocol

from search.analysis.model import Analysis, Ask, Name, Row
from search.engine.model import Question, Request, Sort
from search.engine.port import PatentReader
from search.export.reports import annex, gaps, key
from search.export.reports.counting import Verdict, count
from search.export.reports.kinds import CHAPTERS, Chapter, Further, Gaps, Item, Newest, Rivals
from search.export.reports.layout import LAYOUTS
from search.export.reports.method import Basis, counted, method
from search.export.reports.model import Block, Heading, Paragraph, Report
from search.export.reports.names import Names
from search.export.reports.newest import at, newest
from search.export.reports.order import Asked, Order, Section
from search.export.reports.problems import require
from search.export.reports.tabling import address
from search.export.reports.telling import Draw, told
from search.export.reports.wording import Wording
from search.find.history import conditions
from search.find.service import Read
from search.patent.model import decode
from search.query.tree import All, Query, both
from search.saved.collections.beside import named

_RIVALS = 5
"""Applicants that are compared where none are named: the first ones."""


Chapters = Callable[["Making"], Iterator[Block]]
"""What another room writes into a report under way."""


class Analyst(Protocol):
    """Who answers questions of analysis."""

    def answer(self, name: Name, ask: Ask) -> Analysis: ...

    def entities(self, user: str) -> Sequence[tuple[str, ...]]:
        """The names of each applicant that has several, as an account sees them."""
        ...


@dataclass(frozen=True, slots=True)
class Made:
    """A report, and whether it is as long as it was asked to be."""

    report: Report
    verdict: Verdict


class Reporter:
    """Makes reports over one engine."""

    def __init__(self, reader: PatentReader, analyst: Analyst, *, further: Mapping[str, Chapters] | None = None) -> None:
        """`further` writes what other rooms bring, by the name of `kinds.Further`."""
        self._reader = reader
        self._analyst = analyst
        self._further = further or {}

    def made(self, order: Order, read: Read, *, user: str, today: date, draw: Draw) -> Made:
        """The report of the documents of `read`, as `user` sees them. Raises what the engine and analysis raise,
        and `problems.require`."""
        require(order)
        return Making(self._reader, self._analyst, self._further, order, read, user, today, draw).made()


@dataclass
class Making:
    """One report under way: what was ordered, of what was read, as `user` sees it, and the words `t` of its language."""

    reader: PatentReader
    analyst: Analyst
    further: Mapping[str, Chapters]
    order: Order
    read: Read
    user: str
    today: date
    draw: Draw

    def __post_init__(self) -> None:
        self.t = Wording(self.order.lang)

    def made(self) -> Made:
        """The length stands on the title page: its own words are counted too, whatever the numbers are."""
        blocks = tuple(self._blocks())
        numbering = LAYOUTS[self.order.layout].numbering
        word = "length" if any(isinstance(block, Heading) and block.annex for block in blocks) else "length_alone"
        length = count(self._report(blocks, self.t(word, body=0, annexes=0)), numbering)
        told_of = self.t(word, body=length.body, annexes=length.annexes)
        return Made(self._report(blocks, told_of), Verdict(length, self.order.floor, self.order.ceiling))

    def _report(self, blocks: tuple[Block, ...], length: str) -> Report:
        t, basis = self.t, self.basis
        kind = t(f"kind_{self.order.kind}")
        enterprise = t("for_enterprise", name=self.order.applicants[0]) if self.order.kind == "mining" else ""
        day = basis.until or basis.made
        facts = (
            (t("fact_query"), basis.population),
            (t("fact_total"), counted(basis, t)),
            (t("fact_as_of"), day),
            (t("fact_made"), basis.made),
            (t("fact_length"), length),
        )
        title = self.order.title or kind + enterprise
        subtitle = kind + enterprise if self.order.title else ""
        return Report(title, self.order.lang, blocks, subtitle=subtitle, facts=facts, as_of=t("as_of", day=day))

    def _blocks(self) -> Iterator[Block]:
        yield from method(self.order, self.basis, self.t)
        if not self.basis.documents:
            yield Heading(self.t("c_tables"))
            yield Paragraph(self.t("no_documents"))
            return
        for section in self.order.sections:
            yield from self._section(section)
        for chapter in CHAPTERS[self.order.kind]:
            yield from self._chapter(chapter)
        if self.order.keys:
            keys = key.chosen(self.reader, self.read.tree, self.read.question.filters, most=self.order.keys)
            yield Heading(self.t("c_key"))
            yield from key.listed(keys, self.t)
            if self.order.full_texts and keys:
                yield from annex.texts(keys, self.t)

    def _section(self, section: Section) -> Iterator[Block]:
        yield Heading(section.heading)
        yield from (Paragraph(line) for line in section.text.splitlines() if line.strip())
        for asked in section.tables:
            yield from self._table(asked)

    def _chapter(self, chapter: Chapter) -> Iterator[Block]:
        blocks = [block for item in chapter.items for block in self._item(item)]
        if blocks:
            yield Heading(self.t(chapter.heading))
            yield from blocks

    def _item(self, item: Item) -> Iterator[Block]:
        filters, t = self.read.question.filters, self.t
        match item:
            case Asked():
                yield from self._table(item)
            case Newest(where):
                yield from newest(self.reader, at(where, self.read.tree), filters, of=t(where), t=t)
            case Rivals():
                for name in self.rivals:
                    yield from newest(self.reader, both(self.read.tree, self.names.query(name)), filters, of=name, t=t)
            case Gaps():
                field = self.analyst.answer("classes", self.ask(Asked("classes", ("group",))))
                yield from gaps.found(self.reader, field, both(*conditions(self._own(self.read.tree), filters)), t, self.opened)
            case Further(name):
                yield from self.further[name](self) if name in self.further else ()

    def _table(self, asked: Asked) -> Iterator[Block]:
        if asked.name == "competitors" and len(self.rivals) < 2:
            yield Paragraph(self.t("no_rivals"))
            return
        analysis = self.analyst.answer(asked.name, self.ask(asked))
        if asked.own and not analysis.total:
            yield Paragraph(self.t("own_none", name=self.order.applicants[0]))
            return
        yield from told(analysis, self.t, draw=self.draw, opened=self.opened, part=asked.part)

    def ask(self, asked: Asked) -> Ask:
        """The question to `analyst` about what was read."""
        ask = Ask(
            query=self.read.tree,
            said=self.read.said.tree,
            filters=self.read.question.filters,
            unit=self.order.unit,
            by=asked.by,
            size=self.order.rows,
            user=self.user,
            merged=self.order.merged,
            expand=self.read.question.expand,
            records=False,  # a report's other chapters read documents
            today=self.today,
            applicants=self.rivals if asked.name == "competitors" else (),
        )
        if not asked.own:
            return ask
        return replace(ask, query=self._own(ask.query), said=None if ask.said is None else self._own(ask.said))

    def _own(self, query: Query) -> Query:
        return both(query, self.names.query(self.order.applicants[0]))

    def opened(self, row: Row) -> str:
        """Where the documents of a row are found: what a table's `links` hold."""
        return address(row.query, self.order.unit, expand=self.read.question.expand)

    @cached_property
    def names(self) -> Names:
        """Whose names count as one: nobody's unless it is asked for."""
        return Names(self.analyst.entities(self.user) if self.order.merged else ())

    @cached_property
    def rivals(self) -> tuple[str, ...]:
        """The applicants named; where it is one or none, the first ones of the field besides."""
        named = self.names.distinct(self.order.applicants)
        if len(named) > 1:
            return named
        first = self.analyst.answer("parties", self.ask(Asked("parties", ("applicant",))))
        return self.names.distinct((*named, *(row.keys[0] for row in first.rows)))[:_RIVALS]

    @cached_property
    def basis(self) -> Basis:
        query = both(*conditions(self.read.tree, self.read.question.filters))
        asked = self.ask(Asked("trend", ("publication_year",)))
        whole = self.analyst.answer("trend", asked)
        names_a_collection = bool(named(self.read.said.tree))
        newest_held = self.reader.search(Request(All(), sort=Sort("publication_date"), size=1))
        held = newest_held.hits[0].document if newest_held.hits else None
        return Basis(
            population=whole.population,
            documents=whole.total + whole.left_out,
            units=whole.total,
            unit=self.order.unit,
            held=newest_held.total,
            until=decode(held).publication_date if held else None,
            made=self.today.isoformat(),
            everything=query == All(),
            merged=self._merged() if self.order.merged else None,
            waiting=self.analyst.answer("trend", replace(asked, records=True)).waiting if names_a_collection else 0,
        )

    def _merged(self) -> tuple[int, int]:
        every = self.names.every()
        if not every:
            return 0, 0
        [table] = self.reader.aggregate(
            self.read.tree, [Question(("applicant",), only={"applicant": every})], filters=self.read.question.filters
        )
        return self.names.several({cell.keys[0] for cell in table.cells})
