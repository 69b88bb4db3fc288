"""Who counts: crowds and scripts, the agency's own; holds and their decisions, consents, rungs, people entered by staff."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from auth.access.codes import ByCode
from auth.access.model import Identity
from auth.access.service import ROOMS
from auth.ledger.model import INSTALLATION
from auth.organisations import service as organisations
from auth.organisations.model import Kind
from auth.organisations.service import New
from auth.referral.model import Kind as LinkKind
from auth.registration import store
from auth.registration.handovers.service import KEPT
from auth.registration.handovers.service import since as listed
from auth.registration.model import Consents, Origin, Outcome
from auth.registration.review import Reviewed, review
from auth.registration.service import people_room
from auth.registration.signals import UNUSED
from auth.roles import Role
from tests.desk import AGREED, Desk, a_desk
from tests.tenants import a_credit_code
from tests.unit.registration.test_challenge import solve

ALL = Consents(terms=True, show_name=True, may_call=True)
WHY = {"explanation": "经电话核实，确为本人注册"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path) as opened:
        yield opened


def outcomes(desk: Desk, accounts: list[str]) -> set[Outcome]:
    return {desk.registration(account).outcome for account in accounts}


def test_sixty_honest_people_in_a_trainings_hours_all_count(desk: Desk) -> None:
    """T20: one address, twenty minutes, no 429, no waiting, no proof of work."""
    event = desk.add_link(desk.agency, LinkKind.EVENT)
    accounts = []
    for number in range(60):
        accepted = desk.sign_up(f"139{number * 7919 % 10**8:08}", code=event.code)
        assert (accepted.wait_s, accepted.challenge) == (0, None)
        desk.clock.advance(seconds=20)
        contact = f"139{number * 7919 % 10**8:08}"
        accounts.append(desk.user_of(desk.enter(ByCode(accepted.ref, desk.digits(contact)))))
    assert outcomes(desk, accounts) == {Outcome.COUNTED}
    assert desk.kinds().count("account:contact_verified") == 60


def test_a_hundred_and_twenty_scripted_sign_ups_are_all_held(desk: Desk) -> None:
    """T19: one address, sequential mailboxes; those too that came before the crowd showed. None ever searched."""
    accounts = [desk.register(f"tester{number:03}@script-mail.cn") for number in range(120)]
    assert outcomes(desk, accounts) == {Outcome.HELD}
    assert all("sequential" in desk.registration(account).reasons for account in accounts)
    assert desk.kinds().count("account:held") == 120
    assert "account:activated" not in desk.kinds()


def test_a_crowd_outside_an_event_waits_or_works_and_gets_in(desk: Desk) -> None:
    """The message of the 21st leaves a minute later; a solved challenge spares the minute, once."""
    for number in range(20):
        assert desk.sign_up(f"{chr(97 + number)}@x.cn").wait_s == 0
    waiting = desk.sign_up("li@x.cn")
    patient = desk.sign_up("han@x.cn")
    assert (waiting.wait_s, desk.messages("li@x.cn")) == (60, [])
    assert waiting.challenge is not None
    payload, client = solve(waiting.challenge), desk.client()
    assert client.post("/api/v1/auth/proof", json={"payload": payload}).status_code == 204
    assert (len(desk.messages("li@x.cn")), desk.messages("han@x.cn")) == (1, [])
    again = client.post("/api/v1/auth/proof", json={"payload": payload})
    assert (again.status_code, again.json()["code"]) == (422, "proof_refused")
    desk.clock.advance(seconds=patient.wait_s)
    assert len(desk.messages("han@x.cn")) == 1
    assert desk.sign_up("wu@x.cn", origin=Origin("198.51.100.7")).wait_s == 0


@pytest.mark.parametrize(("through", "reason"), [("agency", "duplicate_person"), ("other_agency", "duplicate_other_agency")])
def test_another_spelling_of_one_person_is_one_credit(desk: Desk, through: str, reason: str) -> None:
    """T17, T21: held, with no word to either agency about the other's person."""
    first = desk.register("li.lei@gmail.com")
    link = desk.link if through == "agency" else desk.add_link(desk.other_agency)
    second = desk.register("lilei+patents@gmail.com", code=link.code, name="韩梅梅")
    assert desk.registration(second).reasons == (reason,)
    assert (desk.registration(first).outcome, desk.registration(second).new) == (Outcome.COUNTED, False)
    theirs = desk.staff(Role.AGENCY, desk.other_agency, "boss@b-agency.cn")
    assert theirs.get(f"/api/v1/registrations/{first}").status_code == 404
    assert first not in theirs.get("/api/v1/registrations").text


