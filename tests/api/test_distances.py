"""Distances over HTTP: how they are written, what is marked, and an answer that is of a part of the candidates."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from starlette.testclient import TestClient

from search.app import create_app
from search.engine.embedded.reader import EmbeddedReader
from tests.service import Running


@pytest.fixture(scope="module")
def caller(service: Running) -> TestClient:
    return service.as_("researcher")


def ask(caller: TestClient, query: str, **body: Any) -> Any:
    answer = caller.post("/api/v1/search", json={"query": query, **body})
    assert answer.status_code == 200, answer.text
    return answer.json()


def marked(hit: Any) -> dict[str, list[str]]:
    """The marked pieces of each field."""
    return {
        field: [passage["text"][a:b] for passage in passages for a, b in passage["spans"]]
        for field, passages in hit["highlights"].items()
    }


@pytest.mark.parametrize(
    ("query", "dialect"),
    [("恒流 NEAR/10 恒压", "native"), ("恒流 ADJ/3 恒压", "native"), ("恒流 SENT 恒压", "native"), ("恒流 ADJ4 恒压", "ppubs")],
)
def test_a_distance_marks_what_takes_part_in_it(caller: TestClient, query: str, dialect: str) -> None:
    answer = ask(caller, query, dialect=dialect)
    assert answer["total"] == 37
    assert "checked" not in answer
    assert marked(answer["hits"][0])["abstract"] == ["恒流", "恒压"]


def test_words_too_far_apart_find_and_mark_nothing(caller: TestClient) -> None:
    assert ask(caller, "恒流 ADJ/2 恒压")["total"] == 0
    either = ask(caller, "恒流 ADJ/2 恒压 OR 分两步 OR steps")["hits"][0]
    assert marked(either)["abstract"] == ["steps"]


def test_a_distance_reaches_over_the_lines_of_a_text(caller: TestClient) -> None:
    """Two paragraphs of one description are one text, each marked in its own passage."""
    answer = ask(caller, "description:电池领域 ADJ/0 description:下面", size=1)
    assert answer["total"] == 37
    assert marked(answer["hits"][0])["description"] == ["电池领域", "下面"]


def test_a_distance_over_two_fields_is_refused_with_its_place(caller: TestClient) -> None:
    answer = caller.post("/api/v1/search", json={"query": "title:电池 NEAR/3 abstract:充电"})
    assert answer.status_code == 400
    assert (answer.json()["code"], answer.json()["position"]) == ("near_field", 25)


@pytest.fixture(scope="module")
def narrow(service: Running) -> Iterator[Running]:
    """The same service with a reader that looks at hardly any text."""
    reader = EmbeddedReader(service.settings.engine().data, units=100)
    services = replace(service.services, reader=reader)
    yield Running(create_app(service.settings, services, log=service.log), services, service.settings, service.log)
    reader.close()


def test_an_answer_of_a_part_says_so(narrow: Running) -> None:
    caller = narrow.as_("researcher")
    answer = ask(caller, "abstract:恒流 SENT abstract:恒压", size=1, cursor="")
    assert answer["checked"]["of"] == 37
    assert answer["total"] == answer["checked"]["looked_at"] < 37
    following = ask(caller, "abstract:恒流 SENT abstract:恒压", size=1, cursor=answer["cursor"])
    assert following["checked"] == answer["checked"]
    none = ask(caller, "abstract:恒压 ADJ/3 abstract:恒流?")
    assert (none["total"], none["checked"]["of"], none.get("why")) == (0, 37, None)


def test_what_must_be_exact_is_refused_with_what_to_do(service: Running) -> None:
    with closing(EmbeddedReader(service.settings.engine().data, units=1)) as reader:
        services = replace(service.services, reader=reader)
        app = create_app(service.settings, services, log=service.log)
        caller = Running(app, services, service.settings, service.log).as_("researcher")
        answer = caller.post("/api/v1/export", json={"query": "abstract:恒流 SENT abstract:恒压", "format": "csv"})
    assert (answer.status_code, answer.json()["code"], answer.json()["of"]) == (400, "distance_too_wide", 37)


@pytest.mark.parametrize(("lang", "words"), [("zh", "只核对了最近收录的"), ("en", "the distance was measured in")])
def test_the_page_says_so_too(narrow: Running, lang: str, words: str) -> None:
    page = narrow.as_("researcher").get(
        "/search?q=abstract:恒流 SENT abstract:恒压", headers={"accept": "text/html", "accept-language": lang}
    )
    assert words in page.text
