"""Organisations over HTTP: every route as every caller against both tenants (T31), no field too many (T32), tables, look-ups."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from auth.organisations.routes import FINDS_A_MINUTE
from auth.organisations.sizing import Sizes
from tests.api.desk import CALLERS, Desk, a_desk
from tests.api.routes import served
from tests.tenants import a_credit_code

API = "/api/v1"
DIGEST = "ab" * 32
MARK = {"mark": "high_tech", "document_sha256": DIGEST, "first": "2026-01-01"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path) as opened:
        yield opened


def _statuses(right: dict[str, int], *, others: int = 404, lacking: tuple[str, ...]) -> dict[str, int]:
    """Of each caller: `right`, else 403 for whose role has not the right, else `others`; 401 for a stranger."""
    held = {caller: 403 if caller in lacking else others for caller in CALLERS}
    return held | right | {"stranger": 401}


ABOVE_A = dict.fromkeys(("administrator", "nation", "province-a", "city-a"), 200)
OUTSIDE = ("researcher", "evaluator")
NO_BUREAU = (*OUTSIDE, "agency-a", "agency-b", "enterprise-a", "enterprise-b")
NO_STAFF = (*OUTSIDE, "enterprise-a", "enterprise-b")
MADE = dict.fromkeys(ABOVE_A, 201)

OBJECTS: dict[tuple[str, str], tuple[str, dict[str, Any] | None, dict[str, int]]] = {
    ("GET", "/bureaus/{id}"): ("city-a", None, _statuses(ABOVE_A, lacking=NO_BUREAU)),
    ("PATCH", "/bureaus/{id}"): ("city-a", {"version": 1}, _statuses(ABOVE_A, lacking=NO_BUREAU)),
    ("GET", "/agencies/{id}"): ("agency-a", None, _statuses(ABOVE_A | {"agency-a": 200}, lacking=NO_STAFF)),
    ("PATCH", "/agencies/{id}"): ("agency-a", {"version": 1}, _statuses(ABOVE_A | {"agency-a": 200}, lacking=NO_STAFF)),
    ("GET", "/enterprises/{id}"): (
        "enterprise-a",
        None,
        _statuses(ABOVE_A | {"agency-a": 200, "enterprise-a": 200}, lacking=OUTSIDE),
    ),
    ("PATCH", "/enterprises/{id}"): (
        "enterprise-a",
        {"version": 1},
        _statuses(ABOVE_A | {"agency-a": 200, "enterprise-a": 200}, lacking=OUTSIDE),
    ),
    ("GET", "/enterprises/{id}/marks"): (
        "enterprise-a",
        None,
        _statuses(ABOVE_A | {"agency-a": 200, "enterprise-a": 200}, lacking=OUTSIDE),
    ),
    ("POST", "/enterprises/{id}/marks"): ("enterprise-a", MARK, _statuses(MADE | {"agency-a": 201}, lacking=NO_STAFF)),
}
"""(method, route) -> an object of side a, a sound body, and what each caller is answered."""

WITHOUT_OBJECT = {
    ("POST", "/bureaus"),
    ("POST", "/agencies"),
    ("POST", "/enterprises"),
    ("POST", "/enterprises/import"),
    ("GET", "/enterprises/find"),
    ("GET", "/bureaus"),
    ("GET", "/agencies"),
    ("GET", "/enterprises"),
}


def test_no_route_is_missing_from_these_tables(desk: Desk) -> None:
    held = {(method, path.removeprefix(API)) for method, path in served(desk.app) if path.startswith(API)}
    assert {route for route in held if not route[1].startswith("/links")} == set(OBJECTS) | WITHOUT_OBJECT


@pytest.mark.parametrize("route", OBJECTS, ids=" ".join)
def test_another_tenants_object_is_not_there(route: tuple[str, str], desk: Desk) -> None:
    """T31: 404 for what is another's, 403 for what the role may not, and the object as it was."""
    organisation, body, expected = OBJECTS[route]
    for caller, status in expected.items():
        sent = {} if body is None else {"json": body}
        if route[0] == "PATCH" and status == 200:
            kind = route[1].split("/")[1]
            version = desk.as_("administrator").get(f"{API}/{kind}/{organisation}").json()["version"]
            sent = {"json": {"version": version, "address": f"贵阳市 {caller}"}}
        answer = desk.as_(caller).request(route[0], API + route[1].format(id=organisation), **sent)
        assert answer.status_code == status, (caller, answer.text)
        assert status < 400 or organisation not in answer.text


