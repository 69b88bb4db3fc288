"""Signing in, refreshing and counting under races, on both databases (T06, T11)."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import select

from auth.access.model import Grant
from auth.access.problems import WrongCredentials
from auth.access.service import Access, open_access
from auth.credentials.passwords import Passwords
from auth.credentials.store import attempts
from auth.credentials.throttle import PAIR, Throttle, TooManyAttempts
from auth.database import Database
from auth.errors import Problem
from auth.roles import Role
from auth.settings import Settings
from auth.users.service import EmailTaken, Users

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
PASSWORD = "correct horse battery"
Result = TypeVar("Result")


@pytest.fixture
def access(database: Database, tmp_path: Path) -> Iterator[Access]:
    Users(database, Passwords()).add("li@example.com", PASSWORD, role=Role.RESEARCHER)
    opened = open_access(Settings(env="development", data=tmp_path), database, clock=lambda: NOON)
    yield opened
    opened.close()


def _at_once(count: int, work: Callable[[int], Result]) -> list[Result]:
    barrier = threading.Barrier(count)

    def one(number: int) -> Result:
        barrier.wait()
        return work(number)

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(one, range(count)))


def _sign_in(access: Access, password: str = PASSWORD) -> Grant:
    return access.signing_in.sign_in("li@example.com", password, address="192.0.2.1", into=access.sessions.open_api)


def test_eight_refreshes_at_once_get_one_successor(access: Access) -> None:
    for _ in range(5):
        token = _sign_in(access).refresh_token
        successors = _at_once(8, lambda _number, token=token: access.refresh(token, address="").refresh_token)  # type: ignore[misc]
        assert len(set(successors)) == 1


def test_guesses_at_once_are_all_counted(access: Access) -> None:
    """None slips past the counter because another is being hashed: charged first, hashed afterwards."""

    def guess(_number: int) -> type[Problem]:
        try:
            _sign_in(access, "wrong")
        except Problem as problem:
            return type(problem)
        raise AssertionError("a wrong password signed in")

    assert Counter(_at_once(12, guess)) == {WrongCredentials: PAIR.free, TooManyAttempts: 12 - PAIR.free}


def test_T11_the_first_guesses_of_all_are_counted_though_they_come_at_once(database: Database) -> None:
    """Twenty from an address of which no counter has a row yet: as many are taken as one after the other."""
    throttle = Throttle(b"k" * 32)

    def taken(address: str) -> bool:
        try:
            with database.write() as connection:
                throttle.charge(connection, account="li@example.com", address=address, now=NOON)
        except TooManyAttempts:
            return False
        return True

    for turn in range(5):
        address = f"192.0.2.{turn}"
        assert _at_once(20, lambda _number, address=address: taken(address)).count(True) == PAIR.free  # type: ignore[misc]
    with database.read() as connection:
        assert max(connection.scalars(select(attempts.c.count))) == 5 * PAIR.free  # of everybody's counter


def test_twenty_add_one_account(database: Database) -> None:
    """T16 through the service: one account, the others are told politely."""
    users = Users(database, Passwords())

    def add(number: int) -> bool:
        try:
            users.add("A@x.cn" if number % 2 else "ａ@X.CN", PASSWORD, role=Role.RESEARCHER)
        except EmailTaken:
            return False
        return True

    assert _at_once(20, add).count(True) == 1
    assert len(users.list()) == 1
