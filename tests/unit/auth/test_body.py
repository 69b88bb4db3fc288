"""Every route gets a body that was read once, whole, bounded and sound; every error is a problem document (T14)."""

import asyncio
import json
import re
from collections.abc import Iterator
from typing import Annotated, Any

import pytest
from fastapi import FastAPI, Form, Request
from pydantic import Field
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from auth.errors import Problem
from auth.http import problems
from auth.http.body import FILE_BYTES, MAX_BYTES, StrictBody, StrictModel


class Note(StrictModel):
    text: str
    weight: float = 0
    tags: list[str] = Field(default_factory=list)


class Teapot(Problem):
    status = 418
    code = "teapot"
    zh = "请改用茶杯。"
    en = "Use a cup."


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    app = FastAPI()
    problems.install(app)
    app.add_middleware(StrictBody, large=re.compile("/raw/[a-z]+"))

    @app.post("/raw/{name}")
    async def large(name: str, request: Request) -> int:
        if name == "closed":
            raise Teapot
        return len(await request.body())

    @app.post("/note")
    def note(note: Note) -> Note:
        return note

    @app.post("/form")
    def form(note: Annotated[Note, Form()]) -> Note:
        return note

    @app.post("/raw")
    async def raw(request: Request) -> int:
        return len(await request.body())

    @app.get("/teapot")
    def teapot() -> None:
        raise Teapot(retry_after_s=3, extra={"position": 7}, headers={"X-Cup": "blue"})

    @app.get("/crash")
    def crash() -> None:
        raise RuntimeError("the password is hunter2")

    with TestClient(app, raise_server_exceptions=False) as opened:
        yield opened


def post(client: TestClient, body: bytes, path: str = "/note", kind: str = "application/json") -> Any:
    return client.post(path, content=body, headers={"content-type": kind})


@pytest.mark.parametrize(
    "body",
    [
        b'{"text": "a", "weight": NaN}',
        b'{"text": "a", "weight": 1e999}',
        b'{"text": "a", "text": "b"}',
        b'{"text": "\\ud800"}',
        b'{"text": "\\u0000"}',
        b"[" * 100_000,
        b'{"text": "\xff"}',
        b"{",
        b"null",
        b"",
        b"[]",
        b'{"text": "a", "other": 1}',
        b'{"text": 5}',
    ],
)
@pytest.mark.parametrize(
    "kind", ["application/json", "application/vnd.x+json", "APPLICATION/JSON; charset=utf-16", "", "text/plain"]
)
def test_a_bad_body_is_a_problem_whatever_it_says_it_is(client: TestClient, body: bytes, kind: str) -> None:
    answer = post(client, body, kind=kind)
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == answer.status_code


def test_text_arrives_in_nfc_and_the_rest_untouched(client: TestClient) -> None:
    sent = {"text": "e\u0301 中文", "weight": 1.5, "tags": ["e\u0301", "b"]}
    assert post(client, json.dumps(sent).encode()).json() == {"text": "\u00e9 中文", "weight": 1.5, "tags": ["\u00e9", "b"]}


def test_a_validation_problem_names_the_field_and_never_what_was_sent(client: TestClient) -> None:
    answer = post(client, b'{"text": {"secret": "hunter2"}, "weight": "hunter2"}')
    assert answer.json()["errors"] == [
        {"field": "text", "code": "string_type", "message": "Input should be a valid string"},
        {
            "field": "weight",
            "code": "float_parsing",
            "message": "Input should be a valid number, unable to parse string as a number",
        },
    ]
    assert "hunter2" not in answer.text


@pytest.mark.parametrize("kind", ["application/json", "application/octet-stream", "application/x-www-form-urlencoded"])
def test_one_byte_too_many_is_a_413(client: TestClient, kind: str) -> None:
    assert post(client, b" " * (MAX_BYTES + 1), kind=kind).status_code == 413


def test_a_body_without_a_length_is_read_no_further_than_the_limit() -> None:
    """An endless body, chunk by chunk, straight at the ASGI application."""
    given, sent = 0, []

    async def receive() -> Message:
        nonlocal given
        given += 100_000
        assert given < 5 * MAX_BYTES, "the body is read without a bound"
        return {"type": "http.request", "body": b" " * 100_000, "more_body": True}

    async def send(message: Message) -> None:
        sent.append(message)

    async def never(scope: Scope, receive: Receive, send: Send) -> None:
        raise AssertionError("the application saw the request")

    scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": []}
    asyncio.run(StrictBody(never)(scope, receive, send))
    assert (sent[0]["status"], given) == (413, MAX_BYTES + 100_000)


