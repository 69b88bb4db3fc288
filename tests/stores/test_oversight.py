"""Call-backs and moved credits on both databases: who is drawn, who sees whom, what stands in the logs (T43)."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from auth.access.model import Identity
from auth.access.problems import RightLacking
from auth.clock import day
from auth.database import Database
from auth.http.problems import NotFound
from auth.ledger import notes, tlog
from auth.ledger.model import Leaf
from auth.organisations.model import Mark
from auth.organisations.service import NewMark, Organisations
from auth.oversight import opened, store
from auth.oversight.answers import Answers
from auth.oversight.calls import Calls
from auth.oversight.model import Replies, Sample
from auth.oversight.moving import Moves
from auth.oversight.problems import AnswerGiven, AnswerUnknown, MoveRefused, NotCallable, SampleRefused, SampleStands
from auth.oversight.questions import Questions
from auth.projects.model import Contract
from auth.projects.service import Projects
from auth.registration.handovers import service as handovers
from auth.registration.handovers.model import What
from auth.registration.model import Consents
from auth.roles import Role
from auth.targets import sampling
from auth.targets.evidence import Evidence
from auth.targets.rules import shipped
from auth.targets.service import Targets
from tests.desk import Desk, a_desk
from tests.tenants import an_account
from tests.unit.bundle.bundles import own, verifier

SHA = "ab" * 32
NONCE = bytes(range(32))
COMMITMENT = hashlib.sha256(NONCE).hexdigest()
YES, NO = Replies(self=True, rd=True, used=True), Replies(self=True, rd=False, used=True)
CALLABLE = Consents(terms=True, may_call=True)


@dataclass
class House:
    """The registration desk with a project of each agency under one bureau."""

    desk: Desk
    officer: Identity
    calls: Calls
    answers: Answers
    moves: Moves
    targets: Targets
    evidence: Evidence
    project: str
    other: str

    def people(self, *contacts: str, consents: Consents = CALLABLE) -> list[str]:
        """Accounts that count: signed up, complete, and used."""
        accounts = [self.desk.register(contact, consents=consents) for contact in contacts]
        for account in accounts:
            self.desk.rooms.profiles.activated(account)
        return accounts

    def drawn(self, people: int) -> Sample:
        sample = self.calls.commit(self.officer, self.project, target="new_users", commitment=COMMITMENT).sample
        return self.calls.draw(self.officer, self.project, sample.id, nonce=NONCE, size=people).sample

    def code(self, contact: str) -> str:
        """That of the last message to the contact."""
        found: list[str] = re.findall(r"code=(\w+)", self.desk.messages(contact)[-1])
        return found[-1]

    def counted(self, project: str, *, days_ago: int = 0) -> int:
        as_of = day(self.desk.clock()) - timedelta(days=days_ago)
        return self.targets.standing(self.officer, project, as_of=as_of).measure("new_users").count

    def facts(self, kind: str, agency: str | None = None) -> list[Leaf]:
        return [leaf for leaf in self.desk.facts(agency) if leaf.kind == kind]

    def checked(self, project: str) -> list[str]:
        """What the verifier says of the project's bundle."""
        files = self.evidence.export(self.officer, project)[1]
        lines: list[str] = verifier().verify(files, {}, None, own())
        return lines


@pytest.fixture
def house(empty_database: Database, tmp_path: Path) -> Iterator[House]:
    postgres = empty_database.url.render_as_string(hide_password=False) if not empty_database.sqlite else ""
    with a_desk(tmp_path / "data", database_url=postgres) as desk:
        officer = Identity("officer", None, None, Role.BUREAU, desk.bureau, "s1")
        root = Identity("root", None, None, Role.ADMINISTRATOR, None, "s2")
        size = NewMark(Mark.SIZE_CLASS, "small", SHA, day(desk.clock()))
        Organisations(desk.database, clock=desk.clock).mark(root, desk.enterprise, size)
        offices = Projects(desk.database, fingerprint=desk.evidence.fingerprint, clock=desk.clock)
        targets = Targets(desk.database, clock=desk.clock)
        first = day(desk.clock())
        made = []
        for agency in (desk.agency, desk.other_agency):
            contract = Contract(agency, first, first + timedelta(days=364), "52", SHA)
            made.append(offices.add(officer, "推送服务", contract, bureau=None).id)
            targets.adopt(officer, made[-1], data=shipped()["guizhou-2019"], direction=None)
        calls = Calls(
            desk.database, desk.evidence, desk.postman, public_url="https://p.example.cn", wake=lambda: None, clock=desk.clock
        )
        evidence = Evidence(desk.database, desk.evidence, sampled=opened.of(desk.evidence), clock=desk.clock)
        answers, moves = Answers(desk.database, clock=desk.clock), Moves(desk.database, clock=desk.clock)
        yield House(desk, officer, calls, answers, moves, targets, evidence, *made)


