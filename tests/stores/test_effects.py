"""Corrections of effects on both databases: kept in order, taken back once, given out and erased with their person."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

import pytest

from auth.credentials.passwords import Passwords
from auth.database import Database
from auth.roles import Role
from auth.users.service import Users
from search.analysis.effects import store
from search.analysis.effects.store import Correction
from tests.service import PASSWORD
from tests.tenants import NOON

FIRST = Correction("a" * 32, "CN110330865B", "0" * 16, "cost", "energy", "液压装置", NOON)
SECOND = replace(FIRST, id="0" * 32, effect=None, means=None, corrected_at=NOON + timedelta(seconds=1))


@pytest.fixture
def people(database: Database) -> tuple[str, str]:
    users = Users(database, Passwords())
    li, wu = (users.add(f"{name}@example.org", PASSWORD, role=Role.RESEARCHER).id for name in ("li", "wu"))
    return li, wu


def test_what_stands_is_the_callers_own_in_order(database: Database, people: tuple[str, str]) -> None:
    li, wu = people
    with database.write() as connection:
        for user, made in ((li, SECOND), (li, FIRST), (wu, replace(FIRST, id="b" * 32))):
            store.add(connection, user, made)
        assert store.standing(connection, li) == [FIRST, SECOND]
        assert [store.count(connection, user) for user in people] == [2, 1]


def test_a_correction_is_taken_back_once_and_by_its_owner(database: Database, people: tuple[str, str]) -> None:
    li, wu = people
    with database.write() as connection:
        store.add(connection, li, FIRST)
        assert [store.undo(connection, user, FIRST.id, at=NOON) for user in (wu, li, li)] == [False, True, False]
        assert store.standing(connection, li) == []
        assert store.count(connection, li) == 1


def test_what_a_person_corrected_is_given_out_and_erased(database: Database, people: tuple[str, str]) -> None:
    li, wu = people
    with database.write() as connection:
        store.add(connection, li, FIRST)
        store.add(connection, wu, replace(FIRST, id="b" * 32))
        data = cast("dict[str, Any]", store.PEOPLE.export(connection, li))
        assert [(each["found"], each["effect"], each["means"]) for each in data["corrections"]] == [("cost", "energy", "液压装置")]
        store.PEOPLE.erase(connection, li)
        assert store.PEOPLE.export(connection, li) == {"corrections": []}
        assert store.count(connection, wu) == 1
