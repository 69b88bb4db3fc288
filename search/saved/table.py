"""A history as a table for spreadsheets, in the columns that users of the national systems know."""

import csv
import io
from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from search.saved.model import Entry

COLUMNS = {
    "zh": ("检索时间", "检索编号", "检索式", "命中数"),
    "en": ("asked at", "number", "query", "documents"),
}
_SHANGHAI = ZoneInfo("Asia/Shanghai")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def lines(entries: Iterable[Entry], lang: str) -> Iterator[bytes]:
    """UTF-8 with its mark, a line each; times are Shanghai's; what could be read as a formula is made text."""
    yield "\ufeff".encode() + _line(COLUMNS[lang])
    for entry in entries:
        at = entry.asked_at.astimezone(_SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")
        yield _line((at, f"#{entry.number}", _plain(entry.canonical or entry.text), str(entry.total)))


def _line(cells: Iterable[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue().encode()


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
