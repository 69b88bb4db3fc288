"""`Reports`: a report of the documents of a question, as a file or as a page."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from auth.clock import Clock, day, now
from search.analysis.charts.painter import Painter
from search.api.limits import Slots
from search.engine.port import PatentReader
from search.export.naming import named
from search.export.reports.order import MEDIA_TYPES, Format, Order
from search.find.question import Question
from search.find.service import Finder

if TYPE_CHECKING:
    from search.export.reports.counting import Verdict
    from search.export.reports.maker import Analyst, Chapters, Made

AT_ONCE = 1
"""Reports of one user at the same time, in one process."""


@dataclass(frozen=True, slots=True)
class Written:
    """A report as bytes; `verdict` tells its length."""

    title: str
    name: str
    media_type: str
    data: bytes
    verdict: "Verdict"


class Reports:
    """Reports over one engine. What makes and writes them is imported with the first one, not with the service."""

    def __init__(
        self,
        finder: Finder,
        reader: PatentReader,
        analyst: "Analyst",
        painter: Painter,
        *,
        further: "Mapping[str, Chapters] | None" = None,
        fonts: Path | None = None,
        clock: Clock = now,
    ) -> None:
        """`further` are the chapters that other rooms write (`kinds.Further`), `fonts` is the operator's folder."""
        self._finder = finder
        self._reader = reader
        self._analyst = analyst
        self._painter = painter
        self._further = further
        self._fonts = fonts
        self._clock = clock
        self._slots = Slots(AT_ONCE)

    def require(self, order: Order, question: Question, *, user: str) -> None:
        """Raises what can be known before a report is made: what `Finder.read` raises, and what is missing in the order."""
        from search.export.reports.problems import require  # noqa: PLC0415

        require(order)
        self._finder.read(question, user=user)

    def written(self, order: Order, question: Question, format: Format, *, user: str) -> Written:  # noqa: A002  as it is asked for
        """The report. Raises what `Finder.read` and `Reporter.made` raise, `TooManyAtOnce`, and `NotSet` for a PDF."""
        with self._slots.one(user):
            made = self._made(order, question, format, user)
            data = self._data(made, order, format)
        name = named(made.report.title, day(self._clock()), format, lang=order.lang)
        return Written(made.report.title, name, MEDIA_TYPES[format], data, made.verdict)

    def _made(self, order: Order, question: Question, format: Format, user: str) -> "Made":  # noqa: A002
        from search.export.reports.drawing import drawing  # noqa: PLC0415
        from search.export.reports.maker import Reporter  # noqa: PLC0415

        read = self._finder.read(question, user=user)
        draw = drawing(self._painter, order, "svg" if format == "html" else "png")
        reporter = Reporter(self._reader, self._analyst, further=self._further)
        return reporter.made(order, read, user=user, today=day(self._clock()), draw=draw)

    def _data(self, made: "Made", order: Order, format: Format) -> bytes:  # noqa: A002
        from search.export.reports.layout import LAYOUTS  # noqa: PLC0415

        report, layout, made_at = made.report, LAYOUTS[order.layout], self._clock()
        match format:
            case "html":
                from search.export.reports import html  # noqa: PLC0415

                return html.write(report, layout).encode()
            case "docx":
                from search.export.reports.word import writer  # noqa: PLC0415

                return writer.write(report, layout, now=made_at)
            case "pdf":
                from search.export.reports import pdf  # noqa: PLC0415

                return pdf.write(report, layout, now=made_at, fonts=self._fonts)
