"""Accounts for commands: adding and listing them."""

import secrets

from auth.audit import store as audit
from auth.audit.model import Entry, Event
from auth.clock import Clock, now
from auth.credentials.passwords import Passwords, check_strength
from auth.database import Database
from auth.errors import Problem
from auth.roles import Role
from auth.users import store
from auth.users.contacts import checked_email
from auth.users.model import User, own_words

MAX_NAME = 100


class EmailTaken(Problem):
    """The address has an account."""

    status = 409
    code = "email_taken"
    zh = "该邮箱已有帐号。"
    en = "This address has an account already."


class Users:
    """Accounts of one database."""

    def __init__(self, database: Database, passwords: Passwords, *, clock: Clock = now) -> None:
        self._database = database
        self._passwords = passwords
        self._clock = clock

    def add(self, email: str, password: str, *, role: Role, organisation: str | None = None, name: str | None = None) -> User:
        """A new, active account; `EmailRefused`, `EmailTaken` or `PasswordRefused`."""
        address = checked_email(email)
        check_strength(password, words=own_words(address, name))
        user = User(new_id(), address, name, role, organisation, "active", self._clock())
        hashed = self._passwords.hash(password)
        with self._database.write() as connection:
            if not store.add(connection, user, password=hashed):
                raise EmailTaken
            audit.add(connection, Entry(user.created_at, Event.ACCOUNT_ADDED, user.id))
        return user

    def list(self) -> list[User]:
        """All accounts, by address."""
        with self._database.read() as connection:
            return store.everybody(connection)


def new_id() -> str:
    """A public id: 128 random bits, nothing to guess or to count by."""
    return secrets.token_hex(16)
