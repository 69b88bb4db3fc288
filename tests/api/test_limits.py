"""T46, T47: queries that try to be more than a query, and asking for more than a caller may take."""

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from search.app import create_app
from search.engine.model import Request, Results
from tests.service import Running, running


@pytest.fixture(scope="module")
def caller(service: Running) -> TestClient:
    return service.as_("researcher")


@pytest.mark.parametrize(
    "query",
    [
        '"}},{"match_all":{}',
        '{"query":{"match_all":{}}}',
        "_exists_:title",
        "field:*",
        "/.*a{1000}/",
        "title:/.*/",
        " OR ".join(["词"] * 5_000),
        "(" * 500 + "a" + ")" * 500,
        "NOT " * 5_000 + "a",
        "a" * 100_000,
        "*a* *b* *c* *d* *e* *f*",
        "?" * 50,
        "\x07\x1b[31m",
        "ｔｉｔｌｅ：（电池　ＯＲ　ａ）",
        "AND OR NOT",
        "与 或 非",
        "[* TO *]",
        "publication_date:[0000 TO 9999]",
        "'; DROP TABLE users; --",
        "${jndi:ldap://x}",
        "\u202e\u200b",
        "",
        " ",
    ],
    ids=lambda query: repr(query[:24]),
)
def test_t46_a_query_is_literal_or_refused_with_its_place(caller: TestClient, query: str) -> None:
    answer = caller.post("/api/v1/search", json={"query": query})
    assert answer.status_code in (200, 400), answer.text
    if answer.status_code == 400:
        assert 0 <= answer.json()["position"] <= len(query)
    else:
        assert answer.json()["total"] < 40  # none of them stands for everything


def test_t46_a_megabyte_of_query_is_413(caller: TestClient) -> None:
    assert caller.post("/api/v1/search", json={"query": "a" * 1_000_001}).status_code == 413


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"page": 101, "size": 100}, 400, "page_too_deep"),
        ({"page": 10_000, "size": 100}, 400, "page_too_deep"),
        ({"page": 10_001, "size": 1}, 422, "wrong_shape"),
        ({"size": 10**9}, 422, "wrong_shape"),
        ({"size": 0}, 422, "wrong_shape"),
        ({"size": 101}, 422, "wrong_shape"),
        ({"page": 0}, 422, "wrong_shape"),
        ({"page": 2, "cursor": ""}, 422, "wrong_shape"),
        ({"cursor": "forged"}, 400, "cursor"),
        ({"cursor": "Ä" * 10}, 400, "cursor"),
        ({"cursor": "QUJD" * 20}, 400, "cursor"),
        ({"cursor": "a" * 4_001}, 422, "wrong_shape"),
        ({"facets": ["country"] * 21}, 422, "wrong_shape"),
        ({"facets": ["title"]}, 422, "wrong_shape"),
        ({"facet_size": 201}, 422, "wrong_shape"),
        ({"facet_size": 10**6}, 422, "wrong_shape"),
        ({"sort": "score"}, 422, "wrong_shape"),
        ({"filters": {"country": []}}, 422, "wrong_shape"),
        ({"filters": {"country": ["CN"] * 101}}, 422, "wrong_shape"),
        ({"filters": {"title": ["a"]}}, 422, "wrong_shape"),
        ({"filters": {"publication_date": {}}}, 422, "wrong_shape"),
        ({"filters": {"publication_date": {"from": "soon"}}}, 422, "wrong_shape"),
        ({"mode": "vague"}, 422, "wrong_shape"),
    ],
)
def test_t47_asking_for_too_much(caller: TestClient, body: dict[str, Any], status: int, code: str) -> None:
    answer = caller.post("/api/v1/search", json={"query": "*", **body})
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_t47_the_deepest_page_is_answered(caller: TestClient) -> None:
    assert caller.post("/api/v1/search", json={"query": "*", "page": 100, "size": 100}).json()["hits"] == []


def test_t47_a_cursor_is_its_callers_for_its_question(service: Running, caller: TestClient) -> None:
    asked = {"query": "锂电池", "size": 5, "cursor": ""}
    cursor = caller.post("/api/v1/search", json=asked).json()["cursor"]
    again = asked | {"cursor": cursor}
    assert caller.post("/api/v1/search", json=again).status_code == 200
    assert service.as_("agency").post("/api/v1/search", json=again).json()["code"] == "cursor"
    for other in ({"query": "电池"}, {"filters": {"country": ["CN"]}}, {"sort": "number:asc"}):
        assert caller.post("/api/v1/search", json=again | other).json()["code"] == "cursor"


def test_t47_no_flipped_bit_of_a_cursor_is_taken(caller: TestClient) -> None:
    asked = {"query": "锂电池", "size": 5, "cursor": ""}
    cursor = caller.post("/api/v1/search", json=asked).json()["cursor"]
    for place in range(0, len(cursor.rstrip("=")) - 1):
        forged = cursor[:place] + ("A" if cursor[place] != "A" else "B") + cursor[place + 1 :]
        assert caller.post("/api/v1/search", json=asked | {"cursor": forged}).json().get("code") == "cursor"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_t47_a_cursor_whose_view_is_gone_says_what_to_do(service: Running, caller: TestClient, lang: str) -> None:
    asked = {"query": "锂电池", "size": 5, "cursor": ""}
    again = asked | {"cursor": caller.post("/api/v1/search", json=asked).json()["cursor"]}
    for view in (service.settings.data / "cursors").iterdir():
        view.unlink()
    answer = caller.post("/api/v1/search", json=again, headers={"accept-language": lang})
    assert (answer.status_code, answer.json()["code"]) == (400, "cursor")
    assert {"zh": "请以空的 cursor 重新开始检索", "en": "Search again with an empty cursor"}[lang] in answer.json()["detail"]


class _Slow:
    """A real reader whose searches wait at a gate."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self.waiting = threading.Semaphore(0)
        self.gate = threading.Event()

    def search(self, request: Request) -> Results:
        self.waiting.release()
        assert self.gate.wait(30)
        return self._reader.search(request)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reader, name)


def test_a_user_has_two_searches_at_once_and_others_are_not_kept(tmp_path: Path) -> None:
    with running(tmp_path) as service:
        slow = _Slow(service.services.reader)
        services = replace(service.services, reader=slow)  # type: ignore[arg-type]
        kept = Running(create_app(service.settings, services, log=service.log), services, service.settings, service.log)
        asking = {name: kept.as_(name) for name in ("researcher", "agency")}
        answers: list[int] = []

        def ask(name: str) -> None:
            answers.append(asking[name].get("/api/v1/search?q=a").status_code)

        threads = [threading.Thread(target=ask, args=(name,)) for name in ("researcher", "researcher", "agency")]
        for thread in threads:
            thread.start()
        for _ in threads:
            assert slow.waiting.acquire(timeout=30)
        refused = asking["researcher"].get("/api/v1/search?q=a")
        slow.gate.set()
        for thread in threads:
            thread.join()
        assert (refused.status_code, refused.json()["code"], refused.headers["retry-after"]) == (429, "searches_at_once", "1")
        assert answers == [200, 200, 200]
        assert asking["researcher"].get("/api/v1/search?q=a").status_code == 200
