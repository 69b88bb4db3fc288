"""The history and the saved searches on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from auth.credentials.passwords import Passwords
from auth.database import Database
from auth.roles import Role
from auth.users.service import Users
from search.query.tree import Listed, Value
from search.saved.history import History
from tests.service import PASSWORD

NOON = datetime(2026, 3, 1, 4, tzinfo=UTC)


@pytest.fixture
def user(database: Database) -> str:
    return Users(database, Passwords()).add("li@example.org", PASSWORD, role=Role.RESEARCHER).id


def ticking() -> Callable[[], datetime]:
    ticks = iter(range(1_000_000))
    return lambda: NOON + timedelta(seconds=next(ticks))


def note(history: History, user: str, query: str, total: int = 1) -> int:
    return history.note(user, text=query, dialect="native", canonical=query, total=total)


def test_numbers_count_up_and_the_same_again_is_one(database: Database, user: str) -> None:
    history = History(database, clock=ticking())
    assert [note(history, user, query) for query in ("a", "a", "b", "a")] == [1, 1, 2, 3]
    assert [(entry.number, entry.canonical) for entry in history.page(user)] == [(3, "a"), (2, "b"), (1, "a")]


def test_asked_again_it_has_the_newer_count(database: Database, user: str) -> None:
    history = History(database, clock=ticking())
    note(history, user, "a", 5)
    note(history, user, "a", 6)
    (entry,) = history.page(user)
    assert (entry.total, entry.asked_at) == (6, NOON + timedelta(seconds=1))


def test_many_at_once_have_numbers_of_their_own(database: Database, user: str) -> None:
    history = History(database)
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda each: note(history, user, f"word{each}"), range(40)))
    assert sorted(numbers) == list(range(1, 41))


def test_trees_are_those_that_were_asked(database: Database, user: str) -> None:
    history = History(database, clock=ticking())
    note(history, user, "country:CN")
    history.keep(user, ["CN1A", "CN2B"], label="清单")
    assert [history.tree(user, number) for number in (1, 2, 3)] == [Value("country", "CN"), Listed(("CN1A", "CN2B")), None]
    assert history.tree("nobody", 1) is None


def test_the_oldest_is_forgotten_for_the_next(database: Database, user: str) -> None:
    history = History(database, clock=ticking(), most=3)
    for word in "abcde":
        note(history, user, word)
    assert [entry.number for entry in history.page(user)] == [5, 4, 3]
    assert [entry.number for entry in history.every(user)] == [5, 4, 3]