def test_a_body_of_the_limit_arrives_whole(client: TestClient) -> None:
    assert post(client, b"x" * MAX_BYTES, "/raw", "application/octet-stream").json() == MAX_BYTES


@pytest.mark.parametrize("body", [b"text=a%00b", b"text=a\x00b"])
def test_nul_in_a_form_is_refused(client: TestClient, body: bytes) -> None:
    assert post(client, body, "/form", "application/x-www-form-urlencoded").json()["code"] == "nul_character"


@pytest.mark.parametrize(
    ("path", "kind", "size", "status"),
    [
        ("/raw/file", "text/csv", MAX_BYTES + 1, 200),
        ("/raw/file", "text/csv", FILE_BYTES, 200),
        ("/raw/file", "text/csv", FILE_BYTES + 1, 413),
        ("/raw/file", "application/json", MAX_BYTES + 1, 413),
        ("/raw/file", "application/x-www-form-urlencoded", MAX_BYTES + 1, 200),
        ("/raw/file", "application/vnd.ms-excel", MAX_BYTES + 1, 200),
        ("/raw/file", "", MAX_BYTES + 1, 200),
        ("/raw/file", "", FILE_BYTES + 1, 413),
        ("/raw", "application/vnd.ms-excel", MAX_BYTES + 1, 413),
        ("/raw", "text/csv", MAX_BYTES + 1, 413),
        ("/raw/closed", "text/csv", FILE_BYTES, 418),
    ],
)
@pytest.mark.parametrize("told", [True, False])
def test_a_large_file_is_taken_where_it_is_and_counted_as_it_comes(
    client: TestClient, path: str, kind: str, size: int, status: int, *, told: bool
) -> None:
    """Its length told before, or found out: T14."""
    pieces = (b"x" * min(1_000_000, size - at) for at in range(0, size, 1_000_000))
    headers = {"content-type": kind} | ({"content-length": str(size)} if told else {})
    answer = client.post(path, content=pieces, headers=headers)
    assert answer.status_code == status
    if status == 200:
        assert answer.json() == size
    if status == 413:
        megabytes = 1 if path == "/raw" or kind == "application/json" else 30
        assert f"{megabytes} MB" in answer.json()["detail"]


def test_a_form_in_an_odd_charset_brings_no_surrogate(client: TestClient) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n\\ud800\r\n--x--\r\n'
    answer = post(client, part, "/form", "multipart/form-data; boundary=x; charset=raw_unicode_escape")
    assert answer.status_code in (200, 400, 422)
    assert answer.status_code != 200 or answer.json()["text"].encode()


@pytest.mark.parametrize("path", ["/teapot?q=%00", "/teapot/%00"])
def test_nul_in_an_address_is_refused(client: TestClient, path: str) -> None:
    assert client.get(path).json()["code"] == "nul_character"


def test_a_problem_carries_its_members_and_headers_in_the_callers_language(client: TestClient) -> None:
    answer = client.get("/teapot", headers={"accept-language": "en"})
    assert answer.json() == {
        "type": "about:blank",
        "title": "I'm a Teapot",
        "status": 418,
        "detail": "Use a cup.",
        "code": "teapot",
        "position": 7,
        "retry_after_s": 3,
    }
    assert (answer.headers["retry-after"], answer.headers["x-cup"], answer.headers["content-language"]) == ("3", "blue", "en")
    assert client.get("/teapot").json()["detail"] == "请改用茶杯。"


def test_what_the_framework_refuses_is_a_problem_too(client: TestClient) -> None:
    assert client.get("/nowhere").json()["code"] == "not_found"
    refused = client.delete("/note")
    assert (refused.status_code, refused.json()["code"], refused.headers["allow"]) == (405, "method_not_allowed", "POST")


def test_a_crash_tells_nothing_of_the_inside(client: TestClient) -> None:
    answer = client.get("/crash")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert "hunter2" not in answer.text
