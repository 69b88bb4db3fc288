"""Reports as they are printed: the DOCX by a real word processor, the PDF by our own setter; both looked at by the same eyes."""

import re
from collections import Counter
from collections.abc import Mapping
from itertools import chain, combinations
from pathlib import Path

import pytest

from search.export.reports import pdf
from search.export.reports.layout import LAYOUTS, MM_PT, OFFICIAL
from search.export.reports.model import Block, Heading, Listing, PageBreak, Paragraph, Report, Table, readable
from search.export.reports.numbering import numbered
from search.export.reports.word import writer
from tests.unit.reports.rendered import drawn, pages, set_by_a_word_processor, whole
from tests.unit.reports.samples import NOON, RARE, a_report

LETTERS = (*RARE.split("、"), "龍", "\ue000", "\u3000")
"""The last but one no font has, the last is blank."""

BODY = "检" * 28 * 30
"""Thirty lines of an official paper's page, which has 22."""

CLASSES = ("H01M", "C02F", "B60C", "G06V", "H04W", "A61K", "B25J", "F21S", "H02J", "G02B", "B64U", "A01D")
NAMES = ("Harrowfield Systems, Inc.", "Akanegawa Seiki Co., Ltd.", "厦门禾芯橡胶有限公司")


def _grid() -> Table:
    rows = tuple((name, *(str(1000 * place) for place, _ in enumerate(CLASSES))) for name in NAMES)
    return Table("申请人 × IPC 小类分布", ("申请人", *CLASSES), rows, figures=frozenset(range(1, 13)))


def _letters() -> tuple[Block, ...]:
    return tuple(chain.from_iterable((PageBreak(), Paragraph(f"甲{letter}")) for letter in LETTERS))


REPORTS: Mapping[str, tuple[str, Report]] = {
    "plain": ("plain", a_report()),
    "gb9704": ("gb9704", a_report()),
    "grids": ("plain", a_report(blocks=(_grid(), _grid()))),
    "official-grids": ("gb9704", a_report(blocks=(_grid(),))),
    "letters": ("plain", a_report(blocks=_letters())),
    "body": ("gb9704", a_report(blocks=(Paragraph(BODY),))),
}


@pytest.fixture(scope="module", params=["docx", "pdf"])
def printed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """The PDF of each report."""
    folder = tmp_path_factory.mktemp("printed")
    if request.param == "docx":
        made = {name: writer.write(report, LAYOUTS[layout], now=NOON) for name, (layout, report) in REPORTS.items()}  # type: ignore[index]
        return set_by_a_word_processor(made, folder)
    for name, (layout, report) in REPORTS.items():
        (folder / f"{name}.pdf").write_bytes(pdf.write(report, LAYOUTS[layout], now=NOON))  # type: ignore[index]
    return {name: folder / f"{name}.pdf" for name in REPORTS}


def _said(report: Report, layout: str) -> list[str]:
    """Every text of a report, without blanks."""
    texts = [report.title, report.subtitle, *chain.from_iterable(report.facts)]
    for each in numbered(report.blocks, LAYOUTS[layout].numbering, report.lang):  # type: ignore[index]
        match each.block:
            case Heading(text=text) | Paragraph(text=text):
                texts.append(each.number + text)
            case Listing(items=items):
                texts.extend(items)
            case Table(caption=caption, head=head, rows=rows, note=note):
                texts.extend((each.number + caption, *head, *chain.from_iterable(rows), note))
    return [re.sub(r"\s", "", readable(text)) for text in texts]


@pytest.mark.parametrize("name", ["plain", "gb9704"])
def test_no_text_is_lost_and_heads_are_repeated(printed: Mapping[str, Path], name: str) -> None:
    report = a_report()
    found = whole(printed[name])
    assert [text for text in _said(report, name) if text not in found] == []
    seen = pages(printed[name])
    assert 6 <= len(seen) <= 9
    on = [page for page in seen if any(word.text.startswith("公司") for word in page)]
    assert len(on) >= 2
    assert all({"申请人", "件数"} <= {word.text for word in page} for page in on)
    assert not [number for number, page in enumerate(seen, 1) if len(page) < 4]


@pytest.mark.parametrize("name", ["plain", "gb9704"])
def test_pages_are_numbered_from_the_second_on(printed: Mapping[str, Path], name: str) -> None:
    seen = pages(printed[name])
    for number, page in enumerate(seen, 1):
        foot = "".join(word.text for word in page if word.above > 297 * MM_PT - LAYOUTS[name].below * MM_PT)  # type: ignore[index]
        shown = f"—{number}—" if name == "gb9704" else f"{number}/{len(seen)}"
        assert foot == ("" if number == 1 else shown)


def test_an_official_page_has_22_lines_of_28_characters_in_its_type_area(printed: Mapping[str, Path]) -> None:
    """GB/T 9704-2012, 5.2: 37 mm above, 28 mm at the left, an area of 156 × 225 mm; the first line two characters in."""
    _, _, full, *_ = pages(printed["body"])
    text = [word for word in full if set(word.text) == {"检"}]
    lines = Counter(round(word.above) for word in text)
    assert len(lines) == 22
    by_line = [sorted((word for word in text if round(word.above) == line), key=lambda word: word.left) for line in sorted(lines)]
    assert [sum(len(word.text) for word in line) for line in by_line] == [26, *[28] * 21]
    left, right = 28 * MM_PT, (210 - 26) * MM_PT
    assert by_line[0][0].left - by_line[1][0].left == pytest.approx(32, abs=1)
    assert by_line[1][0].left == pytest.approx(left, abs=1)
    assert by_line[1][-1].right == pytest.approx(right, abs=1.5)
    apart = (by_line[-1][0].above - by_line[0][0].above) / 21
    assert apart == pytest.approx(OFFICIAL.pitch, abs=0.1)
    assert by_line[0][0].above >= 37 * MM_PT - 1
    assert by_line[-1][0].below <= (297 - 35) * MM_PT + 8


@pytest.mark.parametrize("name", ["grids", "official-grids"])
def test_no_word_of_a_wide_table_is_broken(printed: Mapping[str, Path], name: str) -> None:
    words = Counter(word.text for page in pages(printed[name]) for word in page)
    tables = 2 if name == "grids" else 1
    assert {each: words[each] for each in CLASSES} == dict.fromkeys(CLASSES, tables)
    assert words["11000"] == tables * len(NAMES)
    assert words["Harrowfield"] == words["Akanegawa"] == tables


def test_a_small_table_is_not_divided(printed: Mapping[str, Path]) -> None:
    """Neither of two grids; each has its head once."""
    heads = [sum(word.text == "H01M" for word in page) for page in pages(printed["grids"])]
    assert sum(heads) == 2


def test_rare_characters_are_drawn_and_are_no_boxes(printed: Mapping[str, Path]) -> None:
    """As pixels: each looks different from each other, from a character that no font has, and from nothing."""
    first = len(pages(printed["letters"])) - len(LETTERS) + 1
    seen = [drawn(printed["letters"], first + place, above=60, high=80) for place, _ in enumerate(LETTERS)]
    assert not [pair for pair in combinations(range(len(LETTERS)), 2) if seen[pair[0]] == seen[pair[1]]]
