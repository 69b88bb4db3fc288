"""Which chart a table gets: decided by its question, else by the dimensions it counts by."""

from search.analysis.charts.bars import bars
from search.analysis.charts.drawing import Drawing, Lang, Sheet, Size
from search.analysis.charts.matrix import matrix
from search.analysis.charts.network import network
from search.analysis.charts.years import columns
from search.analysis.model import Analysis


def drawing(analysis: Analysis, lang: Lang, size: Size = "large") -> Drawing | None:
    """The chart of the table; `None` where there is nothing to draw. Pure: the same table gives the same drawing."""
    sheet = Sheet(lang, size)
    tables = [table for table in (analysis, *analysis.parts) if table.rows]
    if not tables:
        return None
    table = tables[0]
    if analysis.name == "network":
        return network(analysis, table, sheet)
    if len(table.by) == 2:
        return matrix(analysis, table, sheet)
    if table.by[0].endswith("_year"):
        return columns(analysis, table, sheet)
    return bars(analysis, table, sheet)
