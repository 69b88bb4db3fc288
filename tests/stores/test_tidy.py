"""What is kept for a time only goes when its time is over, and not before (the security log after 13 months)."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Table, func, insert, select

from auth.access import store as access
from auth.access.store import HeldCode, RefreshToken
from auth.audit import store as audit
from auth.audit.model import Entry, Event
from auth.credentials import store as counters
from auth.credentials.store import Counter
from auth.database import Connection, Database
from auth.http import store as requests
from auth.mail import store as outbox
from auth.mail.model import Message
from auth.referral import store as referral
from auth.referral.model import Class, Facts, State
from auth.registration import store as registration
from auth.registration.model import Attribution, Claim, Consents, Form
from auth.roles import Role
from search.cli.tidy import swept
from tests import tenants

NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)
THIRTEEN_MONTHS, HALF_A_YEAR, WEEK = timedelta(days=397), timedelta(days=183), timedelta(days=7)
MANY = 1200
"""More of the security log than one transaction forgets."""


@pytest.fixture
def filled(database: Database) -> Database:
    """Of each kind something whose time is over and something that has an instant left."""
    with database.write() as connection:
        tenants.settle(connection)
        tenants.an_account(connection, "u1", Role.RESEARCHER, None)
        for over in (True, False):
            _fill(connection, over=over, name=f"over-{over}")
        at = NOW - THIRTEEN_MONTHS - timedelta(days=1)
        many = [{"at": at, "event": Event.SIGN_IN_FAILED} for _ in range(MANY)]
        connection.execute(insert(audit.security_log), many)
    return database


def _fill(connection: Connection, *, over: bool, name: str) -> None:
    def before(kept: timedelta) -> datetime:
        return NOW - kept + (-INSTANT if over else INSTANT)

    ends = NOW if over else NOW + INSTANT
    audit.add(connection, Entry(before(THIRTEEN_MONTHS), Event.SIGNED_IN, "u1", "192.0.2.1"))
    click = referral.Click(name, before(HALF_A_YEAR), None, None, State.ACTIVE, Class.HUMAN, "browser", 1, "place")
    referral.add_click(connection, click, Facts("GET", "192.0.2.1", "Mozilla/5.0"))
    held = Claim(
        id=name,
        account=name,
        state="pending",
        contact=f"{name}@x.cn",
        contact_key=f"{name}@x.cn",
        form=Form(name="李明", consents=Consents(terms=True)),
        attribution=Attribution(None, None, None, None),
        event=False,
        place=None,
        device=None,
        series=None,
        created_at=before(WEEK),
    )
    registration.add_claim(connection, held)
    message = Message("email", "a@x.cn", "s", "t")
    outbox.add(connection, name, message, account=None, shown="a…", now=before(HALF_A_YEAR), due_at=NOW)
    outbox.mark_sent(connection, name, now=before(HALF_A_YEAR))
    access.add_session(connection, name, user="u1", kind="api", secret=None, now=NOW - WEEK, expires_at=ends)
    access.add_refresh_token(connection, RefreshToken(name, name, NOW + WEEK, None), parent=None, now=NOW - WEEK)
    code = HeldCode(name, "d", name, None, name, name, 0, before(WEEK), None)
    access.add_code(connection, code, over=NOW - 2 * WEEK)
    requests.claim(connection, name, body="b", now=NOW - WEEK, expires_at=ends)
    counters.put(connection, name, Counter(1, None, ends))


def count(database: Database, table: Table) -> int:
    with database.read() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


def test_what_is_over_goes_and_nothing_else(filled: Database) -> None:
    went = dict(swept(filled, now=NOW))
    assert {name.rpartition(" ")[2]: number for name, number in went.items()} == {
        "log": MANY + 1,
        "clicks": 1,
        "confirmed": 1,
        "messages": 1,
        "sessions": 1,
        "codes": 1,
        "requests": 1,
        "attempts": 1,
    }
    tables = (audit.security_log, outbox.outbox, access.sessions, access.refresh_tokens, access.codes)
    assert [count(filled, table) for table in (*tables, requests.idempotency_keys, counters.attempts)] == [1] * 7
    assert count(filled, referral.clicks) == 2  # a click is never dropped
    with filled.read() as connection:
        asked = select(referral.clicks.c.place, referral.clicks.c.agent).order_by(referral.clicks.c.id)
        assert [tuple(row) for row in connection.execute(asked)] == [("place", "Mozilla/5.0"), (None, None)]
        claims = {row.id: (row.state, row.contact, row.form) for row in connection.execute(select(registration.claims))}
        assert claims["over-True"] == ("lapsed", None, None)
        assert claims["over-False"][:2] == ("pending", "over-False@x.cn")
        assert [entry.at for entry in audit.entries(connection, "u1")] == [NOW - THIRTEEN_MONTHS + INSTANT]


def test_a_second_sweep_finds_nothing(filled: Database) -> None:
    list(swept(filled, now=NOW))
    assert {number for _, number in swept(filled, now=NOW)} == {0}
