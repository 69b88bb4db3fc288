"""T14: what no route may stumble over, on every route that there is."""

import re
from collections.abc import Iterator, Mapping

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


@pytest.mark.parametrize("route", _CHANGING, ids=" ".join)
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
