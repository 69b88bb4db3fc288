"""A workbook of small tables with charts, by xlsxwriter."""

import re
from collections.abc import Sequence
from types import TracebackType
from typing import IO, Literal, Self

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from search.api.spreadsheet import is_formula
from search.export.xlsx.frame import OPTIONS, formats

Value = float | int | str | None
Kind = Literal["column", "bar"]

_UNFIT = re.compile(r"[\[\]:*?/\\]")
_DRAWN = 30
"""Rows of a chart at most: the first ones."""
_SERIES = 13
"""Of a stacked chart: as many as there are effects (`search.analysis.effects`)."""


class Book:
    """Written into `out` when it is closed."""

    def __init__(self, out: IO[bytes]) -> None:
        self._book = Workbook(out, OPTIONS)
        self.head, self.text, self.quoted = formats(self._book)
        self.share = self._book.add_format({"num_format": "0.0%", "valign": "top"})
        self.number = self._book.add_format({"num_format": "#,##0.###", "valign": "top"})
        self._names: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        if kind is None:
            self._book.close()

    def sheet(
        self, name: str, head: Sequence[Value], rows: Sequence[Sequence[Value]], *, shares: frozenset[int] | set[int] = frozenset()
    ) -> "Sheet":
        """A table; `shares` are its columns of shares from 0 to 1."""
        made = self._book.add_worksheet(self._fresh(name))
        made.freeze_panes(1, 0)
        made.set_column(0, 0, 28)
        made.set_column(1, max(1, len(head) - 1), 14)
        for column, label in enumerate(head):
            made.write_string(0, column, str(label), self.head)
        for place, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                self._cell(made, place, column, value, share=column in shares)
        return Sheet(self._book, made, len(rows), len(head))

    def about(self, name: str, rows: Sequence[Sequence[str]]) -> None:
        """A label and a text a row."""
        made = self._book.add_worksheet(self._fresh(name))
        made.set_column(0, 0, 28)
        made.set_column(1, 1, 100)
        for place, (label, text) in enumerate(rows):
            made.write_string(place, 0, label, self.head)
            made.write_string(place, 1, text, self.quoted if is_formula(text) else self.text)

    def _cell(self, sheet: Worksheet, row: int, column: int, value: Value, *, share: bool) -> None:
        if isinstance(value, str) and value:
            sheet.write_string(row, column, value, self.quoted if is_formula(value) else self.text)
        elif not isinstance(value, str | None):
            sheet.write_number(row, column, value, self.share if share else self.number)

    def _fresh(self, name: str) -> str:
        """A name that Excel takes (31 characters, none of its signs) and that no sheet has yet, whatever its case."""
        short = _UNFIT.sub(" ", name).strip(" '")[:27] or "-"
        number = sum(short.casefold() == other for other in self._names)
        self._names.append(short.casefold())
        return short if number == 0 else f"{short} {number + 1}"


class Sheet:
    """A table that stands, to be charted."""

    def __init__(self, book: Workbook, sheet: Worksheet, rows: int, columns: int) -> None:
        self._book = book
        self._sheet = sheet
        self._rows = rows
        self._columns = columns

    def chart(self, kind: Kind, *, title: str, keys: int, values: int) -> None:
        """One column by another, right of the table; none of an empty one."""
        if self._rows:
            made = self._book.add_chart({"type": kind})
            last = self._rows if kind == "column" else min(self._rows, _DRAWN)
            made.add_series(self._series(keys, values, last))
            made.set_legend({"none": True})
            self._place(made, title, last, reverse=kind == "bar")

    def stack(self, *, title: str) -> None:
        """The columns after the first on top of each other, a bar a row."""
        if self._rows:
            made = self._book.add_chart({"type": "bar", "subtype": "stacked"})
            last = min(self._rows, _DRAWN)
            for column in range(1, min(self._columns, 1 + _SERIES)):
                made.add_series(self._series(0, column, last))
            self._place(made, title, last, reverse=True)

    def _series(self, keys: int, values: int, last: int) -> dict[str, object]:
        name = self._sheet.get_name()
        return {"name": [name, 0, values], "categories": [name, 1, keys, last, keys], "values": [name, 1, values, last, values]}

    def _place(self, chart: object, title: str, rows: int, *, reverse: bool) -> None:
        chart.set_title({"name": title})  # type: ignore[attr-defined]  # xlsxwriter's charts have no common type
        if reverse:
            chart.set_y_axis({"reverse": True})  # type: ignore[attr-defined]
        chart.set_size({"width": 720, "height": 120 + 22 * rows if reverse else 400})  # type: ignore[attr-defined]
        self._sheet.insert_chart(1, self._columns + 1, chart)
