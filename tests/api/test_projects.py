"""Projects over HTTP: every route as every caller (T31), no field too many (T32), a standing that rises, reasons, decisions."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from auth.ledger import service as ledger
from auth.ledger.model import Fact
from auth.ledger.service import open_ledger
from auth.projects import routes as projects
from auth.projects.service import Projects
from auth.settings import Settings
from auth.targets import routes as targets
from auth.targets.evidence import Evidence
from auth.targets.report import Reports
from auth.targets.rules import shipped
from auth.targets.service import Targets
from tests.api.desk import CALLERS, Desk, a_desk
from tests.api.routes import served
from tests.tenants import NOON
from tests.unit.bundle.bundles import own, verifier

API = "/api/v1"
SHA = "ab" * 32
BODY: dict[str, Any] = {
    "name": "贵州省中小微企业专利信息推送服务",
    "agency": "agency-a",
    "first": "2026-01-01",
    "last": "2026-12-31",
    "province": "52",
    "contract_sha256": SHA,
}
PLAN = {"decision": "plan", "document_sha256": SHA, "target": "new_users", "value": 80}


@dataclass
class House:
    """The desk with a project of agency-a under city-a."""

    desk: Desk
    project: str

    def ask(self, caller: str, method: str, path: str, **sent: Any) -> Any:
        """The answer to a request on the project."""
        return self.desk.as_(caller).request(method, f"{API}/projects/{self.project}{path}", **sent)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with a_desk(tmp_path) as desk:
        office = Projects(
            desk.database, fingerprint=lambda contact: hashlib.sha256(contact.encode()).hexdigest(), clock=lambda: NOON
        )
        ledger_room = open_ledger(Settings(env="development", data=tmp_path), desk.database, clock=lambda: NOON)
        evidence = Evidence(desk.database, ledger_room, clock=lambda: NOON)
        counting = Targets(desk.database, clock=lambda: NOON)
        reports = Reports(desk.database, office, counting, ledger_room, clock=lambda: NOON)
        for router in (projects.router(office), targets.router(counting, evidence, reports)):
            desk.app.include_router(router, prefix=API)
        made = desk.as_("city-a").post(f"{API}/projects", json=BODY)
        assert made.status_code == 201, made.text
        house = House(desk, made.json()["id"])
        assert house.ask("city-a", "POST", "/rules", json={"rule": "guizhou-2019"}).status_code == 201
        yield house


OFFICIALS = ("administrator", "nation", "province-a", "city-a")
READ = dict.fromkeys((*OFFICIALS, "agency-a"), 200)
LACKING_READ = ("researcher", "enterprise-a", "enterprise-b")
LACKING_WRITE = (*LACKING_READ, "agency-a", "agency-b", "evaluator")


def _statuses(right: dict[str, int], lacking: tuple[str, ...]) -> dict[str, int]:
    """Of each caller: `right`, 403 for whose role has not the right, else 404; 401 for a stranger."""
    return {caller: 403 if caller in lacking else 404 for caller in CALLERS} | right | {"stranger": 401}


def _written(status: int) -> dict[str, int]:
    return _statuses(dict.fromkeys(OFFICIALS, status), LACKING_WRITE)


ROUTES: dict[tuple[str, str], tuple[str, Any, dict[str, int]]] = {
    ("GET", "/projects/{id}"): ("", None, _statuses(READ, LACKING_READ)),
    ("GET", "/projects/{id}/standing"): ("/standing", None, _statuses(READ, LACKING_READ)),
    ("GET", "/projects/{id}/rows"): ("/rows?target=new_users", None, _statuses(READ, LACKING_READ)),
    ("GET", "/projects/{id}/decisions"): ("/decisions", None, _statuses(READ, LACKING_READ)),
    ("GET", "/projects/{id}/evidence"): ("/evidence", None, _statuses(READ, LACKING_READ)),
    ("GET", "/projects/{id}/report"): ("/report?month=2026-03", None, _statuses(READ, LACKING_READ)),
    ("POST", "/projects/{id}/rules"): ("/rules", {"rule": "guizhou-2019"}, _written(201)),
    ("POST", "/projects/{id}/decisions"): ("/decisions", PLAN, _written(201)),
    ("POST", "/projects/{id}/evaluators"): ("/evaluators", {"user": "evaluator", "until": "2026-12-31"}, _written(204)),
    ("POST", "/projects/{id}/elsewhere"): ("/elsewhere", {"contacts": ["li@example.com"]}, _written(200)),
}
"""(method, route) -> what is asked of a project of side a, and what each caller is answered."""


def test_no_route_is_missing_from_this_table(house: House) -> None:
    held = {(method, path.removeprefix(API)) for method, path in served(house.desk.app) if "/projects" in path}
    assert held == set(ROUTES) | {("GET", "/projects"), ("POST", "/projects")}


@pytest.mark.parametrize("route", ROUTES, ids=" ".join)
def test_another_tenants_project_is_not_there(route: tuple[str, str], house: House) -> None:
    path, body, expected = ROUTES[route]
    for caller, status in expected.items():
        answer = house.ask(caller, route[0], path, **({} if body is None else {"json": body}))
        assert answer.status_code == status, (caller, answer.text)


def test_lists_hold_what_exists_for_the_caller(house: House) -> None:
    for caller, status in _statuses(READ | {"agency-b": 200, "city-b": 200, "evaluator": 200}, LACKING_READ).items():
        answer = house.desk.as_(caller).get(f"{API}/projects")
        assert answer.status_code == status, caller
        if status == 200:
            mine = caller in READ
            assert [item["id"] for item in answer.json()["items"]] == ([house.project] if mine else [])


def test_an_evaluator_reads_the_project_and_writes_nothing(house: House) -> None:
    assert house.ask("city-a", "POST", "/evaluators", json={"user": "evaluator", "until": "2026-03-01"}).status_code == 204
    assert house.ask("evaluator", "GET", "/standing").status_code == 200
    assert house.ask("evaluator", "GET", "/rows?target=new_users").status_code == 200
    for path, body in (("/decisions", PLAN), ("/rules", {"rule": "guizhou-2019"}), ("/elsewhere", {"contacts": ["a@b.cn"]})):
        assert house.ask("evaluator", "POST", path, json=body).status_code == 403


NOT_TAKEN: list[dict[str, Any]] = [
    {"bureau_name": "x"},
    {"id": "0" * 32},
    {"created_at": "2020-01-01T00:00:00Z"},
    {"province": "5"},
    {"first": "2026-13-01"},
    {"numbers": {"new_users": -1}},
    {"numbers": {"new users": 1}},
    {"reading": "searched"},
    {"contract_sha256": "short"},
]


def test_a_project_takes_its_fields_and_no_other(house: House) -> None:
    """T32: nothing that is not a field of the form is taken."""
    for changed in NOT_TAKEN:
        answer = house.desk.as_("city-a").post(f"{API}/projects", json=BODY | changed)
        assert answer.status_code == 422, changed


def _signed_up(house: House, account: str, *, role: str = "rd") -> None:
    """The facts of somebody who came through the agency's link and searched."""
    profile = {"enterprise": "enterprise-a", "role": role, "size": "small", "region": "520102"}
    steps: list[tuple[str, dict[str, Any]]] = [
        ("account:registered", {"channel": "mobile"}),
        ("account:contact_verified", {"contact_class": "mobile", "new": True}),
        ("account:profile_complete", profile),
        ("account:activated", {}),
    ]
    with house.desk.database.write() as connection:
        for number, (kind, attributes) in enumerate(steps):
            at = NOON - timedelta(minutes=10 - number)
            fact = Fact(
                kind=kind,
                happened_at=at,
                account=account,
                person=hashlib.sha256(account.encode()).hexdigest(),
                agency="agency-a",
                attributes=attributes,
            )
            ledger.append(connection, "agency-a", fact, now=NOON)


