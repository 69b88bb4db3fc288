"""JSON lines: each record as it is answered, which `patentry load` reads back."""

from collections.abc import Iterable, Iterator

import msgspec

from search.export.formats.blocks import blocks
from search.export.model import Layout, Records
from search.patent.model import encode

MEDIA_TYPE = "application/jsonl"
SUFFIX = "jsonl"


def written(rows: Records, layout: Layout) -> Iterator[bytes]:
    """The file; a remark is a last line that is no record, so that a load of a file that was cut names it as refused."""
    return blocks(_lines(rows))


def _lines(rows: Records) -> Iterable[str]:
    for patent in rows:
        yield encode(patent).decode() + "\n"
    for remark in rows.remarks:
        yield msgspec.json.encode({"remark": remark}).decode() + "\n"
