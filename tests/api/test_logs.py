"""T51: one line of JSON a request, whatever a caller sends; and what must never stand in it."""

import asyncio
import io
import logging
from typing import Any

import orjson
import pytest

from search.api import logs
from search.app import create_app
from tests.service import PEOPLE, Running


def lines(service: Running) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in service.log.getvalue().splitlines()]


def send(service: Running, *, agent: bytes, method: str = "GET", path: str = "/healthz") -> int:
    """A request as raw ASGI: a client library would refuse such headers itself."""
    sent: list[Any] = []
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"user-agent", agent)],
        "client": ("192.0.2.7", 4711),
        "server": ("127.0.0.1", 80),
    }

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def keep(message: Any) -> None:
        sent.append(message)

    asyncio.run(service.app(scope, receive, keep))
    return int(sent[0]["status"])


@pytest.mark.parametrize(
    "agent",
    [
        b'x\n{"time": "forged", "status": 200}',
        b"\x1b[2J\x1b[31mred",
        b"\r\r\n\x00\x07\x85\xe2\x80\xa8",
        b"\xff\xfe\xed\xa0\x80",
        b"a" * 1_000_000,
        b'"}],"',
    ],
    ids=["line feed", "terminal", "controls", "not UTF-8", "a megabyte", "quotes"],
)
def test_t51_a_user_agent_stays_in_its_line(service: Running, agent: bytes) -> None:
    before = len(lines(service))
    assert send(service, agent=agent) == 200
    [line] = lines(service)[before:]
    assert len(line["agent"]) <= logs.CUT
    assert (line["status"], line["route"], line["client"]) == (200, "/healthz", "192.0.2.7")
    assert not any(ord(sign) < 32 for sign in service.log.getvalue().splitlines()[-1])


def test_t51_a_method_or_path_of_ones_own_stays_in_its_line(service: Running) -> None:
    before = len(lines(service))
    send(service, agent=b"", method="GET\n\x1b[31m" + "x" * 5_000, path="/\n{}")
    [line] = lines(service)[before:]
    assert line["route"] == "-"
    assert len(line["method"]) <= logs.CUT


def test_the_log_names_route_and_user_and_nothing_that_was_asked(service: Running) -> None:
    client = service.as_("researcher")
    client.get("/api/v1/search?q=绝密词")
    client.post("/api/v1/search", json={"query": "绝密词"})
    client.get("/api/v1/patents/CN110330865B")
    user = client.get("/api/v1/me").json()["id"]
    text = service.log.getvalue()
    routes = [(line["method"], line["route"], line["user"]) for line in lines(service)]
    assert ("GET", "/api/v1/search", user) in routes
    assert ("GET", "/api/v1/patents/{number}", user) in routes
    for secret in ("绝密词", "CN110330865B", PEOPLE["researcher"], client.headers["authorization"].split()[1]):
        assert secret not in text


def test_what_breaks_is_a_500_that_tells_its_id_and_the_log_tells_the_rest(service: Running) -> None:
    log = io.StringIO()
    app = create_app(service.settings, service.services, log=log)

    @app.get("/broken")
    def broken() -> None:
        raise RuntimeError("the inside\nof the house")

    kept = Running(app, service.services, service.settings, log)
    answer = kept.client().get("/broken")
    assert answer.status_code == 500
    assert "inside" not in answer.text
    trace, line = lines(kept)
    assert trace["request_id"] == line["request_id"] == answer.json()["request_id"] == answer.headers["x-request-id"]
    assert "the inside" in trace["traceback"]


def test_other_loggers_lines_are_json_too() -> None:
    record = logging.LogRecord("uvicorn.error", logging.INFO, __file__, 1, "two\nlines %s", ("\x1b[31m",), None)
    line = orjson.loads(logs.JsonLines().format(record))
    assert (line["level"], line["message"]) == ("info", "two\nlines \x1b[31m")