@pytest.mark.parametrize(("contact", "reason"), [("boss+me@jia-agency.cn", "self_staff"), ("new@jia-agency.cn", "self_domain")])
def test_the_agencys_own_people_are_held_and_may_be_disputed(desk: Desk, contact: str, reason: str) -> None:
    """T18."""
    agency = desk.staff(Role.AGENCY, desk.agency, "boss@jia-agency.cn")
    account = desk.register(contact)
    assert desk.registration(account).reasons == (reason,)
    told = agency.post(f"/api/v1/registrations/{account}/dispute", json=WHY)
    assert (told.status_code, told.json()["disputed"]) == (200, True)
    assert agency.post(f"/api/v1/registrations/{account}/dispute", json=WHY).status_code == 409


def test_the_bureau_decides_with_its_reason_and_no_rule_decides_again(desk: Desk) -> None:
    account = desk.register("li@mailinator.com")
    agency = desk.staff(Role.AGENCY, desk.agency, "boss@jia-agency.cn")
    bureau = desk.staff(Role.BUREAU, desk.bureau, "officer@gz-ip.gov.cn")
    desk.clock.advance(minutes=1)
    (held,) = bureau.get("/api/v1/holds").json()["items"]
    assert [signal["code"] for signal in held["signals"]] == ["disposable_domain"]
    assert agency.post(f"/api/v1/registrations/{account}/decision", json=WHY | {"outcome": "counted"}).status_code == 403
    released = bureau.post(f"/api/v1/registrations/{account}/decision", json=WHY | {"outcome": "counted"})
    assert (released.status_code, released.json()["outcome"]) == (200, "counted")
    assert agency.get("/api/v1/holds").json()["items"] == []
    desk.clock.advance(minutes=1)
    excluded = bureau.post(f"/api/v1/registrations/{account}/decision", json=WHY | {"outcome": "excluded"}).json()
    desk.clock.advance(days=30)
    assert review(desk.database, now=desk.clock()).held == 0
    assert [deed["deed"] for deed in excluded["judgements"]] == ["held", "released", "excluded"]
    assert excluded["judgements"][-1]["explanation"] == WHY["explanation"]
    assert [kind for kind in desk.kinds() if kind in ("account:held", "account:released", "account:excluded")] == [
        "account:held",
        "account:released",
        "account:excluded",
    ]
    assert WHY["explanation"] not in repr(desk.facts())


def test_staff_see_no_contact_and_a_name_only_by_consent(desk: Desk) -> None:
    """T31, T45: withdrawn, the name is gone from the next answer; the consent's dates stay."""
    account = desk.register("li@huaxin-jixie.cn", name="李雷", consents=ALL)
    silent = desk.register("13800138000", name="韩梅梅")
    bureau = desk.staff(Role.BUREAU, desk.bureau, "officer@gz-ip.gov.cn")
    listed = bureau.get("/api/v1/registrations")
    assert [item["name"] for item in listed.json()["items"]] == [None, "李雷"]
    assert [word for word in ("li@", "huaxin", "13800138000", "韩梅梅") if word in listed.text] == []
    with desk.database.write() as connection:
        mine = desk.client(desk.access.sessions.open_api(connection, account, desk.clock()))
    assert mine.patch("/api/v1/me/consents", json={"show_name": False}).status_code == 200
    assert "李雷" not in bureau.get("/api/v1/registrations").text
    (shown,) = [told for told in mine.get("/api/v1/me/data").json()["registration"]["consents"] if told["kind"] == "show_name"]
    assert shown["given_at"] < shown["withdrawn_at"]
    assert silent != account


def test_lists_are_paged_to_their_end(desk: Desk) -> None:
    accounts = [desk.register(f"{letter}@x.cn") for letter in "abc"]
    bureau = desk.staff(Role.BUREAU, desk.bureau, "officer@gz-ip.gov.cn")
    met, after = [], None
    for _ in range(3):
        page = bureau.get("/api/v1/registrations", params={"size": 1} | ({"after": after} if after else {})).json()
        met += [item["account"] for item in page["items"]]
        after = page["next"]
    assert (met, after) == (accounts[::-1], None)


def test_the_first_search_is_a_fact_once(desk: Desk) -> None:
    account = desk.register("li@x.cn")
    for _ in range(3):
        desk.rooms.profiles.activated(account)
    desk.rooms.profiles.activated("an account that an administrator made")
    assert desk.kinds().count("account:activated") == 1
    assert desk.kinds(INSTALLATION) == []


