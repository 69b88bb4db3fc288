"""The session cookie: its attributes, its CSRF token, and who is let in by it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import pytest
from fastapi import Form, Response
from starlette.testclient import TestClient

from auth.access import cookies
from auth.access.current import Administrator, Caller, Visitor
from auth.http.body import StrictModel
from auth.roles import Role
from tests.api.auth.house import EMAIL, PASSWORD, House, a_house


class NoteForm(StrictModel):
    csrf_token: str = ""
    text: str = ""


def _with_pages(house: House) -> House:
    """Three routes as pages have them: for anybody, for a form, for administrators."""

    @house.app.get("/who")
    async def who(visitor: Visitor) -> str:
        return visitor.email if visitor else "stranger"

    @house.app.post("/note")
    def note(form: Annotated[NoteForm, Form()], caller: Caller) -> str:
        return f"{caller.email}: {form.text}"

    @house.app.get("/power")
    async def power(caller: Administrator) -> str:
        return caller.email

    return house


@pytest.fixture
def pages(house: House) -> House:
    return _with_pages(house)


def _cookie(house: House, email: str = EMAIL) -> str:
    """A web session's cookie, as the sign-in page opens it."""
    return house.access.signing_in.sign_in(email, PASSWORD, address="192.0.2.1", into=house.access.sessions.open_web)


def _csrf(house: House, client: TestClient) -> str:
    """What the page shown to this browser has in its form."""
    session = client.cookies["patentry"].partition(".")[0]
    standing = house.access.callers.read(session)
    assert standing is not None
    return house.access.callers.csrf_token(standing.identity)


@pytest.fixture
def browser(pages: House) -> Iterator[TestClient]:
    with TestClient(pages.app, cookies={"patentry": _cookie(pages)}) as client:
        yield client


def test_a_stranger_is_a_stranger_and_the_browser_is_known(pages: House, browser: TestClient) -> None:
    assert (pages.client.get("/who").json(), browser.get("/who").json()) == ("stranger", EMAIL)
    assert pages.client.post("/note", data={"text": "a"}).json()["code"] == "sign_in_needed"


def test_a_change_by_cookie_needs_the_pages_token(pages: House, browser: TestClient) -> None:
    token = _csrf(pages, browser)
    assert browser.post("/note", data={"text": "a"}).json()["code"] == "form_stale"
    assert browser.post("/note", data={"text": "a", "csrf_token": token[:-1]}).status_code == 403
    assert browser.post("/note", data={"text": "a", "csrf_token": "文"}).status_code == 403
    assert browser.post("/note", data={"text": "a", "csrf_token": token}).json() == f"{EMAIL}: a"
    assert browser.post("/note", data={"text": "b"}, headers={"X-CSRF-Token": token}).json() == f"{EMAIL}: b"
    assert browser.post("/api/v1/auth/logout").status_code == 403


def test_the_token_of_one_session_is_not_that_of_another(pages: House, browser: TestClient) -> None:
    with TestClient(pages.app, cookies={"patentry": _cookie(pages)}) as other:
        assert browser.post("/note", data={"csrf_token": _csrf(pages, other)}).status_code == 403


def test_signing_out_by_cookie_ends_it(pages: House, browser: TestClient) -> None:
    assert browser.post("/api/v1/auth/logout", headers={"X-CSRF-Token": _csrf(pages, browser)}).status_code == 204
    assert browser.get("/who").json() == "stranger"


@pytest.mark.parametrize("bad", ["", "x", "a.b", "0" * 32 + "." + "A" * 43, "\xff", "a" * 5000])
def test_a_cookie_that_is_not_ours_is_a_stranger(pages: House, bad: str) -> None:
    cookie = b"patentry=" + bad.encode("latin-1")
    assert pages.client.get("/who", headers={b"cookie": cookie}).json() == "stranger"


def test_a_sessions_name_without_its_secret_opens_nothing(pages: House, browser: TestClient) -> None:
    session = browser.cookies["patentry"].partition(".")[0]
    with TestClient(pages.app, cookies={"patentry": f"{session}.{'A' * 43}"}) as thief:
        assert thief.get("/who").json() == "stranger"


def test_a_bad_token_is_refused_even_beside_a_good_cookie(browser: TestClient) -> None:
    assert browser.get("/who", headers={"Authorization": "Bearer x"}).status_code == 401


def test_a_role_opens_its_doors_only(pages: House) -> None:
    pages.add("chief@example.com", Role.ADMINISTRATOR)
    answers = {}
    for email in (EMAIL, "chief@example.com"):
        with TestClient(pages.app, cookies={"patentry": _cookie(pages, email)}) as client:
            answers[email] = client.get("/power")
    assert answers[EMAIL].json()["code"] == "right_lacking"
    assert answers["chief@example.com"].json() == "chief@example.com"
    assert pages.client.get("/power").status_code == 401


@pytest.mark.parametrize(
    ("secure", "expected"),
    [
        (False, "patentry=v; HttpOnly; Max-Age=1209600; Path=/; SameSite=lax"),
        (True, "__Host-patentry=v; HttpOnly; Max-Age=1209600; Path=/; SameSite=lax; Secure"),
    ],
)
def test_the_cookies_attributes(secure: bool, expected: str) -> None:
    response = Response()
    cookies.keep(response, "v", secure=secure)
    assert response.headers["set-cookie"] == expected
    dropped = Response()
    cookies.drop(dropped, secure=secure)
    assert "Max-Age=0" in dropped.headers["set-cookie"]
    assert dropped.headers["set-cookie"].startswith(expected.partition("=")[0])


def test_under_https_only_the_host_bound_cookie_counts(tmp_path: Path) -> None:
    with a_house(tmp_path, public_url="https://patents.example.com") as house:
        _with_pages(house)
        value = _cookie(house)
        named = [house.client.get("/who", headers={"cookie": f"{name}={value}"}).json() for name in ("patentry", "__Host-patentry")]
    assert named == ["stranger", EMAIL]


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({}, True),
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "cross-site", "origin": "http://a.example", "host": "a.example"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"origin": "http://a.example", "host": "a.example"}, True),
        ({"origin": "http://evil.example", "host": "a.example"}, False),
        ({"origin": "null", "host": "a.example"}, False),
    ],
)
def test_a_sign_in_form_comes_from_our_own_page(headers: dict[str, str], ours: bool) -> None:
    assert cookies.same_origin(headers) is ours
