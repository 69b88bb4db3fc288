"""The first chapter: what was counted and how, how to check it, what it can't tell, and the bounds."""

from collections.abc import Iterator
from dataclasses import dataclass

from search.analysis.caveats import UNITS
from search.engine.model import Unit
from search.export.reports import annex, key
from search.export.reports.model import Block, Heading, Listing, Paragraph
from search.export.reports.order import NEWEST, Order
from search.export.reports.tabling import ACROSS
from search.export.reports.wording import Wording


@dataclass(frozen=True, slots=True)
class Basis:
    """What a report stands on. `population` is native text, `documents` its publications and `units` what they are counted as;
    `held` documents in all, the last one published on the day `until`; `everything`: the query leaves nothing out. `merged`, where
    an applicant's names count as one: how many applicants have several here, and how many names these are; `waiting` units are
    records of a collection that are not held, and not counted."""

    population: str
    documents: int
    units: int
    unit: Unit
    held: int
    until: str | None
    made: str
    everything: bool = False
    merged: tuple[int, int] | None = None
    waiting: int = 0


def method(order: Order, basis: Basis, t: Wording) -> Iterator[Block]:
    """The chapter."""
    yield Heading(t("c_method"))
    yield Heading(t("m_population"), 2)
    yield Paragraph(t("m_query", query=basis.population))
    if order.typed and order.typed != basis.population:
        yield Paragraph(t("m_typed", query=order.typed))
    yield Paragraph(counted(basis, t))
    if basis.everything:
        yield Paragraph(t("m_everything"))
    if basis.waiting:
        yield Paragraph(t("m_waiting", waiting=basis.waiting, unit=UNITS[basis.unit][t.lang != "zh"]))
    yield Paragraph(t("m_held", held=basis.held, day=basis.until) if basis.until else t("m_held_none"))
    yield Paragraph(t("m_made", day=basis.made))
    yield Heading(t("m_reading"), 2)
    yield Paragraph(t("m_check"))
    yield Heading(t("m_limits"), 2)
    yield Listing((t("m_loaded"), t("m_lag"), t("m_legal"), _names(basis, t), t("m_quality")))
    yield Heading(t("m_bounds"), 2)
    yield Listing(tuple(_bounds(order, t)))


def counted(basis: Basis, t: Wording) -> str:
    """How many documents, and how many units they are."""
    unit = UNITS[basis.unit][t.lang != "zh"]
    if basis.unit == "publication":
        return t("m_same", documents=basis.documents, unit=unit)
    return t("m_total", documents=basis.documents, total=basis.units, unit=unit)


def _names(basis: Basis, t: Wording) -> str:
    if basis.merged is None:
        return t("m_names")
    applicants, names = basis.merged
    return t("m_merged", applicants=applicants, names=names) if applicants else t("m_merged_none")


def _bounds(order: Order, t: Wording) -> Iterator[str]:
    yield t("m_rows", rows=order.rows, across=ACROSS, newest=NEWEST)
    if order.keys:
        yield t("m_keys", keys=order.keys, cited=key.CITED, best=key.BEST)
    if order.keys and order.full_texts:
        yield t("m_texts", most=annex.MOST)
