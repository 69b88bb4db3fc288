"""Means by effects as a chart, as files and in reports: each read back, and equal to the table."""

import csv
import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from docx import Document
from lxml import etree
from openpyxl import load_workbook
from starlette.testclient import TestClient

from search.analysis.effects.caveats import PRECISION, RECALL
from tests.builders import a_claim, a_patent
from tests.service import Running, running

OWN = "宁德时代新能源科技股份有限公司"
FORMULA = "=SUM(1)装置"
SAYING = {
    "1000": "通过设置液压装置，降低了成本，噪音小。",
    "1001": "通过设置双级液压装置，降低了成本，提高了效率。所述液压装置与机架连接。",
    "1002": "采用刀轴，提高了效率，避免了刀片损坏。",
    "1003": f"通过设置{FORMULA}，降低了成本。",
    "1004": "与机架连接。",
}
STOCK = [
    a_patent(
        f"CN1130{number}A",
        titles={"zh": "一种旋耕机"},
        abstracts={"zh": text},
        claims=(a_claim("一种旋耕机，其特征在于，采用刀轴，便于更换刀片。"),),
        description={},
    )
    for number, text in SAYING.items()
]
QUERY = "title:旋耕机"
ADDRESS = f"q={QUERY}&lang=zh"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("effects"), STOCK) as started:
        yield started


@pytest.fixture(scope="module")
def caller(service: Running) -> TestClient:
    caller = service.as_("researcher")
    caller.headers["accept-language"] = "zh"
    return caller


@pytest.fixture(scope="module")
def table(caller: TestClient) -> Any:
    return caller.post("/api/v1/analysis/effects", json={"query": QUERY, "sentences": 100}).json()


def cells(table: Any) -> dict[tuple[str, str], int]:
    names = {each["id"]: each["label"] for each in table["effects"]}
    return {(cell["means"], names[cell["effect"]]): cell["count"] for cell in table["cells"]}


def got(caller: TestClient, path: str) -> Any:
    answer = caller.get(f"/api/v1/analysis/effects/{path}")
    assert answer.status_code == 200, answer.text
    return answer


def test_the_table_has_something_of_everything(table: Any) -> None:
    """What the rest of this file stands on, counted by hand."""
    assert cells(table) == {
        ("刀轴", "效率"): 1,
        ("刀轴", "寿命"): 1,
        ("刀轴", "便利"): 5,
        ("液压装置", "效率"): 1,
        ("液压装置", "成本"): 2,
        ("液压装置", "噪声"): 1,
        (FORMULA, "成本"): 1,
    }


@pytest.mark.parametrize("box", ["small", "large"])
def test_the_marks_of_the_chart_are_the_cells_and_open_their_sentences(caller: TestClient, table: Any, box: str) -> None:
    answer = got(caller, f"chart.svg?{ADDRESS}&box={box}")
    root = etree.fromstring(answer.content)
    space = {"s": "http://www.w3.org/2000/svg"}
    marks = {mark.find("s:title", space).text: mark.get("href") for mark in root.iterfind(".//s:a", space)}
    assert marks.keys() == {f"{means} × {effect}：{count}" for (means, effect), count in cells(table).items()}
    assert root.findtext("s:title", namespaces=space) == "技术功效矩阵：技术手段 × 功效"
    assert f"共 {table['looked_at']}" in (root.findtext("s:desc", namespaces=space) or "")
    for name, address in marks.items():
        page = caller.get(address)
        assert page.status_code == 200
        shown = set(re.findall(r'href="/patents/(\w+)"', page.text))
        assert len(shown) == int(name.rpartition("：")[2])


def test_the_chart_is_a_picture_too(caller: TestClient) -> None:
    data = got(caller, f"chart.png?{ADDRESS}").content
    assert data.startswith(b"\x89PNG")
    assert int.from_bytes(data[16:20]) == 1_400


def test_the_page_has_the_chart_the_table_and_the_files(caller: TestClient, table: Any) -> None:
    page = caller.get(f"/effects?q={QUERY}").text
    assert page.count("<svg") == 2
    files = [unescape(each) for each in re.findall(r'href="(/api/v1/analysis/effects/[^"]+)" download', page)]
    assert [caller.get(each).status_code for each in files] == [200] * 4
    linked = re.findall(r'<td class="number"><a href="(/effects[^"]+)" aria-label="([^"]+)">', page)
    assert sorted(unescape(label) for _, label in linked) == sorted(
        f"{means} × {effect}: {count}" for (means, effect), count in cells(table).items()
    )
    assert all(each["message"] in unescape(page) for each in table["caveats"])


def lines(caller: TestClient) -> list[list[str]]:
    data = got(caller, f"table?format=csv&{ADDRESS}").content
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def parts(rows: list[list[str]]) -> list[list[list[str]]]:
    """What stands between empty lines."""
    found: list[list[list[str]]] = [[]]
    for row in rows:
        if row:
            found[-1].append(row)
        else:
            found.append([])
    return found


