"""Analysis by all branches of a collection over HTTP: what is answered opens, is a file and a picture, and is nobody else's."""

import csv
import io
import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest
from starlette.testclient import TestClient

from search.saved.collections.presets import presets
from tests.service import Running, running

COUNTED = {"publication": "total", "application": "applications", "family": "families"}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("branches")) as started:
        yield started


@pytest.fixture(scope="module")
def agency(service: Running) -> TestClient:
    return service.as_("agency")


@pytest.fixture(scope="module")
def collection(agency: TestClient) -> str:
    """Batteries, with two branches, one of them with one below it, and documents in neither."""
    id = made(agency, "锂电池 OR 旋耕机")  # noqa: A001
    for code, body in {
        "1": {"name": "电池"},
        "1.1": {"name": "美国", "parent": "1", "query": "锂电池 AND country:US"},
        "1.2": {"name": "授权", "parent": "1", "query": "锂电池 AND stage:granted"},
        "2": {"name": "农机", "query": "旋耕机"},
    }.items():
        assert agency.put(f"/api/v1/collections/{id}/branches/{code}", json=body).status_code == 200
    return id


def made(client: TestClient, query: str, **more: Any) -> str:
    answer = client.post("/api/v1/collections", json={"name": "专题", "query": query, **more})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def asked(client: TestClient, query: str, **body: Any) -> Any:
    answer = client.post("/api/v1/analysis/branches", json={"query": query} | body, headers={"accept-language": "en"})
    assert answer.status_code == 200, answer.text
    return answer.json()


def found(client: TestClient, query: str, unit: str = "publication") -> int:
    body = {"query": query, "families": True, "applications": True, "size": 1, "highlight": False}
    answer = client.post("/api/v1/search", json=body)
    assert answer.status_code == 200, answer.text
    return int(answer.json()[COUNTED[unit]])


@pytest.mark.parametrize("unit", COUNTED)
@pytest.mark.parametrize(
    "ask", [{}, {"by": ["applicant", "application_year"]}, {"each": "parties"}, {"each": "lifecycle"}], ids=str
)
def test_each_cell_opens_its_documents_by_a_search(agency: TestClient, collection: str, ask: Any, unit: str) -> None:
    table = asked(agency, f'collection:"{collection}"', unit=unit, **ask)
    for part in (table, *table["parts"]):
        assert part["by"][0]["name"] == "branch"
        for cell in part["cells"][::3]:
            assert found(agency, cell["query"], unit) == cell["count"], cell
            assert set(cell["values"]) == set(part["columns"])


def test_branches_and_what_is_in_none_of_them(agency: TestClient, collection: str) -> None:
    named = f"collection:{collection}"
    table = asked(agency, named, unit="publication")
    counts = {cell["keys"][0]: cell["count"] for cell in table["cells"]}
    assert list(counts) == ["1", "1.1", "1.2", "2", "_"]
    assert counts["1.1"] == found(agency, "锂电池 AND country:US")
    assert counts["1"] == found(agency, "锂电池 AND (country:US OR stage:granted)")
    assert counts["_"] == found(agency, f"{named}/_") == table["total"] - counts["1"] - counts["2"] > 0
    assert [cell["labels"][0] for cell in table["cells"]][::4] == ["1 电池", "in no branch"]
    assert {"branches"} <= {each["code"] for each in table["caveats"]}
    with_more = asked(agency, f"{named} AND country:US", unit="publication", filters={"stage": ["published"]})
    assert with_more["cells"][0]["query"] == f"collection:{collection}/1 AND country:US AND stage:published"
    assert with_more["cells"][0]["count"] == found(agency, "锂电池 AND country:US AND stage:published")


def test_an_address_a_file_and_a_picture_of_the_same(agency: TestClient, collection: str) -> None:
    table = asked(agency, f'collection:"{collection}"', by=["applicant"], size=5)
    address = table["chart"]["svg"].removeprefix("/api/v1/analysis/branches/chart.svg?")
    again = agency.get(f"/api/v1/analysis/branches?{address}", headers={"accept-language": "en"}).json()
    assert again == table
    file = agency.get(f"/api/v1/analysis/branches/table?{address}&format=csv&lang=en").content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(file)))
    assert lines[0][:3] == ["branch", "applicant", "count"]
    assert [line[:3] for line in lines[1 : len(table["cells"]) + 1]] == [
        [*cell["labels"], str(cell["count"])] for cell in table["cells"]
    ]
    assert agency.get(f"/api/v1/analysis/branches/table?{address}&format=xlsx").status_code == 200
    for years in (address, address.replace("by=applicant", "by=application_year")):
        drawn = agency.get(f"/api/v1/analysis/branches/chart.svg?{years}&lang=zh")
        assert drawn.status_code == 200, drawn.text
        assert "电池" in drawn.text
        assert "/search?" in drawn.text


