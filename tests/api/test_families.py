"""Families, citations and legal status over HTTP."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.service import Running


@pytest.fixture(scope="module")
def caller(service: Running) -> TestClient:
    return service.as_("researcher")


def ask(caller: TestClient, **body: Any) -> Any:
    answer = caller.post("/api/v1/search", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_one_hit_a_family_with_their_exact_number(caller: TestClient) -> None:
    every = ask(caller, query="锂电池", size=100)
    found = ask(caller, query="锂电池", size=100, collapse="family")
    assert (found["total"], found["families"], len(found["hits"])) == (37, 19, 19)
    numbers = [hit["number"] for hit in every["hits"]]
    best = [hit["number"] for hit in found["hits"]]
    assert best == sorted(best, key=numbers.index)
    assert "families" not in every


def test_one_hit_an_application_with_their_exact_number(caller: TestClient) -> None:
    every = ask(caller, query="锂电池", size=100, applications=True)
    found = ask(caller, query="锂电池", size=100, collapse="application", families=True)
    assert found["applications"] == every["applications"] == len(found["hits"])
    assert 19 == found["families"] < found["applications"] <= found["total"] == 37


def test_families_are_counted_without_collapse_where_asked(caller: TestClient) -> None:
    found = ask(caller, query="锂电池", families=True, size=3)
    assert (found["families"], len(found["hits"])) == (19, 3)
    assert caller.get("/api/v1/search?q=锂电池&families=true&size=3").json()["families"] == 19


def test_pages_of_families(caller: TestClient) -> None:
    pages = [ask(caller, query="锂电池", size=7, page=page, collapse="family")["hits"] for page in (1, 2, 3, 4)]
    assert list(map(len, pages)) == [7, 7, 5, 0]
    assert len({hit["number"] for page in pages for hit in page}) == 19


def test_a_cursor_goes_through_families(caller: TestClient) -> None:
    asked = {"query": "锂电池", "size": 7, "collapse": "family"}
    found = ask(caller, **asked, cursor="")
    pages = [found]
    while "cursor" in found:
        found = ask(caller, **asked, cursor=found["cursor"])
        pages.append(found)
    by_page = [ask(caller, **asked, page=page)["hits"] for page in (1, 2, 3)]
    assert [[hit["number"] for hit in page["hits"]] for page in pages] == [[hit["number"] for hit in page] for page in by_page]
    assert {(page["total"], page["families"]) for page in pages} == {(37, 19)}
    other = caller.post("/api/v1/search", json={**asked, "collapse": "none", "cursor": pages[0]["cursor"]})
    assert other.status_code == 400


@pytest.mark.parametrize("asked", [{"applications": True, "collapse": "family"}, {"families": True}])
def test_what_hits_are_not_collapsed_by_is_counted_by_page(caller: TestClient, asked: dict[str, Any]) -> None:
    answer = caller.post("/api/v1/search", json={"query": "*", "cursor": "", **asked}, headers={"accept-language": "en"})
    assert (answer.status_code, answer.json()["code"]) == (400, "families_by_page")
    assert "ask by page" in answer.json()["detail"]


def told(caller: TestClient, address: str, lang: str = "en") -> Any:
    answer = caller.get(f"/api/v1/patents/{address}", headers={"accept-language": lang})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_family_by_the_id_that_sources_name(caller: TestClient) -> None:
    found = told(caller, "CN110330865/family")
    assert (found["rule"], found["family"], found["total"]) == ("family", "F100001", 2)
    assert [(member["number"], member["publication_date"], member["stage"]) for member in found["members"]] == [
        ("CN110330865A", "2019-10-15", "published"),
        ("CN110330865B", "2020-12-01", "granted"),
    ]
    assert found["members"][1]["titles"]["en"] == "Rotary tiller"
    assert "sources" in found["said"]
    assert ask(caller, query=found["query"])["total"] == 2
    assert "来源" in told(caller, "CN110330865/family", "zh")["said"]


def test_what_a_document_cites_with_what_of_it_is_held_and_what_cites_it(caller: TestClient) -> None:
    found = told(caller, "CN110330865B/citations")
    assert (found["cited_total"], found["cited_held"], found["citing_total"]) == (1, 0, 0)
    assert found["cited"] == [{"number": "CN107771443A", "category": "X", "phase": "examiner", "date": "2018-03-09"}]
    assert "within what is loaded" in found["said"]


def test_a_status_with_its_log_in_chinese(caller: TestClient) -> None:
    found = told(caller, "ZL201910792871.4/legal", "zh")
    assert (found["status"], found["label"], found["since"], found["next_change"]) == (
        "in_force",
        "有效",
        "2020-12-01",
        "2039-08-26",
    )
    assert (found["confidence"], found["publications"]) == ("medium", ["CN110330865A", "CN110330865B", "CN113999999A"])
    assert [event["event"] for event in found["log"]] == ["申请", "公布", "授权", "有效", "预计期限届满"]
    assert "专利法第四十二条：发明 20 年" in found["log"][-1]["rule"]
    assert "登记簿" in found["said"]


@pytest.mark.parametrize("of", ["family", "citations", "legal"])
def test_what_is_not_held_says_what_is_near(caller: TestClient, of: str) -> None:
    answer = caller.get(f"/api/v1/patents/CN110330866B/{of}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_held")
    assert "CN110330865B" in answer.json()["near"]
