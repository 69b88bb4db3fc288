"""Synonyms: lists of one's own and everybody's, used where a search asks for them, shown term by term, each to be left out."""

import html
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from search.patent.model import Patent
from search.synonyms.lists import Lists, read
from tests.builders import a_patent
from tests.command import patentry
from tests.service import Running, running

GROUP = ["battery", "电池", "accumulator", "lithium cell"]
WORDS = {
    "CN1A": "battery charging",
    "CN2A": "电池充电",
    "CN3A": "accumulator charging",
    "CN4A": "a lithium cell is charged",
    "CN5A": "a cell of lithium is charged",
    "CN6A": "batteries",
    "CN7A": "pump",
}


def _stock() -> list[Patent]:
    nothing: dict[str, Any] = {"abstracts": {}, "claims": (), "description": {}}
    return [a_patent(number, titles={"en": text}, **nothing) for number, text in WORDS.items()]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, places: dict[str, str]) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("synonyms"), _stock(), **places) as started:
        yield started


@pytest.fixture
def researcher(service: Running) -> TestClient:
    """His list is one group; everybody's is empty."""
    Lists(service.services.database).load([])
    client = service.as_("researcher")
    assert client.put("/api/v1/synonyms", json={"groups": [GROUP]}).status_code == 200
    return client


def ask(client: TestClient, query: str, **more: Any) -> Any:
    answer = client.post("/api/v1/search", json={"query": query, "synonyms": True, **more}, headers={"accept-language": "en"})
    assert answer.status_code == 200, answer.text
    return answer.json()


def numbers(found: Any) -> set[str]:
    return {hit["number"] for hit in found["hits"]}


def test_synonyms_are_used_only_where_they_are_asked_for(researcher: TestClient) -> None:
    plain = ask(researcher, "battery", synonyms=False)
    assert numbers(plain) == {"CN1A", "CN6A"}
    assert "widened" not in plain["query"]
    assert numbers(ask(researcher, "battery")) == {"CN1A", "CN2A", "CN3A", "CN4A", "CN6A"}


def test_what_is_added_is_shown_and_stands_in_the_canonical_text(researcher: TestClient) -> None:
    query = ask(researcher, "title:battery AND charg*")["query"]
    assert query["widened"] == [{"clause": "title:battery", "added": ["电池", "accumulator", "lithium cell"]}]
    text = '(title:battery OR title:电池 OR title:accumulator OR title:"lithium cell") AND charg*'
    assert query["canonical"] == text
    assert numbers(ask(researcher, text, synonyms=False)) == {"CN1A", "CN3A", "CN4A"}


@pytest.mark.parametrize(
    "left_out", [["电池"], ["ＡＣＣＵＭＵＬＡＴＯＲ", "lithium cell"], ["电池", "accumulator", "lithium cell"]]
)
def test_a_term_that_is_left_out_finds_nothing(researcher: TestClient, left_out: list[str]) -> None:
    found = ask(researcher, "battery", without=left_out)
    widened = found["query"]["widened"][0]
    assert len(widened.get("added", [])) + len(widened["left_out"]) == 3
    kept = ["battery", *widened.get("added", [])]
    by_hand = " OR ".join(f'"{term}"' if " " in term else term for term in kept)
    assert numbers(found) == numbers(ask(researcher, by_hand, synonyms=False))


def test_wildcards_and_synonyms_work_together(researcher: TestClient) -> None:
    found = ask(researcher, "battery* OR pump")
    assert found["query"]["widened"][0]["clause"] == "battery*"
    assert numbers(found) == {"CN1A", "CN2A", "CN3A", "CN4A", "CN7A"}
    assert ask(researcher, "batter*")["total"] == 5


def test_a_quoted_text_is_widened_as_a_whole_only(researcher: TestClient) -> None:
    assert "widened" not in ask(researcher, '"battery charging"')["query"]
    assert "CN1A" in numbers(ask(researcher, '"lithium cell"'))


def test_distances_take_the_choice(researcher: TestClient) -> None:
    found = ask(researcher, "title:battery ADJ/0 title:charging")
    assert numbers(found) == {"CN1A", "CN3A"}
    assert ask(researcher, found["query"]["canonical"], synonyms=False)["total"] == 2


def test_names_of_applicants_are_no_words(researcher: TestClient) -> None:
    assert "widened" not in ask(researcher, "applicant:battery")["query"]