def test_a_preset_of_many_branches_opens_each(agency: TestClient) -> None:
    id = made(agency, "", preset=next(iter(presets())))  # noqa: A001
    table = asked(agency, f"collection:{id}", unit="publication")
    assert len(table["cells"]) == len(next(iter(presets().values())).parts) + 1
    assert not [each for each in table["caveats"] if each["code"] == "branch_refused"]
    for cell in (table["cells"][0], table["cells"][-1]):  # the longest questions there are
        assert found(agency, cell["query"]) == cell["count"]


def test_classes_reach_no_further_than_the_population_was_read(agency: TestClient) -> None:
    id = made(agency, "*")  # noqa: A001
    assert agency.put(f"/api/v1/collections/{id}/branches/A", json={"name": "电池", "query": "ipc:H01M"}).status_code == 200
    for expand in (True, False):
        table = asked(agency, f"collection:{id}", unit="publication", expand=expand)
        for cell in table["cells"]:
            body = {"query": cell["query"], "expand": expand}
            assert agency.post("/api/v1/search", json=body).json()["total"] == cell["count"]


def test_what_is_refused_says_what_to_do(service: Running, agency: TestClient, collection: str) -> None:
    empty = made(agency, "锂电池")
    sent = {"query": f"collection:{empty}"}
    answer = agency.post("/api/v1/analysis/branches", json=sent, headers={"accept-language": "en"})
    assert (answer.status_code, answer.json()["code"]) == (400, "no_branches")
    assert f"/collections/{empty}/branches" in answer.text
    assert agency.get(f"/analysis/branches?{urlencode({'q': sent['query']})}").status_code == 400
    large = agency.post("/api/v1/analysis/branches", json={"query": f"collection:{collection}", "by": ["word"], "size": 10**9})
    assert (large.status_code, large.json()["code"]) == (400, "table_too_large")
    stranger = service.as_("researcher").post("/api/v1/analysis/branches", json={"query": f"collection:{collection}"})
    assert (stranger.status_code, stranger.json()["code"]) == (400, "no_collection")


def test_a_report_of_the_layout_has_a_chapter_by_branch_whose_numbers_open(agency: TestClient, collection: str) -> None:
    """S3 L154: 分支技术领域的专利分布."""
    sent = {"kind": "layout", "format": "html", "keys": 0, "charts": False, "rows": 5}
    page = agency.post("/api/v1/reports", json={"query": f"collection:{collection}"} | sent).text
    chapter = page.partition("分支技术领域</h")[2].partition("<h2")[0]
    numbers = re.findall(r'<a href="/search\?([^"]+)">([\d,]+)</a>', chapter)
    assert len(numbers) > 10
    for address, number in numbers:
        [query] = parse_qs(unescape(address))["q"]
        assert found(agency, query, "application") == int(number.replace(",", "")), query
    assert "分支技术领域" not in agency.post("/api/v1/reports", json={"query": "锂电池"} | sent).text
    assert "分支技术领域" not in agency.post("/api/v1/reports", json={"query": f"collection:{made(agency, '锂电池')}"} | sent).text


def test_the_pages_lead_to_it_in_both_languages(agency: TestClient, collection: str) -> None:
    reference = urlencode({"q": f'collection:"{collection}"'})
    shown = agency.get(f"/collections/{collection}").text
    assert f"/analysis/branches?{reference}&amp;by=applicant" in shown
    assert f"/analysis/branches?{reference}" in agency.get(f"/collections/{collection}/branches").text
    assert "/analysis/branches?" in agency.get(f"/analysis?{reference}").text
    assert "/analysis/branches?" not in agency.get("/analysis?q=锂电池").text
    for lang, words in (("zh", "未入分支"), ("en", "in no branch")):
        for ask in ("", "&by=applicant", "&by=application_year", "&by=origin&by=subclass", "&each=parties", "&each=competitors"):
            page = agency.get(f"/analysis/branches?{reference}{ask}&lang={lang}")
            assert page.status_code == 200, page.text
            assert words in page.text
