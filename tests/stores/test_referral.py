"""Links and clicks on both databases: every click kept, touches that count and those that do not, one deed for one key."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select

from auth.database import Database, people
from auth.errors import Problem
from auth.http.idempotency import LIFE, Answer, Idempotency, KeyReused
from auth.http.problems import NotFound
from auth.organisations.problems import VersionStale
from auth.referral import codes, store
from auth.referral.carrier import WINDOW, Carrier
from auth.referral.links import Links, New
from auth.referral.model import Claim, Class, Facts, Kind, Landing, Link, State, Touch
from auth.referral.problems import CodeUnknown, LinkRefused, LinkRevoked, TooManyDeadCodes
from auth.referral.service import DEAD_CODES, DEAD_WINDOW, Referral
from auth.roles import Role
from tests.tenants import NOON, a_caller, an_account, settle

KEY = bytes(range(32))
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 Version/17.4 Mobile/15E148 Safari/604.1"
SECOND = timedelta(seconds=1)


class Desk:
    """The room on one database, the clock in the test's hand, and two agencies' callers."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.at = NOON
        self.referral = Referral(database, KEY, clock=lambda: self.at)
        self.links = Links(database, clock=lambda: self.at)
        with database.write() as connection:
            settle(connection)
            self.a = an_account(connection, "li", Role.AGENCY, "agency-a")
            self.b = an_account(connection, "wang", Role.AGENCY, "agency-b")

    def a_link(self, kind: Kind = Kind.AGENCY, **fields: object) -> Link:
        with self.database.write() as connection:
            return self.links.add(connection, self.a, New(kind, **fields))  # type: ignore[arg-type]

    def click(self, code: str, carried: str | None = None, **facts: str) -> Landing:
        sent = {"method": "GET", "address": "192.0.2.1", "agent": PHONE} | facts
        return self.referral.land(code, Facts(**sent, carried=carried))  # type: ignore[arg-type]

    def later(self, passed: timedelta) -> None:
        self.at += passed

    def rows(self) -> list[tuple[object, ...]]:
        held = store.clicks.c
        with self.database.read() as connection:
            asked = select(held.link, held["class"], held.reason, held.state, held.rules, held.times).order_by(held.at, held.id)
            return [tuple(row) for row in connection.execute(asked)]


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


def test_each_request_is_kept_with_its_class_and_credits_nobody(desk: Desk) -> None:
    """T22: previews, prefetches and HEAD are served and kept; a click is no registration, and HEAD leaves no touch."""
    link = desk.a_link()
    sent = [
        ({"method": "HEAD"}, Class.HEAD),
        ({"method": "HEAD", "agent": "Twitterbot/1.0"}, Class.HEAD),
        ({"agent": "Slackbot-LinkExpanding 1.0"}, Class.PREVIEW),
        ({"agent": "Mozilla/5.0 MicroMessenger/8.0"}, Class.PREVIEW),
        ({"purpose": "prefetch"}, Class.PREVIEW),
        ({"agent": "curl/8.5"}, Class.BOT),
        ({}, Class.HUMAN),
    ]
    for facts, _ in sent:
        desk.later(SECOND)
        landing = desk.click(link.code, **facts)
        assert landing.link == link
        assert (landing.carrier is None) == (facts.get("method") == "HEAD")
    assert [row[1] for row in desk.rows()] == [kind for _, kind in sent]
    assert all(row[0] == link.id and row[3] == State.ACTIVE and row[4] == 1 for row in desk.rows())
    assert desk.referral.claims(None, None, None) == Claim()


def test_every_spelling_of_a_code_lands(desk: Desk) -> None:
    link = desk.a_link()
    for spelled in (link.code.lower(), codes.printed(link.code), f" {link.code[:3]} {link.code[3:]}"):
        assert desk.click(spelled).link == link


def test_a_landing_shows_the_holder_and_the_bound_enterprise(desk: Desk) -> None:
    landing = desk.click(desk.a_link(enterprise="enterprise-a").code)
    assert landing.organisation == "单位 agency-a"
    assert landing.enterprise == ("enterprise-a", "贵州精工（a）机械有限公司")


def test_the_last_touch_counts_and_the_first_is_told(desk: Desk) -> None:
    first, last = desk.a_link(), desk.a_link()
    carrier = desk.click(first.code).carrier
    desk.later(timedelta(days=3))
    carrier = desk.click(last.code, carrier).carrier
    claim = desk.referral.claims(carrier, None, None)
    assert (claim.link, claim.first_link, claim.how, claim.touched_at) == (last, first, "touch", desk.at)


