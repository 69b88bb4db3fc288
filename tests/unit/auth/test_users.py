"""Accounts as commands make them: addresses, names, roles."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auth.credentials.passwords import PasswordRefused, Passwords
from auth.database import Database
from auth.errors import Problem
from auth.roles import Role
from auth.users.contacts import EmailRefused, checked_email
from auth.users.model import email_key
from auth.users.service import EmailTaken, Users
from search.migrations import migrate

PASSWORD = "correct horse battery"


@pytest.fixture
def users(tmp_path: Path) -> Users:
    database = Database(f"sqlite:///{tmp_path / 'store.sqlite'}")
    migrate(database)
    return Users(database, Passwords())


def test_an_account_is_added_as_it_was_typed_and_listed(users: Users) -> None:
    added = users.add("  Li.Lei@Example.com ", PASSWORD, role=Role.AGENCY, organisation="o1", name="李雷")
    assert (added.email, added.role, added.organisation, added.name) == ("Li.Lei@Example.com", Role.AGENCY, "o1", "李雷")
    assert users.list() == [added]


def test_ids_are_random(users: Users) -> None:
    ids = {users.add(f"a{number}@example.com", PASSWORD, role=Role.RESEARCHER).id for number in range(3)}
    assert len(ids) == 3
    assert all(len(one) == 32 for one in ids)


def test_refusals_leave_no_account(users: Users) -> None:
    users.add("a@example.com", PASSWORD, role=Role.RESEARCHER)
    refused: list[tuple[str, str, type[Problem]]] = [
        ("Ａ@EXAMPLE.com", PASSWORD, EmailTaken),
        ("b@example.com", "weak", PasswordRefused),
        ("b@example.com", "b@example.com", PasswordRefused),
        ("nowhere", PASSWORD, EmailRefused),
    ]
    for email, password, problem in refused:
        with pytest.raises(problem):
            users.add(email, password, role=Role.RESEARCHER)
    assert len(users.list()) == 1


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "a",
        "@example.com",
        "a@",
        "a b@example.com",
        "a@b",
        "a\0@example.com",
        "\ud800@x.cn",
        "a@x.cn\nBcc: b@x.cn",
        "a" * 255 + "@x.cn",
    ],
)
def test_no_address(bad: str) -> None:
    with pytest.raises(EmailRefused):
        checked_email(bad)


@pytest.mark.parametrize("good", ["a@qq.com", "李雷@例子.中国", "a.b+c@sub.example.co.uk", "ａ@ｘ.cn"])
def test_an_address(good: str) -> None:
    assert checked_email(f" {good} ") == good


@given(st.text(max_size=40))
def test_a_key_is_its_own_key(email: str) -> None:
    assert email_key(email_key(email)) == email_key(email)
    assert email_key(f" {email.upper()} ".lower()) == email_key(email.upper().lower())
