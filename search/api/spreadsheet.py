"""Tables for spreadsheets: lines of CSV that open as they are meant to."""

import csv
import io
from collections.abc import Iterable

MARK = "\ufeff".encode()
"""Stands before the first line, so that spreadsheets read UTF-8."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def line(cells: Iterable[str]) -> bytes:
    """One line; a cell that could be read as a formula is made text."""
    out = io.StringIO()
    csv.writer(out).writerow(f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells)
    return out.getvalue().encode()
