"""The page behind a link over HTTP: who is served, what is kept, what the browser is given, where it leads (T22, T23, T26, T27)."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from sqlalchemy import select, update

from auth.referral import codes, store
from auth.referral.carrier import COOKIE
from auth.referral.model import Class, State
from tests.service import CODE, LINK, Running, running

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 Version/17.4 Mobile/15E148 Safari/604.1"
REQUESTS = [
    ("HEAD", {"user-agent": PHONE}, Class.HEAD),
    ("GET", {"user-agent": "Twitterbot/1.0"}, Class.PREVIEW),
    ("GET", {"user-agent": "Mozilla/5.0 MicroMessenger/8.0"}, Class.PREVIEW),
    ("GET", {"user-agent": PHONE, "sec-purpose": "prefetch;prerender"}, Class.PREVIEW),
    ("GET", {"user-agent": PHONE, "purpose": "prefetch"}, Class.PREVIEW),
    ("GET", {"user-agent": "curl/8.5.0"}, Class.BOT),
    ("GET", {"user-agent": PHONE}, Class.HUMAN),
]
ELSEWHERE = [
    "//evil.example",
    "https://evil.example/",
    "\\evil.example",
    "/\\evil.example",
    "%2F%2Fevil.example",
    "%5Cevil.example",
    "javascript:alert(1)",
]
HERE = "http://testserver"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A service of this file's own: every request here leaves a row."""
    with running(tmp_path_factory.mktemp("clicks"), ()) as started:
        yield started


def _last(service: Running) -> tuple[object, ...]:
    held = store.clicks.c
    with service.services.database.read() as connection:
        return tuple(connection.execute(select(held["class"], held.link, held.state).order_by(held.at.desc()).limit(1)).one())


@pytest.mark.parametrize(("method", "headers", "kind"), REQUESTS)
def test_a_visitor_is_served_and_the_click_is_kept(method: str, headers: dict[str, str], kind: Class, service: Running) -> None:
    """T22: whoever asks; HEAD alone is given no touch."""
    answer = service.client().request(method, f"/r/{CODE}", headers=headers)
    assert answer.status_code == 200
    assert (COOKIE in answer.cookies) == (method != "HEAD")
    assert _last(service) == (kind, LINK, State.ACTIVE)


def test_the_carrier_is_for_the_server_alone_and_comes_back_as_a_repeat(service: Running) -> None:
    client = service.client()
    answer = client.get(f"/r/{CODE}", headers={"user-agent": PHONE})
    cookie = next(value for value in answer.headers.get_list("set-cookie") if value.startswith(f"{COOKIE}="))
    assert {"HttpOnly", "SameSite=lax", "Path=/", f"Max-Age={30 * 86_400}"} <= set(cookie.split("; "))
    assert f'name="ref" value="{answer.cookies[COOKIE]}"' in answer.text
    client.get(f"/r/{codes.printed(CODE).lower()}", headers={"user-agent": PHONE})
    assert _last(service) == (Class.REPEAT, LINK, State.ACTIVE)


def test_a_forged_cookie_is_passed_over(service: Running) -> None:
    """T23: the visitor is served as if there were none."""
    for forged in ("x", "1." + "0" * 64, "é", "x" * 3_000):
        answer = service.client().get(
            f"/r/{CODE}", headers={b"user-agent": PHONE.encode(), b"cookie": f"{COOKIE}={forged}".encode()}
        )
        assert answer.status_code == 200
        assert COOKIE in answer.cookies
        assert _last(service)[0] == Class.HUMAN


@pytest.mark.parametrize("target", ELSEWHERE)
def test_nobody_is_led_elsewhere(target: str, service: Running) -> None:
    """T26: no parameter and no code decides where anybody is led; signed in, one goes to the first page of this site."""
    for name in ("next", "target", "url", "redirect", "return_to"):
        for client, status in ((service.client(), 200), (service.as_("researcher"), 303)):
            answer = client.get(f"/r/{CODE}?{name}={target}")
            assert answer.status_code == status
            assert answer.headers.get("location", "/") == "/"
            assert _hosts(answer.text, f"/r/{CODE}") <= {HERE}
    answer = service.client().get(f"{HERE}/r/{target}", headers={"accept": "text/html"})
    assert "location" not in answer.headers
    assert _hosts(answer.text, f"/r/{target}") <= {HERE}


def _hosts(text: str, path: str) -> set[str]:
    """Where the links and forms of a page lead, as a browser resolves them (it reads a backslash as a slash)."""
    found = [unescape(value) for value in re.findall(r'(?:href|action|src)="([^"]*)"', text)]
    places = [urlsplit(urljoin(HERE + path, value.replace("\\", "/"))) for value in found]
    return {f"{place.scheme}://{place.netloc}" for place in places}


def test_a_code_that_is_over_looks_like_none(service: Running) -> None:
    """T27: status and page of both are the same, but for the form's own key and the code in its address."""

    def shown(code: str) -> tuple[int, str]:
        answer = service.client().get(f"/r/{code}", headers={"user-agent": PHONE})
        assert COOKIE not in answer.cookies
        return answer.status_code, re.sub(r'name="key" value="[^"]*"', "", answer.text).replace(code, "")

    for state in (State.PAUSED, State.EXPIRED, State.REVOKED):
        with service.services.database.write() as connection:
            connection.execute(update(store.links).where(store.links.c.id == LINK).values(state=state))
        assert shown(CODE) == shown(codes.create())
    with service.services.database.write() as connection:
        connection.execute(update(store.links).where(store.links.c.id == LINK).values(state=State.ACTIVE))


def test_guessing_is_slowed_down_and_the_link_still_opens(tmp_path: Path) -> None:
    """T27: by the house's own limit, over HTTP."""
    with running(tmp_path, ()) as service:
        client = service.client()
        statuses = [client.get(f"/r/{codes.create()}").status_code for _ in range(125)]
        assert statuses[0] != 429
        assert set(statuses[-5:]) == {429}
        assert client.get(f"/r/{CODE}").status_code == 200
