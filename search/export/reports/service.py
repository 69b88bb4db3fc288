"""`Reports`: a report of the documents of a question, as a file or as a page."""

from dataclasses import dataclass
from typing import Any, Literal, get_args

from auth.clock import Clock, day, now
from search.analysis.charts import titles
from search.analysis.charts.painter import Painter
from search.analysis.charts.problems import ChartUnavailable, NothingToDraw
from search.analysis.model import Analysis, Row
from search.api.limits import Slots
from search.engine.port import PatentReader
from search.export.naming import named
from search.export.reports.counting import Verdict
from search.export.reports.layout import LAYOUTS
from search.export.reports.maker import Analyst, Made, Reporter
from search.export.reports.model import Format as PictureFormat
from search.export.reports.model import Picture
from search.export.reports.order import Order
from search.export.reports.tabling import address, caption
from search.export.reports.telling import Draw
from search.export.reports.wording import Wording
from search.find.question import Question
from search.find.service import Finder

Format = Literal["docx", "pdf", "html"]
FORMATS: tuple[Format, ...] = get_args(Format)

MEDIA_TYPES: dict[Format, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
}

AT_ONCE = 1
"""Reports of one user at the same time, in one process."""


@dataclass(frozen=True, slots=True)
class Written:
    """A report as bytes; `verdict` tells its length."""

    title: str
    name: str
    media_type: str
    data: bytes
    verdict: Verdict


class Reports:
    """Reports over one engine."""

    def __init__(self, finder: Finder, reader: PatentReader, analyst: Analyst, painter: Painter, *, clock: Clock = now) -> None:
        self._finder = finder
        self._reporter = Reporter(reader, analyst)
        self._painter = painter
        self._clock = clock
        self._slots = Slots(AT_ONCE)

    def written(self, order: Order, question: Question, format: Format, *, user: str) -> Written:  # noqa: A002  as it is asked for
        """The report. Raises what `Finder.read` and `Reporter.made` raise, `TooManyAtOnce`, and `NotSet` for a PDF."""
        with self._slots.one(user):
            made = self._made(order, question, format, user)
            data = self._data(made, order, format)
        name = named(made.report.title, day(self._clock()), format, lang=order.lang)
        return Written(made.report.title, name, MEDIA_TYPES[format], data, made.verdict)

    def _made(self, order: Order, question: Question, format: Format, user: str) -> Made:  # noqa: A002
        read = self._finder.read(question, user=user)
        draw = drawing(self._painter, order, question, "svg" if format == "html" else "png")
        return self._reporter.made(order, read, user=user, today=day(self._clock()), draw=draw)

    def _data(self, made: Made, order: Order, format: Format) -> bytes:  # noqa: A002
        """The writers are imported when one is asked for."""
        layout = LAYOUTS[order.layout]
        writer: Any
        match format:
            case "html":
                from search.export.reports import html  # noqa: PLC0415

                return html.write(made.report, layout).encode()
            case "docx":
                from search.export.reports.word import writer  # noqa: PLC0415
            case "pdf":
                from search.export.reports import pdf as writer  # noqa: PLC0415
        data: bytes = writer.write(made.report, layout, now=self._clock())
        return data


def drawing(painter: Painter, order: Order, question: Question, format: PictureFormat) -> Draw:  # noqa: A002  as it is asked for
    """Draws tables; of a chart that can't be drawn the table has the numbers."""
    t = Wording(order.lang)

    def opened(row: Row) -> str:
        return address(row.query, order.unit, expand=question.expand)

    def draw(table: Analysis) -> Picture | None:
        if not order.charts:
            return None
        try:
            data = painter.svg(table, order.lang, link=opened).encode() if format == "svg" else painter.png(table, order.lang)
        except (NothingToDraw, ChartUnavailable):
            return None
        return Picture(data, format, caption(table, t), titles.described(table, order.lang))

    return draw
