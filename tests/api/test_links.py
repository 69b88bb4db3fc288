"""Links over HTTP: every route as every caller (T31), no field too many (T32), one deed for one key (T28), drawings."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.api.desk import CALLERS, PUBLIC_URL, Desk, a_desk
from tests.api.routes import served

API = "/api/v1/links"
SEEN_BY = ("administrator", "nation", "province-a", "city-a", "agency-a")
NO_STAFF = ("researcher", "evaluator", "enterprise-a", "enterprise-b")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path) as opened:
        yield opened


def _make(desk: Desk, caller: str = "agency-a", **fields: Any) -> dict[str, Any]:
    answer = desk.as_(caller).post(API, json={"kind": "agency"} | fields)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def test_every_route_as_every_caller(desk: Desk) -> None:
    """T31: 404 for another's link, 403 for a role without the right, 401 for a stranger; none is missing."""
    link = _make(desk)
    objects = {("GET", "/{id}"), ("PATCH", "/{id}"), ("GET", "/{id}/qr")}
    held = {(method, path.removeprefix(API)) for method, path in served(desk.app) if path.startswith(API)}
    assert held == objects | {("POST", ""), ("GET", "")}
    for method, path in objects:
        for caller in (*CALLERS, "stranger"):
            expected = 200 if caller in SEEN_BY else 403 if caller in NO_STAFF else 401 if caller == "stranger" else 404
            client, place = desk.as_(caller), API + path.format(id=link["id"])
            version = desk.as_("administrator").get(f"{API}/{link['id']}").json()["version"]
            sent = {"json": {"version": version, "label": caller}} if method == "PATCH" else {}
            answer = client.request(method, place, **sent)
            assert answer.status_code == expected, (method, path, caller, answer.text)
            assert expected == 200 or link["code"] not in answer.text
    for caller in CALLERS:
        answer = desk.as_(caller).get(API)
        if caller in NO_STAFF:
            assert answer.status_code == 403
        else:
            assert [item["id"] for item in answer.json()["items"]] == ([link["id"]] if caller in SEEN_BY else []), caller


def test_a_link_says_where_it_leads_and_what_became_of_it(desk: Desk) -> None:
    link = _make(desk, enterprise="enterprise-a", label="三月培训")
    assert link["url"] == f"{PUBLIC_URL}/r/{link['code']}"
    assert link["printed"] == f"{link['code'][:5]}-{link['code'][5:]}"
    shown = desk.as_("agency-a").get(f"{API}/{link['id']}").json()
    assert {name: shown[name] for name in link} == link
    assert (shown["organisation_name"], shown["enterprise_name"]) == ("单位 agency-a", "贵州精工（a）机械有限公司")
    assert [(change["by"], change["after"]) for change in shown["changes"]] == [("agency-a", "active")]
    assert shown["clicks"] == []


def test_an_event_has_its_hours(desk: Desk) -> None:
    hours = {"first": "2026-03-02T09:00:00+08:00", "last": "2026-03-02T12:00:00+08:00"}
    assert _make(desk, kind="event", **hours)["first"] == "2026-03-02T01:00:00Z"
    unfit = ({"first": "2026-03-02T09:00:00"}, {"first": "0001-01-01T00:00:00+14:00"}, {"last": "9999-12-31T23:59:59-12:00"})
    for body in ({"kind": "event"}, {"kind": "agency"} | hours, *({"kind": "event"} | hours | wrong for wrong in unfit)):
        assert desk.as_("agency-a").post(API, json=body).status_code == 422


@pytest.mark.parametrize("field", ["id", "code", "state", "version", "created_at", "url", "role", "agency_id", "verified"])
def test_nobody_sets_what_is_not_asked(field: str, desk: Desk) -> None:
    """T32."""
    assert desk.as_("agency-a").post(API, json={"kind": "agency", field: "active"}).status_code == 422
    link = _make(desk)
    for extra in ({field, "code", "organisation", "enterprise", "member", "kind", "first"} - {"state", "version"}) | {"created_at"}:
        answer = desk.as_("agency-a").patch(f"{API}/{link['id']}", json={"version": 1, extra: "active"})
        assert answer.status_code == 422, extra
    assert desk.as_("agency-a").patch(f"{API}/{link['id']}", json={"version": 1, "state": "expired"}).status_code == 422


def test_another_agencys_name_cannot_be_used(desk: Desk) -> None:
    for body in ({"organisation": "agency-b"}, {"enterprise": "enterprise-b"}, {"kind": "member", "member": "agency-b"}):
        answer = desk.as_("agency-a").post(API, json={"kind": "agency"} | body)
        assert (answer.status_code, answer.json()["code"]) == (422, "bad_link")
    assert _make(desk, "city-a", organisation="agency-a")["organisation"] == "agency-a"
    assert desk.as_("city-a").post(API, json={"kind": "agency"}).status_code == 422


def test_a_request_sent_again_makes_no_second_link(desk: Desk) -> None:
    """T28: same key and body, the same answer; another body 409; another caller's key is another."""
    client, key = desk.as_("agency-a"), {"Idempotency-Key": "2026-03-01/a"}
    first = client.post(API, json={"kind": "agency"}, headers=key)
    again = client.post(API, json={"kind": "agency", "label": ""}, headers=key)
    assert (first.status_code, again.status_code, again.content) == (201, 201, first.content)
    other = client.post(API, json={"kind": "embedded"}, headers=key)
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")
    assert desk.as_("agency-b").post(API, json={"kind": "embedded"}, headers=key).status_code == 201
    assert len(client.get(API).json()["items"]) == 1
    for bad in ("", "x" * 201, "a b"):
        assert client.post(API, json={"kind": "agency"}, headers={"Idempotency-Key": bad}).status_code == 422


def test_paused_resumed_and_revoked_for_ever(desk: Desk) -> None:
    client, path = desk.as_("agency-a"), f"{API}/{_make(desk)['id']}"
    for version, state in enumerate(("paused", "active", "revoked"), 1):
        assert client.patch(path, json={"version": version, "state": state}).json()["state"] == state
    refused = client.patch(path, json={"version": 4, "state": "active"})
    assert (refused.status_code, refused.json()["code"]) == (409, "link_revoked")


def test_paging_goes_through_all(desk: Desk) -> None:
    made = {_make(desk)["id"] for _ in range(5)}
    met, after = [], ""
    while True:
        page = desk.as_("agency-a").get(f"{API}?size=2{after}").json()
        met += [item["id"] for item in page["items"]]
        assert len(met) <= 5, "a page came twice"
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert (len(met), set(met)) == (5, made)


@pytest.mark.parametrize(("form", "kind", "head"), [("svg", "image/svg+xml", b"<?xml"), ("png", "image/png", b"\x89PNG")])
def test_the_qr_code_comes_as_a_drawing(form: str, kind: str, head: bytes, desk: Desk) -> None:
    client, path = desk.as_("agency-a"), f"{API}/{_make(desk)['id']}/qr"
    answer = client.get(path, params={"format": form})
    assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
    assert answer.content.startswith(head)
    assert client.get(path, params={"format": "exe"}).status_code == 422