def test_a_profile_is_complete_with_enterprise_and_role_and_each_change_is_a_fact(desk: Desk) -> None:
    account = desk.register("li@x.cn", role=None, enterprise=None)
    assert "account:profile_complete" not in desk.kinds()
    with desk.database.write() as connection:
        mine = desk.client(desk.access.sessions.open_api(connection, account, desk.clock()))
    assert mine.patch("/api/v1/me/profile", json={"role": "rd"}).json()["completed_at"] is None
    assert mine.patch("/api/v1/me/profile", json={"enterprise": desk.enterprise}).json()["completed_at"]
    mine.patch("/api/v1/me/profile", json={"role": "executive"})
    told = [leaf.attributes["role"] for leaf in desk.facts() if leaf.kind == "account:profile_complete"]
    assert told == ["rd", "executive"]
    assert mine.patch("/api/v1/me/profile", json={"enterprise": "0" * 32}).json()["code"] == "enterprise_unknown"


def test_an_enterprise_typed_with_its_code_is_entered_and_a_difference_of_place_is_held(desk: Desk) -> None:
    here = desk.register("li@x.cn", enterprise=None, enterprise_name="贵阳新企业", credit_code=a_credit_code(7))
    same = desk.register("han@x.cn", enterprise=None, enterprise_name="贵阳新企业公司", credit_code=a_credit_code(7))
    assert desk.registration(here).enterprise == desk.registration(same).enterprise is not None
    unnamed = desk.register("wu@x.cn", enterprise=None, enterprise_name="只有名称的企业")
    assert (desk.registration(unnamed).enterprise, desk.registration(unnamed).enterprise_name) == (None, "只有名称的企业")


def test_the_enterprises_contact_confirms_a_role_once(desk: Desk) -> None:
    account = desk.register("li@x.cn", name="李雷", consents=ALL)
    unseen = desk.register("han@x.cn")
    contact = desk.staff(Role.ENTERPRISE, desk.enterprise, "office@huaxin-jixie.cn")
    (listed,) = contact.get("/api/v1/me/confirmations").json()
    assert (listed["account"], listed["name"]) == (account, "李雷")
    for _ in range(2):
        assert contact.post(f"/api/v1/me/confirmations/{account}").status_code == 204
    assert contact.post(f"/api/v1/me/confirmations/{unseen}").status_code == 404
    (fact,) = [leaf for leaf in desk.facts() if leaf.kind == "account:role_confirmed"]
    assert (fact.account, fact.attributes) == (account, {"by": "enterprise_contact"})
    assert desk.client().get("/api/v1/me/confirmations").status_code == 401


def test_a_person_whom_staff_entered_counts_when_he_confirms_himself(desk: Desk) -> None:
    """The link goes to his contact alone, and the consents are his."""
    agency = desk.staff(Role.AGENCY, desk.agency, "boss@jia-agency.cn")
    entered = agency.post("/api/v1/registrations", json={"contact": "li@x.cn", "name": "李雷", "role": "rd"})
    assert entered.status_code == 202
    assert desk.kinds() == ["account:registered"]
    token, client = desk.token("li@x.cn"), desk.client()
    digits = desk.digits("li@x.cn")
    assert agency.post("/api/v1/auth/verify", json={"ref": entered.json()["ref"], "code": digits}).status_code == 401
    assert desk.rooms.needs_consents(token)
    assert client.post("/api/v1/auth/verify", json={"token": token}).json()["code"] == "terms_needed"
    confirmed = client.post("/api/v1/auth/verify", json={"token": token, "consents": {"terms": True}})
    assert confirmed.status_code == 200
    assert desk.facts()[0].attributes == {"channel": "assisted"}
    (verified,) = [leaf for leaf in desk.facts() if leaf.kind == "account:contact_verified"]
    assert (verified.agency, verified.attributes["how"]) == (desk.agency, "declared")


def test_the_queue_shows_what_waits_and_never_to_whom_or_what(desk: Desk) -> None:
    administrator = desk.staff(Role.ADMINISTRATOR, desk.bureau, "root@patentry.example")
    desk.sign_up("li@x.cn")
    told = administrator.get("/api/v1/messages").json()
    assert told["counts"] == {"queued": 1, "sent": 0, "failed": 0}
    assert (told["messages"][0]["recipient"], "text" in told["messages"][0]) == ("l***@x.cn", False)
    assert told["waiting"] == {"count": 1, "since": "2026-03-02T02:00:00Z", "reason": None}


