"""A report as DOCX, opened by another library and looked at as XML."""

import zipfile
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from lxml import etree

from search.export.reports.counting import characters, count
from search.export.reports.layout import LAYOUTS, OFFICIAL, PLAIN
from search.export.reports.order import LayoutName
from search.export.reports.word.writer import write
from tests.unit.reports.samples import HARM, NOON, RARE, a_report


def opened(name: LayoutName = "plain", **changed: object) -> "tuple[bytes, Document]":  # type: ignore[valid-type]
    made = write(a_report(**changed), LAYOUTS[name], now=NOON)
    return made, Document(BytesIO(made))


def parts(made: bytes) -> "dict[str, etree._Element]":
    """The XML of text: the document, its styles, headers and footers."""
    with zipfile.ZipFile(BytesIO(made)) as archive:
        return {
            name: etree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.startswith("word/")
            and name.split("/")[1].rstrip("0123456789.xml") in ("document", "styles", "header", "footer")
        }


@pytest.mark.parametrize("name", ["plain", "gb9704"])
def test_every_run_and_every_style_names_its_east_asian_font(name: LayoutName) -> None:
    made, _ = opened(name)
    found = parts(made)
    assert len(found) == (4 if name == "plain" else 6)
    runs = [run for part in found.values() for run in part.iter(qn("w:r"))]
    assert len(runs) > 150
    for run in runs:
        assert run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}").get(qn("w:eastAsia"))
    styles = list(found["word/styles.xml"].iter(qn("w:style"), qn("w:rPrDefault")))
    assert len(styles) > 20
    for style in styles:
        fonts = next(style.iter(qn("w:rFonts")))
        assert fonts.get(qn("w:eastAsia"))
        assert not [attribute for attribute in fonts.attrib if "Theme" in attribute]


def test_fonts_that_a_machine_may_lack_have_another_name() -> None:
    made, _ = opened("gb9704")
    with zipfile.ZipFile(BytesIO(made)) as archive:
        fonts = etree.fromstring(archive.read("word/fontTable.xml"))
    told = {font.get(qn("w:name")): [name.get(qn("w:val")) for name in font] for font in fonts}
    assert told["仿宋_GB2312"][0].split(",")[:3] == ["FangSong_GB2312", "仿宋", "FangSong"]
    assert "宋体" in told["方正小标宋简体"][0].split(",")


def test_texts_stand_as_they_are_and_mean_nothing() -> None:
    """T50: markup, field codes and controls stay text."""
    made, document = opened()
    said = [paragraph.text for paragraph in document.paragraphs]
    assert f"统计了{RARE}。\n第二行" in said
    assert HARM in said
    assert "•\t前����后" in said
    assert document.tables[0].rows[61].cells[0].text == HARM
    fields = [code.text.strip() for part in parts(made).values() for code in part.iter(qn("w:instrText"))]
    assert sorted(fields) == ["NUMPAGES", "PAGE", 'TOC \\o "1-2" \\h \\z \\u']


def test_the_heads_of_tables_are_repeated_and_columns_of_numbers_stand_right() -> None:
    _, document = opened()
    [table] = document.tables
    assert [cell.text for cell in table.rows[0].cells] == ["申请人", "件数"]
    heads = [row for row in table._tbl.tr_lst if row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None]
    assert heads == table._tbl.tr_lst[:1]
    assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in table._tbl.tr_lst)
    cell = table.rows[5].cells[1]
    assert cell.paragraphs[0]._p.pPr.jc.val == 2
    assert [bool(list(row.iter(qn("w:shd")))) for row in table._tbl.tr_lst[:5]] == [True, False, False, True, False]