def test_everybodys_list_and_ones_own(service: Running, researcher: TestClient, tmp_path: Path) -> None:
    Lists(service.services.database).load(read(["# 公用", "", "pump；泵", "battery，cell"]))
    assert ask(researcher, "battery")["query"]["widened"][0]["added"] == ["电池", "accumulator", "lithium cell", "cell"]
    other = service.as_("agency")
    assert ask(other, "battery")["query"]["widened"][0]["added"] == ["cell"]
    shown = other.get("/api/v1/synonyms").json()
    assert (shown["own"], shown["operator"]["groups"]) == ({"groups": [], "version": 0}, [["pump", "泵"], ["battery", "cell"]])


def test_the_operator_loads_a_file_whole_or_not_at_all(service: Running, researcher: TestClient, tmp_path: Path) -> None:
    """A line that is no group, or what is no UTF-8, refuses the file in one line, and the list before it stays."""
    file, place = tmp_path / "synonyms.txt", {"data": service.settings.data, **service.environment}
    file.write_text("\ufeff# 公用\npump, 泵\r\n\nbattery、cell\n", "utf-8")
    assert patentry("synonyms", "load", str(file), **place).stdout.startswith("同义词 / groups 2 · ")
    for wrong in ("pump, 泵\n泵\n".encode(), "泵, pump\n".encode("gbk")):
        file.write_bytes(wrong)
        refused = patentry("synonyms", "load", str(file), **place)
        assert refused.returncode == 2
        assert "Traceback" not in refused.stderr
    assert ask(researcher, "pump")["query"]["widened"][0]["added"] == ["泵"]


def test_history_and_saved_searches_keep_what_was_sought(service: Running, researcher: TestClient) -> None:
    total = ask(researcher, "battery", record=True, without=["电池"])["total"]
    researcher.put("/api/v1/synonyms", json={"groups": []})
    entry = researcher.get("/api/v1/history").json()["items"][0]
    assert (entry["text"], entry["total"]) == ("battery", total)
    assert ask(researcher, f"#{entry['number']}", synonyms=False)["total"] == total


def test_a_cursor_belongs_to_the_terms_it_was_opened_with(researcher: TestClient) -> None:
    opened = ask(researcher, "battery", cursor="", size=2)
    assert ask(researcher, "battery", cursor=opened["cursor"], size=2)["total"] == 5
    other = {"query": "battery", "synonyms": True, "without": ["电池"], "size": 2, "cursor": opened["cursor"]}
    assert researcher.post("/api/v1/search", json=other).status_code == 400


def test_too_many_are_refused_with_what_to_do(researcher: TestClient) -> None:
    groups = [["battery", *(f"w{group}x{word}" for word in range(45))] for group in range(3)]
    researcher.put("/api/v1/synonyms", json={"groups": groups})
    refused = researcher.post("/api/v1/search", json={"query": "battery", "synonyms": True})
    assert (refused.status_code, refused.json()["code"]) == (400, "too_wide")


@pytest.mark.parametrize("groups", [[["a"]], [["a", "a"]], [["a", "*"]], [["a", "b*"]], [["a", "…"]], [["a", "b" * 101]]])
def test_what_is_no_group_is_refused(researcher: TestClient, groups: list[list[str]]) -> None:
    assert researcher.put("/api/v1/synonyms", json={"groups": groups}).status_code == 422
    assert researcher.get("/api/v1/synonyms").json()["own"]["groups"] == [GROUP]


def test_a_list_changed_meanwhile_is_not_overwritten(researcher: TestClient) -> None:
    version = researcher.get("/api/v1/synonyms").json()["own"]["version"]
    assert researcher.put("/api/v1/synonyms", json={"groups": [["a", "b"]], "version": version}).status_code == 200
    late = researcher.put("/api/v1/synonyms", json={"groups": [["c", "d"]], "version": version})
    assert late.json()["code"] == "synonyms_changed"


def test_the_page_keeps_a_list_and_the_results_tick_each_term(researcher: TestClient) -> None:
    researcher.headers["accept-language"] = "zh"
    assert researcher.post("/synonyms", data={"groups": "battery, 电池, 蓄电池\n只有一个"}).status_code == 422
    assert "第 2 行" in researcher.post("/synonyms", data={"groups": "battery, 电池\n只有一个"}).text
    assert researcher.post("/synonyms", data={"groups": "battery, 电池, accumulator"}).status_code == 303
    assert "battery, 电池, accumulator" in researcher.get("/synonyms?saved=1").text
    assert "☐ 含同义词" in researcher.get("/search?q=battery").text
    shown = html.unescape(researcher.get("/search?q=battery&synonyms=true&without=电池").text)
    assert "☑ 含同义词" in shown
    assert "☑ accumulator" in shown
    assert "☐ 电池" in shown
    assert 'name="synonyms" value="true"' in researcher.get("/").text
