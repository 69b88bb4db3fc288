"""A worksheet's XML (ECMA-376, 18.3), a row at a time: text only, in place and not in a table of strings, so that nothing is kept.

xlsxwriter makes a workbook when all of it is known; a download begins before. So the rows are written here, and only the frame
around them is its.
"""

import re
from collections.abc import Iterable, Sequence

from search.api.spreadsheet import is_formula

HEAD, TEXT, QUOTED = 1, 2, 3
"""Formats of cells in `search.export.xlsx.frame`: a head, text, and text that would be a formula if it were typed."""

START = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
)
END = "</sheetData></worksheet>"

_SPECIAL = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
"""What XML 1.0 can't hold or would change, and the sign that begins what stands for such a character (ECMA-376, 22.9.2.19)."""


def columns(widths: Sequence[int]) -> str:
    """The columns in so many characters, and the start of the rows."""
    told = "".join(f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>' for n, width in enumerate(widths, 1))
    return f"<cols>{told}</cols><sheetData>"


def row(number: int, cells: Iterable[str], letters: Sequence[str], *, form: int = TEXT) -> str:
    """The row of that number; a cell without text is left out."""
    made = [
        f'<c r="{letter}{number}" s="{QUOTED if is_formula(text) else form}" t="inlineStr">'
        f'<is><t xml:space="preserve">{_escaped(text)}</t></is></c>'
        for letter, text in zip(letters, cells, strict=False)
        if text
    ]
    return f'<row r="{number}">{"".join(made)}</row>'


def letter(column: int) -> str:
    """The name of a column, counted from 0: A … Z, AA …"""
    name = ""
    while column >= 0:
        name = chr(65 + column % 26) + name
        column = column // 26 - 1
    return name


def _escaped(text: str) -> str:
    if _SPECIAL.search(text):
        text = _SPECIAL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
