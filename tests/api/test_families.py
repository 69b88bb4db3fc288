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


def test_families_are_counted_without_collapse_where_asked(caller: TestClient) -> None:
    found = ask(caller, query="锂电池", families=True, size=3)
    assert (found["families"], len(found["hits"])) == (19, 3)
    assert caller.get("/api/v1/search?q=锂电池&families=true&size=3").json()["families"] == 19


def test_pages_of_families(caller: TestClient) -> None:
    pages = [ask(caller, query="锂电池", size=7, page=page, collapse="family")["hits"] for page in (1, 2, 3, 4)]
    assert list(map(len, pages)) == [7, 7, 5, 0]
    assert len({hit["number"] for page in pages for hit in page}) == 19


@pytest.mark.parametrize("asked", [{"collapse": "family"}, {"families": True}])
def test_families_and_a_cursor_exclude_each_other_in_a_sentence(caller: TestClient, asked: dict[str, Any]) -> None:
    answer = caller.post("/api/v1/search", json={"query": "*", "cursor": "", **asked}, headers={"accept-language": "en"})
    assert (answer.status_code, answer.json()["code"]) == (400, "families_by_page")
    assert "leave out the cursor" in answer.json()["detail"]
