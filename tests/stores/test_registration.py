"""Registration on both databases: at once, at odds, and undone."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import func, select

from auth.access.codes import ByCode, ByLink
from auth.access.problems import CodeWrong
from auth.database import Database, people
from auth.ledger import service as ledger
from auth.ledger.model import INSTALLATION
from auth.registration import store
from auth.registration.model import Accepted, Origin, Outcome
from auth.registration.problems import TooManyCodes
from auth.registration.signing_up import CODES_AN_HOUR
from auth.users.store import users
from tests.desk import Desk, a_desk
from tests.machine import soaking

PEOPLE = 20
ROUNDS = 50 if soaking() else 6
SPELLINGS = ("A{0}@x.cn", "ａ{0}@X.CN", "a{0}@x.cn ")


@pytest.fixture
def desk(empty_database: Database, tmp_path: Path) -> Iterator[Desk]:
    url = empty_database.url.render_as_string(hide_password=False)
    with a_desk(tmp_path / "data", database_url=url) as opened:
        yield opened


def count(desk: Desk, table: object) -> int:
    with desk.database.read() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0  # type: ignore[arg-type]


def test_twenty_sign_ups_at_once_make_one_account_and_one_credit(desk: Desk) -> None:
    """T16: all sign up at once, then all that got a code confirm at once; the others get a polite answer."""
    barrier, holders = threading.Barrier(PEOPLE), threading.Barrier(CODES_AN_HOUR)

    def sign_up(work: tuple[int, int]) -> Accepted | None:
        turn, number = work
        barrier.wait()
        try:
            return desk.sign_up(SPELLINGS[number % 3].format(turn), origin=Origin(f"192.0.2.{turn}"))
        except TooManyCodes:
            return None

    def confirm(token: str) -> str:
        holders.wait()
        return desk.user_of(desk.enter(ByLink(token)))

    with ThreadPoolExecutor(PEOPLE) as threads:
        for turn in range(ROUNDS):
            accepted = [each for each in threads.map(sign_up, [(turn, number) for number in range(PEOPLE)]) if each]
            assert len(accepted) == CODES_AN_HOUR
            texts = desk.messages(f"a{turn}@x.cn")
            tokens = [text.rpartition("token=")[2].split()[0] for text in texts]
            assert len(set(threads.map(confirm, tokens))) == 1
    assert count(desk, users) == ROUNDS
    assert count(desk, store.registrations) == ROUNDS
    assert desk.kinds().count("account:registered") == ROUNDS
    verified = [leaf for leaf in desk.facts() if leaf.kind == "account:contact_verified"]
    assert [leaf.attributes["new"] for leaf in verified] == [True] * ROUNDS
    assert len({leaf.account for leaf in verified}) == ROUNDS


def test_claims_through_two_agencies_at_once_make_one_account(desk: Desk) -> None:
    """Of two links confirmed at the same moment one is bound; the other leads to the same account."""
    other = desk.add_link(desk.other_agency)
    for turn in range(4):
        desk.sign_up(f"b{turn}@x.cn")
        desk.sign_up(f"b{turn}@x.cn", code=other.code)
        tokens = [text.rpartition("token=")[2].split()[0] for text in desk.messages(f"b{turn}@x.cn")]
        barrier = threading.Barrier(2)

        def confirm(token: str, barrier: threading.Barrier = barrier) -> str:
            barrier.wait()
            return desk.user_of(desk.enter(ByLink(token)))

        with ThreadPoolExecutor(2) as threads:
            assert len(set(threads.map(confirm, tokens))) == 1
    assert count(desk, users) == 4
    verified = desk.kinds().count("account:contact_verified") + desk.kinds(desk.other_agency).count("account:contact_verified")
    assert verified == 4


def test_a_code_is_good_once_for_twenty_at_once(desk: Desk) -> None:
    """T30: of twenty with the right digits one gets in."""
    accepted = desk.sign_up("c@x.cn")
    proof = ByCode(accepted.ref, desk.digits("c@x.cn"))

    def enter(_number: int) -> bool:
        try:
            desk.enter(proof)
        except CodeWrong:
            return False
        return True

    with ThreadPoolExecutor(PEOPLE) as threads:
        assert list(threads.map(enter, range(PEOPLE))).count(True) == 1


def test_the_same_key_fifty_times_at_once_is_one_sign_up(desk: Desk) -> None:
    """T28."""
    with ThreadPoolExecutor(PEOPLE) as threads:
        answers = set(threads.map(lambda _n: desk.sign_up("d@x.cn", key="k1").ref, range(50)))
    assert len(answers) == 1
    assert count(desk, store.claims) == 1
    assert len(desk.messages("d@x.cn")) == 1


def test_what_fails_at_its_end_leaves_nothing(desk: Desk) -> None:
    """One transaction makes account, credit and facts, or nothing. The fault is put where no user's part can put one: after the
    last write."""
    accepted = desk.sign_up("e@x.cn")
    proof = ByCode(accepted.ref, desk.digits("e@x.cn"))
    before = desk.kinds()

    def broken(*_given: object) -> None:
        raise OSError("no space left on device")

    with pytest.raises(OSError, match="no space"):
        desk.rooms.enter(proof, address="192.0.2.7", into=broken)  # type: ignore[type-var,arg-type]
    assert (desk.kinds(), count(desk, users), count(desk, store.registrations)) == (before, 0, 0)
    desk.enter(proof)
    assert count(desk, users) == 1


def test_the_database_itself_refuses_a_second_credit(desk: Desk) -> None:
    first = desk.register("f@x.cn")
    second = desk.register("g@x.cn")
    with pytest.raises(Exception, match=r"(?i)unique"), desk.database.write() as connection:
        store.change(connection, second, credit=desk.registration(first).credit)


def test_an_erased_person_leaves_facts_and_no_row(desk: Desk) -> None:
    """T44: what stays does not lead back; the count stays; who returns is not new."""
    user = desk.register("wang@x.cn", name="王伟")
    desk.sign_up("wang+1@x.cn")
    before = desk.kinds()
    with desk.database.write() as connection:
        people.erase(desk.access.rooms, connection, user)
    with desk.database.read() as connection:
        rows = {table.name: connection.execute(select(table)).all() for table in store.claims.metadata.sorted_tables}
    assert rows.pop("ledger_leaves")
    rows.pop("claims"), rows.pop("outbox")  # the other spelling's sign-up is not confirmed: nobody knows it is the same person
    left = repr(rows)
    assert [word for word in ("wang@", "王伟") if word in left] == []
    assert desk.kinds() == [*before, "account:erased"]
    again = desk.register("wang@x.cn")
    assert desk.registration(again).new is False
    assert again != user


def test_what_an_export_tells(desk: Desk) -> None:
    user = desk.register("wang@x.cn")
    with desk.database.read() as connection:
        told = people.export(desk.access.rooms, connection, user)
    assert {"registration", "messages", "ledger", "account"} <= told.keys()
    assert "wang@x.cn" in repr(told["account"])
    assert "rd" in repr(told["registration"])


def test_claims_never_confirmed_forget_the_person_after_a_week(desk: Desk) -> None:
    desk.sign_up("h@x.cn")
    desk.clock.advance(days=8)
    desk.sign_up("i@x.cn")
    with desk.database.read() as connection:
        held = connection.execute(select(store.claims.c.state, store.claims.c.contact).order_by(store.claims.c.created_at)).all()
    assert [tuple(row) for row in held] == [("lapsed", None), ("pending", "i@x.cn")]


def test_facts_of_nobody_stand_in_the_installations_log(desk: Desk) -> None:
    user = desk.register("j@x.cn", code=None)
    assert desk.registration(user).attribution.agency is None
    assert desk.kinds(INSTALLATION) == ["account:registered", "account:contact_verified", "account:profile_complete"]
    assert desk.kinds() == []


def test_a_held_registration_is_a_row_and_a_fact(desk: Desk) -> None:
    user = desk.register("k@mailinator.com")
    assert (desk.registration(user).outcome, desk.registration(user).reasons) == (Outcome.HELD, ("disposable_domain",))
    with desk.database.read() as connection:
        (judgement,) = store.judgements_of(connection, [user])[user]
        (fact,) = [leaf for leaf in ledger.about(connection, user) if leaf.kind == "account:held"]
    assert fact.attributes == {"reasons": ["disposable_domain"], "decision": judgement.id, "rule": "signals:2"}