def test_the_window_ends_with_its_last_second(desk: Desk) -> None:
    """T24: by the stored click and the server's clock; thirty times 24 hours, the end included."""
    link = desk.a_link()
    carrier = desk.click(link.code).carrier
    for shift, counts in ((-SECOND, True), (SECOND * 0, True), (SECOND, False)):
        desk.at = NOON + WINDOW + shift
        assert (desk.referral.claims(carrier, None, None).link == link) is counts


def test_a_lost_cookie_is_made_up_for_by_the_field_or_a_typed_code(desk: Desk) -> None:
    """T25: the click in an app's own browser, the form in another: two jars that share nothing."""
    link, other = desk.a_link(), desk.a_link()
    in_the_app = desk.click(link.code).carrier
    assert desk.referral.claims(None, in_the_app, None).link == link
    assert desk.referral.claims(None, "", codes.printed(link.code).lower()).how == "declared"
    another_jar = desk.click(other.code).carrier
    typed = desk.referral.claims(another_jar, None, link.code)
    assert (typed.link, typed.first_link, typed.how) == (link, other, "declared")


def test_cookie_and_field_are_read_together(desk: Desk) -> None:
    first, last = desk.a_link(), desk.a_link()
    old = desk.click(first.code).carrier
    desk.later(SECOND)
    new = desk.click(last.code).carrier
    for cookie, field in ((old, new), (new, old)):
        claim = desk.referral.claims(cookie, field, None)
        assert (claim.link, claim.first_link) == (last, first)


