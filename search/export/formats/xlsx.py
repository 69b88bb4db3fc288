"""XLSX, streamed: each sheet's rows go out as they come, what frames them follows when they are known to have ended.

A sheet ends where Excel's does, at 1,048,576 rows, or where a part of a zip without 64-bit sizes would; the next one goes on."""

import io
import zipfile
from collections.abc import Iterator
from itertools import chain, islice

from search.export.columns import COLUMNS, label
from search.export.formats.cells import head, row
from search.export.model import Layout, Records
from search.export.xlsx import sheet

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SUFFIX = "xlsx"
ROWS = 1_048_576
SIZE = 1 << 30
"""Characters of a sheet's XML."""

_AT_ONCE = 100
_NAMES = {"zh": ("专利", "说明", "件数", "列", "备注"), "en": ("Patents", "About", "Documents", "Columns", "Remark")}


class _Sink(io.RawIOBase):
    """What a zip writes into, to be taken away piece by piece."""

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]  # zipfile gives bytes
        self._held.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        held, self._held = b"".join(self._held), []
        return held


def written(rows: Records, layout: Layout) -> Iterator[bytes]:
    """The file; remarks are its last rows, and stand in the sheet that tells about it."""
    sink = _Sink()
    lines = _Lines(rows, layout)
    sheets = 0
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        while not lines.ended:
            sheets += 1
            with package.open(f"xl/worksheets/sheet{sheets}.xml", "w") as part:
                for piece in lines.sheet():
                    part.write(piece.encode())
                    if taken := sink.taken():
                        yield taken
        for name, data in _frame(sheets, rows, layout):
            package.writestr(name, data)
            yield sink.taken()
    yield sink.taken()


class _Lines:
    """The rows of the sheets, in pieces of XML."""

    def __init__(self, rows: Records, layout: Layout) -> None:
        self.ended = False
        self._layout = layout
        self._letters = [sheet.letter(column) for column in range(len(layout.columns))]
        self._cells = chain(map(row(layout), rows), ([remark.said(layout.lang)] for remark in rows.remarks))

    def sheet(self) -> Iterator[str]:
        """One sheet; `ended` says whether it is the last."""
        widths = [COLUMNS[name].width for name in self._layout.columns]
        yield sheet.START + sheet.columns(widths) + sheet.row(1, head(self._layout), self._letters, form=sheet.HEAD)
        number, size = 2, 0
        while number <= ROWS and size < SIZE:
            some = list(islice(self._cells, min(_AT_ONCE, ROWS + 1 - number)))
            if not some:
                self.ended = True
                break
            piece = "".join([sheet.row(place, cells, self._letters) for place, cells in enumerate(some, number)])
            number, size = number + len(some), size + len(piece)
            yield piece
        yield sheet.END


def _frame(sheets: int, rows: Records, layout: Layout) -> Iterator[tuple[str, bytes]]:
    from search.export.xlsx.frame import parts  # noqa: PLC0415  not for every start

    name, about, documents, columns, remark = _NAMES[layout.lang]
    names = [name if number == 1 else f"{name} {number}" for number in range(1, sheets + 1)]
    heads = "; ".join(label(column, layout.lang, inid=layout.inid) for column in layout.columns)
    told = [(documents, str(rows.count)), (columns, heads), *((remark, each.said(layout.lang)) for each in rows.remarks)]
    return parts(names, about=about, told=told)
