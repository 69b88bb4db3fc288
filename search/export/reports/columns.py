"""How a table's width is shared among its columns: by the longest text of each, within bounds."""

from unicodedata import east_asian_width

from search.export.reports.model import Table

_LEAST, _MOST = 5, 44
"""Of a column, in half-width characters: longer text takes several lines."""


def shares(table: Table) -> tuple[float, ...]:
    """Of each column; they sum to 1."""
    longest = [max(map(_wide, cells)) for cells in zip(table.head, *table.rows, strict=True)]
    bounded = [min(max(width, _LEAST), _MOST) for width in longest]
    return tuple(width / sum(bounded) for width in bounded)


def _wide(text: str) -> int:
    """Half-width characters that the text takes."""
    return sum(1 + (east_asian_width(letter) in "WF") for letter in text)
