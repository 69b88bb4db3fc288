"""Tables of analysis as reports print them."""

import pytest

from search.analysis.charts.titles import heading
from search.analysis.model import Analysis, Row
from search.export.reports.tabling import caption, tabled, value
from search.export.reports.wording import Wording


@pytest.mark.parametrize(
    ("name", "given", "printed"),
    [
        ("middle", 2019.36, "2019.4"),
        ("middle_low", 2017.0, "2017.0"),
        ("ceiling", 1234.5, "1,234.5"),
        ("first_year", 2008, "2008"),
        ("share", 0.125, "12.5%"),
        ("stage", "growth", "成长期"),
        ("count", 1234, "1,234"),
        ("growth", None, "—"),
    ],
)
def test_a_value_is_printed_as_what_it_is(name: str, given: float | str | None, printed: str) -> None:
    assert value(name, given, "zh") == printed


@pytest.mark.parametrize(
    ("by", "pale", "head"), [(("application_year", "subclass"), {1}, "G01L"), (("subclass", "application_year"), set(), "2025 *")]
)
def test_years_that_are_not_complete_are_marked_down_and_across(by: tuple[str, str], pale: set[int], head: str) -> None:
    keys = [("2024", "H01M"), ("2025", "G01L")]
    down = by[0] == "application_year"
    rows = tuple(Row(pair if down else pair[::-1], 3, "电池", {}, incomplete=pair[0] == "2025") for pair in keys)
    crossed = Analysis("custom", by, rows, (), "电池", 6, "publication", "application_date", {}, ())
    table = tabled(crossed, Wording("zh"), lambda query: f"/search?q={query}")
    assert table.pale == pale
    assert head in table.head


@pytest.mark.parametrize(
    ("name", "by", "zh", "en"),
    [
        ("branches", ("branch",), "技术分支", "Branches"),
        ("branches", ("branch", "application_year"), "技术分支（申请年）", "Branches (year of filing)"),
        ("trend", ("application_year",), "趋势（申请年）", "Trend (year of filing)"),
    ],
)
def test_a_caption_says_a_dimension_once(name: str, by: tuple[str, ...], zh: str, en: str) -> None:
    table = Analysis(name, by, (), (), "电池", 6, "publication", "application_date", {}, ())
    assert (caption(table, Wording("zh")), caption(table, Wording("en"))) == (zh, en)
    assert heading(table, table, "zh") == zh.replace("（", "：").replace("）", "")