def test_what_nobody_confirmed_is_forgotten_after_a_week(desk: Desk) -> None:
    for number in range(3):
        desk.sign_up(f"li{number}@x.cn")
    desk.clock.advance(days=7)
    assert review(desk.database, now=desk.clock()).lapsed == 0
    desk.clock.advance(seconds=1)
    assert review(desk.database, now=desk.clock()).lapsed == 3
    with desk.database.read() as connection:
        held = connection.execute(select(store.claims)).all()
    assert "li0@x.cn" not in repr(held)
    assert {row.state for row in held} == {"lapsed"}


def test_unused_accounts_are_judged_again_and_held_only_with_other_signals(desk: Desk) -> None:
    """Nothing is decided by time alone."""
    plain = desk.register("li@x.cn")
    odd = desk.register("аlan@x.cn")  # the first letter is Cyrillic
    assert outcomes(desk, [plain, odd]) == {Outcome.COUNTED}
    desk.clock.at += UNUSED + timedelta(days=1)
    assert review(desk.database, now=desk.clock()) == Reviewed(2, 1, 0)
    assert review(desk.database, now=desk.clock()) == Reviewed(1, 0, 0), "what is held stays held"
    assert (desk.registration(plain).outcome, desk.registration(odd).outcome) == (Outcome.COUNTED, Outcome.HELD)


def test_somebody_without_consent_to_terms_gets_no_account(desk: Desk) -> None:
    with pytest.raises(Exception, match="terms_needed"):
        desk.sign_up("li@x.cn", consents=Consents(show_name=True))
    assert AGREED.given() == ["terms"]


PLACES = [  # division of the credit code, registered address, whether they name different provinces
    ("520100", "贵州省贵阳市云岩区1号", False),
    ("520100", "贵州省遵义市红花岗区1号", False),
    ("110108", "贵州省贵阳市云岩区1号", True),
    ("520100", "北京市海淀区1号", True),
    ("520100", "", False),
]


@pytest.mark.parametrize(("division", "address", "differs"), PLACES)
def test_a_credit_code_of_another_province_is_held_till_the_bureau_decides(
    division: str, address: str, *, differs: bool, desk: Desk
) -> None:
    """From the enterprise entered to the standing: not counted while held, counted once released, and not held again."""
    at = desk.clock()
    with desk.database.write() as connection:
        new = New(Kind.ENTERPRISE, "某厂", credit_code=a_credit_code(7, division=division), address=address or None)
        enterprise = organisations.add(connection, new, caller=None, now=at)[0].id
    account = desk.register("li@x.cn", enterprise=enterprise)
    bureau = desk.staff(Role.BUREAU, desk.bureau, "officer@gz-ip.gov.cn")
    agency = desk.staff(Role.AGENCY, desk.agency, "boss@jia-agency.cn")
    seen = agency.get(f"/api/v1/registrations/{account}").json()
    held = [leaf for leaf in desk.facts() if leaf.kind == "account:held"]
    assert (desk.registration(account).outcome is Outcome.HELD, bool(held)) == (differs, differs)
    assert ("place_differs" in [reason["code"] for reason in seen["missing"]]) == differs
    if not differs:
        return
    assert held[0].attributes["reasons"] == ["place_differs"]
    assert agency.post(f"/api/v1/registrations/{account}/dispute", json=WHY).status_code == 200
    [waiting] = bureau.get("/api/v1/holds").json()["items"]
    assert (waiting["account"], waiting["disputed"]) == (account, True)
    released = bureau.post(f"/api/v1/registrations/{account}/decision", json=WHY | {"outcome": "counted"}).json()
    assert released["outcome"] == "counted"
    assert "place_differs" not in [reason["code"] for reason in released["missing"]]
    desk.clock.advance(days=15)
    review(desk.database, now=desk.clock())
    assert desk.registration(account).outcome is Outcome.COUNTED, "a person decided"
    kinds = [kind for kind in desk.kinds() if kind in ("account:held", "account:disputed", "account:released")]
    assert kinds == ["account:held", "account:disputed", "account:released"]


