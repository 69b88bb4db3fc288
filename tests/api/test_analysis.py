"""Analysis over HTTP: what is answered, what opens from it, what is refused."""

from collections.abc import Iterator, Mapping
from typing import Any, get_args
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from search.analysis.model import Name
from tests.service import Running

FIRM, VOLTA = "深圳锂源电池有限公司", "Volta Cells, Inc."
NEEDED: Mapping[str, Mapping[str, Any]] = {"custom": {"by": ["type"]}, "grants": {"applicants": ["江苏禾丰农机有限公司"]}}
COUNTED = {"publication": "total", "application": "applications", "family": "families"}
"""Unit -> the key of a search's answer."""


@pytest.fixture(scope="module")
def caller(service: Running) -> TestClient:
    return service.as_("researcher")


def ask(caller: TestClient, name: str, **body: Any) -> Any:
    answer = caller.post(f"/api/v1/analysis/{name}", json={"query": "*"} | body, headers={"accept-language": "en"})
    assert answer.status_code == 200, answer.text
    return answer.json()


def refused(caller: TestClient, name: str, **body: Any) -> tuple[int, str]:
    answer = caller.post(f"/api/v1/analysis/{name}", json={"query": "*"} | body)
    return answer.status_code, answer.json()["code"]


def tables(table: Any) -> Iterator[Any]:
    yield table
    for part in table.get("parts", ()):
        yield from tables(part)


@pytest.mark.parametrize("unit", COUNTED)
@pytest.mark.parametrize("name", [name for name in get_args(Name) if name != "branches"])  # those of a collection: `test_branches`
def test_each_cell_opens_its_documents_by_a_search(caller: TestClient, name: str, unit: str) -> None:
    sent = {"query": "锂电池 OR 旋耕机", "unit": unit, "size": 3} | NEEDED.get(name, {})
    for table in tables(ask(caller, name, **sent)):
        assert table["unit"] == unit
        for cell in table["cells"][:4]:
            body = {"query": cell["query"], "families": True, "applications": True, "size": 1, "highlight": False}
            found = caller.post("/api/v1/search", json=body).json()
            assert found[COUNTED[unit]] == cell["count"], (table["name"], cell)
            assert len(cell["keys"]) == len(cell["labels"]) == len(table["by"])
            assert set(cell.get("values", {})) == set(table.get("columns", ()))


def test_an_address_asks_the_same(caller: TestClient) -> None:
    body = {
        "query": "锂电池",
        "filters": {"country": ["CN", "US"], "publication_date": {"from": "2012", "to": "2019-06"}},
        "by": ["applicant", "publication_year"],
        "unit": "family",
        "size": 5,
    }
    told = ask(caller, "matrix", **body)
    address = told["chart"]["svg"].removeprefix("/api/v1/analysis/matrix/chart.svg?")
    again = caller.get(f"/api/v1/analysis/matrix?{address}", headers={"accept-language": "en"}).json()
    assert again == told
    found = caller.post("/api/v1/search", json={"query": body["query"], "filters": body["filters"], "families": True}).json()
    assert told["total"] == found["families"]


@pytest.mark.parametrize(("people", "fields"), [(0, {"people"}), ("a", {"people"}), ({"贵州省": 0}, {"people", "people.贵州省"})])
def test_a_field_of_several_kinds_is_called_by_its_name(caller: TestClient, people: object, fields: set[str]) -> None:
    answer = caller.post("/api/v1/analysis/density", json={"query": "*", "people": people})
    assert answer.status_code == 422
    assert {fault["field"] for fault in answer.json()["errors"]} == fields


def test_people_and_declarations_by_an_address(caller: TestClient) -> None:
    pairs = [("q", "*"), ("people", "江苏省:20000"), ("people", "50000"), ("at", "2021-01")]
    table = caller.get(f"/api/v1/analysis/density?{urlencode(pairs)}").json()
    assert table["figures"]["persons"] == 50_000
    twice = [*pairs, ("people", "江苏省:30000")]
    assert caller.get(f"/api/v1/analysis/density?{urlencode(twice)}").status_code == 422
    table = ask(caller, "grants", applicants=["江苏禾丰农机有限公司"], first="2020", last="2020-12", irregular=1)
    assert (table["figures"]["grants"], table["figures"]["irregular"]) == (1, 1)
    assert table["by"][0] == {"name": "type", "label": "type", "coverage": 1.0}
    assert table["cells"][0]["labels"] == ["invention"]


