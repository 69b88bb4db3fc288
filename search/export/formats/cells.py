"""The rows of a table of records, as both kinds of spreadsheet have them."""

from collections.abc import Callable

from search.api import spreadsheet
from search.export.columns import COLUMNS, LONG, label
from search.export.model import Layout
from search.patent.model import Patent

CUT = {"zh": "……【单元格已满，全文见 JSON 行】", "en": "… [the cell is full; JSON lines have the whole text]"}


def head(layout: Layout) -> list[str]:
    """The labels of the columns."""
    return [label(name, layout.lang, inid=layout.inid) for name in layout.columns]


def row(layout: Layout) -> Callable[[Patent], list[str]]:
    """A record's cells in the layout; what a cell can't hold is cut and says so."""
    lang, remark = layout.lang, CUT[layout.lang]
    short = [COLUMNS[name].cell for name in layout.columns if name not in LONG]
    if len(short) == len(layout.columns):
        return lambda patent: [cell(patent, lang) or "" for cell in short]
    cells = [COLUMNS[name].cell for name in layout.columns]
    return lambda patent: [spreadsheet.fitted(cell(patent, lang) or "", remark) for cell in cells]
