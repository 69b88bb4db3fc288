"""CSV and XLSX, read back by other programs' libraries: openpyxl, calamine, the standard library."""

import csv
import io
import re
import zipfile
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from search.api import spreadsheet
from search.export.columns import COLUMNS
from search.export.formats import xlsx
from search.export.model import Remark
from search.patent.model import Legal, Party, Patent, Pct, Reference, Symbol
from tests.builders import a_claim, a_patent
from tests.exports import file
from tests.machine import ROOT

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=40)
SIGNS = ("=", "'", "+", "-", "@", "\t", "\r", "\n", " ", "＝", "_x000D_", "𠮷", "\x00", "\x1b", '"', ",", "1+1")
HOSTILE = st.one_of(TEXTS, st.builds("".join, st.lists(st.sampled_from(SIGNS), max_size=6)))
CUT = Remark("limit", "【未完】", "[CUT]", 1, 2)
EVERY = tuple(COLUMNS)


def rows_of_csv(data: bytes, encoding: str = "utf-8-sig") -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(encoding), newline="")))


def cells(data: bytes, sheet: int = 0) -> list[list[Any]]:
    book = load_workbook(io.BytesIO(data), read_only=True)
    return [["" if value is None else value for value in row] for row in book.worksheets[sheet].iter_rows(values_only=True)]


def full() -> Patent:
    """A value in every column."""
    return a_patent(
        priorities=(Reference(number="US62000001", date="2018-08-27"), Reference(date="2018-09-01")),
        pct=Pct(application="PCT/CN2019/000001", publication="WO2020000001"),
        applicants=(Party(name="江苏禾丰农机有限公司", region="江苏省", address="苏州市某路 1 号"), Party(name="䶮𬭛𠮷厂")),
        agents=(Party(name="张三"),),
        agent_firms=(Party(name="某代理所"),),
        cpc=(Symbol(symbol="A01B 33/02"),),
        locarno=(Symbol(symbol="15-03"),),
        npl=("a paper",),
        legal=Legal(status="in_force", since="2020-12-01"),
        claims=(a_claim(), a_claim("根据权利要求1所述的旋耕机。", number=2, depends_on=[1]), a_claim("A tiller.", lang="en")),
    )


