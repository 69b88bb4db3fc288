"""A history as a table for spreadsheets, in the columns that users of the national systems know."""

from collections.abc import Iterable, Iterator

from auth.clock import SHANGHAI
from search.api import spreadsheet
from search.saved.model import Entry

COLUMNS = {
    "zh": ("检索时间", "检索编号", "检索式", "命中数"),
    "en": ("asked at", "number", "query", "documents"),
}


def lines(entries: Iterable[Entry], lang: str) -> Iterator[bytes]:
    """The lines of a file in the language; times are Shanghai's."""
    yield spreadsheet.MARK + spreadsheet.line(COLUMNS[lang])
    for entry in entries:
        at = entry.asked_at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")
        yield spreadsheet.line((at, f"#{entry.number}", entry.canonical or entry.text, str(entry.total)))
