"""Where nothing is found: what each part has alone, and what to ask instead, each of which finds as many as it says."""

import html
import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.service import Running


@pytest.fixture(scope="module")
def caller(service: Running) -> TestClient:
    return service.as_("researcher")


def ask(caller: TestClient, query: str, **body: Any) -> Any:
    answer = caller.post("/api/v1/search", json={"query": query, **body})
    assert answer.status_code == 200, answer.text
    return answer.json()


def instead(caller: TestClient, query: str, **body: Any) -> list[tuple[str, str, int]]:
    """What is offered for all parts; each was asked, and finds what it said."""
    offered = [each for clause in ask(caller, query, **body)["why"] for each in clause.get("instead", [])]
    for each in offered:
        filters = {} if each.get("alone") else body.get("filters", {})
        again = ask(caller, each["query"], dialect="native", filters=filters)
        assert again["total"] == each["count"] > 0, each
    return [(each["change"], each["query"], each["count"]) for each in offered]


def test_a_slip_in_a_word_is_mended(caller: TestClient) -> None:
    assert instead(caller, "batterry") == [("spelling", "battery", 37)]
    assert instead(caller, "title:rotray") == [("spelling", "title:rotary", 2)]
    assert ("spelling", "锂电池 AND charge", 37) in instead(caller, "锂电池 AND chrage")


def test_the_field_that_kills_a_word_is_found(caller: TestClient) -> None:
    assert instead(caller, "title:石墨") == [("field", "石墨", 37), ("field", "description:石墨", 37)]
    assert instead(caller, "volta") == [("field", "applicant:volta", 13)]


def test_a_name_that_is_nearly_held(caller: TestClient) -> None:
    assert instead(caller, "applicant:深圳锂原") == [("name", 'applicant=="深圳锂源电池有限公司"', 24)]
    assert instead(caller, "applicant:vlota") == [("spelling", "applicant:volta", 13)]
    assert instead(caller, 'applicant=="Volta Cell, Inc."') == [("name", 'applicant=="Volta Cells, Inc."', 13)]


def test_words_need_not_stand_side_by_side(caller: TestClient) -> None:
    assert instead(caller, "锂电池石墨负极") == [("words", "锂电池 AND 石墨负极", 37)]
    assert instead(caller, '"charging for batteries"') == [("words", '"charging" AND "for" AND "batteries"', 37)]
    assert ("distance", "锂电池 AND 石墨", 37) in instead(caller, "锂电池 NEAR/1 石墨")


def test_a_number_and_a_class_nearby(caller: TestClient) -> None:
    assert ("number", "number:CN110330865B", 1) in instead(caller, "number:CN110330866B")
    assert instead(caller, "ipc:H01M10/99") == [("class", "ipc:H01M10", 37)]


def test_a_part_without_which_something_is_found(caller: TestClient) -> None:
    assert instead(caller, "锂电池 AND 旋耕机 AND 农业") == [("left_out", "旋耕机 AND 农业", 2)]
    assert instead(caller, "锂电池 AND qqqqqq") == [("left_out", "锂电池", 37)]


def test_filters_are_kept_and_a_part_that_needs_more_is_offered_alone(caller: TestClient) -> None:
    filters = {"country": ["US"]}
    assert ("spelling", "battery", 13) in instead(caller, "batterry", filters=filters)
    answer = ask(caller, "batterry AND nosuchword", filters=filters)
    assert [(each["query"], each["count"], each.get("alone", False)) for each in answer["why"][0]["instead"]] == [
        ("battery", 37, True)
    ]


@pytest.mark.parametrize(
    ("address", "count"), [("q=batterry&filter=country:US", "13"), ("q=batterry AND nosuchword&filter=country:US", "37")]
)
def test_the_page_offers_the_same_as_links_that_find_as_many(caller: TestClient, address: str, count: str) -> None:
    shown = caller.get(f"/search?{address}&lang=en").text
    [link] = re.findall(r'<li><a href="(/search\?q=battery[^"]*)"><code>battery</code><span class="quiet">another spelling', shown)
    found = caller.get(html.unescape(link)).text
    assert f'<h1 class="count"><span class="number">{count}</span>' in found


def test_what_cannot_be_mended_has_nothing_instead(caller: TestClient) -> None:
    assert ask(caller, "qqqqqq")["why"] == [{"clause": "qqqqqq", "count": 0}]
    assert ask(caller, "NOT *:*")["why"] == [{"clause": "NOT *:*", "count": 0}]
    assert ask(caller, "publication_date:1950")["why"][0].get("instead") is None


@pytest.mark.parametrize("query", ["(a", "title:石墨 AND #9999"])
def test_a_query_that_cannot_be_read_is_no_query_without_hits(caller: TestClient, query: str) -> None:
    assert caller.post("/api/v1/search", json={"query": query}).status_code == 400
