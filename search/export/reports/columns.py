"""How a table's width is shared among its columns: by the longest text of each, within bounds, and never less than what can't be
broken into lines (a number, a Latin word)."""

import re
from collections.abc import Iterable
from unicodedata import east_asian_width

from search.export.reports.layout import MM_PT, Layout
from search.export.reports.model import Table

_LEAST, _MOST = 8, 44
"""Of a column, in half-width characters: longer text takes several lines."""

_WIDEST_WORD = 30
_CAPITAL = 1.25
"""What a capital or a digit of most fonts takes, in half-width characters."""

_UNBROKEN = re.compile(r"[^\s\u2e80-\uffef\U00020000-\U0003ffff]+")


def shares(table: Table, layout: Layout) -> tuple[float, ...]:
    """Of each column; they sum to 1. What is more than the page has is taken from the columns with most to spare."""
    columns = list(zip(table.head, *table.rows, strict=True))
    least = [max(_LEAST, _longest_word(cells)) for cells in columns]
    wanted = [max(low, min(max(map(_wide, cells)) + 2, _MOST)) for low, cells in zip(least, columns, strict=True)]
    room = layout.width * MM_PT / (layout.table.size / 2)
    spare = sum(wanted) - sum(least)
    if spare and sum(wanted) > room:
        kept = max(room - sum(least), 0) / spare
        wanted = [low + (width - low) * kept for low, width in zip(least, wanted, strict=True)]
    return tuple(width / sum(wanted) for width in wanted)


def _wide(text: str) -> int:
    """Half-width characters that the text takes."""
    return sum(1 + (east_asian_width(letter) in "WF") for letter in text)


def _longest_word(cells: Iterable[str]) -> float:
    """Half-width characters that the column needs for what can't be broken."""
    return min(_WIDEST_WORD, _CAPITAL * max((len(word) for text in cells for word in _UNBROKEN.findall(text)), default=0) + 2)
