"""One question in every language: the same hits, and each translation asks it again."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from search.query import dialects
from tests import machine
from tests.properties.fuzzed import fuzz
from tests.service import Running

ASKED = {
    "native": "title:(battery OR tiller) AND country:CN",
    "cql": "ti=(battery or tiller) and pn=CN",
    "ppubs": "(battery tiller).ti. AND @pd>=1900",
    "cprs": "(battery+tiller)/TI*CN/CO",
    "pss": "发明名称=(battery OR tiller) AND 公开国=(CN)",
    "google": "TI=(battery OR tiller) country:CN",
}


@pytest.fixture(scope="module")
def caller(service: Running) -> TestClient:
    return service.as_("researcher")


def search(caller: TestClient, query: str, **asked: Any) -> Any:
    answer = caller.post("/api/v1/search", json={"query": query, "size": 100, **asked})
    assert answer.status_code == 200, answer.text
    return answer.json()


def parse(caller: TestClient, text: str, **asked: Any) -> Any:
    answer = caller.post("/api/v1/query/parse", json={"text": text, **asked}, headers={"accept-language": "en"})
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize("dialect", ASKED)
def test_a_query_in_each_language_finds_what_the_native_one_does(caller: TestClient, dialect: str) -> None:
    found = search(caller, ASKED[dialect], dialect=dialect)
    native = search(caller, found["query"]["canonical"], dialect="native")
    assert found["query"]["dialect"] == dialect
    assert [hit["number"] for hit in found["hits"]] == [hit["number"] for hit in native["hits"]]
    assert found["total"] == native["total"] > 0


def test_every_language_of_the_service_is_one_of_the_query(caller: TestClient) -> None:
    assert set(ASKED) == set(dialects.NAMES)
    assert caller.post("/api/v1/search", json={"query": "a", "dialect": "klingon"}).status_code == 422


@pytest.mark.parametrize("dialect", [name for name in ASKED if name not in {"native", "pss"}])
def test_the_language_is_found_out_and_said(caller: TestClient, dialect: str) -> None:
    text = ASKED[dialect] + {"google": " after:publication:1900"}.get(dialect, "")
    found = caller.get("/api/v1/search", params={"q": text}, headers={"accept-language": "en"}).json()["query"]
    assert found["dialect"] == dialect
    assert found["warnings"][0].startswith("Read as")


def test_two_readings_are_told(caller: TestClient) -> None:
    read = parse(caller, "ap=CN201910792871")
    assert read["dialect"] == "native"
    (warning,) = read["warnings"]
    assert (warning["code"], warning["position"]) == ("other_reading", 0)
    assert "application:CN201910792871" in warning["message"]


def test_translations_come_where_they_are_asked_for(caller: TestClient) -> None:
    assert "translations" not in search(caller, "tiller")["query"]
    written = search(caller, "title:(battery OR tiller)", translations=True)["query"]["translations"]
    assert set(written) == set(dialects.NAMES)
    total = search(caller, "title:(battery OR tiller)")["total"]
    assert total > 0
    for name, translation in written.items():
        assert search(caller, translation["text"], dialect=name)["total"] == total


def test_a_query_is_read_without_being_asked(caller: TestClient) -> None:
    read = parse(caller, "battery/TI-(lead/AB*NEAR/AB) @LX=UM", dialect="cprs")
    assert read["canonical"] == 'title:battery AND NOT (abstract:lead AND abstract:"NEAR") AND type:utility_model'
    assert read["tree"] == {
        "node": "and",
        "items": [
            {"node": "word", "text": "battery", "field": "title", "exact": False},
            {
                "node": "not",
                "item": {
                    "node": "and",
                    "items": [
                        {"node": "word", "text": "lead", "field": "abstract", "exact": False},
                        {"node": "word", "text": "NEAR", "field": "abstract", "exact": True},
                    ],
                },
            },
            {"node": "value", "field": "type", "value": "utility_model"},
        ],
    }
    assert read["translations"]["pss"] == {"text": '发明名称=(battery) NOT (摘要=(lead) AND 摘要=("NEAR")) AND 发明类型=("U")'}
    assert "{type:utility_model}" in read["translations"]["cql"]["text"]
    assert "Espacenet CQL can't say “type:utility_model”" in read["translations"]["cql"]["warnings"][0]


def test_proximity_and_history_have_their_nodes(caller: TestClient) -> None:
    assert parse(caller, "(L3 AND (a ADJ2 b))", dialect="ppubs")["tree"]["items"] == [
        {"node": "ref", "number": 3},
        {
            "node": "near",
            "left": {"node": "word", "text": "a", "field": None, "exact": False},
            "right": {"node": "word", "text": "b", "field": None, "exact": False},
            **{"unit": "word", "distance": 1, "ordered": True, "without": False},
        },
    ]


@pytest.mark.parametrize("dialect", ["auto", *ASKED])
def test_any_text_is_an_answer_or_a_refusal_with_its_place(caller: TestClient, dialect: str) -> None:
    """T46: whatever is read is planned and asked; never a 500."""
    for seed in range(1_500 if machine.soaking() else 40):
        text = fuzz(dialect, seed).encode("utf-8", "ignore").decode().replace("\0", "")
        answer = caller.post("/api/v1/search", json={"query": text, "dialect": dialect, "size": 1})
        assert answer.status_code == 200 or (answer.status_code, "position" in answer.json()) == (400, True), text


@pytest.mark.parametrize(
    ("dialect", "text", "code", "position"),
    [
        ("cql", "ti=a and pr=EP1", "field_absent", 9),
        ("ppubs", "a.zz.", "field", 1),
        ("cprs", "201910792871.5/AN", "check_digit", 0),
        ("cprs", "a/TI @ZZ", "tail", 5),
        ("pss", "发明名称=(a", "bracket", 5),
        ("google", "before:", "expected", 7),
        ("auto", "xx:a/TI*(b", "bracket", 8),
    ],
)
def test_a_refusal_says_where(caller: TestClient, dialect: str, text: str, code: str, position: int) -> None:
    for path, sent in (("/query/parse", "text"), ("/search", "query")):
        answer = caller.post(f"/api/v1{path}", json={sent: text, "dialect": dialect})
        assert answer.status_code == 400
        assert (answer.json()["code"], answer.json()["position"]) == (code, position)