def _target(house: House, name: str, query: str = "") -> Any:
    standing = house.ask("agency-a", "GET", f"/standing{query}").json()
    return next(target for target in standing["targets"] if target["id"] == name)


def test_the_standing_rises_by_one_and_says_by_whom(house: House) -> None:
    assert _target(house, "new_users")["missing"] == 100
    _signed_up(house, "acc1")
    _signed_up(house, "acc2", role="executive")
    held = _target(house, "new_users", "?rows=true")
    assert (held["counted"], held["missing"], held["left_out"]) == (1, 99, {"not_rd": 1})
    assert held["readings"] == {
        "registered": 2,
        "contact_verified": 1,
        "activated": 1,
        "role_confirmed": 0,
        "registered_elsewhere": 0,
    }
    rows = house.ask("agency-a", "GET", "/rows?target=new_users").json()
    assert [(row["account"], row["counted"], row["reason"]) for row in rows["items"]] == [
        ("acc1", True, None),
        ("acc2", False, "not_rd"),
    ]
    assert held["rows"]["counted"] == [rows["items"][0]["seq"]]


def test_rows_come_in_pages(house: House) -> None:
    for number in range(5):
        _signed_up(house, f"acc{number}")
    met: list[int] = []
    after: int | None = -1
    while after is not None:
        page = house.ask("city-a", "GET", f"/rows?target=new_users&size=2&after={after}").json()
        met += [row["seq"] for row in page["items"]]
        after = page["next"]
    assert len(met) == len(set(met)) == 5
    assert house.ask("city-a", "GET", "/rows?target=no_such_target").status_code == 404


