"""T14: what no route may stumble over, on every route that there is."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.routes import ROUTES
from tests.service import Running

HARM: Mapping[str, bytes] = {
    "NaN": b'{"query": NaN}',
    "Infinity": b'{"size": Infinity}',
    "1e999": b'{"size": 1e999}',
    "lone surrogate": b'{"query": "\\ud800"}',
    "surrogate key": b'{"\\udfff": 1}',
    "NUL": b'{"query": "a\\u0000b"}',
    "duplicate keys": b'{"query": "a", "query": "b"}',
    "deep arrays": b"[" * 100_000 + b"]" * 100_000,
    "deep objects": b'{"a":' * 100_000,
    "bad UTF-8": b'{"query": "\xff\xfe"}',
    "huge integer": b'{"size": ' + b"9" * 5000 + b"}",
    "not JSON": b"{",
    "byte order mark": b'\xef\xbb\xbf{"query": "a"}',
    "wrong shape": b'{"query": ["a"]}',
    "a number": b"7",
    "unknown key": b'{"query": "a", "role": "administrator"}',
}
_CHANGING = [route for route in ROUTES if route[0] != "GET"]
_BODILESS = [("POST", "/logout"), ("POST", "/api/v1/auth/logout"), ("DELETE", "/api/v1/history"), ("DELETE", "/api/v1/saved/{id}")]
"""Changes that read no body."""
_READING = [route for route in ROUTES if route[0] == "GET"]


@pytest.fixture(scope="module")
def caller(service: Running) -> TestClient:
    return service.as_("agency")


@pytest.mark.parametrize("harm", HARM)
@pytest.mark.parametrize("route", [route for route in _CHANGING if route not in _BODILESS], ids=" ".join)
def test_t14_a_body_that_is_not_sound_is_refused(route: tuple[str, str], harm: str, caller: TestClient) -> None:
    sent = caller.request(route[0], ROUTES[route].path, content=HARM[harm], headers={"content-type": "application/json"})
    assert 400 <= sent.status_code < 500, sent.text
    if route[1].startswith("/api/"):
        assert sent.json()["code"] != "internal"
        assert "input" not in sent.json()


@pytest.mark.parametrize("harm", HARM)
@pytest.mark.parametrize("route", [*_READING, *_BODILESS], ids=" ".join)
def test_t14_a_body_nobody_asked_for_never_breaks_a_route(route: tuple[str, str], harm: str, service: Running) -> None:
    client = service.client()
    answer = client.request(route[0], ROUTES[route].path, content=HARM[harm], headers={"content-type": "application/json"})
    assert answer.status_code < 500


@pytest.mark.parametrize("route", [route for route in _CHANGING if not route[1].endswith("/collections/{id}/import")], ids=" ".join)
def test_t14_ten_megabytes_are_413(route: tuple[str, str], service: Running) -> None:
    answer = service.client().request(route[0], ROUTES[route].path, content=b"x" * 10_000_000)
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


@pytest.mark.parametrize("text", ["%00", "a%00b", "%ff%fe", "%ed%a0%80", "\u202e", "%0d%0aX-Evil:1", "nan", "1e999", "-1"])
@pytest.mark.parametrize("route", _READING, ids=" ".join)
def test_t14_an_address_that_is_not_sound_never_breaks_a_route(route: tuple[str, str], text: str, caller: TestClient) -> None:
    path = ROUTES[route].path.partition("?")[0]
    for name in ("q", "number", "size", "page", "filter", "facet", "lang", "part", "parts", "next"):
        answer = caller.get(f"{path}?{name}={text}")
        assert answer.status_code < 500
        assert "x-evil" not in answer.headers
    if "{" in route[1]:
        assert caller.get(re.sub(r"\{\w+\}", lambda _: text, route[1])).status_code < 500


@pytest.mark.parametrize("text", ["..%2f..%2fapp.py", "%2e%2e/words.toml", "patentry.css%00", "patentry.css/"])
def test_only_the_files_of_the_folder_are_served(text: str, service: Running) -> None:
    assert service.client().get(f"/static/{text}").status_code in (400, 404)


def _described(caller: TestClient) -> Iterator[tuple[str, str, str, str]]:
    """Method, address, "query" or "body" and name of everything that a route of the API takes, as its description has it."""
    told = caller.get("/api/v1/openapi.json").json()
    for path, methods in told["paths"].items():
        for method, route in methods.items():
            place = ROUTES[method.upper(), path].path
            for each in route.get("parameters", ()):
                if each["in"] == "query":
                    yield method.upper(), place, "query", each["name"]
            shape = route.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
            known = told["components"]["schemas"].get(shape.get("$ref", "").rpartition("/")[2], {})
            for name in known.get("properties", ()):
                yield method.upper(), place, "body", name


def test_a_refusal_names_the_field_and_what_it_takes_and_never_what_was_sent(caller: TestClient) -> None:
    sent = "hunter2\u4e00"
    refused: set[str] = set()
    for method, path, place, name in _described(caller):
        given = {"params": {name: sent}} if place == "query" else {"json": {name: [[sent]]}}
        answer = caller.request(method, path, **given)  # type: ignore[arg-type]
        if answer.status_code == 422 and answer.json()["code"] == "wrong_shape":
            assert sent not in answer.text, (path, name, answer.text)
            faults = [fault for fault in answer.json()["errors"] if fault["field"].split(".")[0] == name]
            assert all(fault["message"] for fault in faults), (path, name, faults)
            refused |= {f"{path} {name}" for _ in faults}
    assert len(refused) > 100, refused


TOO_LARGE = 10**23 - 1
"""More than a database's integers."""


