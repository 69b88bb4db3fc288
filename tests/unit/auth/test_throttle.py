"""The arithmetic of pauses, and which addresses are one (T11)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auth.credentials.store import attempts
from auth.credentials.throttle import ADDRESS, EVERYBODY, PAIR, Limit, Throttle, TooManyAttempts, place
from auth.database import Database
from search.migrations import migrate

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Database:
    opened = Database(f"sqlite:///{tmp_path / 'store.sqlite'}")
    migrate(opened)
    return opened


@pytest.mark.parametrize(("count", "seconds"), [(1, 0), (4, 0), (5, 1), (6, 2), (7, 4), (14, 512), (15, 900), (10_000, 900)])
def test_the_pause_of_a_pair_doubles_to_its_cap(count: int, seconds: int) -> None:
    assert PAIR.pause(count) == timedelta(seconds=seconds)


@given(st.sampled_from([PAIR, ADDRESS, EVERYBODY]), st.integers(0, 10**9))
def test_a_pause_never_shrinks_and_never_passes_its_cap(limit: Limit, count: int) -> None:
    assert timedelta() <= limit.pause(count) <= limit.pause(count + 1) <= timedelta(seconds=limit.cap_s)


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:DB8:1:2::ffff", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "unknown"),
        ("", "unknown"),
        ("192.0.2.7:80", "unknown"),
    ],
)
def test_an_address_counts_as_its_network(address: str, counted: str) -> None:
    assert place(address) == counted


def _charge(database: Database, account: str, address: str, now: datetime) -> int:
    """The seconds to wait, 0 when the attempt is taken."""
    try:
        with database.write() as connection:
            Throttle(b"k").charge(connection, account=account, address=address, now=now)
    except TooManyAttempts as refused:
        return refused.retry_after_s or 0
    return 0


def test_a_refused_attempt_does_not_lengthen_the_pause(database: Database) -> None:
    waits = [_charge(database, "a", "192.0.2.1", NOON) for _ in range(10)]
    assert waits == [0] * 5 + [1] * 5
    assert _charge(database, "a", "192.0.2.1", NOON + timedelta(seconds=1)) == 0


def test_attempts_are_forgotten(database: Database) -> None:
    for _ in range(5):
        _charge(database, "a", "192.0.2.1", NOON)
    later = NOON + PAIR.memory + timedelta(seconds=2)
    assert [_charge(database, "a", "192.0.2.1", later) for _ in range(5)] == [0] * 5


def test_a_flood_of_strangers_slows_strangers_and_not_who_is_known(database: Database) -> None:
    """Everybody's counter at its end: a known pair passes, a stranger waits no longer than the cap."""
    throttle = Throttle(b"k", everybody=replace(EVERYBODY, free=20))
    with database.write() as connection:
        throttle.charge(connection, account="owner", address="203.0.113.5", now=NOON)
        throttle.refund(connection, account="owner", address="203.0.113.5", now=NOON)
        for number in range(20):
            throttle.charge(connection, account=f"a{number}", address=f"10.0.{number}.1", now=NOON)
        with pytest.raises(TooManyAttempts) as refused:
            throttle.charge(connection, account="stranger", address="198.51.100.1", now=NOON)
        throttle.charge(connection, account="owner", address="203.0.113.5", now=NOON)
    assert refused.value.retry_after_s == 1


def test_no_address_or_account_stands_in_the_rows(database: Database) -> None:
    with database.write() as connection:
        throttle = Throttle(b"k")
        throttle.charge(connection, account="li@example.com", address="203.0.113.5", now=NOON)
        throttle.refund(connection, account="li@example.com", address="203.0.113.5", now=NOON)
        rows = repr(connection.execute(attempts.select()).all())
    assert "li@" not in rows
    assert "203.0" not in rows
