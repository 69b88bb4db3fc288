"""T31: every route, as every kind of caller."""

from collections.abc import Callable
from functools import cache

import pytest
from starlette.testclient import TestClient

from tests.api.routes import ROUTES, served
from tests.service import CALLERS, Running

Client = Callable[[str], TestClient]


@pytest.fixture(scope="module")
def signed_in(service: Running) -> Client:
    """A client of a kind of caller, signed in once."""
    return cache(service.as_)


def test_no_route_is_missing_from_the_table(service: Running) -> None:
    assert sorted(served(service.app)) == sorted(ROUTES)


@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.parametrize("route", ROUTES, ids=" ".join)
def test_route_answers_each_caller_as_the_table_says(
    route: tuple[str, str], caller: str, service: Running, signed_in: Client
) -> None:
    sound = ROUTES[route]
    ends_session = route[1].endswith("logout")
    client = service.as_(caller) if ends_session else signed_in(caller)
    sent = dict(sound.sent)
    if "username" in sent.get("data", ()):  # an address of its own, or a test would be slowed down for the one before
        sent["data"] = sent["data"] | {"username": f"{caller}{route[1].replace('/', '.')}@example.org"}
    answer = client.request(route[0], sound.path, **sent)
    assert answer.status_code == sound.status[caller], answer.text
    if answer.status_code >= 400 and "text/html" not in answer.headers["content-type"]:  # a form comes back with its reason
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["request_id"] == answer.headers["x-request-id"]


SCRIPTED = {"/r/{code}", "/register", "/verify"}
"""Pages with a script, one of ours, that they work without."""


@pytest.mark.parametrize("route", ROUTES, ids=" ".join)
def test_every_answer_forbids_scripts_and_frames(route: tuple[str, str], service: Running) -> None:
    answer = service.client().request(route[0], ROUTES[route].path, **ROUTES[route].sent)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    allowed = [part for part in policy.split("; ") if part.startswith("script-src")]
    assert allowed == (["script-src 'self'"] if route[1] in SCRIPTED and "text/html" in answer.headers["content-type"] else [])
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store" or route[1].startswith("/static")


def test_an_unknown_path_is_a_problem_for_programs_and_a_page_for_browsers(service: Running) -> None:
    client = service.client()
    told = client.get("/api/v1/nothing")
    assert (told.status_code, told.json()["code"]) == (404, "not_found")
    page = client.get("/nothing", headers={"accept": "text/html"})
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
