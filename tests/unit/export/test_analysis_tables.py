"""Tables of analysis as files, read back by openpyxl and the standard library; charts looked at as parts of the package."""

import csv
import io
import re
import zipfile

import pytest
from openpyxl import load_workbook

from search.analysis.model import Analysis, Caveat, Row
from search.export import tables

POPULATION = "电池 AND country:CN"


def a_trend(**fields: object) -> Analysis:
    years = {2018: 3, 2019: 5, 2020: 1}
    rows = tuple(
        Row((str(year),), count, f"电池 AND filed:{year}", {"growth": 0.5 if count == 5 else None}, incomplete=year == 2020)
        for year, count in years.items()
    )
    told = {"coverage": {"application_year": 0.621}, "caveats": (Caveat("lag", "公开有滞后", "publication lags"),)}
    whole = told | {"name": "trend", "by": ("application_year",), "rows": rows, "columns": ("growth",), "date": "application_year"}
    return Analysis(**(whole | {"population": POPULATION, "total": 9, "unit": "application", "left_out": 2} | fields))  # type: ignore[arg-type]


def a_matrix() -> Analysis:
    cells = {("甲", "H01M"): 4, ("甲", "B60L"): 1, ("=乙()", "H01M"): 2}
    rows = tuple(Row(keys, count, f"applicant_is:{keys[0]}") for keys, count in cells.items())
    return a_trend(name="matrix", by=("applicant", "subclass"), rows=rows, columns=(), coverage={}, date=None)


def lines(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_csv_has_the_rows_and_how_they_were_counted() -> None:
    found = lines(tables.csv(a_trend(), "zh"))
    assert found[0] == ["申请年", "数量", "增长率", "公开尚不完整", "检索式"]
    assert found[2] == ["2019", "5", "0.5", "", "电池 AND filed:2019"]
    assert found[3][3] == "公开尚不完整"
    told = dict(row for row in found[5:] if row)
    assert (told["统计范围"], told["计数单位"], told["总数"], told["覆盖率 申请年"]) == (POPULATION, "申请", "9", "62.1%")
    assert told["说明"] == "公开有滞后"


def test_a_growth_below_0_is_a_number_in_csv() -> None:
    row = Row(("2020",), 3, "电池", {"growth": -0.25})
    assert lines(tables.csv(a_trend(rows=(row,)), "zh"))[1] == ["2020", "3", "-0.25", "", "电池"]


def test_a_workbook_has_numbers_shares_and_a_chart_of_its_own() -> None:
    data = tables.xlsx(a_trend(), "en")
    sheet, about = load_workbook(io.BytesIO(data)).worksheets
    assert [cell.value for cell in sheet[3]] == ["2019", 5, 0.5, None, "电池 AND filed:2019"]
    assert sheet["C3"].number_format == "0.0%"
    assert dict(about.iter_rows(values_only=True))["population"] == POPULATION
    chart = zipfile.ZipFile(io.BytesIO(data)).read("xl/charts/chart1.xml").decode()
    assert '<c:barDir val="col"/>' in chart
    assert re.findall(r"<c:f>([^<]+)</c:f>", chart) == [
        "'year of filing'!$B$1",
        "'year of filing'!$A$2:$A$4",
        "'year of filing'!$B$2:$B$4",
    ]


def test_a_crossing_is_a_grid_too_stacked_in_its_chart() -> None:
    data = tables.xlsx(a_matrix(), "zh")
    book = load_workbook(io.BytesIO(data))
    assert len(book.sheetnames) == 3
    assert list(book.worksheets[1].iter_rows(values_only=True)) == [
        ("申请人 \\ IPC 小类", "H01M", "B60L"),
        ("甲", 4, 1),
        ("=乙()", 2, 0),
    ]
    assert book.worksheets[1]["A3"].data_type == "s"
    assert "stacked" in zipfile.ZipFile(io.BytesIO(data)).read("xl/charts/chart1.xml").decode()


def test_parts_are_sheets_with_names_that_excel_takes() -> None:
    whole = a_trend(parts=(a_trend(), a_trend(by=("publication_year",))))
    names = load_workbook(io.BytesIO(tables.xlsx(whole, "zh"))).sheetnames
    assert len({name.casefold() for name in names}) == len(names) == 4
    assert all(len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in names)
    assert len([row for row in lines(tables.csv(whole, "zh")) if row[:1] in (["申请年"], ["公开（公告）年"])]) == 3


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_table_without_rows_has_no_chart_and_says_why(lang: str) -> None:
    empty = a_trend(rows=(), total=0, caveats=(Caveat("empty", "没有文献", "no documents"),))
    data = tables.xlsx(empty, lang)
    assert not [name for name in zipfile.ZipFile(io.BytesIO(data)).namelist() if "chart" in name]
    assert lines(tables.csv(empty, lang))[-1][1] == {"zh": "没有文献", "en": "no documents"}[lang]


def test_a_text_of_a_document_is_no_formula_in_either_t50() -> None:
    assert ["'=乙()", "H01M", "2", "", "applicant_is:=乙()"] in lines(tables.csv(a_matrix(), "zh"))
    sheet = load_workbook(io.BytesIO(tables.xlsx(a_matrix(), "zh"))).worksheets[0]
    assert (sheet["A4"].value, sheet["A4"].data_type, sheet["A4"].quotePrefix) == ("=乙()", "s", True)
