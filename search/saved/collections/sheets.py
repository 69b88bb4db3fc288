"""Tables as they are exported by other systems: CSV in the encodings they use, and XLSX, of which the first sheet is read.

An XLSX is a zip of XML; what it unpacks to is bounded before and while it is read, and no entity of it is resolved.
"""

import codecs
import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from auth.http.json import unfit
from search.api.spreadsheet import restored
from search.saved.collections.problems import SheetTooLong, SheetUnreadable

if TYPE_CHECKING:
    from lxml.etree import _Element

ROWS = 10_000
"""Rows below the head."""

_EMPTY = 100_000
"""Rows, those with nothing in them included."""
_COLUMNS = 300
_CELL = 4_000
"""Characters of a cell that are kept: an abstract, a note; of claims and descriptions nothing is read."""
_UNPACKED, _TIMES, _LARGEST = 50_000_000, 20, 300_000_000
"""Bytes of an XLSX, unpacked: so many, or so many times its own, tables of text having some eight; never more than the last."""
_PIECE = 1_000_000
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError),  # no zip, damaged, of a kind that is not read
    *(SyntaxError, KeyError, ValueError, IndexError),  # no XML (lxml's error), or not that of a sheet
)

_PLACE = re.compile(r"([A-Z]{1,3})\d*")


class Line(NamedTuple):
    """A row with its place in the sheet, from 1."""

    number: int
    cells: list[str]


def rows(data: bytes) -> list[Line]:
    """The rows that have a cell with something in it, without blanks around. Raises `SheetUnreadable`, `SheetTooLong`."""
    found: list[Line] = []
    for number, cells in enumerate(_xlsx(data) if data.startswith(b"PK\x03\x04") else _csv(data), 1):
        stripped = [restored(cell.strip()[:_CELL]).strip() for cell in cells[:_COLUMNS]]
        if any(stripped):
            found.append(Line(number, stripped))
        if len(found) > ROWS + 1 or number > _EMPTY:
            raise SheetTooLong
    return found


def _csv(data: bytes) -> Iterator[list[str]]:
    encoding = _encoding(data)
    csv.field_size_limit(1_000_000)
    with io.TextIOWrapper(io.BytesIO(data), encoding, newline="") as text:
        head = text.readline()
        text.seek(0)
        delimiter = max(",;\t", key=head.count)
        try:
            yield from csv.reader(text, delimiter=delimiter, strict=True)
        except csv.Error:
            raise SheetUnreadable from None


def _encoding(data: bytes) -> str:
    """UTF-8, UTF-16 with its mark, GB 18030: what spreadsheets and the Chinese systems write. Looked at by pieces: the whole text
    would take four times the file."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            pieces = (decoder.decode(data[at : at + _PIECE], at + _PIECE >= len(data)) for at in range(0, len(data), _PIECE))
            if not any(map(unfit, pieces)):
                return encoding
        except UnicodeDecodeError:
            continue
    raise SheetUnreadable


def _xlsx(data: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            most = min(max(_UNPACKED, _TIMES * len(data)), _LARGEST)
            if sum(member.file_size for member in packed.infolist()) > most:
                raise SheetTooLong
            shared = list(_shared(packed))
            for row in _elements(packed, _first(packed), "row"):
                yield _cells(row, shared)
    except _UNREADABLE:
        raise SheetUnreadable from None


def _first(packed: zipfile.ZipFile) -> str:
    """The path of the first sheet."""
    sheet = next(_elements(packed, "xl/workbook.xml", "sheet"), None)
    if sheet is None:  # of another namespace, as in Excel's strict files
        raise KeyError("sheet")
    wanted = sheet.get(_RELATION)
    relations = "{http://schemas.openxmlformats.org/package/2006/relationships}"
    for relation in _elements(packed, "xl/_rels/workbook.xml.rels", "Relationship", relations):
        if relation.get("Id") == wanted:
            target = str(relation.get("Target"))
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    raise KeyError(wanted)


def _shared(packed: zipfile.ZipFile) -> Iterator[str]:
    """The texts that cells name by their place."""
    if "xl/sharedStrings.xml" in packed.namelist():
        for item in _elements(packed, "xl/sharedStrings.xml", "si"):
            yield _written(item)[:_CELL]


def _elements(packed: zipfile.ZipFile, member: str, name: str, space: str = _MAIN) -> Iterator["_Element"]:
    """The elements of that name, each freed when the next is asked for."""
    from lxml import etree  # noqa: PLC0415  with the first import, not with the service

    with packed.open(member) as stream:
        for _, element in etree.iterparse(
            stream, tag=f"{space}{name}", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        ):
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def _cells(row: "_Element", shared: list[str]) -> list[str]:
    cells: list[str] = []
    for cell in row.iterchildren(f"{_MAIN}c"):
        place = _PLACE.match(cell.get("r", ""))
        column = _column(place[1]) if place else len(cells)
        if column >= _COLUMNS:
            break
        cells += [""] * (column + 1 - len(cells))
        cells[column] = _value(cell, shared)
    return cells


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _value(cell: "_Element", shared: list[str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _written(cell)
    value = cell.findtext(f"{_MAIN}v") or ""
    if kind == "s":
        return shared[int(value)] if value else ""
    return _number(value) if kind == "n" else value


def _number(value: str) -> str:
    """A number as it was typed: 2.01910792871E11 is 201910792871."""
    if "E" not in value.upper():
        return value
    number = float(value)
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else value


def _written(element: "_Element") -> str:
    """The text in an element, without the readings that stand beside Japanese (``rPh``)."""
    texts: Iterable[str] = (
        text.text or ""
        for text in element.iter(f"{_MAIN}t")
        if (above := text.getparent()) is None or not str(above.tag).endswith("rPh")
    )
    return "".join(texts)
