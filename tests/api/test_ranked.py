"""Free words, and documents like a text or a number: ranked, any word may be missing, counted exactly."""

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.builders import a_patent
from tests.service import Running, running


@pytest.fixture(scope="module")
def caller(service: Running) -> TestClient:
    return service.as_("researcher")


def ask(caller: TestClient, query: str, mode: str, **body: Any) -> Any:
    answer = caller.post("/api/v1/search", json={"query": query, "mode": mode, **body})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_any_word_may_be_missing_and_stop_words_are(caller: TestClient) -> None:
    answer = ask(caller, "the rotary tillers and a nosuchword of batteries", "text")
    assert answer["query"]["canonical"] == "rotary OR tillers OR nosuchword OR batteries"
    assert answer["total"] == 39
    assert {hit["number"] for hit in answer["hits"][:2]} == {"CN110330865A", "CN110330865B"}


def test_chinese_is_sought_by_pairs_of_characters_without_function_words(caller: TestClient) -> None:
    answer = ask(caller, "一种旋耕机的刀轴", "text")
    assert answer["query"]["canonical"] == "旋耕 OR 耕机 OR 刀轴"
    assert answer["total"] == 2
    [first, *_] = answer["hits"]
    assert first["highlights"]["title"][0]["spans"] == [[2, 5]]


def test_what_is_answered_is_what_the_canonical_query_finds(caller: TestClient) -> None:
    free = ask(caller, "charging a lithium battery, 旋耕机 （顺序）", "text", size=50, facets=["country"])
    plain = ask(caller, free["query"]["canonical"], "query", dialect="native", size=50, facets=["country"])
    assert free | {"took_ms": 0} == plain | {"took_ms": 0}
    assert free["hits"][0]["score"] >= free["hits"][-1]["score"]


def test_an_address_a_filter_and_a_cursor(caller: TestClient) -> None:
    answer = caller.get("/api/v1/search?q=tiller battery&mode=text&filter=country:US&cursor=&size=10").json()
    assert answer["total"] == 13
    again = caller.get(f"/api/v1/search?q=tiller battery&mode=text&filter=country:US&size=10&cursor={answer['cursor']}").json()
    assert len({hit["number"] for hit in answer["hits"] + again["hits"]}) == 13


def test_documents_like_a_number_without_itself(caller: TestClient) -> None:
    answer = ask(caller, "CN 110330865 B", "similar")
    assert answer["hits"][0]["number"] == "CN110330865A"
    assert "CN110330865B" not in {hit["number"] for hit in answer["hits"]}
    assert answer["query"]["canonical"].endswith("AND NOT number:CN110330865B")
    by_number = caller.get("/api/v1/patents/CN110330865B/similar").json()
    assert by_number | {"took_ms": 0} == answer | {"took_ms": 0}


def test_documents_like_a_paragraph(caller: TestClient) -> None:
    text = "本发明公开了一种农业机械，其特征在于，机架上设有刀轴。" * 30
    answer = ask(caller, text, "similar")
    assert {hit["number"] for hit in answer["hits"][:2]} == {"CN110330865A", "CN110330865B"}
    assert answer["query"]["canonical"].count(" OR ") < 40


def test_a_document_without_a_word_is_like_none(tmp_path: Path) -> None:
    bare = {"titles": {}, "abstracts": {}, "claims": (), "description": {}}
    with running(tmp_path, [a_patent("CN1000001A", **bare), a_patent()]) as service:
        assert ask(service.as_("researcher"), "CN1000001A", "similar")["total"] == 0


def test_a_number_that_is_not_held_has_no_like(caller: TestClient) -> None:
    answer = caller.get("/api/v1/patents/CN999999999B/similar")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_held")


@pytest.mark.parametrize(
    ("query", "mode", "code"),
    [
        ("", "text", "empty"),
        ("，。!", "text", "empty"),
        ("，", "similar", "empty"),
        ("a" * 2_001, "text", "too_long"),
        ("a" * 20_001, "similar", "too_long"),
    ],
)
def test_a_text_without_a_word_or_too_long_is_refused(caller: TestClient, query: str, mode: str, code: str) -> None:
    answer = caller.post("/api/v1/search", json={"query": query, "mode": mode})
    assert (answer.status_code, answer.json()["code"]) == (400, code)


@pytest.mark.parametrize(
    "text", ["(((", 'ti=(a" NOT', "#3 AND #5", "NEAR/3", "title:", "a" * 2_000, "词" * 2_000, "and or not", "* ? \\ <b>"]
)
def test_a_free_text_is_never_read_as_a_language(caller: TestClient, text: str) -> None:
    answer = caller.post("/api/v1/search", json={"query": text, "mode": "text"})
    assert answer.status_code == (400 if answer.json().get("code") == "empty" else 200), answer.text


def test_the_history_has_what_can_be_asked_again(caller: TestClient) -> None:
    number = ask(caller, "rotary tillers", "text", record=True)["recorded_as"]
    assert ask(caller, f"#{number}", "query")["total"] == 2


def test_pages_of_free_words_and_of_like_documents(caller: TestClient) -> None:
    shown = caller.get("/search?q=rotary batteries&mode=text&lang=en").text
    assert '<h1 class="count"><span class="number">39</span>' in shown
    assert '<input type="hidden" name="mode" value="text">' in shown
    assert 'href="/search?mode=similar&amp;q=CN110330865B"' in caller.get("/patents/CN110330865B").text
    assert "CN110330865A" in caller.get("/search?mode=similar&q=CN110330865B").text
    assert "mode=text" in caller.get("/search?q=nosuchword batterry").text