def test_whose_name_was_shown_to_whom_is_listed_for_three_years(desk: Desk) -> None:
    """T45: by consent alone, noted once a day, told to the person, kept without the name after erasing, then forgotten."""
    account = desk.register("li@huaxin-jixie.cn", name="李雷", consents=ALL)
    desk.register("han@huaxin-jixie.cn", name="韩梅梅")
    begin = desk.clock()
    readers = [Identity("boss", None, None, Role.AGENCY, agency, "s") for agency in (desk.agency, desk.other_agency)]
    readers.append(Identity("root", None, None, Role.ADMINISTRATOR, None, "s"))  # the operator himself
    for hours in (0, 3, 30):
        desk.clock.at = begin + timedelta(hours=hours)
        for reader in readers:
            desk.rooms.holds.page(reader, outcomes=tuple(Outcome), after=None, size=10)
    person, last = signed_in(desk, "li@huaxin-jixie.cn"), begin + timedelta(hours=30)
    told = person.get("/api/v1/me/data").json()["registration"]["handed_over"]
    assert told == [{"what": "name", "to": "甲推广机构", "first": begin.isoformat(), "last": last.isoformat()}]
    assert person.patch("/api/v1/me/consents", json={"show_name": False}).status_code == 200
    desk.clock.advance(days=5)
    assert desk.rooms.holds.get(readers[0], account).name is None
    [held] = listed(desk.database, begin)
    assert (held.account, held.organisation, held.last_at) == (account, desk.agency, last)
    with desk.database.write() as connection:
        for room in (people_room(desk.clock), *ROOMS):
            room.erase(connection, account)
    assert [held.account for held in listed(desk.database, begin)] == [account]
    for late, left in ((timedelta(), 1), (timedelta(seconds=1), 0)):
        review(desk.database, now=last + KEPT + late)
        assert len(listed(desk.database, begin)) == left


def signed_in(desk: Desk, contact: str) -> TestClient:
    """A session that begins now, by a code."""
    accepted = desk.rooms.send_code(contact)
    return desk.client(desk.enter(ByCode(accepted.ref, desk.digits(contact))))


BODIES = [
    ("11", True),
    ("12", True),
    ("51", True),
    ("91", False),
    ("92", False),
    ("93", False),
]  # 机关 事业单位 社会团体 · businesses


@pytest.mark.parametrize(("kind", "differs"), BODIES)
def test_a_credit_code_that_is_no_businesss_is_held_till_the_bureau_decides(kind: str, *, differs: bool, desk: Desk) -> None:
    """From the body entered to the ledger: held with the reason, released by the bureau alone, and not held again."""
    with desk.database.write() as connection:
        new = New(Kind.ENTERPRISE, "某单位", credit_code=a_credit_code(8, kind=kind), address="贵州省贵阳市云岩区1号")
        enterprise = organisations.add(connection, new, caller=None, now=desk.clock())[0].id
    account = desk.register("li@x.cn", enterprise=enterprise)
    agency = desk.staff(Role.AGENCY, desk.agency, "boss@jia-agency.cn")
    seen = agency.get(f"/api/v1/registrations/{account}").json()
    reasons = [leaf.attributes["reasons"] for leaf in desk.facts() if leaf.kind == "account:held"]
    assert reasons == ([["body_differs"]] if differs else [])
    assert ("body_differs" in [reason["code"] for reason in seen["missing"]]) == differs
    if not differs:
        return
    bureau = desk.staff(Role.BUREAU, desk.bureau, "officer@gz-ip.gov.cn")
    [waiting] = bureau.get("/api/v1/holds").json()["items"]
    assert (waiting["account"], [reason["code"] for reason in waiting["signals"]]) == (account, ["body_differs"])
    released = bureau.post(f"/api/v1/registrations/{account}/decision", json=WHY | {"outcome": "counted"}).json()
    assert released["outcome"] == "counted"
    assert "body_differs" not in [reason["code"] for reason in released["missing"]]
    desk.clock.advance(days=15)
    review(desk.database, now=desk.clock())
    assert desk.registration(account).outcome is Outcome.COUNTED, "a person decided"


def test_a_page_shows_each_as_it_is_shown_alone(desk: Desk) -> None:
    """Crowds, namesakes and duplicates are told of many at once as of one."""
    for number in range(12):
        desk.register(f"zhang{number}@x.cn", name="张三" if number % 3 else f"张{number}")
        desk.clock.advance(minutes=7 * number)
    agency = desk.staff(Role.AGENCY, desk.agency, "boss@jia-agency.cn")
    page = agency.get("/api/v1/registrations").json()["items"]
    assert len(page) == 12
    assert any(each["signals"] for each in page)
    assert page == [agency.get(f"/api/v1/registrations/{each['account']}").json() for each in page]
