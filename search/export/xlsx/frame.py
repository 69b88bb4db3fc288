"""What a workbook has besides the rows of its sheets, made by xlsxwriter: the parts of a package (ECMA-376, part 2)."""

import io
import zipfile
from collections.abc import Iterator, Sequence

from xlsxwriter import Workbook
from xlsxwriter.format import Format

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""A text is a text."""


def parts(sheets: Sequence[str], *, about: str, told: Sequence[Sequence[str]]) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of every part but the worksheets of `sheets`, which are the first ones; after them stands the sheet `about`,
    which tells a label and a text a row."""
    out = io.BytesIO()
    book = Workbook(out, OPTIONS)
    forms = formats(book)
    for name in sheets:
        sheet = book.add_worksheet(name)
        for column, form in enumerate(forms):  # in the order of their numbers: `search.export.xlsx.sheet`
            sheet.write_blank(0, column, None, form)
    last = book.add_worksheet(about)
    last.set_column(0, 0, 16)
    last.set_column(1, 1, 80)
    head, _, quoted = forms
    for place, (name, value) in enumerate(told):
        last.write_string(place, 0, name, head)
        last.write_string(place, 1, value, quoted)
    book.close()
    streamed = {f"xl/worksheets/sheet{number}.xml" for number in range(1, len(sheets) + 1)}
    with zipfile.ZipFile(out) as package:
        yield from ((name, package.read(name)) for name in package.namelist() if name not in streamed)


def formats(book: Workbook) -> tuple[Format, Format, Format]:
    """Those of a head, of text, and of text that stays text when its cell is edited."""
    head = book.add_format({"bold": True, "bottom": 1, "valign": "top", "num_format": "@"})
    text = book.add_format({"valign": "top", "num_format": "@"})
    quoted = book.add_format({"valign": "top", "num_format": "@", "quote_prefix": True})
    return head, text, quoted
