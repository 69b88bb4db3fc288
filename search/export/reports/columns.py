"""How a table fits a page: its width is shared among its columns by the longest text of each, within bounds, and never less than
what can't be broken into lines (a number, a Latin word); where that is more than the page has, its type is smaller, and where the
smallest type is still too large, the longest words are broken."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from math import ceil
from unicodedata import east_asian_width

from search.export.reports.layout import MM_PT, Layout
from search.export.reports.model import Table

_LEAST, _MOST = 14, 44
"""Of a column whose texts are longer, in half-width characters: they take several lines."""

_WIDEST_WORD = 30
_MARGIN = 2
"""What a cell has besides its text."""

_ROUNDED = 0.01
"""How far a width may be from what it was reckoned from."""

_SMALLEST = 7.5
"""Points: 六号, the smallest that official papers print."""

_WHOLE = 12
"""Lines of a table that is not divided between pages."""

_BREAK = "\u200b"
_UNBROKEN = re.compile(r"[^\s\u2e80-\uffef\U00020000-\U0003ffff]+")


@dataclass(frozen=True, slots=True)
class Fit:
    """The `shares` of the columns, which sum to 1, and the half-width characters that a line of each has room for (`widths`); the
    `size` of the type in points; whether the table is so short that it stands `whole` on one page."""

    shares: tuple[float, ...]
    widths: tuple[float, ...]
    size: float
    whole: bool

    def broken(self, cells: Sequence[str]) -> list[str]:
        """A row's texts with a place for a break (U+200B) in each word that is longer than a line: Word finds it by itself, Typst
        would print the word over the next column."""
        return [_in_pieces(text, width) for text, width in zip(cells, self.widths, strict=True)]


def fit(table: Table, layout: Layout) -> Fit:
    """How the table is set. What is more than the page has is taken from the columns with most to spare."""
    columns = list(zip(table.head, *table.rows, strict=True))
    widest = [max(map(_width, cells)) + _MARGIN for cells in columns]
    least = [max(_longest_word(cells), min(wide, _LEAST)) for cells, wide in zip(columns, widest, strict=True)]
    wanted = [max(low, min(wide, _MOST)) for low, wide in zip(least, widest, strict=True)]
    points = layout.width * MM_PT * 2
    least = _capped(least, points / _SMALLEST)
    size = max(min(layout.table.size, points / sum(least)), _SMALLEST)
    shares = _shared(least, wanted, points / size)
    widths = tuple(max(share * points / size - _MARGIN, 1) for share in shares)
    return Fit(shares, widths, int(size * 2) / 2, _lines(table.rows, widths) <= _WHOLE)


def _capped(least: Sequence[float], room: float) -> list[float]:
    """What the columns need, the neediest cut down to the same so that together they need no more than there is."""
    left, cap = room, room
    for place, each in enumerate(sorted(least)):
        cap = left / (len(least) - place)
        if each > cap:
            break
        left -= each
    else:
        cap = room
    return [min(each, cap) for each in least]


def _shared(least: Sequence[float], wanted: Sequence[float], room: float) -> tuple[float, ...]:
    spare = sum(wanted) - sum(least)
    if spare and sum(wanted) > room:
        kept = max(room - sum(least), 0) / spare
        wanted = [low + (width - low) * kept for low, width in zip(least, wanted, strict=True)]
    return tuple(width / sum(wanted) for width in wanted)


def _lines(rows: Iterable[Sequence[str]], widths: Sequence[float]) -> int:
    """About so many lines of text."""
    return sum(max(ceil(_width(text) / width) or 1 for text, width in zip(row, widths, strict=True)) for row in rows)


def _width(text: str) -> float:
    """Half-width characters that the text takes."""
    return sum(map(_letter, text))


@cache
def _letter(letter: str) -> float:
    """In the wider ones of the fonts that a machine may take instead."""
    if east_asian_width(letter) in "WF":
        return 2
    return 2.1 if letter in "MW" else 1.6 if letter.isupper() else 1.3 if letter.isdigit() else 1.1


def _longest_word(cells: Iterable[str]) -> float:
    """Half-width characters that the column needs for what can't be broken."""
    words = (_width(word) for text in cells for word in _UNBROKEN.findall(text))
    return min(_WIDEST_WORD, max(words, default=0)) + _MARGIN


def _in_pieces(text: str, width: float) -> str:
    """The text with words in pieces that each fit a line of so many half-width characters."""

    def pieces(word: re.Match[str]) -> str:
        made, taken = [""], 0.0
        for letter in word[0]:
            taken += _letter(letter)
            if made[-1] and taken > width + _ROUNDED:
                made, taken = [*made, ""], _letter(letter)
            made[-1] += letter
        return _BREAK.join(made)

    return _UNBROKEN.sub(pieces, text)