def test_lists_hold_what_exists_for_the_caller(desk: Desk) -> None:
    """T31: nothing of the other side, in no list."""
    for caller in ("province-a", "city-a", "agency-a", "enterprise-a", "city-b", "agency-b"):
        side, other = caller[-1], "b" if caller[-1] == "a" else "a"
        for name in ("bureaus", "agencies", "enterprises"):
            answer = desk.as_(caller).get(f"{API}/{name}")
            if answer.status_code == 403:
                continue
            ids = [item["id"] for item in answer.json()["items"]]
            assert ids, (caller, name)
            assert all(one.endswith(f"-{side}") for one in ids), (caller, name)
        assert desk.as_(caller).get(f"{API}/enterprises?after=enterprise-{other}").status_code == 404


def test_an_organisation_stands_under_its_own_kind_alone(desk: Desk) -> None:
    kinds = {"bureaus": "city-a", "agencies": "agency-a", "enterprises": "enterprise-a"}
    for name in kinds:
        listed = [item["id"] for item in desk.as_("province-a").get(f"{API}/{name}").json()["items"]]
        for own, organisation in kinds.items():
            for sent in ({"method": "GET"}, {"method": "PATCH", "json": {"version": 1, "address": "贵阳市"}}):
                answer = desk.as_("administrator").request(url=f"{API}/{name}/{organisation}", **sent)
                assert answer.status_code == (200 if own == name else 404), (name, organisation)
            assert (organisation in listed) == (own == name)


def test_paging_goes_through_all(desk: Desk) -> None:
    met, after = [], ""
    while True:
        page = desk.as_("nation").get(f"{API}/bureaus?size=2{after}").json()
        met += [item["id"] for item in page["items"]]
        assert len(met) <= 5, "a page came twice"
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert sorted(met) == ["city-a", "city-b", "nation", "province-a", "province-b"]
    found = desk.as_("nation").get(f"{API}/enterprises", params={"name": "（b）", "region": "53"}).json()["items"]
    assert [item["id"] for item in found] == ["enterprise-b"]


def test_an_agency_enters_an_enterprise_and_serves_it(desk: Desk) -> None:
    body = {"name": " 遵义新材料有限公司 ", "credit_code": a_credit_code(7).lower(), "address": "贵州省遵义市红花岗区"}
    answer = desk.as_("agency-a").post(f"{API}/enterprises", json=body)
    assert answer.status_code == 201
    made = answer.json()
    assert (made["name"], made["region"], made["region_name"]) == ("遵义新材料有限公司", "520300", "贵州省遵义市")
    assert (made["credit_code"], made["body"], made["code_region"]) == (a_credit_code(7), "企业", "520100")
    path = f"{API}/enterprises/{made['id']}"
    assert desk.as_("agency-b").get(path).status_code == 404
    again = desk.as_("agency-b").post(f"{API}/enterprises", json=body | {"name": "另一个名称"})
    assert (again.status_code, again.json()) == (200, made)
    assert desk.as_("agency-b").get(path).status_code == 200
    renamed = desk.as_("agency-b").patch(path, json={"version": 1, "name": "另一个名称"})
    assert (renamed.status_code, renamed.json()["code"]) == (403, "right_lacking")
    taken = desk.as_("city-b").post(f"{API}/enterprises", json=body)
    assert (taken.status_code, taken.json()["code"]) == (409, "credit_code_taken")