def test_who_is_drawn_follows_from_the_signed_root_and_the_nonce(house: House) -> None:
    """T43: from the checkpoint that was signed with the commitment in it, whatever happened since."""
    house.people("li@a.cn", "wang@b.cn", "zhao@c.cn", "qian@d.cn", "sun@e.cn")
    sample = house.calls.commit(house.officer, house.project, target="new_users", commitment=COMMITMENT).sample
    house.people("later@f.cn")
    house.calls.draw(house.officer, house.project, sample.id, nonce=NONCE, size=3)
    signed = tlog.checkpoint(notes.parse(sample.checkpoint).text)
    facts = house.desk.facts()
    assert facts[signed.size - 1].kind == "sample:committed"
    activated = [leaf.seq for leaf in facts[: signed.size] if leaf.kind == "account:activated"]
    expected = sampling.draw(activated, 3, seed=hashlib.sha256(signed.root + NONCE).digest())
    _, people = house.calls.people(house.officer, house.project, sample.id)
    assert [person.sampled.seq for person in people] == expected
    assert [person.sampled.account for person in people] == [facts[seq].account for seq in expected]
    (fact,) = house.facts("sample:drawn")
    assert fact.attributes["root"] == signed.root.hex()


def test_a_draw_needs_its_nonce_and_comes_once(house: House) -> None:
    house.people("li@a.cn", "wang@b.cn")
    sample = house.calls.commit(house.officer, house.project, target="new_users", commitment=COMMITMENT).sample
    for nonce, size, reason in ((bytes(32), 1, "nonce"), (NONCE, 3, "people")):
        with pytest.raises(SampleRefused) as refused:
            house.calls.draw(house.officer, house.project, sample.id, nonce=nonce, size=size)
        assert refused.value.extra["reason"] == reason
    with pytest.raises(SampleRefused):
        house.calls.commit(house.officer, house.project, target="trainings", commitment=COMMITMENT)
    with pytest.raises(SampleStands):
        house.calls.close(house.officer, house.project, sample.id)
    house.calls.draw(house.officer, house.project, sample.id, nonce=NONCE, size=2)
    with pytest.raises(SampleStands):
        house.calls.draw(house.officer, house.project, sample.id, nonce=NONCE, size=1)
    with pytest.raises(NotFound):
        house.calls.people(house.officer, house.other, sample.id)
    agency = Identity("a", None, None, Role.AGENCY, house.desk.agency, "s3")
    with pytest.raises(RightLacking):
        house.calls.people(agency, house.project, sample.id)


def test_the_officer_sees_those_alone_who_allowed_it_and_as_long_as_it_is_open(house: House) -> None:
    """Consents to be called are apart from all others; a withdrawn one hides at once."""
    open_, hidden = house.people("li@a.cn")[0], house.people("wang@b.cn", consents=Consents(terms=True, show_name=True))[0]
    sample = house.drawn(2)

    def shown() -> dict[str | None, tuple[str | None, str | None]]:
        people = house.calls.people(house.officer, house.project, sample.id)[1]
        return {person.sampled.account: (person.name, person.contact) for person in people}

    assert shown() == {open_: ("李 li@a.cn", "li@a.cn"), hidden: (None, None)}
    told = handovers.since(house.desk.database, house.desk.clock() - timedelta(days=1))
    assert [(held.account, held.organisation, held.what) for held in told] == [(open_, house.desk.bureau, What.CONTACT)]
    place = {
        person.sampled.account: person.sampled.place for person in house.calls.people(house.officer, house.project, sample.id)[1]
    }
    with pytest.raises(NotCallable):
        house.calls.call(house.officer, house.project, sample.id, place[hidden], replies=YES)
    with pytest.raises(NotFound):
        house.calls.call(house.officer, house.project, sample.id, 3, replies=YES)
    house.calls.call(house.officer, house.project, sample.id, place[open_], replies=None)
    assert house.calls.page(house.officer, house.project)[0].tally.unreachable == 1
    house.calls.call(house.officer, house.project, sample.id, place[open_], replies=YES)  # reached at the second try
    with pytest.raises(AnswerGiven):
        house.calls.call(house.officer, house.project, sample.id, place[open_], replies=NO)
    house.calls.close(house.officer, house.project, sample.id)
    assert set(shown().values()) == {(None, None)}
    with pytest.raises(SampleStands):
        house.calls.call(house.officer, house.project, sample.id, place[open_], replies=YES)