def _is_whole(shape: Mapping[str, Any]) -> bool:
    return shape.get("type") == "integer" or any(map(_is_whole, shape.get("anyOf", ())))


def _whole_numbers(caller: TestClient) -> Iterator[tuple[str, str, str, str, Mapping[str, Any]]]:
    """Method, path, place and name of every integer that a route of the API takes, and what else it takes."""
    told = caller.get("/api/v1/openapi.json").json()
    for path, methods in told["paths"].items():
        for method, route in methods.items():
            sound = ROUTES[method.upper(), path]
            for each in route.get("parameters", ()):
                if _is_whole(each["schema"]):
                    yield method.upper(), path if each["in"] == "path" else sound.path, each["in"], each["name"], sound.sent
            shape = route.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
            known = told["components"]["schemas"].get(shape.get("$ref", "").rpartition("/")[2], {})
            for name, field in known.get("properties", {}).items():
                if _is_whole(field):
                    yield method.upper(), sound.path, "body", name, sound.sent


@pytest.mark.parametrize("number", [TOO_LARGE, 2**63, -TOO_LARGE])
def test_an_integer_that_no_database_takes_breaks_no_route(number: int, caller: TestClient) -> None:
    held = caller.post("/api/v1/collections", json={"name": "电池", "query": "title:电池"}).json()["id"]
    sent = 0
    for method, path, place, name, sound in _whole_numbers(caller):
        there, given = path.replace("/collections/none", f"/collections/{held}").replace("{id}", held), sound
        match place:
            case "path":
                there = there.replace(f"{{{name}}}", str(number))
            case "query":
                there += f"{'&' if '?' in there else '?'}{name}={number}"
            case "body":
                given = {"json": {**sound.get("json", {}), name: number}}
        answer = caller.request(method, there, **given)
        assert answer.status_code < 500, (method, there, name, answer.text)
        sent += 1
    assert sent > 40


@pytest.mark.parametrize("number", [TOO_LARGE, 2**63])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/collections/{held}/snapshots?since={number}"),
        ("GET", "/collections/{held}/snapshots?since=1&until={number}"),
        ("POST", "/collections/{held}/snapshots/{number}/delete"),
        ("GET", "/collections/{held}/deeds?before={number}"),
        ("POST", "/collections/{held}/deeds/{number}"),
        ("GET", "/history?before={number}"),
        ("GET", "/classes?page={number}"),
        ("GET", "/classes/H01M?page={number}"),
        ("GET", "/search?q=*&page={number}"),
        ("GET", "/patent/CN110330865B?page={number}"),
        ("GET", "/analysis/density?q=*&listed={number}"),
        ("GET", "/verify?due={number}"),
        ("GET", "/search?q=%23{number}"),
        ("GET", "/search?q=collection:%22{held}@{number}%22"),
    ],
)
def test_an_integer_that_no_database_takes_breaks_no_page(method: str, path: str, number: int, caller: TestClient) -> None:
    held = caller.post("/api/v1/collections", json={"name": "电池", "query": "title:电池"}).json()["id"]
    answer = caller.request(
        method, path.format(held=held, number=number), data={"undone": "yes", "label": "x"} if method == "POST" else None
    )
    assert answer.status_code < 500