def test_a_bureau_enters_what_stands_under_it_and_nothing_else(desk: Desk) -> None:
    made = desk.as_("city-a").post(f"{API}/bureaus", json={"name": "云岩区知识产权局", "region": "520103"}).json()
    assert (made["kind"], made["parent"]) == ("bureau", "city-a")
    deep = {"name": "黔灵图书馆", "kind": "library", "parent": made["id"]}
    assert desk.as_("province-a").post(f"{API}/agencies", json=deep).status_code == 201
    for caller, body in (("city-b", deep), ("city-a", deep | {"parent": "agency-a"}), ("city-a", deep | {"parent": "nowhere"})):
        refused = desk.as_(caller).post(f"{API}/agencies", json=body)
        assert (refused.status_code, refused.json()["code"]) == (422, "bad_parent")
    assert desk.as_("agency-a").post(f"{API}/agencies", json={"name": "分所"}).status_code == 403


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("enterprises", {"name": "某厂", "credit_code": "91350100M000100Y44"}, "bad_credit_code"),
        ("enterprises", {"name": "某厂"}, "wrong_shape"),
        ("enterprises", {"name": " ", "credit_code": "91350100M000100Y43"}, "wrong_shape"),
        ("enterprises", {"name": "某厂", "credit_code": "91350100M000100Y43", "region": "990000"}, "bad_region"),
        ("enterprises", {"name": "某厂", "credit_code": "91350100M000100Y43", "region": "５２０１００"}, "bad_region"),
        ("bureaus", {"name": "某局", "kind": "agency"}, "wrong_shape"),
        ("agencies", {"name": "某所", "kind": "bureau"}, "wrong_shape"),
        ("enterprises/enterprise-a/marks", MARK | {"value": "national"}, "bad_mark"),
        ("enterprises/enterprise-a/marks", MARK | {"mark": "size_class"}, "bad_mark"),
        ("enterprises/enterprise-a/marks", MARK | {"last": "2025-12-31"}, "bad_mark"),
        ("enterprises/enterprise-a/marks", MARK | {"document_sha256": "AB" * 32}, "wrong_shape"),
        ("enterprises/enterprise-a/marks", MARK | {"first": "2026-02-30"}, "wrong_shape"),
        ("enterprises/enterprise-a/marks", MARK | {"mark": "size_class", "figures": {"industry": "I"}}, "size_table_missing"),
        ("enterprises/enterprise-a/marks", MARK | {"figures": {"industry": "I", "staff": 3}}, "bad_mark"),
        ("enterprises/enterprise-a/marks", MARK | {"mark": "size_class", "figures": {"industry": "I", "staff": -1}}, "wrong_shape"),
        ("enterprises/enterprise-a/marks", MARK | {"mark": "size_class", "figures": {"staff": 1}}, "wrong_shape"),
    ],
)
def test_what_does_not_fit_is_refused(path: str, body: dict[str, Any], code: str, desk: Desk) -> None:
    answer = desk.as_("administrator").post(f"{API}/{path}", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


@pytest.mark.parametrize("field", ["id", "version", "entered_by", "created_at", "name_key", "verified", "role", "agency_id"])
def test_nobody_sets_what_is_not_asked(field: str, desk: Desk) -> None:
    """T32: every model that is read."""
    client = desk.as_("administrator")
    bodies = {
        "/bureaus": {"name": "某局"},
        "/agencies": {"name": "某所"},
        "/enterprises": {"name": "某厂", "credit_code": a_credit_code(9)},
        "/enterprises/enterprise-a/marks": MARK,
    }
    for path, body in bodies.items():
        assert client.post(API + path, json=body | {field: 1}).status_code == 422, path
    for extra in {field, "credit_code", "kind", "parent"} - {"version"}:
        answer = client.patch(f"{API}/enterprises/enterprise-a", json={"version": 1, extra: "x"})
        assert answer.status_code == 422, extra


def test_an_agency_enters_figures_and_reads_the_class_with_its_reason(desk: Desk) -> None:
    table = b'title = "T"\nfirst = 2020-01-01\n[[industry]]\ncode = "I"\nname = "J"\nstaff = [20, 300, 1000]\n'
    Sizes(desk.database).load(table)
    body = MARK | {"mark": "size_class", "figures": {"industry": "I", "staff": 299}}
    made = desk.as_("agency-a").post(f"{API}/enterprises/enterprise-a/marks", json=body)
    assert (made.status_code, made.json()["value"]) == (201, "small")
    [read] = desk.as_("enterprise-a").get(f"{API}/enterprises/enterprise-a/marks").json()["items"]
    assert read["basis"].startswith("J，从业人员 299 人：≥ 20 且 < 300（小型） → 小型 · T · ")
    unknown = desk.as_("agency-a").post(f"{API}/enterprises/enterprise-a/marks", json=body | {"figures": {"industry": "Z"}}).json()
    assert (unknown["code"], unknown["reason"]) == ("bad_figures", "行业 / industry: I J")


def test_of_two_changes_the_later_is_told(desk: Desk) -> None:
    client, path = desk.as_("city-a"), f"{API}/agencies/agency-a"
    assert client.patch(path, json={"version": 1, "name": "甲所"}).json()["version"] == 2
    stale = client.patch(path, json={"version": 1, "name": "乙所"})
    assert (stale.status_code, stale.json()["code"]) == (409, "version_stale")
    assert client.get(path).json()["name"] == "甲所"


def test_a_look_up_shows_no_more_than_a_public_register(desk: Desk) -> None:
    answer = desk.as_("stranger").get(f"{API}/enterprises/find", params={"name": "精工"})
    assert answer.status_code == 200
    assert answer.json()["items"] == [
        {"id": "enterprise-a", "name": "贵州精工（a）机械有限公司", "city": "贵阳市"},
        {"id": "enterprise-b", "name": "贵州精工（b）机械有限公司", "city": "昆明市"},
    ]
    for name in ("精", " ", "x" * 201):
        assert desk.as_("stranger").get(f"{API}/enterprises/find", params={"name": name}).status_code == 422


def test_look_ups_of_one_address_are_slowed_down(desk: Desk) -> None:
    client = desk.as_("stranger")
    for _ in range(FINDS_A_MINUTE):
        client.get(f"{API}/enterprises/find?name=没有")
    slowed = client.get(f"{API}/enterprises/find?name=精工")
    assert (slowed.status_code, slowed.json()["code"]) == (429, "too_many_finds")
    assert 0 < int(slowed.headers["retry-after"]) <= 60


def test_every_row_of_a_table_gets_its_verdict(desk: Desk) -> None:
    held = a_credit_code(1)
    rows = [
        "企业名称,统一社会信用代码,地址,行政区划代码",
        f"甲厂,{a_credit_code(11)},贵州省贵阳市,",
        f"甲厂重复,{a_credit_code(11)},,",
        f"精工,{held},,",
        f"错码,{held[:-1]}_,,",
        "无码,,,",
        f"错区,{a_credit_code(12)},,999999",
    ]
    sent = {"content": "\n".join(rows).encode("gb18030"), "headers": {"content-type": "text/csv"}}
    answer = desk.as_("agency-b").post(f"{API}/enterprises/import", **sent)
    assert answer.status_code == 200
    told = answer.json()
    assert [(row["line"], row["verdict"], row["code"]) for row in told["rows"]] == [
        (2, "added", None),
        (3, "unchanged", None),
        (4, "served", None),
        (5, "refused", "bad_credit_code"),
        (6, "refused", "wrong_shape"),
        (7, "refused", "bad_region"),
    ]
    assert told["counts"] == {"added": 1, "served": 1, "unchanged": 1, "refused": 3}
    assert sum(told["counts"].values()) == len(rows) - 1
    again = desk.as_("agency-b").post(f"{API}/enterprises/import", **sent).json()
    assert again["counts"] == {"added": 0, "served": 0, "unchanged": 3, "refused": 3}
    unreadable = desk.as_("agency-b").post(f"{API}/enterprises/import", content=b"", headers=sent["headers"])
    assert (unreadable.status_code, unreadable.json()["code"]) == (422, "bad_table")
    for caller, status in (("stranger", 401), ("researcher", 403), ("enterprise-a", 403)):
        assert desk.as_(caller).post(f"{API}/enterprises/import", **sent).status_code == status
