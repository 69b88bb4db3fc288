"""The languages of a query on the pages: told, chosen, shown in each other, and a help whose examples run."""

import html
import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from search.query.dialects import NAMES
from tests.service import PASSWORD, PEOPLE, Running, running


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("languages")) as started:
        yield started


@pytest.fixture
def caller(service: Running) -> TestClient:
    client = service.client()
    client.headers.update({"accept": "text/html", "accept-language": "en"})
    assert client.post("/login", data={"username": PEOPLE["researcher"], "password": PASSWORD}).status_code == 303
    return client


def _links(text: str, start: str) -> list[str]:
    return [html.unescape(link) for link in re.findall(r'href="([^"]+)"', text) if link.startswith(start)]


def _count(text: str) -> int:
    [count] = re.findall(r'<h1 class="count"><span class="number">([^<]+)<', text)
    return int(re.sub(r"\D", "", count))


def _chosen(text: str) -> str:
    """Of the languages, which stand behind their name."""
    return re.findall(r'aria-current="true">([^<]+)<', text[text.index(">Language<") :])[0]


def test_every_example_of_the_help_finds_something(caller: TestClient) -> None:
    page = caller.get("/help").text
    links = _links(page, "/search?q=")
    assert {name for link in links for name in re.findall(r"dialect=(\w+)", link)} == set(NAMES)
    assert len(links) >= 2 * len(NAMES)
    for link in links:
        assert _count(caller.get(link).text) > 0, link


def test_the_help_is_open_to_strangers_and_found_from_every_page(service: Running) -> None:
    client = service.client()
    assert client.get("/help").status_code == 200
    assert 'href="/help"' in client.get("/").text


def test_the_language_is_told_and_the_query_shown_in_the_others(caller: TestClient) -> None:
    page = caller.get("/search", params={"q": "battery/TI+tiller/TI"}).text
    assert "(read as CPRS)" in page
    assert "<code>title:battery OR title:tiller</code>" in page
    others = [link for link in _links(page, "/search?q=") if "dialect=" in link]
    assert len(others) == len(NAMES) - 1
    assert {_count(caller.get(link).text) for link in others} == {_count(page)}


def test_a_language_that_is_chosen_stays_chosen(caller: TestClient) -> None:
    page = caller.get("/search", params={"q": "ti=battery or ti=tiller", "dialect": "cql"}).text
    assert 'name="dialect" value="cql"' in page
    assert _chosen(page) == "Espacenet CQL"
    assert _chosen(caller.get("/search?q=battery").text) == "found out"
    orders = _links(page, "?q=")
    assert orders
    assert sum("dialect=cql" in link for link in orders) > len(NAMES)


def test_what_a_language_cannot_say_is_told(caller: TestClient) -> None:
    page = caller.get("/search", params={"q": "kind:B AND battery"}).text
    assert "Espacenet CQL can&#39;t say “kind:B”" in page
    assert "{kind:B} and battery" in page


def test_a_query_that_cannot_be_read_keeps_its_language(caller: TestClient) -> None:
    answer = caller.get("/search", params={"q": "a.zz.", "dialect": "ppubs"})
    assert answer.status_code == 400
    assert 'name="dialect" value="ppubs"' in answer.text
    assert _chosen(answer.text) == "USPTO PPUBS"
    [native] = [link for link in _links(answer.text, "?q=") if link.endswith("dialect=native")]
    assert caller.get(f"/search{native}").status_code == 200
    assert '<span class="here">.</span>' in answer.text
