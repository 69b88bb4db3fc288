"""RP1: a report of a hundred pages as DOCX, from the query to the last byte: tables, charts, key patents with their full texts."""

from datetime import UTC, datetime

from indexer.sample.generate import patents
from loadtests.bench.harness import Goal, Outcome, compare, constant, wall
from loadtests.bench.library import library
from search.analysis.charts.painter import Painter
from search.analysis.service import Analyst
from search.engine.port import PatentReader
from search.export.reports import pdf
from search.export.reports.drawing import drawing
from search.export.reports.layout import OFFICIAL
from search.export.reports.maker import Made, Reporter
from search.export.reports.order import Order
from search.export.reports.word import writer
from search.find.question import Question
from search.find.service import Read
from search.query import parse

_NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)
_PAGES = 100


def docx(*, rounds: int, goal: Goal, documents: int = 5_000, keys: int = 50) -> Outcome:
    """Wall seconds of the report of a layout, charts drawn anew, as an official paper."""
    order = Order(kind="layout", layout="gb9704", keys=keys, rows=50)
    with library(patents(documents, seed=1)) as reader:

        def written() -> None:
            writer.write(_made(reader, order).report, OFFICIAL, now=_NOW)

        if keys == 50:
            assert _pages(reader, order) >= _PAGES
        return compare(wall(written, units=1), constant(1.0), goal, rounds=rounds)


def _made(reader: PatentReader, order: Order) -> Made:
    said = parse("*")
    read = Read(Question(text="*"), said, said.tree)
    painter = Painter(kept_bytes=0)
    try:
        draw = drawing(painter, order, "png")
        return Reporter(reader, Analyst(reader)).made(order, read, user="", today=_NOW.date(), draw=draw)
    finally:
        painter.close()


def _pages(reader: PatentReader, order: Order) -> int:
    """As many as the PDF has."""
    return pdf.write(_made(reader, order).report, OFFICIAL, now=_NOW).count(b"/Type/Page/")