def test_a_csv_has_the_cells_their_sentences_and_how_they_were_counted(caller: TestClient, table: Any) -> None:
    counted, sentences, told = parts(lines(caller))
    assert counted[0] == ["技术手段", "功效", "文献数", "句数"]
    assert {(row[0].removeprefix("'"), row[1]): int(row[2]) for row in counted[1:]} == cells(table)
    numbers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for means, effect, number, place, sentence, said, *_ in sentences[1:]:
        numbers[means.removeprefix("'"), effect].add(number)
        [held] = [patent for patent in STOCK if patent.number == number]
        assert sentence in (held.abstracts["zh"] if place == "摘要" else held.claims[0].text)
        assert said in sentence
    assert {cell: len(found) for cell, found in numbers.items()} == cells(table)
    assert [text for label, text in told if label == "说明"] == [each["message"] for each in table["caveats"]]
    assert dict(told)["总数"] == str(table["looked_at"])


def test_a_workbook_has_them_with_a_chart_of_its_own(caller: TestClient, table: Any) -> None:
    data = got(caller, f"table?{ADDRESS}").content
    listed, grid, sentences, about = load_workbook(io.BytesIO(data)).worksheets
    assert {row[:2]: row[2] for row in listed.iter_rows(min_row=2, values_only=True)} == cells(table)
    head, *rows = grid.iter_rows(values_only=True)
    crossed = {(row[0], effect): count for row in rows for effect, count in zip(head[1:], row[1:], strict=True) if count}
    assert crossed == cells(table)
    assert "stacked" in zipfile.ZipFile(io.BytesIO(data)).read("xl/charts/chart1.xml").decode()
    assert len(list(sentences.iter_rows())) == len(parts(lines(caller))[1])
    assert [text for label, text in about.iter_rows(values_only=True) if label == "说明"] == [
        each["message"] for each in table["caveats"]
    ]


def test_a_means_is_no_formula_t50(caller: TestClient) -> None:
    assert {row[0] for row in lines(caller) if row and FORMULA in row[0]} == {f"'{FORMULA}"}
    sheet = load_workbook(io.BytesIO(got(caller, f"table?{ADDRESS}").content)).worksheets[0]
    assert {(cell.data_type, cell.quotePrefix) for [cell, *_] in sheet.iter_rows() if cell.value == FORMULA} == {("s", True)}


@pytest.mark.parametrize("file", ["chart.svg?", "chart.png?"])
def test_what_says_nothing_has_no_chart_and_a_table_that_says_why(caller: TestClient, file: str) -> None:
    answer = caller.get(f"/api/v1/analysis/effects/{file}q=title:绝无此词")
    assert (answer.status_code, answer.json()["code"]) == (404, "nothing_to_draw")
    data = got(caller, "table?format=csv&q=title:绝无此词").content.decode()
    assert "没有句子说到功效。" in data


@pytest.mark.parametrize("kind", ["layout", "mining"])
def test_a_report_has_the_matrix_and_the_sentences_of_its_first_cells(caller: TestClient, table: Any, kind: str) -> None:
    """S3 L133."""
    asked = {"query": QUERY, "kind": kind, "keys": 0, "charts": False, "applicants": [OWN]}
    answer = caller.post("/api/v1/reports", json=asked)
    assert answer.status_code == 200, answer.text
    document = Document(io.BytesIO(answer.content))
    said = [paragraph.text for paragraph in document.paragraphs]
    assert any(each.endswith("技术功效") for each in said)
    assert any("最多读 1,000 件" in each for each in said)
    assert any("不是国家知识产权局的官方标引" in each and f"查准率 {PRECISION:.0%}，查全率 {RECALL:.0%}" in each for each in said)
    tables = [[[cell.text for cell in row.cells] for row in each.rows] for each in document.tables]
    [grid] = [rows for rows in tables if rows[0][0] == "技术手段"]
    counted = {(row[0], effect): int(count) for row in grid[1:] for effect, count in zip(grid[0][1:], row[1:], strict=True)}
    assert {cell: count for cell, count in counted.items() if count} == cells(table)
    [listed] = [rows for rows in tables if rows[0][0] == "手段 × 功效"]
    assert len(listed) == 1 + sum(sorted((min(count, 3) for count in cells(table).values()), reverse=True)[:5])
    for cell, sentence, number, _ in listed[1:]:
        means, effect = cell.split(" × ")
        assert (means, effect) in cells(table)
        [held] = [patent for patent in STOCK if patent.number == number]
        assert any(sentence in text for text in (held.abstracts["zh"], *(claim.text for claim in held.claims)))


def test_numbers_and_marks_on_the_page_of_a_report_open_their_sentences(caller: TestClient, table: Any) -> None:
    asked = {"query": QUERY, "kind": "layout", "keys": 0, "format": "html", "rows": 20}
    page = caller.post("/api/v1/reports", json=asked).text
    counted = [(unescape(address), int(count)) for address, count in re.findall(r'<a href="(/effects\?[^"]+)">(\d+)</a>', page)]
    assert sorted(count for _, count in counted) == sorted(cells(table).values())
    marks = {unescape(each) for each in re.findall(r'<a [^>]*href="(/effects\?[^"]+)"', page)}
    assert marks == {address for address, _ in counted}
    for address, count in counted:
        assert f"{count} 件文献的句子" in caller.get(address).text
