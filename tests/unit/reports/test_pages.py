"""A report as PDF and as a page."""

import re
import struct
from html.parser import HTMLParser
from pathlib import Path

import pytest

from search.export.reports import html, pdf, typesetting
from search.export.reports.layout import LAYOUTS, PLAIN
from search.export.reports.model import Paragraph, Picture, Report
from search.export.reports.order import LayoutName
from search.export.reports.problems import NotSet
from tests.machine import lack
from tests.unit.reports import pdf_text
from tests.unit.reports.samples import HARM, NOON, RARE, a_report

SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" aria-labelledby="a-title"><title id="a-title">A</title>
<defs><pattern id="a"/></defs><a href="/search"><rect fill="url(#a)"/></a></svg>"""


@pytest.fixture(scope="module", params=["plain", "gb9704"])
def pages(request: pytest.FixtureRequest) -> list[str]:
    made = pdf.write(a_report(), LAYOUTS[request.param], now=NOON)
    assert made.startswith(b"%PDF-1.")
    return pdf_text.pages(made)


def test_the_pdf_has_title_contents_and_numbered_pages(pages: list[str]) -> None:
    assert pages[0].startswith("锂电池专利分析国内外最新动态检索式：title:电池件数：10")
    assert "目录" in pages[1]
    assert re.search(r"方法 *[. ]+3", pages[1])
    assert all("数据截至 2026-11-20" in page for page in pages[1:])
    last = len(pages)
    assert pages[-1].endswith((f"— {last} —", f"{last} / {last}"))


def test_texts_in_the_pdf_stand_as_they_are_and_mean_nothing(pages: list[str]) -> None:
    """T50: no text is markup of the setter's."""
    whole = "".join(pages)
    assert f"统计了{RARE}。" in whole
    assert whole.count(HARM.replace(" ", "")[:20]) + whole.count(HARM[:20]) >= 1
    assert re.sub(r"\s", "", HARM) in re.sub(r"\s", "", whole)
    assert "前����后" in whole


def test_the_heads_of_tables_are_repeated_on_each_page(pages: list[str]) -> None:
    on = [page for page in pages if "公司" in page]
    assert len(on) >= 2
    assert all("申请人件数" in page for page in on)


@pytest.mark.parametrize("letter", [*RARE.split("、"), "龍"])
def test_a_rare_character_is_drawn_and_is_no_box(letter: str) -> None:
    """Seen as pixels: neither nothing nor the sign of a character that the font has not."""

    def drawn(text: str) -> bytes:
        job = pdf.job(Report("", "zh", (Paragraph(text),)), PLAIN, now=NOON)
        return bytes(typesetting.set_pages(job, format="png")[-1])

    assert len({drawn(letter), drawn("\ue000"), drawn("\u3000")}) == 3


def test_what_can_not_be_set_is_said() -> None:
    with pytest.raises(NotSet):
        pdf.write(Report("", "zh", (Picture(b"no picture", "png", "", ""),)), PLAIN, now=NOON)


def test_the_setter_needs_nothing_of_the_machine() -> None:
    """The same file from the same report: no clock, no font of the machine."""
    once, again = (pdf.write(a_report(), LAYOUTS["gb9704"], now=NOON) for _ in range(2))
    assert once == again


def _renamed(font: bytes, family: str) -> bytes:
    """A font of that family: the names of family (1, 16) in its table `name` are written over (OpenType 1.9)."""
    made, name = bytearray(font), family.encode("utf-16-be")
    tables = struct.unpack_from(">H", font, 4)[0]
    entries = (struct.unpack_from(">4sIII", font, 12 + 16 * place) for place in range(tables))
    [table] = [offset for tag, _, offset, _ in entries if tag == b"name"]
    count, strings = struct.unpack_from(">HH", font, table + 2)
    for place in range(count):
        at = table + 6 + 12 * place
        platform, _, _, what, length, offset = struct.unpack_from(">6H", font, at)
        if what in (1, 16) and platform == 3:
            assert len(name) <= length
            made[table + strings + offset : table + strings + offset + len(name)] = name
            struct.pack_into(">H", made, at + 8, len(name))
        elif what in (1, 16):
            struct.pack_into(">H", made, at + 6, 25)  # another name than the family's
    return bytes(made)


@pytest.mark.parametrize("family", ["FangSong", "仿宋_GB2312"])
def test_a_font_of_the_operators_folder_is_taken_by_any_of_its_names(tmp_path: Path, family: str) -> None:
    """GB/T 9704-2012 asks for 仿宋; Windows' own file calls it FangSong."""
    plain = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")
    if not plain.is_file():
        lack("no DejaVu (fonts-dejavu-core)")
    (tmp_path / "font.ttf").write_bytes(_renamed(plain.read_bytes(), family))
    report = Report("", "zh", (Paragraph("Latin 中文"),))
    set_in = [pdf.write(report, LAYOUTS["gb9704"], now=NOON, fonts=fonts) for fonts in (None, tmp_path)]
    assert [b"DejaVuSerif" in made for made in set_in] == [False, True]
    assert all(b"NotoSansCJKsc" in made for made in set_in)
    assert all(word in pdf_text.text(set_in[1]) for word in ("Latin", "中文"))


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.labelled: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]
        self.labelled += [value or "" for name, value in attrs if name == "aria-labelledby"]
        self.ids += [value or "" for name, value in attrs if name == "id"]
        assert not {name for name, _ in attrs if name.startswith("on") or name == "style"}

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("layout", ["plain", "gb9704"])
def test_a_page_escapes_every_text_and_links_rows_to_their_documents(layout: LayoutName) -> None:
    """T50."""
    report = a_report(blocks=(*a_report().blocks, *(Picture(SVG, "svg", "趋势", ""),) * 2))
    seen = _Seen()
    seen.feed(html.write(report, LAYOUTS[layout]))
    assert HARM in seen.text
    assert "b" not in seen.tags
    assert "script" not in seen.tags
    assert seen.tags.count("rect") == 2
    assert "/search?q=%3C&a=<b>" in seen.links
    assert len(seen.ids) == len(set(seen.ids))
    assert set(seen.labelled) <= set(seen.ids)
    assert len(set(seen.labelled)) == 2
    assert {link[1:] for link in seen.links if link.startswith("#")} <= set(seen.ids)