def test_the_same_day_gives_the_same_bytes(house: House) -> None:
    """T40: asked twice, by another caller, and after more was recorded the day after."""
    _signed_up(house, "acc1")
    path = "/standing?as_of=2026-03-01&rows=true"
    first = house.ask("agency-a", "GET", path)
    assert first.headers["content-type"] == "application/json"
    assert house.ask("city-a", "GET", path).content == first.content
    with house.desk.database.write() as connection:
        late = Fact(kind="training:held", happened_at=NOON, agency="agency-a", attributes={"training": "t1"})
        ledger.append(connection, "agency-a", late, now=NOON + timedelta(days=1))
    assert house.ask("agency-a", "GET", path).content == first.content
    assert _target(house, "trainings", "?as_of=2026-03-02")["counted"] == 1


def test_a_bundle_is_sent_to_who_may_see_the_project_and_checks(house: House) -> None:
    _signed_up(house, "acc1")
    made = house.ask("agency-a", "GET", "/evidence?as_of=2026-03-01")
    assert made.headers["content-type"] == "application/zip"
    assert int(made.headers["content-length"]) == len(made.content)
    assert f"evidence-{house.project}-2026-03-01.zip" in made.headers["content-disposition"]
    verify = verifier()
    assert any("activated 1*" in line for line in verify.verify(verify.unpack(made.content), {}, None, own()))
    assert house.ask("city-a", "GET", "/evidence").content == made.content
    house.ask("city-a", "POST", "/evaluators", json={"user": "evaluator", "until": "2026-03-01"})
    assert house.ask("evaluator", "GET", "/evidence").content == made.content
    ahead = house.ask("city-a", "GET", "/evidence?as_of=2026-03-03")
    assert (ahead.status_code, ahead.json()["code"], ahead.json()["today"]) == (422, "day_ahead", "2026-03-01")
    assert house.ask("city-a", "GET", "/evidence?as_of=2026-02-28").json()["code"] == "no_rule_yet"


def test_a_monthly_report_says_what_came_and_can_be_a_witness(house: House) -> None:
    """The lines to be typed are taken by the verifier as the checkpoint seen last."""
    _signed_up(house, "acc1")
    told = house.ask("city-a", "GET", "/report?month=2026-03")
    assert told.headers["content-type"].startswith("text/plain")
    assert "新增系统使用注册人数" in told.text
    assert "activated 1* (+1)" in told.text
    typed = told.text.rpartition("手工录入 to be typed\n")[2]
    verify, made = verifier(), house.ask("city-a", "GET", "/evidence").content
    assert verify.verify(verify.unpack(made), {}, typed.encode(), own())
    ahead = house.ask("city-a", "GET", "/report?month=2026-04")
    assert (ahead.status_code, ahead.json()["code"]) == (422, "day_ahead")
    assert house.ask("city-a", "GET", "/report?month=2026-02").json()["code"] == "no_rule_yet"
    assert house.ask("city-a", "GET", "/report?month=2026-13").status_code == 422


def test_a_decision_answers_the_standing_before_and_after(house: House) -> None:
    answer = house.ask("city-a", "POST", "/decisions", json=PLAN)
    held = answer.json()
    needed = [next(t["needed"] for t in held[when]["targets"] if t["id"] == "new_users") for when in ("before", "after")]
    assert needed == [100, 80]
    assert house.ask("agency-a", "GET", "/decisions").json() == {"items": [held]}
    refused = house.ask("city-a", "POST", "/decisions", json=PLAN | {"last": "2027-01-01"})
    assert (refused.status_code, refused.json()["code"]) == (422, "bad_decision")


def test_a_bureaus_own_rule_and_what_is_wrong_with_one(house: House) -> None:
    own = shipped()["guizhou-2019"].decode().replace("at_least = 100", "at_least = 120").replace("version = 1", "version = 2")
    adopted = house.ask("city-a", "POST", "/rules", json={"toml": own})
    assert (adopted.status_code, adopted.json()["sha256"]) == (201, hashlib.sha256(own.encode()).hexdigest())
    assert _target(house, "new_users")["needed"] == 120
    refused = house.ask("city-a", "POST", "/rules", json={"toml": own.replace("at_least", "at_leest")})
    assert (refused.status_code, refused.json()["code"]) == (422, "bad_rule")
    assert "at_leest" in refused.json()["reason"]
    spelt = house.ask("city-a", "POST", "/rules", json={"toml": own.replace("at_least = 120", "at_least = 1_20")})
    line = own[: own.index("at_least = 120")].count("\n") + 1
    assert (spelt.status_code, spelt.json()["code"], spelt.json()["line"]) == (422, "bad_rule_toml", line)
    assert house.ask("city-a", "POST", "/rules", json={"rule": "no-such-rule"}).status_code == 404
    assert house.ask("city-a", "POST", "/rules", json={"rule": "guizhou-2019", "toml": own}).status_code == 422
    early = house.ask("city-a", "GET", "/standing?as_of=2026-02-28")
    assert (early.status_code, early.json()["code"]) == (409, "no_rule_yet")
