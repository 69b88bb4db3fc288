"""Every route of accounts, with everything a caller may get wrong: a 4xx problem, never a 5xx (T14); a full disk (T37)."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from fastapi.openapi.utils import get_openapi

from auth.roles import Role
from tests.api.auth.house import House, a_house

BODIES = {
    "NaN": b'{"current": NaN, "new": NaN, "password": NaN, "refresh_token": NaN}',
    "Infinity": b'{"password": -Infinity}',
    "1e999": b'{"refresh_token": 1e999}',
    "duplicate keys": b'{"password": "a", "password": "b"}',
    "lone surrogate": b'{"password": "\\ud800", "refresh_token": "\\ud800", "current": "\\ud800", "new": "\\ud800"}',
    "NUL": b'{"password": "\\u0000", "refresh_token": "\\u0000", "current": "\\u0000", "new": "\\u0000"}',
    "100,000 levels": b"[" * 100_000,
    "bad UTF-8": b'{"password": "\xff"}',
    "10 MB": b'{"password": "' + b"a" * 10_000_000 + b'"}',
    "huge integer": b'{"password": ' + b"9" * 400 + b"}",
    "not JSON": b"{",
    "null": b"null",
    "nothing": b"",
    "unknown fields": b'{"password": "a", "role": "administrator", "refresh_token": "a", "current": "a", "new": "b"}',
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with a_house(tmp_path_factory.mktemp("house")) as opened:
        yield opened


def _routes(house: House) -> list[tuple[str, str, dict[str, Any]]]:
    paths = get_openapi(title="t", version="1", routes=house.app.routes)["paths"]
    return [(method.upper(), path, operation) for path, item in paths.items() for method, operation in item.items()]


@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_T14_a_bad_body_on_every_route(house: House, body: bytes, kind: str) -> None:
    token = house.tokens()["access_token"]
    house.clock.advance(hours=2)  # the counters of attempts forget; the token is minted anew
    token = house.tokens()["access_token"]
    seen = 0
    for method, path, operation in _routes(house):
        if "requestBody" not in operation:
            continue
        headers = {"content-type": kind, "authorization": f"Bearer {token}"}
        answer = house.client.request(method, path, content=body, headers=headers)
        assert 400 <= answer.status_code < 500, (method, path, answer.text)
        assert answer.headers["content-type"] == "application/problem+json"
        assert "aaaa" not in answer.text
        seen += 1
    assert seen >= 4


def test_every_route_says_who_may_call_it_and_what_it_refuses(house: House) -> None:
    """T31's row for accounts: without a token 401 on all but signing in and refreshing, and every error described."""
    open_to_all = {"/api/v1/auth/login", "/api/v1/auth/refresh"}
    body = {"password": "x", "current": "x", "new": "y", "refresh_token": "z"}  # fits no route, so nothing is done
    for method, path, operation in _routes(house):
        answer = house.client.request(method, path, json=body)
        assert answer.status_code == (422 if path in open_to_all else 401), (method, path, answer.text)
        assert ("security" in operation) == (path not in open_to_all)
        refused = {status: told for status, told in operation["responses"].items() if status >= "400"}
        assert "401" in refused
        assert all("application/problem+json" in told["content"] for told in refused.values())


def test_mass_assignment_is_refused(house: House) -> None:
    """T32: a role or organisation in a form that has none."""
    form = {"username": "a@example.com", "password": "x", "role": Role.ADMINISTRATOR, "organisation": "o"}
    answer = house.client.post("/api/v1/auth/login", data=form)
    assert [fault["code"] for fault in answer.json()["errors"]] == ["extra_forbidden"] * 2


@contextmanager
def _full_disk() -> Iterator[None]:
    """No file of this process may grow: what a full disk is to a database (SQLITE_FULL or SQLITE_IOERR)."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_T37_a_full_disk_refuses_signing_in_and_nobody_who_is(house: House) -> None:
    token = house.tokens()["access_token"]
    with _full_disk():
        refused, served = house.sign_in(), house.me(token)
    assert (refused.status_code, refused.json()["code"], refused.headers["retry-after"]) == (503, "database_unavailable", "5")
    assert served.status_code == 200
    assert house.sign_in().status_code == 200
