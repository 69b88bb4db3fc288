"""Which chart a table gets: decided by its question, else by the dimensions it counts by."""

from dataclasses import replace

from search.analysis.charts.bars import bars
from search.analysis.charts.drawing import Drawing, Lang, Sheet, Size
from search.analysis.charts.lifecycle import lifecycle
from search.analysis.charts.matrix import matrix
from search.analysis.charts.network import network
from search.analysis.charts.years import PANELS, Panel, columns, panels
from search.analysis.model import Analysis, Row


def drawing(analysis: Analysis, lang: Lang, size: Size = "large") -> Drawing | None:
    """The chart of the table; `None` where there is nothing to draw. Pure: the same table gives the same drawing."""
    sheet = Sheet(lang, size)
    table = _shown(analysis)
    if table is None:
        return None
    match table.by:
        case (one, other) if one == other:
            return network(analysis, table, sheet)
        case (_, year) if year.endswith("_year") and _few(table):
            return panels(analysis, table, _side_by_side(table, lang), sheet)
        case (_, _) if table.crossed:
            return matrix(analysis, table, sheet)
        case (_,) if analysis.name == "lifecycle":
            return lifecycle(analysis, table, sheet)
        case (year,) if year.endswith("_year"):
            return columns(analysis, table, sheet)
    return bars(analysis, table, sheet)


def _shown(analysis: Analysis) -> Analysis | None:
    """The table that is drawn, without the rows that have no document: of competitors their years, of others the first with
    rows."""
    parts = [part for part in analysis.parts if analysis.by == ("applicant",) and part.name == "competitors.trend"]
    for table in (*parts, analysis, *analysis.parts):
        rows = tuple(row for row in table.rows if row.count)
        if rows:
            return replace(table, rows=rows)
    return None


def _few(table: Analysis) -> bool:
    """Whether each has room for years of its own: competitors, and branches unless there are many."""
    return table.name == "competitors.trend" or (table.by[0] == "branch" and len({row.keys[0] for row in table.rows}) <= PANELS)


def _side_by_side(table: Analysis, lang: Lang) -> list[Panel]:
    """One panel for each first key, in the order of the rows."""
    grouped: dict[str, list[Row]] = {}
    for row in table.rows:
        grouped.setdefault(row.keys[0], []).append(row)
    return [Panel(table.label(table.by[0], key, lang), own) for key, own in grouped.items()]