def test_csv_opens_in_excel_with_the_mark_of_utf_8() -> None:
    data = file("csv", [a_patent()])
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == 2
    head, row = rows_of_csv(data)
    assert (head[0], row[0]) == ("公开（公告）号", "CN110330865B")
    assert row[1:3] == ["一种旋耕机", "江苏禾丰农机有限公司"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_columns_are_chosen_and_labelled_with_inid_codes(lang: str) -> None:
    layout = {"columns": ("title", "number", "legal"), "lang": lang, "inid": True}
    head, row = rows_of_csv(file("csv", [full()], **layout))
    assert (
        head
        == {
            "zh": ["(54) 名称", "(11) 公开（公告）号", "法律状态"],
            "en": ["(54) Title", "(11) Publication number", "Legal status"],
        }[lang]
    )
    assert row == {"zh": ["一种旋耕机", "CN110330865B", "有效"], "en": ["Rotary tiller", "CN110330865B", "in force"]}[lang]
    assert cells(file("xlsx", [full()], **layout))[:2] == [head, row]


def test_every_column_has_something_to_show_and_two_labels() -> None:
    head, row = rows_of_csv(file("csv", [full()], columns=EVERY))
    filled = dict(zip(head, row, strict=True))
    assert len(filled) == len(EVERY)
    assert [name for name, text in filled.items() if not text] == ["引证文献"]
    assert filled["优先权"] == "US62000001 2018-08-27; 2018-09-01"
    assert filled["权利要求书"].splitlines()[1] == "2. 根据权利要求1所述的旋耕机。"
    assert len({column.en for column in COLUMNS.values()}) == len(EVERY)


def test_every_column_stands_in_the_documentation() -> None:
    page = (ROOT / "docs" / "export.md").read_text("utf-8")
    assert [name for name in COLUMNS if f"`{name}`" not in page] == []


def test_a_record_without_anything_gives_empty_cells() -> None:
    bare = Patent(number="CN1A", country="CN", doc_number="1", kind="A")
    assert [text for text in rows_of_csv(file("csv", [bare], columns=EVERY))[1] if text] == ["CN1A", "A", "CN"]


def test_gb18030_keeps_every_character() -> None:
    every = "".join(chr(code) for code in range(0x20, 0x110000, 7) if not 0xD800 <= code < 0xE000)
    given = a_patent(titles={"zh": "䶮𬭛𠮷" + every[:30_000]}, applicants=(Party(name=every[30_000:]),))
    row = rows_of_csv(file("csv", [given], columns=("title", "applicants"), encoding="gb18030"), "gb18030")[1]
    assert row == [given.titles["zh"], every[30_000:]]


@given(HOSTILE)
@example("=HYPERLINK(1)")
@example("'=1")
@example("'")
def test_a_text_cannot_become_a_formula_in_csv_and_comes_back_t50(text: str) -> None:
    (_, row) = rows_of_csv(file("csv", [a_patent(titles={"zh": text})], columns=("title", "number")))
    number = re.fullmatch(r"-\d+(\.\d+)?(e-?\d+)?", text, re.ASCII)
    assert number or not row[0].lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert not row[0].startswith(("\t", "\r", "\n"))
    assert spreadsheet.restored(row[0]) == text


@pytest.mark.parametrize("text", ["-0.25", "-1e-05", "-3"])
def test_a_number_below_0_stays_a_number_in_csv(text: str) -> None:
    assert spreadsheet.defused(text) == text == spreadsheet.restored(text)


@pytest.mark.parametrize("text", ["-1+1", "-1\n", "-", "-.5", "+1", "-１", "-1e5=", " -1"])
def test_what_only_begins_like_a_number_is_defused_t50(text: str) -> None:
    assert spreadsheet.defused(text) == f"'{text}"
    assert spreadsheet.restored(f"'{text}") == text


@given(HOSTILE)
@settings(max_examples=60, deadline=None)
@example("=HYPERLINK(1)")
@example("a_x000D_b\r\n\x01")
def test_a_text_is_no_formula_in_xlsx_and_comes_back_t50(text: str) -> None:
    data = file("xlsx", [a_patent(titles={"zh": text})], columns=("number", "title"))
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    assert sheet["B2"].data_type == ("s" if text else "n")
    assert bool(sheet["B2"].quotePrefix) == spreadsheet.is_formula(text)
    (_, row) = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert (row[1] if len(row) > 1 else "") == text


def test_what_xml_cannot_hold_is_written_as_the_standard_says() -> None:
    """ECMA-376, 22.9.2.19; calamine leaves these two as they are written."""
    sheet = load_workbook(io.BytesIO(file("xlsx", [a_patent(titles={"zh": "a\ufffeb\uffff"})], columns=("title",)))).worksheets[0]
    assert sheet["A2"].value in ("a_xFFFE_b_xFFFF_", "a\ufffeb\uffff")


def test_a_workbook_has_bold_heads_that_stay_and_tells_about_itself() -> None:
    data = file("xlsx", [a_patent(), a_patent("CN110330865A")], remarks=[CUT])
    sheet, about = load_workbook(io.BytesIO(data)).worksheets
    assert (sheet.title, about.title) == ("专利", "说明")
    assert sheet["A1"].font.b
    assert sheet.freeze_panes == "A2"
    assert [sheet["A2"].value, sheet["A3"].value, sheet["A4"].value] == ["CN110330865B", "CN110330865A", "【未完】"]
    assert [row[1].value for row in about.iter_rows()][0::2] == ["2", "【未完】"]


def test_a_sheet_that_is_full_is_continued_on_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rows of a sheet are Excel's, which a test can't fill in its time."""
    monkeypatch.setattr(xlsx, "ROWS", 4)
    data = file("xlsx", [a_patent(f"CN{number}A") for number in range(7)], columns=("number",), lang="en")
    assert load_workbook(io.BytesIO(data)).sheetnames == ["Patents", "Patents 2", "Patents 3", "About"]
    found = [row[0] for sheet in range(3) for row in cells(data, sheet)[1:]]
    assert found == [f"CN{number}A" for number in range(7)]


def test_an_export_without_documents_is_a_table_without_rows() -> None:
    assert len(rows_of_csv(file("csv", []))) == 1
    assert len(cells(file("xlsx", []))) == 1


def test_what_a_cell_cannot_hold_is_cut_and_says_so() -> None:
    given = a_patent(description={"zh": ("𠮷" * 20_000,)}, claims=(a_claim("很" * 32_000),))
    for name in ("csv", "xlsx"):
        data = file(name, [given], columns=("number", "description", "claims"))
        row = rows_of_csv(data)[1] if name == "csv" else cells(data)[1]
        assert len(row[1].encode("utf-16-le")) // 2 <= spreadsheet.CELL
        assert row[1].endswith("……【单元格已满，全文见 JSON 行】")
        assert row[2] == f"1. {'很' * 32_000}"


def test_the_remark_is_the_last_line_of_a_table() -> None:
    assert rows_of_csv(file("csv", [a_patent()], remarks=[CUT], lang="en"))[-1] == ["[CUT]"]
    assert cells(file("xlsx", [a_patent()], remarks=[CUT], lang="en"))[-1][0] == "[CUT]"


def test_a_workbook_that_breaks_off_is_none() -> None:
    data = file("xlsx", [a_patent(f"CN{number}A") for number in range(500)])
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(data[: len(data) // 2]))
