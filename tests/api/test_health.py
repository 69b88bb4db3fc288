"""Alive, ready, counted; and what still works when the engine is away (T48) or the database is."""

import socket
from dataclasses import replace
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from search.app import create_app
from search.engine.factory import open_reader
from tests.service import Running, running


def test_metrics_are_counted_by_route_template(service: Running) -> None:
    caller = service.as_("researcher")
    for number in ("CN110330865B", "CN110330865A", "CN110330866"):
        caller.get(f"/api/v1/patents/{number}")
    text = caller.get("/metrics").text
    assert "CN110330865" not in text
    families = {family.name: family for family in text_string_to_metric_families(text)}
    counts = {
        (sample.labels["route"], sample.labels["status"]): sample.value
        for sample in families["patentry_requests_seconds"].samples
        if sample.name.endswith("_count")
    }
    assert counts["/api/v1/patents/{number}", "200"] >= 2
    assert counts["/api/v1/patents/{number}", "404"] >= 1
    assert "process_resident_memory_bytes" in families


@pytest.fixture(scope="module")
def without_engine(service: Running) -> Running:
    """The same service over an Elasticsearch at whose port nobody listens."""
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{nobody.getsockname()[1]}"
    reader = open_reader(replace(service.settings.engine(), elasticsearch_url=url, timeout_s=2))
    services = replace(service.services, reader=reader)
    return Running(create_app(service.settings, services, log=service.log), services, service.settings, service.log)


def test_t48_without_the_engine_a_search_is_503_with_a_time_to_wait(without_engine: Running) -> None:
    caller = without_engine.as_("researcher")
    for answer in (
        caller.get("/api/v1/search?q=a"),
        caller.post("/api/v1/search", json={"query": "a", "cursor": ""}),
        caller.get("/api/v1/patents/CN110330865B"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (503, "engine_unavailable")
        assert int(answer.headers["retry-after"]) == answer.json()["retry_after_s"] > 0
        assert "127.0.0.1" not in answer.text


def test_t48_without_the_engine_signing_in_and_the_first_page_work(without_engine: Running) -> None:
    caller = without_engine.as_("researcher")
    assert caller.get("/api/v1/me").status_code == 200
    assert "检索引擎暂时不可用" in caller.get("/").text
    assert caller.get("/search?q=a", headers={"accept": "text/html"}).status_code == 503


def test_readiness_names_the_part_that_is_away(without_engine: Running) -> None:
    answer = without_engine.client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "unavailable", "engine": False, "database": True}
    assert without_engine.client().get("/healthz").status_code == 200


def test_readiness_without_the_database(tmp_path: Path) -> None:
    with running(tmp_path, []) as service:
        service.services.database.close()
        (tmp_path / "patentry.sqlite").rename(tmp_path / "moved.sqlite")
        (tmp_path / "patentry.sqlite").mkdir()
        answer = service.client().get("/readyz")
        assert answer.json() == {"status": "unavailable", "engine": True, "database": False}
