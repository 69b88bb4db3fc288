"""Numbers of headings, and 字数."""

import pytest

from search.export.reports.counting import Count, Verdict, characters, count
from search.export.reports.model import Heading, Paragraph, Report, Table
from search.export.reports.numbering import Numbering, chinese, numbered
from tests.unit.reports.samples import a_report


@pytest.mark.parametrize(
    ("numbering", "lang", "expected"),
    [
        ("decimal", "zh", ["1　", "1.1　", "1.1.1　", "1.1.1.1　", "2　", "附录A　", "A.1　"]),
        ("decimal", "en", ["1  ", "1.1  ", "1.1.1  ", "1.1.1.1  ", "2  ", "Annex A. ", "A.1  "]),
        ("official", "zh", ["一、", "（一）", "1.", "（1）", "二、", "附录A　", "（一）"]),
        ("official", "en", ["1  ", "1.1  ", "1.1.1  ", "1.1.1.1  ", "2  ", "Annex A. ", "A.1  "]),
    ],
)
def test_headings_are_numbered_as_decimals_or_as_official_papers_are(numbering: Numbering, lang: str, expected: list[str]) -> None:
    blocks = numbered(a_report().blocks, numbering, lang)  # type: ignore[arg-type]
    assert [each.number for each in blocks if isinstance(each.block, Heading)] == expected


def test_tables_and_pictures_are_numbered_each_by_themselves() -> None:
    table = Table("a", ("b",), ())
    assert [each.number for each in numbered([table, table], "decimal", "en")] == ["Table 1. ", "Table 2. "]


def test_numbers_in_chinese_to_ninety_nine() -> None:
    told = {1: "一", 9: "九", 10: "十", 11: "十一", 20: "二十", 21: "二十一", 90: "九十", 99: "九十九"}
    assert {number: chinese(number) for number in told} == told
    assert len({chinese(number) for number in range(1, 100)}) == 99


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("锂离子电池", 5),
        ("锂离子电池，充电。", 9),
        ("lithium ion battery", 3),
        ("采用 LiFePO4 正极", 5),
        ("共2,340件，占12.5%", 6),
        ("“引号”……", 6),
        ("䶮\U0002cb5b\U00020bb7", 3),
        ("CN110330865B\nH01M 10/0525", 3),
        ("日本語テスト한국", 8),
    ],
)
def test_characters_count_as_word_processors_count_them(text: str, expected: int) -> None:
    assert characters(text) == expected


def test_annexes_are_no_report() -> None:
    blocks = (Heading("方法"), Paragraph("十个汉字在这一段之中。"), Heading("全文", annex=True), Paragraph("甲乙丙"))
    report = Report("题名", "zh", blocks, facts=(("日", "2026-01-01"),))
    assert count(report, "official") == Count(body=2 + 2 + 4 + 11, annexes=3 + 2 + 3)


@pytest.mark.parametrize(
    ("body", "floor", "ceiling", "missing_and_over"),
    [
        (100_000, 100_000, None, (0, 0)),
        (99_999, 100_000, None, (1, 0)),
        (10_000, None, 10_000, (0, 0)),
        (10_001, None, 10_000, (0, 1)),
        (5, None, None, (0, 0)),
    ],
)
def test_a_floor_and_a_ceiling_are_kept_with_their_own_number(
    body: int, floor: int | None, ceiling: int | None, missing_and_over: tuple[int, int]
) -> None:
    verdict = Verdict(Count(body, annexes=10**6), floor, ceiling)
    assert (verdict.missing, verdict.over) == missing_and_over
    assert verdict.kept == (missing_and_over == (0, 0))
