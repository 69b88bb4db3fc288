"""Tables of other systems: CSV in their encodings, XLSX of two writers, and those that mean harm (T50)."""

import io
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.saved.collections import sheets
from search.saved.collections.problems import SheetTooLong, SheetUnreadable

TABLE = [
    ["公开（公告）号", "标题", "申请日"],
    ["CN110330865B", "一种旋耕机，及其刀轴\n二", "2019-08-26"],
    ["US2015322651A1", 'a "quoted" title', ""],
]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def cells(data: bytes) -> list[list[str]]:
    return [line.cells for line in sheets.rows(data)]


def workbook(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def packed(sheet: str, **more: str) -> bytes:
    """An XLSX whose sheet is this XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{relations}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, text in more.items():
            archive.writestr(f"xl/{name}.xml", text)
    return out.getvalue()


def sheet(cells: str) -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{cells}</row></sheetData></worksheet>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_in_every_encoding_that_is_written(encoding: str, delimiter: str) -> None:
    quoted = "\r\n".join(delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in TABLE)
    assert cells(quoted.encode(encoding)) == TABLE


def test_a_workbook_is_read() -> None:
    found = cells(workbook([["", *row] for row in TABLE]))
    assert [[cell for cell in row if cell] for row in found] == [[cell for cell in row if cell] for row in TABLE]


def test_numbers_and_shared_texts_of_a_workbook() -> None:
    row = (
        '<c r="A1"><v>2.01910792871E11</v></c><c r="C1" t="s"><v>1</v></c><c r="D1" t="inlineStr"><is><t>行内</t></is></c>'
        '<c r="E1" t="str"><f>1+1</f><v>二</v></c><c r="F1"><v>3.5</v></c>'
    )
    second = '<si><r><t>分</t></r><r><t>段</t></r><rPh sb="0" eb="1"><t>よみ</t></rPh></si>'
    texts = f'<sst xmlns="{MAIN}"><si><t>零</t></si>{second}</sst>'
    assert cells(packed(sheet(row), sharedStrings=texts)) == [["201910792871", "", "分段", "行内", "二", "3.5"]]


def test_the_sign_before_a_formula_is_taken_off_and_other_signs_stay() -> None:
    assert cells("'=1+1,'quoted,-5,'@x,'－1".encode()) == [["=1+1", "'quoted", "-5", "@x", "－1"]]


def test_a_row_is_told_by_its_place_in_the_sheet() -> None:
    assert sheets.rows("号码\n\n\nCN1A\n".encode()) == [(1, ["号码"]), (4, ["CN1A"])]


def test_no_entity_is_resolved() -> None:
    row = sheet('<c r="A1" t="inlineStr"><is><t>&x;</t></is></c>')
    harm = f'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>{row}'
    assert sheets.rows(packed(harm)) == []


def test_what_is_too_long_is_refused_before_it_is_held() -> None:
    bomb = packed(sheet("<c/>") + " " * 60_000_000)
    assert len(bomb) < 1_000_000
    with pytest.raises(SheetTooLong):
        sheets.rows(bomb)
    empty = f'<worksheet xmlns="{MAIN}"><sheetData>{"<row/>" * 120_000}</sheetData></worksheet>'
    with pytest.raises(SheetTooLong):
        sheets.rows(packed(empty))
    with pytest.raises(SheetTooLong):
        sheets.rows(b"CN1A\n" * 10_002)
    assert len(sheets.rows(b"CN1A\n" * 10_001)) == 10_001


def damaged(data: bytes, place: int, sign: int) -> bytes:
    """With one byte changed."""
    return data[: place % len(data)] + bytes([sign]) + data[place % len(data) + 1 :]


SOUND = packed(sheet('<c r="A1" t="inlineStr"><is><t>CN110330865B</t></is></c>' * 20))


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04", b"\xff\xff\xff", b"a\x00b", b'"open', packed("<not closed"), packed(sheet('<c t="s"><v>7</v></c>'))],
)
def test_what_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(SheetUnreadable):
        sheets.rows(data)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400) | st.binary(max_size=400).map(lambda data: b"PK\x03\x04" + data))
def test_whatever_is_sent_is_a_table_or_refused(data: bytes) -> None:
    try:
        found = sheets.rows(data)
    except (SheetUnreadable, SheetTooLong):
        return
    assert all(isinstance(cell, str) for row in found for cell in row.cells)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 100_000), st.integers(0, 255))
def test_a_workbook_with_a_byte_changed_is_a_table_or_refused(place: int, sign: int) -> None:
    try:
        found = sheets.rows(damaged(SOUND, place, sign))
    except (SheetUnreadable, SheetTooLong):
        return
    assert all(isinstance(cell, str) for row in found for cell in row.cells)


def test_a_workbook_of_another_namespace_is_refused() -> None:
    """As Excel's strict files are."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", '<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"><sheets/></workbook>')
    with pytest.raises(SheetUnreadable):
        sheets.rows(out.getvalue())
