"""A table's chart as a page takes it in, and the files beside it."""

from typing import TYPE_CHECKING

from search.analysis.charts.painter import Link, Painter
from search.analysis.charts.problems import ChartUnavailable, NothingToDraw
from search.analysis.model import Analysis
from search.web.words import Words

if TYPE_CHECKING:
    from markupsafe import Markup

    from search.analysis.charts.drawing import Size

FILES = (
    ("XLSX", "table?format=xlsx&"),
    ("CSV", "table?format=csv&"),
    ("analysis_png", "chart.png?"),
    ("analysis_svg", "chart.svg?"),
)
"""What can be taken away: its words, and where it comes from."""

_SIZES: tuple["Size", ...] = ("small", "large")


def drawn(painter: Painter, found: Analysis, link: Link, t: Words) -> tuple[list[tuple["Size", "Markup"]], str]:
    """The chart for wide and for narrow screens, or why there is none; the table stands without it too."""
    from markupsafe import Markup  # noqa: PLC0415 - comes with the first page

    try:
        return [
            (size, Markup(painter.svg(found, t.lang, link=link, size=size)))  # noqa: S704 - ours, and checked
            for size in _SIZES
        ], ""
    except NothingToDraw:
        return [], t("analysis_empty")
    except ChartUnavailable as problem:
        return [], str(getattr(problem, t.lang))
