"""What the stores of accounts, sessions, the security log and the counters promise, on both databases."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from auth.access import store as sessions
from auth.access.service import ROOMS
from auth.access.store import RefreshToken
from auth.audit import store as audit
from auth.audit.model import Entry, Event
from auth.credentials import store as counters
from auth.credentials.store import Counter
from auth.database import PERSON, Connection, Database, metadata, people
from auth.mail import store as outbox
from auth.mail.model import Message
from auth.roles import Role
from auth.users import store as users
from auth.users.model import User
from search import services
from search.migrations import migrate
from tests.stores.rooms import stores

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=1)


def a_user(email: str = "li@example.com", user: str = "u1", **fields: object) -> User:
    held = User(user, email, "李雷", Role.RESEARCHER, None, "active", NOON)
    return replace(held, **fields)  # type: ignore[arg-type]


@pytest.fixture
def signed_in(database: Database) -> Database:
    """One account with one session `s1` and a refresh token `r1`."""
    _sign_in(database)
    return database


def _sign_in(database: Database) -> None:
    with database.write() as connection:
        users.add(connection, a_user(), password="hash")
        sessions.add_session(connection, "s1", user="u1", kind="web", secret="secret", now=NOON, expires_at=LATER)
        sessions.add_refresh_token(connection, RefreshToken("r1", "s1", LATER, None), parent=None, now=NOON)
        audit.add(connection, Entry(NOON, Event.SIGNED_IN, "u1", "192.0.2.7", "s1"))
        message = Message("email", "li@example.com", "Hello", "李雷")
        outbox.add(connection, "m1", message, account="u1", shown="l***@example.com", now=NOON, due_at=NOON)


def _in(database: Database, work: Callable[[Connection], object]) -> object:
    with database.write() as connection:
        return work(connection)


def test_an_account_is_found_by_every_spelling_of_its_address(database: Database) -> None:
    """T16: full-width letters, case and blanks are one address."""
    with database.write() as connection:
        assert users.add(connection, a_user("A@x.cn"), password="hash")
        assert not users.add(connection, a_user("ａ@X.CN", "u2"), password="other")
        found = users.credentials(connection, " ａ@x.CN ")
    assert found == (a_user("A@x.cn"), "hash")


def test_twenty_at_once_make_one_account(database: Database) -> None:
    """T16: on a barrier, with different spellings."""
    barrier = threading.Barrier(20)

    def sign_up(number: int) -> object:
        barrier.wait()
        address = "A@x.cn" if number % 2 else "ａ@X.CN"
        return _in(database, lambda connection: users.add(connection, a_user(address, f"u{number}"), password="hash"))

    with ThreadPoolExecutor(20) as threads:
        assert list(threads.map(sign_up, range(20))).count(True) == 1
    with database.read() as connection:
        assert len(users.everybody(connection)) == 1


def test_an_unknown_address_has_no_credentials(database: Database) -> None:
    with database.read() as connection:
        assert users.credentials(connection, "nobody@example.com") is None
        assert users.by_id(connection, "nobody") is None


def test_a_session_stands_with_its_account(signed_in: Database) -> None:
    with signed_in.read() as connection:
        standing = sessions.standing(connection, "s1", now=NOON)
        assert sessions.standing(connection, "s1", now=LATER) is None
        assert sessions.standing(connection, "another", now=NOON) is None
    assert standing is not None
    assert (standing.identity.user, standing.identity.name, standing.secret) == ("u1", "李雷", "secret")


def test_a_revoked_session_or_disabled_account_does_not_stand(signed_in: Database) -> None:
    with signed_in.write() as connection:
        sessions.add_session(connection, "s2", user="u1", kind="api", secret=None, now=NOON, expires_at=LATER)
        sessions.revoke(connection, "s1", now=NOON)
        assert sessions.standing(connection, "s1", now=NOON) is None
        assert sessions.standing(connection, "s2", now=NOON) is not None
        sessions.revoke_all(connection, "u1", now=NOON)
        assert sessions.standing(connection, "s2", now=NOON) is None


def test_a_disabled_account_has_no_standing(database: Database) -> None:
    with database.write() as connection:
        users.add(connection, a_user(status="disabled"), password="hash")
        sessions.add_session(connection, "s1", user="u1", kind="api", secret=None, now=NOON, expires_at=LATER)
        assert sessions.standing(connection, "s1", now=NOON) is None


def test_sessions_that_are_over_go_when_the_next_opens(signed_in: Database) -> None:
    with signed_in.write() as connection:
        sessions.add_session(connection, "s2", user="u1", kind="api", secret=None, now=LATER, expires_at=LATER + timedelta(1))
        held = list(connection.scalars(select(sessions.sessions.c.id)))
        assert (held, sessions.refresh_token(connection, "r1")) == (["s2"], None)


def test_a_refresh_token_is_marked_once_and_expires(signed_in: Database) -> None:
    with signed_in.write() as connection:
        sessions.mark_used(connection, "r1", now=NOON)
        assert sessions.refresh_token(connection, "r1") == RefreshToken("r1", "s1", LATER, NOON)
        sessions.add_refresh_token(connection, RefreshToken("r2", "s1", LATER + timedelta(1), None), parent="r1", now=LATER)
        assert sessions.refresh_token(connection, "r1") is None


def test_counters_live_until_they_expire(database: Database) -> None:
    held = Counter(3, NOON + timedelta(seconds=5), NOON + timedelta(minutes=1))
    with database.write() as connection:
        counters.put(connection, "k", replace(held, count=2))
        counters.put(connection, "k", held)
        assert counters.counter(connection, "k", now=NOON) == held
        assert counters.counter(connection, "k", now=held.expires_at) is None
        counters.prune(connection, now=held.expires_at)
        assert connection.scalar(select(func.count()).select_from(counters.attempts)) == 0


def test_every_table_with_a_person_has_an_eraser() -> None:
    """A column marked as a person's, or a key to the accounts: the table is in a room's registration, and the room is used."""
    rooms = [store.PEOPLE for store in stores() if hasattr(store, "PEOPLE")]
    marked = {table.name for table in metadata.tables.values() if any(PERSON in column.info for column in table.columns)}
    points = {table.name for table in metadata.tables.values() for key in table.foreign_keys if key.column.table.name == "users"}
    assert {name for room in rooms for name in room.tables} == marked | points
    assert {room.name for room in rooms} == {room.name for room in services.PEOPLE}


def test_a_person_gets_all_that_is_kept(signed_in: Database) -> None:
    with signed_in.read() as connection:
        kept = people.export(ROOMS, connection, "u1")
    assert set(kept) == {room.name for room in ROOMS}
    assert all(kept.values())


def test_an_erased_person_leaves_no_row_that_leads_back(signed_in: Database) -> None:
    """T44 for these rooms: nothing of the person in any table; the log keeps that something happened."""
    with signed_in.write() as connection:
        people.erase(ROOMS, connection, "u1")
    with signed_in.read() as connection:
        rows = {table.name: [tuple(row) for row in connection.execute(select(table))] for table in metadata.sorted_tables}
    assert len(rows["security_log"]) == 1
    left = repr(rows)
    assert [word for word in ("u1", "s1", "r1", "li@", "李雷", "192.0.2.7") if word in left] == []


def test_an_erased_person_is_gone_from_sqlites_files(tmp_path: Path) -> None:
    """T44: after a checkpoint no byte of the address is in any file of the database."""
    database = Database(f"sqlite:///{tmp_path / 'store.sqlite'}")
    migrate(database)
    _sign_in(database)

    def holding() -> list[str]:
        with database.read() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        return [path.name for path in tmp_path.glob("store.sqlite*") if b"li@example.com" in path.read_bytes()]

    assert holding() == ["store.sqlite"]
    with database.write() as connection:
        people.erase(ROOMS, connection, "u1")
    assert holding() == []
    database.close()
