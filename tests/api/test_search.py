"""What a search answers."""

from typing import Any

import msgspec
import pytest
from starlette.testclient import TestClient

from search.find.answers import Found
from tests.service import Running

_strict = msgspec.json.Decoder(Found, strict=True)


@pytest.fixture(scope="module")
def caller(service: Running) -> TestClient:
    return service.as_("researcher")


def ask(caller: TestClient, query: str, **body: Any) -> Any:
    answer = caller.post("/api/v1/search", json={"query": query, **body})
    assert answer.status_code == 200, answer.text
    _strict.decode(answer.content)
    return answer.json()


def test_address_and_body_ask_the_same(caller: TestClient) -> None:
    body = ask(
        caller,
        "锂电池",
        filters={"country": ["US"], "publication_date": {"from": "2012", "to": "2015"}},
        sort="publication_date:asc",
    )
    address = caller.get(
        "/api/v1/search?q=锂电池&filter=country:US&filter=publication_date:2012..2015&sort=publication_date:asc"
    ).json()
    assert body | {"took_ms": 0} == address | {"took_ms": 0}
    assert [hit["publication_date"] for hit in body["hits"]] == sorted(hit["publication_date"] for hit in body["hits"])
    assert body["total"] == len(body["hits"]) > 0


def test_a_chinese_and_an_english_word_find_the_same_bilingual_documents(caller: TestClient) -> None:
    assert ask(caller, "锂电池")["total"] == ask(caller, "charge")["total"] == 37


def test_query_is_answered_as_it_was_understood(caller: TestClient) -> None:
    assert ask(caller, "标题：（旋耕机 或 tiller） 非 battery")["query"] == {
        "canonical": "(title:旋耕机 OR title:tiller) AND NOT battery",
        "dialect": "native",
    }


def test_warnings_are_in_the_callers_language(caller: TestClient) -> None:
    query = {"query": "tiller and battery"}
    chinese = caller.post("/api/v1/search", json=query, headers={"accept-language": "zh"}).json()["query"]["warnings"]
    english = caller.post("/api/v1/search", json=query, headers={"accept-language": "en"}).json()["query"]["warnings"]
    assert len(chinese) == len(english) == 1
    assert "运算符" in chinese[0]
    assert "operator" in english[0]


def test_highlights_are_spans_of_the_text_beside_them(caller: TestClient) -> None:
    [hit, *_] = ask(caller, "charging AND 石墨")["hits"]
    words = {
        passage["text"][start:end].lower()
        for passages in hit["highlights"].values()
        for passage in passages
        for start, end in passage["spans"]
    }
    assert words == {"charging", "charged", "石墨"}
    assert {passage["lang"] for passage in hit["highlights"]["title"]} == {"en"}
    assert "claims" not in hit["highlights"]


def test_without_highlight_there_is_none(caller: TestClient) -> None:
    plain = ask(caller, "锂电池", highlight=False)["hits"]
    marked = ask(caller, "锂电池")["hits"]
    assert plain == [{key: value for key, value in hit.items() if key != "highlights"} for hit in marked]


def test_a_facet_leaves_out_its_own_filter_and_keeps_the_others(caller: TestClient) -> None:
    facets = ["country", "year"]
    everything = ask(caller, "锂电池", facets=facets)["facets"]
    narrowed = ask(caller, "锂电池", facets=facets, filters={"country": ["US"]})
    assert narrowed["facets"]["country"] == everything["country"]
    assert sum(year["count"] for year in narrowed["facets"]["year"]) == narrowed["total"] == 13


def test_facet_values_have_labels_in_the_callers_language(caller: TestClient) -> None:
    asked = {"query": "锂电池", "facets": ["country"]}
    english = caller.post("/api/v1/search", json=asked, headers={"accept-language": "en"}).json()["facets"]["country"]
    assert english == [
        {"value": "CN", "label": "China", "count": 24},
        {"value": "US", "label": "United States", "count": 13},
    ]


@pytest.mark.parametrize(
    ("filters", "total"),
    [
        ({"applicant": ["Volta Cells, Inc."]}, 13),
        ({"applicant": ["Volta"]}, 0),
        ({"ipc": ["H02J"]}, 37),
        ({"ipc": ["h01m 10/44"]}, 37),
        ({"year": ["2011", "2020"]}, 7),
        ({"region": ["广东省"]}, 24),
        ({"family": ["B0"]}, 2),
        ({"publication_date": {"from": "2020"}}, 3),
        ({"publication_date": {"to": "2011-12-31"}}, 4),
        ({"application_date": {"from": "2010-03-01", "to": "2010-03-01"}}, 4),
    ],
)
def test_filters(caller: TestClient, filters: dict[str, Any], total: int) -> None:
    assert ask(caller, "锂电池", filters=filters)["total"] == total


def test_zero_hits_say_which_part_has_none(caller: TestClient) -> None:
    answer = ask(
        caller,
        "锂电池 AND (旋耕机 OR tiller) AND nosuchword",
        filters={"country": ["CN", "US"], "publication_date": {"to": "1990"}},
    )
    assert answer["why"] == [
        {"clause": "锂电池", "count": 37},
        {"clause": "旋耕机 OR tiller", "count": 2},
        {"clause": "nosuchword", "count": 0},
        {"clause": "country:CN | country:US", "count": 40},
        {"clause": "publication_date:..1990-12-31", "count": 0},
    ]
    assert "why" not in ask(caller, "锂电池")


def test_pages_do_not_overlap_and_hold_everything(caller: TestClient) -> None:
    numbers = [hit["number"] for page in (1, 2, 3) for hit in ask(caller, "*", size=20, page=page)["hits"]]
    assert len(numbers) == len(set(numbers)) == ask(caller, "*")["total"] == 40


def test_a_cursor_meets_every_document_once_and_ends(caller: TestClient) -> None:
    cursor, numbers, pages = "", [], 0
    while cursor is not None:
        answer = ask(caller, "*", size=7, cursor=cursor, sort="number:asc")
        numbers += [hit["number"] for hit in answer["hits"]]
        cursor = answer.get("cursor")
        pages += 1
    assert len(numbers) == 40
    assert numbers == sorted(set(numbers))
    assert pages in (6, 7)


@pytest.mark.parametrize(
    ("query", "position", "said"),
    [("title:(电池", 6, "expected"), ("电池 AND titel:x", 7, "suggestions"), ("publication_date:soon", 17, "expected")],
)
def test_a_query_that_cannot_be_read_is_a_400_with_its_place(caller: TestClient, query: str, position: int, said: str) -> None:
    answer = caller.post("/api/v1/search", json={"query": query})
    assert answer.status_code == 400
    assert answer.json()["position"] == position
    assert answer.json().get(said)
