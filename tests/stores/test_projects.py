"""Projects on both databases: who sees which, paging, what stands in the agency's log, lists of another system."""

from datetime import date, timedelta

import pytest

from auth.access.model import Identity
from auth.access.problems import RightLacking
from auth.database import Database
from auth.http.problems import NotFound
from auth.ledger import people
from auth.ledger import service as ledger
from auth.ledger.model import Fact
from auth.projects import store
from auth.projects.model import Contract, Deciding, Decision, Project
from auth.projects.problems import BureauMissing, ContractRefused, DecisionRefused, EvaluatorRefused, NoRuleYet, RuleRefused
from auth.projects.service import Projects
from auth.roles import Role
from auth.targets.rules import shipped
from auth.targets.service import Targets
from tests.tenants import NOON, SIDES, a_caller, an_account, settle

SHA = "ab" * 32
ROOT = a_caller(Role.ADMINISTRATOR)
CITY_A, CITY_B = a_caller(Role.BUREAU, "city-a"), a_caller(Role.BUREAU, "city-b")
AGENCY_A = a_caller(Role.AGENCY, "agency-a")
GUIZHOU = shipped()["guizhou-2019"]


def fingerprint(contact: str) -> str:
    return people.fingerprint(contact.strip().lower(), pepper=bytes(32))


@pytest.fixture
def settled(database: Database) -> Database:
    with database.write() as connection:
        settle(connection)
        an_account(connection, "examiner", Role.EVALUATOR, None)
    return database


@pytest.fixture
def office(settled: Database) -> Projects:
    return Projects(settled, fingerprint=fingerprint, clock=lambda: NOON)


def a_contract(side: str = "a", **changed: object) -> Contract:
    values = {"agency": f"agency-{side}", "first": date(2026, 1, 1), "last": date(2026, 12, 31), "province": "52"}
    return Contract(contract_sha256=SHA, **(values | changed))  # type: ignore[arg-type]


def a_project(office: Projects, side: str = "a", **changed: object) -> Project:
    caller = a_caller(Role.BUREAU, f"city-{side}")
    return office.add(caller, f"推送服务 {side}", a_contract(side, **changed), bureau=None)


def seen(office: Projects, caller: Identity) -> set[str]:
    return {project.agency for project in office.page(caller, after=None, size=100)}


def test_each_caller_sees_its_own_projects(office: Projects) -> None:
    """T31, in the statement itself."""
    for side in SIDES:
        a_project(office, side)
    for side in SIDES:
        for role, organisation in ((Role.AGENCY, "agency"), (Role.BUREAU, "city"), (Role.BUREAU, "province")):
            assert seen(office, a_caller(role, f"{organisation}-{side}")) == {f"agency-{side}"}
    assert seen(office, ROOT) == seen(office, a_caller(Role.BUREAU, "nation")) == {"agency-a", "agency-b"}
    for role in (Role.RESEARCHER, Role.ENTERPRISE, Role.EVALUATOR):
        assert seen(office, a_caller(role, "agency-a")) == set()


def test_an_evaluator_reads_one_project_until_the_day(settled: Database, office: Projects) -> None:
    project, other = a_project(office), a_project(office)
    examiner = a_caller(Role.EVALUATOR, user="examiner")
    office.appoint(CITY_A, project.id, "examiner", until=NOON.date())
    office.appoint(CITY_A, project.id, "examiner", until=NOON.date() + timedelta(days=1))
    assert office.get(examiner, project.id) == project
    with pytest.raises(NotFound):
        office.get(examiner, other.id)
    late = Projects(settled, fingerprint=fingerprint, clock=lambda: NOON + timedelta(days=2))
    with pytest.raises(NotFound):
        late.get(examiner, project.id)
    with pytest.raises(RightLacking):
        Targets(settled, clock=lambda: NOON).adopt(examiner, project.id, data=GUIZHOU, direction=None)
    with pytest.raises(EvaluatorRefused):
        office.appoint(CITY_A, project.id, "examiner", until=NOON.date() - timedelta(days=1))
    with settled.write() as connection:
        assert len(store.export(connection, "examiner")) == 1
        store.erase(connection, "examiner")
        assert store.export(connection, "examiner") == []


def test_the_contract_stands_in_the_agencys_log(settled: Database, office: Projects) -> None:
    project = a_project(office, numbers={"new_users": 120, "enterprises": 40}, modifiers=("consecutive",))
    with settled.read() as connection:
        (leaf,) = ledger.leaves(connection, "agency-a")
    assert leaf.kind == "project:contract"
    assert leaf.attributes["project"] == project.id
    assert leaf.attributes["numbers"] == ["enterprises=40", "new_users=120"]
    assert leaf.attributes["modifiers"] == ["consecutive"]


def test_a_contract_must_hold_together(settled: Database, office: Projects) -> None:
    for changed in ({"last": date(2025, 12, 31)}, {"province": "99"}, {"agency": "agency-b"}, {"agency": "enterprise-a"}):
        with pytest.raises(ContractRefused):
            a_project(office, **changed)
    with pytest.raises(BureauMissing):
        office.add(ROOT, "无主管", a_contract(), bureau=None)
    with pytest.raises(BureauMissing):
        office.add(CITY_A, "别家的局", a_contract(), bureau="city-b")
    with settled.read() as connection:
        assert ledger.leaves(connection, "agency-a") == []


def test_pages_meet_every_project_once(office: Projects) -> None:
    made = {a_project(office, first=date(2026, 1, 1 + number % 3)).id for number in range(7)}
    met: list[str] = []
    while page := office.page(CITY_A, after=met[-1] if met else None, size=2):
        met += [project.id for project in page]
    assert len(met) == 7
    assert set(met) == made