def test_contents_are_a_field_that_lists_the_headings() -> None:
    _, document = opened()
    listed = [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith("toc")]
    assert listed == [
        ("toc 1", "1　方法"),
        ("toc 2", "1.1　检索式"),
        ("toc 1", "2　结论"),
        ("toc 1", "附录A　全文"),
        ("toc 2", "A.1　CN1A"),
    ]
    headings = [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert [text for _, text in headings if not text.startswith("1.1.1")] == [text for _, text in listed]
    marks = [mark.get(qn("w:fldCharType")) for mark in document.element.body.iter(qn("w:fldChar"))]
    assert marks == ["begin", "separate", "end"]


def test_every_heading_that_is_listed_is_where_its_entry_leads() -> None:
    _, document = opened()
    body = document.element.body
    marks = {
        start.get(qn("w:name")): "".join(text.text for text in start.getparent().iter(qn("w:t")))
        for start in body.iter(qn("w:bookmarkStart"))
    }
    entries = [
        (link.get(qn("w:anchor")), "".join(text.text for text in link.iter(qn("w:t")))) for link in body.iter(qn("w:hyperlink"))
    ]
    assert len(entries) == 5
    assert dict(entries) == marks


@pytest.mark.parametrize("name", ["plain", "gb9704"])
def test_styles_that_share_a_shape_have_it_each(name: LayoutName) -> None:
    """An element of lxml that is put into a second style leaves the first."""
    _, document = opened(name)
    for style in ("Normal", "Body Text", "List", "toc 1", "toc 2"):
        assert document.styles[style].paragraph_format.line_spacing.pt == pytest.approx(LAYOUTS[name].pitch, abs=0.05), style
    assert document.styles["Cell"].paragraph_format.line_spacing is not None


def test_a_page_begins_with_what_follows_and_not_with_an_empty_line() -> None:
    _, document = opened()
    begun = [p.text for p in document.paragraphs if p.paragraph_format.page_break_before]
    assert begun == ["目录", "1　方法", "附录A　全文"]
    assert not [br for br in document.element.body.iter(qn("w:br")) if br.get(qn("w:type")) == "page"]


def test_a_picture_has_its_words_and_fits_the_page() -> None:
    _, document = opened()
    [shape] = document.inline_shapes
    assert shape.width <= Mm(PLAIN.width)
    assert shape._inline.docPr.get("descr") == "一块蓝色"


def test_an_official_paper_has_its_margins_lines_and_page_numbers() -> None:
    """GB/T 9704-2012, 5.2 and 7.5."""
    _, document = opened("gb9704")
    [section] = document.sections
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(side.mm) for side in sides] == [37, 35, 28, 26]
    grid = section._sectPr.find(qn("w:docGrid"))
    high, across = (297 - 37 - 35) * 72 / 25.4, (210 - 28 - 26) * 72 / 25.4
    assert (grid.get(qn("w:type")), int(high / (int(grid.get(qn("w:linePitch"))) / 20))) == ("lines", 22)
    text = document.styles["Body Text"].element
    wide = 16 + int(text.find(f"{qn('w:rPr')}/{qn('w:spacing')}").get(qn("w:val"))) / 20
    assert int(across / wide) == 28
    assert document.styles["Body Text"].paragraph_format.first_line_indent.pt == 2 * 16
    assert document.styles["Heading 2"].paragraph_format.first_line_indent.pt == 2 * 16
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert (odd.text, even.text) == ("— 1 —", "— 1 —")
    assert (str(odd.alignment), str(even.alignment)) == ("RIGHT (2)", "LEFT (0)")
    assert not section.first_page_footer.paragraphs[0].text
    body = next(p for p in document.paragraphs if p.text.startswith("统计了"))
    fonts = body.runs[0]._r.rPr.rFonts
    assert (fonts.get(qn("w:eastAsia")), body.runs[0].font.size.pt) == ("仿宋_GB2312", 16)
    title = document.paragraphs[0].runs[0]
    assert (title._r.rPr.rFonts.get(qn("w:eastAsia")), title.font.size.pt) == ("方正小标宋简体", 22)


@pytest.mark.parametrize("layout", [PLAIN, OFFICIAL])
def test_what_is_counted_is_what_the_file_says(layout: object) -> None:
    report = a_report()
    document = Document(BytesIO(write(report, layout, now=NOON)))  # type: ignore[arg-type]
    said = [p.text for p in document.paragraphs if not p.style.name.startswith(("toc", "TOC"))]
    said += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    told = count(report, layout.numbering)  # type: ignore[attr-defined]
    marks = 2  # • of the list
    colons = len(report.facts)
    assert sum(map(characters, said)) == told.body + told.annexes + marks + colons


def test_the_day_up_to_which_documents_are_held_is_on_every_page() -> None:
    _, document = opened("gb9704")
    section = document.sections[0]
    assert "数据截至 2026-11-20" in section.header.paragraphs[0].text
    assert "数据截至 2026-11-20" in section.even_page_header.paragraphs[0].text


def test_the_file_says_who_made_it_and_when() -> None:
    _, document = opened()
    assert (document.core_properties.author, document.core_properties.title) == ("Patentry", "锂电池专利分析")
    assert document.core_properties.created.replace(tzinfo=NOON.tzinfo) == NOON
