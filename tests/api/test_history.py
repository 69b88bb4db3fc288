"""The history: searches numbered with their counts, combined as sets, exported; and searches saved under a name."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from search.saved.store import PEOPLE
from tests.service import Running, running


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, places: dict[str, str]) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("history"), **places) as started:
        yield started


@pytest.fixture
def researcher(service: Running) -> TestClient:
    """Nothing is kept yet."""
    client = service.as_("researcher")
    client.delete("/api/v1/history")
    for kept in client.get("/api/v1/saved").json()["items"]:
        client.delete(f"/api/v1/saved/{kept['id']}")
    return client


def ask(client: TestClient, query: str, **more: Any) -> Any:
    answer = client.post("/api/v1/search", json={"query": query, "record": True, **more}, headers={"accept-language": "en"})
    assert answer.status_code == 200, answer.text
    return answer.json()


def history(client: TestClient) -> Any:
    return client.get("/api/v1/history").json()["items"]


def test_searches_are_numbered_with_their_counts(researcher: TestClient) -> None:
    battery, us = ask(researcher, "锂电池"), ask(researcher, "country:US")
    assert (battery["recorded_as"], us["recorded_as"]) == (1, 2)
    assert [(entry["number"], entry["total"]) for entry in history(researcher)] == [(2, us["total"]), (1, battery["total"])]
    assert history(researcher)[1]["canonical"] == "锂电池"


def test_sets_are_combined(researcher: TestClient) -> None:
    battery, us = ask(researcher, "锂电池"), ask(researcher, "country:US")
    both = ask(researcher, "#1 AND #2")
    assert 0 < both["total"] == us["total"]
    rest = ask(researcher, "#1 NOT #2")
    assert rest["total"] == battery["total"] - both["total"]
    assert rest["query"]["canonical"] == "#1 AND NOT #2"
    assert ask(researcher, "#4 OR #3")["total"] == battery["total"]
    assert [entry["number"] for entry in history(researcher)] == [5, 4, 3, 2, 1]


def test_what_sets_find_is_marked(researcher: TestClient) -> None:
    ask(researcher, "title:锂电池")
    assert ask(researcher, "#1")["hits"][0]["highlights"]["title"]


def test_filters_are_part_of_a_set(researcher: TestClient) -> None:
    narrowed = ask(researcher, "锂电池", filters={"country": ["CN"], "year": ["2012", "2013"]})
    assert ask(researcher, "#1")["total"] == narrowed["total"] > 0
    assert ask(researcher, "锂电池")["total"] > narrowed["total"]


def test_a_set_that_is_not_there_is_told_with_its_place(researcher: TestClient) -> None:
    answer = researcher.post("/api/v1/search", json={"query": "锂电池 AND #9"})
    assert answer.status_code == 400
    assert (answer.json()["code"], answer.json()["position"]) == ("no_set", 8)


def test_the_same_search_again_keeps_its_number(researcher: TestClient) -> None:
    assert [ask(researcher, "锂电池", sort=sort)["recorded_as"] for sort in ("relevance", "number:asc")] == [1, 1]
    assert ask(researcher, "country:US")["recorded_as"] == 2
    assert ask(researcher, "锂电池")["recorded_as"] == 3


def test_further_pages_and_what_is_not_to_be_recorded_are_not_numbered(researcher: TestClient) -> None:
    assert "recorded_as" not in ask(researcher, "锂电池", page=2)
    assert "recorded_as" not in ask(researcher, "锂电池", record=False)
    assert history(researcher) == []


def test_nobody_sees_anothers_history(service: Running, researcher: TestClient) -> None:
    ask(researcher, "锂电池")
    other = service.as_("agency")
    assert history(other) == []
    assert other.post("/api/v1/search", json={"query": "#1"}).json()["code"] == "no_set"


def test_a_list_of_numbers_is_a_set(researcher: TestClient) -> None:
    kept = researcher.post("/api/v1/history", json={"numbers": ["CN110330865B", "CN11200101A", "CN999A"], "label": "清单"}).json()
    assert kept == {"number": 1, "total": 2}
    assert sorted(hit["number"] for hit in ask(researcher, "#1")["hits"]) == ["CN110330865B", "CN11200101A"]
    assert [hit["number"] for hit in ask(researcher, "#1 AND 锂电池")["hits"]] == ["CN11200101A"]
    assert history(researcher)[-1]["text"] == "清单"


def test_ten_thousand_numbers_are_one_set(researcher: TestClient) -> None:
    numbers = ["CN110330865B", *(f"CN{number}A" for number in range(900_000_000, 900_009_999))]
    assert researcher.post("/api/v1/history", json={"numbers": numbers}).json() == {"number": 1, "total": 1}


def test_the_table_has_the_columns_that_people_know(researcher: TestClient) -> None:
    ask(researcher, "锂电池")
    ask(researcher, '"=1+1" OR 锂电池')
    answer = researcher.get("/api/v1/history/table", headers={"accept-language": "zh"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["检索时间", "检索编号", "检索式", "命中数"]
    assert [row[1] for row in rows[1:]] == ["#2", "#1"]
    assert not any(cell.startswith("=") for row in rows for cell in row)


def test_forgetting_begins_anew(researcher: TestClient) -> None:
    ask(researcher, "锂电池")
    assert researcher.delete("/api/v1/history").status_code == 204
    assert history(researcher) == []
    assert ask(researcher, "country:US")["recorded_as"] == 1


def test_the_history_is_paged_to_its_end(researcher: TestClient) -> None:
    for year in range(2011, 2018):
        ask(researcher, f"publication_date:{year}")
    first = researcher.get("/api/v1/history?size=5").json()
    rest = researcher.get(f"/api/v1/history?size=5&before={first['next']}").json()
    assert [entry["number"] for page in (first, rest) for entry in page["items"]] == [7, 6, 5, 4, 3, 2, 1]
    assert rest["next"] is None


def test_a_search_is_saved_whole_and_changed_by_its_owner(service: Running, researcher: TestClient) -> None:
    ask(researcher, "title:锂电池")
    kept = researcher.post("/api/v1/saved", json={"name": "电池", "query": "#1 AND country:US"}).json()
    assert kept["canonical"] == "title:锂电池 AND country:US"
    assert researcher.get("/api/v1/saved").json()["items"] == [kept]
    assert service.as_("agency").get(f"/api/v1/saved/{kept['id']}").status_code == 404
    changed = {"name": "美国电池", "query": kept["canonical"], "version": 1}
    assert researcher.put(f"/api/v1/saved/{kept['id']}", json=changed).json()["name"] == "美国电池"
    assert researcher.put(f"/api/v1/saved/{kept['id']}", json=changed).json()["code"] == "changed_meanwhile"
    assert researcher.delete(f"/api/v1/saved/{kept['id']}").status_code == 204
    assert researcher.get("/api/v1/saved").json()["items"] == []


def test_a_search_is_shared_within_an_organisation_and_no_further(service: Running, researcher: TestClient) -> None:
    agency = service.as_("agency")
    kept = agency.post("/api/v1/saved", json={"name": "共享", "query": "锂电池", "shared": True}).json()
    assert (kept["shared"], kept["own"]) == (True, True)
    for stranger in (researcher, service.as_("bureau")):
        assert stranger.get(f"/api/v1/saved/{kept['id']}").status_code == 404
        assert stranger.get("/api/v1/saved").json()["items"] == []
    refused = researcher.post("/api/v1/saved", json={"name": "共享", "query": "锂电池", "shared": True})
    assert refused.json()["code"] == "no_organisation"


def test_a_list_of_numbers_is_not_saved_under_a_name(researcher: TestClient) -> None:
    researcher.post("/api/v1/history", json={"numbers": ["CN110330865B"]})
    assert researcher.post("/api/v1/saved", json={"name": "清单", "query": "#1"}).json()["code"] == "names_history"


def test_what_is_kept_is_given_out_and_erased(service: Running, researcher: TestClient) -> None:
    ask(researcher, "锂电池")
    researcher.post("/api/v1/saved", json={"name": "电池", "query": "country:US"})
    data = researcher.get("/api/v1/me/data").json()["searches"]
    assert ([entry["text"] for entry in data["history"]], [kept["canonical"] for kept in data["saved"]]) == (
        ["锂电池"],
        ["country:US"],
    )
    user = researcher.get("/api/v1/me").json()["id"]
    with service.services.database.write() as connection:
        PEOPLE.erase(connection, user)
    assert history(researcher) == researcher.get("/api/v1/saved").json()["items"] == []


def test_the_pages_number_combine_and_keep(researcher: TestClient) -> None:
    researcher.headers["accept-language"] = "zh"
    assert "#1" in researcher.get("/search?q=锂电池").text
    assert "#2" in researcher.get("/search?q=%231 AND country:US").text
    shown = researcher.get("/history").text
    assert shown.index("#2") < shown.rindex("锂电池")
    assert "检索编号" in researcher.get("/history/table").text
    saved = researcher.post("/saved", data={"csrf_token": "-", "name": "电池", "query": "锂电池"})
    assert saved.status_code == 303
    kept = researcher.get("/api/v1/saved").json()["items"][0]
    assert "删除：电池" in researcher.get("/saved").text
    undone = researcher.post(f"/saved/{kept['id']}/delete", data={"csrf_token": "-"}).text
    assert 'value="锂电池"' in undone
    assert "已删除" in undone
    assert researcher.post("/saved", data={"csrf_token": "-", "name": "坏", "query": "(电池"}).status_code == 400
    researcher.post("/history/forget", data={"csrf_token": "-", "sure": "yes"})
    assert history(researcher) == []