def test_it_says_how_it_was_counted_in_both_languages(caller: TestClient) -> None:
    sent = {"json": {"query": "锂电池 OR 旋耕机", "unit": "family"}}
    zh, en = (caller.post("/api/v1/analysis/regions", headers={"accept-language": lang}, **sent).json() for lang in ("zh", "en"))
    assert [each["code"] for each in zh["caveats"]] == [each["code"] for each in en["caveats"]]
    assert {"places", "coverage", "duplicates"} <= {each["code"] for each in zh["caveats"]}
    assert all(one["message"] != other["message"] for one, other in zip(zh["caveats"], en["caveats"], strict=True))
    assert (zh["by"][0]["label"], en["by"][0]["label"]) == ("省份", "province")
    assert zh["population"] == "锂电池 OR 旋耕机"
    assert zh["left_out"] == 19


def test_names_that_were_merged_count_together_on_request(caller: TestClient) -> None:
    made = caller.post("/api/v1/applicants/merges", json={"one": FIRM, "other": VOLTA, "note": "年报"})
    try:
        apart, together = (ask(caller, "parties", query="锂电池", merged=merged)["cells"] for merged in (False, True))
        assert {cell["keys"][0]: cell["count"] for cell in apart} == {FIRM: 24, VOLTA: 13}
        assert [(cell["keys"], cell["count"], cell["values"]["names"]) for cell in together] == [([FIRM], 37, 2)]
        assert caller.post("/api/v1/search", json={"query": together[0]["query"]}).json()["total"] == 37
    finally:
        caller.delete(f"/api/v1/applicants/merges/{made.json()['id']}")


def test_an_earlier_search_is_named_in_what_opens(caller: TestClient) -> None:
    number = caller.post("/api/v1/search", json={"query": "锂电池", "record": True}).json()["recorded_as"]
    table = ask(caller, "classes", query=f"#{number} AND country:CN")
    assert table["population"] == f"#{number} AND country:CN"
    assert caller.post("/api/v1/search", json={"query": table["cells"][0]["query"]}).json()["total"] == table["cells"][0]["count"]


def test_nothing_found_is_an_empty_table_that_says_why(caller: TestClient) -> None:
    table = ask(caller, "trend", query="锂电池 AND 旋耕机")
    assert (table["total"], table["cells"]) == (0, [])
    assert table["caveats"][0]["code"] == "no_documents"
    assert "旋耕机 alone has 2" in table["caveats"][0]["message"]


@pytest.mark.parametrize(
    ("name", "sent", "expected"),
    [
        ("classes", {"size": 10**9}, (400, "table_too_large")),
        ("matrix", {"by": ["type"]}, (400, "dimensions")),
        ("matrix", {"by": ["type", "type"]}, (400, "dimensions")),
        ("custom", {}, (400, "dimensions")),
        ("network", {"by": ["applicant", "inventor"]}, (400, "dimensions")),
        ("grants", {}, (400, "applicants_asked")),
        ("competitors", {"applicants": [FIRM]}, (400, "applicants_asked")),
        ("competitors", {"applicants": [str(number) for number in range(9)]}, (400, "applicants_asked")),
        ("branches", {}, (400, "branches_asked")),
        ("branches", {"each": "branches"}, (422, "wrong_shape")),
        ("density", {"at": "2099-01-01"}, (400, "day_ahead")),
        ("density", {"by": ["type"]}, (400, "dimensions")),
        ("density", {"people": {"贵州省": 0}}, (422, "wrong_shape")),
        ("density", {"at": "2021-13"}, (422, "wrong_shape")),
        ("nothing", {}, (422, "wrong_shape")),
        ("trend", {"by": ["nothing"]}, (422, "wrong_shape")),
        ("trend", {"size": 0}, (422, "wrong_shape")),
        ("trend", {"unit": "document"}, (422, "wrong_shape")),
        ("trend", {"query": "(("}, (400, "expected")),
    ],
)
def test_what_is_refused(caller: TestClient, name: str, sent: Mapping[str, Any], expected: tuple[int, str]) -> None:
    assert refused(caller, name, **sent) == expected