def test_what_is_not_a_stored_click_of_an_active_link_is_passed_over(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    """T23: forged, edited, another code's id, replayed long after: ignored and logged; the sign-up works. Even who holds the key
    can't invent a click."""
    link, other = desk.a_link(), desk.a_link()
    real = desk.click(link.code).carrier
    assert real is not None
    desk.click(link.code, method="HEAD")
    desk.links.change(desk.a, other.id, version=1, state=State.PAUSED, label=None, expires_at=None)
    desk.click(other.code)
    with desk.database.read() as connection:
        head = connection.scalar(select(store.clicks.c.id).where(store.clicks.c.method == "HEAD"))
        paused = connection.scalar(select(store.clicks.c.id).where(store.clicks.c.link == other.id))
    (touch,) = Carrier(KEY).open(real)
    at = touch.at
    forged = [
        "nonsense",
        real[:-1],
        real.replace(link.id, other.id),
        Carrier(KEY[::-1]).seal([touch]),
        *(
            Carrier(KEY).seal([edited])
            for edited in (
                Touch(touch.id, other.id, at),
                Touch(touch.id, link.id, at + 1),
                Touch("f" * 32, link.id, at),
                Touch(str(head), link.id, at),
                Touch(str(paused), other.id, at),
            )
        ),
    ]
    for text in forged:
        caplog.clear()
        with caplog.at_level(logging.WARNING):
            assert desk.referral.claims(text, None, None) == Claim()
        assert "passed over" in caplog.text
        assert touch.id not in caplog.text
        assert desk.click(link.code, text).link == link
    desk.later(WINDOW + SECOND)
    assert desk.referral.claims(real, None, None) == Claim()


def test_a_link_that_is_not_active_looks_like_none_and_its_click_is_kept(desk: Desk) -> None:
    """T27: who tries codes learns nothing from the answer."""
    stopped = {state: desk.a_link(expires_at=NOON + timedelta(hours=1)) for state in (State.EXPIRED, State.PAUSED, State.REVOKED)}
    for state, link in stopped.items():
        if state is not State.EXPIRED:
            desk.links.change(desk.a, link.id, version=1, state=state, label=None, expires_at=NOON + timedelta(days=9))
    desk.later(timedelta(hours=1) + SECOND)
    unknown = codes.create()
    for link in stopped.values():
        assert desk.click(link.code) == desk.click(unknown) == Landing(None, None, None, None)
    assert {(row[0], row[3]) for row in desk.rows() if row[0]} == {(link.id, state) for state, link in stopped.items()}
    for code in (*(link.code for link in stopped.values()), unknown, "nonsense"):
        with pytest.raises(CodeUnknown):
            desk.referral.claims(None, None, code)


def test_a_touch_made_while_the_link_was_active_counts_after_it_expired(desk: Desk) -> None:
    link = desk.a_link(expires_at=desk.at + timedelta(hours=1))
    carrier = desk.click(link.code).carrier
    desk.later(timedelta(days=1))
    assert desk.referral.claims(carrier, None, None).link == link


def test_dead_codes_of_one_address_are_slowed_down_and_none_is_lost(desk: Desk) -> None:
    """T27: with 10,000 links a million guesses meet one with a probability of 1 in 3,500; what it shows is a public form."""
    link = desk.a_link()
    for _ in range(DEAD_CODES):
        desk.click(codes.create())
    for _ in range(5):
        with pytest.raises(TooManyDeadCodes) as slowed:
            desk.click("no-code-at-all")
    assert slowed.value.retry_after_s == DEAD_WINDOW.total_seconds()
    assert desk.click(link.code).link == link
    assert desk.click(codes.create(), address="198.51.100.7").link is None
    dead = [row for row in desk.rows() if row[1] == Class.DEAD_CODE]
    assert (len(dead), sum(int(str(row[5])) for row in dead)) == (DEAD_CODES + 1, DEAD_CODES + 6)
    desk.later(DEAD_WINDOW)
    assert desk.click(codes.create()).link is None


def test_clicks_are_counted_from_their_rows(desk: Desk) -> None:
    link = desk.a_link()
    carrier = desk.click(link.code).carrier
    desk.click(link.code, carrier)
    desk.click(link.code, method="HEAD")
    desk.click(link.code)
    counted = {tally.kind: tally.count for tally in desk.links.show(desk.a, link.id).clicks}
    assert counted == {Class.HUMAN: 2, Class.REPEAT: 1, Class.HEAD: 1}


def test_an_old_click_forgets_where_it_came_from(desk: Desk) -> None:
    link = desk.a_link()
    desk.click(link.code)
    desk.later(store.KEPT + SECOND)
    desk.click(link.code)
    held = store.clicks.c
    with desk.database.read() as connection:
        kept = [tuple(row) for row in connection.execute(select(held.place, held.agent, held.link).order_by(held.at))]
    assert kept[0] == (None, None, link.id)
    assert kept[1][1] == PHONE
    assert "192.0.2.1" not in repr(kept)


def test_a_link_belongs_to_its_tenant(desk: Desk) -> None:
    """T31 in the statements: another agency's link is not there."""
    link = desk.a_link()
    assert desk.links.page(desk.b, after=None, size=10) == []
    refused: list[Callable[[], object]] = [
        lambda: desk.links.get(desk.b, link.id),
        lambda: desk.links.show(desk.b, link.id),
        lambda: desk.links.page(desk.b, after=link.id, size=10),
        lambda: desk.links.change(desk.b, link.id, version=1, state=State.REVOKED, label=None, expires_at=None),
    ]
    for work in refused:
        with pytest.raises(NotFound):
            work()
    assert desk.links.get(a_caller(Role.BUREAU, "province-a"), link.id) == link
    with pytest.raises(NotFound):
        desk.links.get(a_caller(Role.BUREAU, "province-b"), link.id)


UNFIT: list[tuple[str, dict[str, object]]] = [
    ("organisation", {"kind": Kind.AGENCY, "organisation": "agency-b"}),
    ("organisation", {"kind": Kind.AGENCY, "organisation": "enterprise-a"}),
    ("enterprise", {"kind": Kind.AGENCY, "enterprise": "enterprise-b"}),
    ("member", {"kind": Kind.MEMBER}),
    ("member", {"kind": Kind.MEMBER, "member": "wang"}),
    ("member", {"kind": Kind.MEMBER, "member": "nobody"}),
    ("member", {"kind": Kind.AGENCY, "member": "li"}),
    ("first", {"kind": Kind.EVENT}),
    ("first", {"kind": Kind.EVENT, "first": NOON, "last": NOON}),
    ("first", {"kind": Kind.EVENT, "first": NOON, "last": NOON + timedelta(days=8)}),
    ("first", {"kind": Kind.AGENCY, "first": NOON, "last": NOON + SECOND}),
    ("expires_at", {"kind": Kind.AGENCY, "expires_at": NOON}),
]


def test_a_link_that_does_not_fit_is_refused(desk: Desk) -> None:
    for field, fields in UNFIT:
        with pytest.raises(LinkRefused) as refused:
            desk.a_link(**fields)  # type: ignore[arg-type]
        assert refused.value.extra["errors"] == [{"field": field, "code": "refused"}], fields


def test_links_come_newest_first_and_each_once(desk: Desk) -> None:
    made = []
    for number in range(7):
        made.append(desk.a_link().id)
        desk.later(SECOND * (number % 2))  # some at the same instant
    met: list[Link] = []
    while page := desk.links.page(desk.a, after=met[-1].id if met else None, size=2):
        met += page
        assert len(met) <= len(made), "a page came twice"
    assert sorted(link.id for link in met) == sorted(made)
    assert [link.created_at for link in met] == sorted((link.created_at for link in met), reverse=True)


def test_changes_are_recorded_and_revoked_is_for_ever(desk: Desk) -> None:
    link = desk.a_link(label="一")
    paused = desk.links.change(desk.a, link.id, version=1, state=State.PAUSED, label="二", expires_at=None)
    with pytest.raises(VersionStale):
        desk.links.change(desk.a, link.id, version=1, state=State.ACTIVE, label=None, expires_at=None)
    desk.links.change(desk.a, link.id, version=paused.version, state=State.REVOKED, label=None, expires_at=None)
    with pytest.raises(LinkRevoked):
        desk.links.change(desk.a, link.id, version=3, state=State.ACTIVE, label=None, expires_at=None)
    told = [(change.by, change.field, change.before, change.after) for change in desk.links.show(desk.a, link.id).changes]
    assert told == [
        ("li", "state", None, "active"),
        ("li", "state", "active", "paused"),
        ("li", "label", "一", "二"),
        ("li", "state", "paused", "revoked"),
    ]


def test_an_erased_person_leaves_links_that_do_not_lead_back(desk: Desk) -> None:
    """T44 for this room."""
    link = desk.a_link(Kind.MEMBER, member="li", label="李雷的链接")
    with desk.database.write() as connection:
        kept = people.export([store.PEOPLE], connection, "li")["links"]
        assert len(kept) == 2
        people.erase([store.PEOPLE], connection, "li")
        left = [tuple(row) for table in (store.links, store.link_changes) for row in connection.execute(select(table))]
        assert people.export([store.PEOPLE], connection, "li") == {"links": []}
    assert len(left) == 2
    assert not any(word in repr(left) for word in ("'li'", "李雷"))
    assert desk.click(link.code).link is not None


def test_a_taken_code_is_not_given_twice(desk: Desk) -> None:
    link = desk.a_link()
    with desk.database.write() as connection:
        assert not store.add(connection, Link(**{name: getattr(link, name) for name in Link.__slots__} | {"id": "another"}))


def _make(desk: Desk, key: str | None, body: bytes, *, at: datetime | None = None, scope: str = "li") -> bytes:
    """One link by way of a key; the answer is its id."""
    with desk.database.write() as connection:

        def work() -> Answer:
            return Answer(201, desk.links.add(connection, desk.a, New(Kind.AGENCY)).id.encode())

        once = Idempotency(KEY).once
        return once(connection, key, work, scope=scope, body=body, now=at or desk.at).body


def _made(desk: Desk) -> int:
    with desk.database.read() as connection:
        return connection.scalar(select(func.count()).select_from(store.links)) or 0


def test_a_key_sent_again_gets_the_same_answer(desk: Desk) -> None:
    """T28."""
    first = _make(desk, "k1", b"body")
    assert _make(desk, "k1", b"body", at=desk.at + LIFE - SECOND) == first
    with pytest.raises(KeyReused):
        _make(desk, "k1", b"another body")
    assert _made(desk) == 1
    others = {_make(desk, "k2", b"body"), _make(desk, "k1", b"body", scope="wang"), _make(desk, None, b"body")}
    assert len(others | {first}) == _made(desk) == 4
    assert _make(desk, "k1", b"body", at=desk.at + LIFE) != first


def test_fifty_at_once_make_one(desk: Desk) -> None:
    """T28: on a barrier."""
    barrier = Barrier(50)

    def send(_number: int) -> bytes:
        barrier.wait()
        return _make(desk, "k1", b"body")

    with ThreadPoolExecutor(50) as threads:
        assert len(set(threads.map(send, range(50)))) == 1
    assert _made(desk) == 1


def test_a_deed_that_fails_takes_its_key_back(desk: Desk) -> None:
    def fail() -> Answer:
        raise Problem

    with pytest.raises(Problem), desk.database.write() as connection:
        Idempotency(KEY).once(connection, "k1", fail, scope="li", body=b"body", now=desk.at)
    _make(desk, "k1", b"another body")
    assert _made(desk) == 1
