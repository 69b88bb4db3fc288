"""Tables for spreadsheets: lines of CSV that open as they are meant to."""

import csv
import io
import re
from collections.abc import Iterable

MARK = "\ufeff".encode()
"""Stands before the first line, so that spreadsheets read UTF-8."""

CELL = 32_767
"""UTF-16 units of a cell; of a longer one Excel makes several rows."""

_FORMULA = re.compile(r"(?!-[0-9]+(?:\.[0-9]+)?(?:e-?[0-9]+)?\Z)'*(?:[\t\r\n]|\s*[-=+@－＝＋＠])")
"""What a spreadsheet may take for a formula, now or once the cell is edited; with the signs that defuse it, so that these can be
told from those of the text. A number below 0 is none, and has to stay one that can be summed."""

_FIRST = frozenset("'-=+@－＝＋＠ \t\r\n\v\f")


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet may take the text for a formula."""
    return (cell[:1] in _FIRST or cell[:1].isspace()) and _FORMULA.match(cell) is not None


def defused(cell: str) -> str:
    """The cell as text whatever it begins with; `restored` gives it back."""
    return f"'{cell}" if is_formula(cell) else cell


def restored(cell: str) -> str:
    """The text of a cell that `defused` made."""
    return cell[1:] if cell.startswith("'") and is_formula(cell[1:]) else cell


def fitted(cell: str, remark: str) -> str:
    """The text, or as much of it as a cell holds, with the `remark` that it was cut."""
    if len(cell) <= CELL // 2 or len(cell.encode("utf-16-le")) // 2 <= CELL:
        return cell
    room = CELL - len(remark)
    return cell.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore") + remark


def text(rows: Iterable[Iterable[str]]) -> str:
    """Lines of CSV (RFC 4180), formulas defused."""
    out = io.StringIO()
    csv.writer(out).writerows(map(defused, cells) for cells in rows)
    return out.getvalue()


def line(cells: Iterable[str]) -> bytes:
    """One line, UTF-8."""
    return text((cells,)).encode()