def test_a_rule_must_fit_the_contract(settled: Database, office: Projects) -> None:
    targets = Targets(settled, clock=lambda: NOON)
    project = a_project(office, numbers={"no_such_target": 1})
    with pytest.raises(RuleRefused):
        targets.adopt(CITY_A, project.id, data=GUIZHOU, direction=None)
    project = a_project(office)
    for data, direction in ((GUIZHOU, "north"), (shipped()["tianjin-2023"], None), (b"language = 1", None), (b"\xff", None)):
        with pytest.raises(RuleRefused):
            targets.adopt(CITY_A, project.id, data=data, direction=direction)
    with pytest.raises(NoRuleYet):
        targets.standing(CITY_A, project.id)
    with pytest.raises(RightLacking):
        targets.adopt(AGENCY_A, project.id, data=GUIZHOU, direction=None)
    with pytest.raises(NotFound):
        targets.adopt(CITY_B, project.id, data=GUIZHOU, direction=None)


def test_a_new_rule_counts_from_its_day(settled: Database, office: Projects) -> None:
    """T40: each day keeps the rule of then, unless that of today is asked for."""
    project = a_project(office)
    Targets(settled, clock=lambda: NOON).adopt(CITY_A, project.id, data=GUIZHOU, direction=None)
    later = GUIZHOU.replace(b"version = 1", b"version = 2").replace(b"at_least = 100", b"at_least = 90")
    targets = Targets(settled, clock=lambda: NOON + timedelta(days=5))
    before = targets.standing(CITY_A, project.id, as_of=NOON.date()).to_json()
    targets.adopt(CITY_A, project.id, data=later, direction=None)
    assert targets.standing(CITY_A, project.id, as_of=NOON.date()).to_json() == before
    needed = [
        targets.standing(CITY_A, project.id, as_of=NOON.date() + timedelta(days=days)).measure("new_users").needed
        for days in (4, 5)
    ]
    assert needed == [100, 90]
    today = targets.standing(CITY_A, project.id, as_of=NOON.date(), rules_of_today=True)
    assert (today.version, today.measure("new_users").needed, today.document()["adopted"]) == (2, 90, False)
    with pytest.raises(NoRuleYet):
        targets.standing(CITY_A, project.id, as_of=NOON.date() - timedelta(days=1))


def test_decisions_show_the_standing_before_and_after(settled: Database, office: Projects) -> None:
    targets = Targets(settled, clock=lambda: NOON)
    project = a_project(office)
    targets.adopt(CITY_A, project.id, data=GUIZHOU, direction=None)
    plan = targets.decide(CITY_A, project.id, Decision(Deciding.PLAN, SHA, target="new_users", value=80))
    assert plan.before is not None
    assert plan.after is not None
    assert (plan.before.measure("new_users").needed, plan.after.measure("new_users").needed) == (100, 80)
    extended = targets.decide(CITY_A, project.id, Decision(Deciding.EXTENSION, SHA, last=date(2027, 3, 31)))
    assert extended.after is not None
    assert (extended.after.last, len(extended.after.quarters)) == (date(2027, 3, 31), 4)
    assert targets.decisions(AGENCY_A, project.id) == [plan, extended]
    for decision in (
        Decision(Deciding.EXTENSION, SHA, last=date(2027, 3, 31)),
        Decision(Deciding.EXTENSION, SHA),
        Decision(Deciding.PLAN, SHA, target="new_users"),
        Decision(Deciding.PLAN, SHA, target="no_such_target", value=1),
        Decision(Deciding.WAIVER, SHA, target="new_users", value=1),
        Decision(Deciding.REPLACEMENT, SHA, enterprise="enterprise-a", by="enterprise-b"),
        Decision(Deciding.REPLACEMENT, SHA, enterprise="enterprise-a", by="enterprise-a"),
    ):
        with pytest.raises(DecisionRefused):
            targets.decide(CITY_A, project.id, decision)
    with pytest.raises(RightLacking):
        targets.decide(AGENCY_A, project.id, Decision(Deciding.WAIVER, SHA, target="new_users"))


def test_a_list_of_another_system_marks_the_accounts_it_names(settled: Database, office: Projects) -> None:
    project = a_project(office)
    with settled.write() as connection:
        for account, contact in (("acc1", "li@example.com"), ("acc2", "wang@example.com")):
            person = people.commit(connection, account, fingerprint(contact))
            verified = {"contact_class": "public_mailbox", "new": True}
            fact = Fact(
                kind="account:contact_verified",
                happened_at=NOON,
                account=account,
                person=person,
                agency="agency-a",
                attributes=verified,
            )
            ledger.append(connection, "agency-a", fact, now=NOON)
    first = office.registered_elsewhere(CITY_A, project.id, ["LI@example.com", "nobody@example.com"])
    again = office.registered_elsewhere(CITY_A, project.id, ["li@example.com", "wang@example.com"])
    assert (first.contacts, first.matched, first.added) == (2, 1, 1)
    assert (again.contacts, again.matched, again.added) == (2, 2, 1)
    with settled.read() as connection:
        facts = [leaf for leaf in ledger.leaves(connection, "agency-a") if leaf.kind == "account:registered_elsewhere"]
    assert [(leaf.account, leaf.attributes["list"]) for leaf in facts] == [("acc1", first.sha256), ("acc2", again.sha256)]
    with pytest.raises(RightLacking):
        office.registered_elsewhere(AGENCY_A, project.id, ["li@example.com"])
