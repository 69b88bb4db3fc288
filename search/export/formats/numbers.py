"""The numbers alone, one a line, as `/numbers` and other systems take them."""

from collections.abc import Iterable, Iterator

from search.export.formats.blocks import blocks
from search.export.model import Layout, Records

MEDIA_TYPE = "text/plain"
SUFFIX = "txt"


def written(rows: Records, layout: Layout) -> Iterator[bytes]:
    """The file; a remark is a last line that begins with ``#``."""
    return blocks(_lines(rows, layout))


def _lines(rows: Records, layout: Layout) -> Iterable[str]:
    for patent in rows:
        yield f"{patent.number}\n"
    for remark in rows.remarks:
        yield f"# {remark.said(layout.lang)}\n"
