"""RIS, the references that EndNote, NoteExpress, Zotero and others read.

A record is ``TY  - PAT`` to ``ER  -``, a field a line.  Fields are those that Zotero gives a patent: inventors `AU`, holder `PB`,
number `SN`, application `M1` and its day `C1`, day of publication `DA`, office `A2` and `C3`, agents `C4`, priorities `OP`.
"""

from collections.abc import Iterable, Iterator

from search.export.formats.blocks import blocks
from search.export.formats.texts import ordered
from search.export.model import Layout, Records
from search.find.labels import label
from search.patent.model import Patent

MEDIA_TYPE = "application/x-research-info-systems"
SUFFIX = "ris"


def written(rows: Records, layout: Layout) -> Iterator[bytes]:
    """The file; a remark is a last reference of its own, of the type ``GEN``."""
    return blocks(_records(rows, layout))


def _records(rows: Records, layout: Layout) -> Iterable[str]:
    for patent in rows:
        yield _record([("TY", "PAT"), *_fields(patent, layout)])
    for remark in rows.remarks:
        yield _record([("TY", "GEN"), ("TI", remark.said(layout.lang))])


def _fields(patent: Patent, layout: Layout) -> Iterable[tuple[str, str | None]]:
    lang, titles = layout.lang, ordered(patent.titles, layout.lang)
    yield "TI", titles[0] if titles else None
    yield from (("TT", title) for title in titles[1:])
    yield from (("AU", inventor.name) for inventor in patent.inventors)
    yield from (("PB", applicant.name) for applicant in patent.applicants)
    yield "A2", label("country", patent.country, lang)
    yield "C3", patent.country
    yield from (("C4", agent.name) for agent in (*patent.agent_firms, *patent.agents))
    yield "SN", patent.number
    if patent.application is not None:
        yield "M1", patent.application.number
        yield "C1", _day(patent.application.date)
    yield from (("OP", priority.number) for priority in patent.priorities)
    yield "DA", _day(patent.publication_date)
    yield "PY", patent.publication_date and patent.publication_date[:4]
    yield "C6", label("legal", patent.legal.status, lang) if patent.legal else None
    yield from (("KW", symbol.symbol) for symbol in (*patent.ipc, *patent.locarno))
    yield "AB", next(iter(ordered(patent.abstracts, lang)), None)
    yield "UR", f"{layout.address}{patent.number}" if layout.address else None


def _day(iso: str | None) -> str | None:
    """``YYYY/MM/DD/``, as the format has dates."""
    return iso and iso.replace("-", "/") + "/"


def _record(fields: Iterable[tuple[str, str | None]]) -> str:
    """A value is one line: a line end in it would begin a field, or end the record."""
    lines = [f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in fields if value]
    return "".join(lines) + "ER  - \r\n\r\n"
