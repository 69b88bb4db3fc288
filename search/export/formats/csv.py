"""CSV (RFC 4180) that Excel opens as it is meant: with the mark of UTF-8, or in GB18030, which has every character too."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from search.api import spreadsheet
from search.export.formats.blocks import blocks
from search.export.formats.cells import head, row
from search.export.model import Layout, Records

MEDIA_TYPE = "text/csv"
SUFFIX = "csv"
_AT_ONCE = 100


def written(rows: Records, layout: Layout) -> Iterator[bytes]:
    """The file; remarks are its last lines, in the first column."""
    mark = spreadsheet.MARK.decode() if layout.encoding == "utf-8" else ""
    return blocks(chain([mark + spreadsheet.text([head(layout)])], _lines(rows, layout)), encoding=layout.encoding)


def _lines(rows: Records, layout: Layout) -> Iterable[str]:
    cells = map(row(layout), rows)
    while some := list(islice(cells, _AT_ONCE)):
        yield spreadsheet.text(some)
    yield spreadsheet.text([remark.said(layout.lang)] for remark in rows.remarks)