def test_people_answer_by_the_code_of_their_message_once(house: House) -> None:
    """Three times yes confirms the role; one no is a no; who says nothing is unreachable when it is closed."""
    said_yes, said_no, silent = house.people("li@a.cn", "wang@b.cn", "zhao@c.cn", consents=Consents(terms=True))
    sample = house.drawn(3)
    code = house.code("li@a.cn")
    assert house.answers.asked(code) == "贵阳某某机械有限公司"
    house.answers.answer(f"{code[:4]}-{code[4:8]} {code[8:].lower()}", YES)
    house.answers.answer(house.code("wang@b.cn"), NO)
    with pytest.raises(AnswerGiven):
        house.answers.answer(code, NO)
    with pytest.raises(AnswerUnknown):
        house.answers.answer("0000-0000-0000", YES)
    shown = house.calls.page(house.officer, house.project)[0]
    assert (shown.tally.yes, shown.tally.no, shown.tally.open) == (1, 1, 1)
    assert shown.outcome == sampling.outcome(yes=1, no=1, unreachable=1)
    assert [leaf.account for leaf in house.facts("account:role_confirmed")] == [said_yes]
    assert {leaf.account: leaf.attributes["rd"] for leaf in house.facts("account:called_back")} == {said_yes: True, said_no: False}
    late = house.code("zhao@c.cn")
    closed = house.calls.close(house.officer, house.project, sample.id)
    assert (closed.tally.unreachable, closed.tally.open) == (1, 0)
    with pytest.raises(AnswerUnknown):
        house.answers.answer(late, YES)
    assert house.facts("sample:closed")[0].attributes["nonce"] == NONCE.hex()
    assert silent not in {leaf.account for leaf in house.facts("account:called_back")}


def test_the_bundle_opens_the_sampled_once_it_is_closed(house: House) -> None:
    account, other = house.people("li@a.cn", "wang@b.cn")
    sample = house.drawn(2)

    def salts() -> bytes:
        return house.evidence.export(house.officer, house.project)[1]["salts.json"]

    assert salts() == b"{}\n"  # while people are asked, the agency must not learn whom
    house.calls.close(house.officer, house.project, sample.id)
    assert account.encode() in salts()
    assert house.checked(house.project)
    with house.desk.database.write() as connection:
        store.erase(connection, other)
        assert store.export(connection, other) == []
        assert len(store.export(connection, account)) == 1
    assert other.encode() not in salts()


def test_a_moved_credit_counts_for_the_other_agency_from_that_day_on(house: House) -> None:
    """Before and after, in both logs, and for the verifier."""
    account, stays = house.people("li@a.cn", "wang@b.cn")
    house.desk.clock.advance(days=2)
    assert (house.counted(house.project), house.counted(house.other)) == (2, 0)
    house.moves.move(house.officer, house.project, account, to=house.other, document_sha256=SHA)
    assert (house.counted(house.project), house.counted(house.other)) == (1, 1)
    assert (house.counted(house.project, days_ago=1), house.counted(house.other, days_ago=1)) == (2, 0)
    for project, number in ((house.project, 1), (house.other, 1)):
        assert any(f"activated {number}*" in line for line in house.checked(project))
    assert [row.reason for row in house.targets.standing(house.officer, house.project).measure("new_users").left_out] == ["moved"]
    house.desk.rooms.profiles.activated(stays)
    house.moves.move(house.officer, house.other, account, to=house.project, document_sha256=SHA)
    assert (house.counted(house.project), house.counted(house.other)) == (2, 0)
    copies = [leaf.kind for leaf in house.desk.facts() if leaf.account == account and leaf.kind.startswith("account:")]
    assert len(copies) == len(set(copies))  # what the log had already is not written again


def test_a_credit_moves_between_projects_of_ones_own_alone(house: House) -> None:
    (account,) = house.people("li@a.cn")
    for project, to, reason in ((house.other, house.project, "account"), (house.project, house.project, "same_agency")):
        with pytest.raises(MoveRefused) as refused:
            house.moves.move(house.officer, project, account, to=to, document_sha256=SHA)
        assert refused.value.extra["reason"] == reason
    agency = Identity("a", None, None, Role.AGENCY, house.desk.agency, "s3")
    with pytest.raises(RightLacking):
        house.moves.move(agency, house.project, account, to=house.other, document_sha256=SHA)
    assert house.facts("project:decision") == []


def test_what_waits_is_the_projects_own(house: House) -> None:
    """Held registrations of its agency, verified from its first day on, page by page."""
    questions = Questions(house.desk.database, house.desk.rooms.holds, clock=house.desk.clock)
    house.people("li@a.cn")
    accounts = [house.desk.register(f"li{name}@mailinator.com") for name in ("a", "b")]
    held = questions.page(house.officer, house.project, disputed=False, after=None, size=50)
    assert {shown.registration.account for shown in held} == set(accounts)
    met: list[str] = []
    while page := questions.page(house.officer, house.project, disputed=False, after=met[-1] if met else None, size=1):
        met += [shown.registration.account for shown in page]
    assert met == [shown.registration.account for shown in held]
    with house.desk.database.write() as connection:
        agency = an_account(connection, "clerk", Role.AGENCY, house.desk.agency)
    house.desk.rooms.holds.dispute(agency, met[0], explanation="本人在培训现场注册")
    disputed = questions.page(agency, house.project, disputed=True, after=None, size=50)
    assert [shown.registration.account for shown in disputed] == [met[0]]
    assert questions.page(house.officer, house.other, disputed=False, after=None, size=50) == []
