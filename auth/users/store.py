"""The only SQL of accounts."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Column, Row, Table, Text, delete, or_, select, update

from auth.database import PERSON, Connection, insert_new, instant, metadata
from auth.database.people import Data, Room
from auth.roles import Role
from auth.users import contacts
from auth.users.model import User, email_key

users = Table(
    "users",
    metadata,
    Column("id", Text, primary_key=True, info={PERSON: True}),
    Column("email", Text, info={PERSON: True}),
    Column("email_key", Text, unique=True, info={PERSON: True}),
    Column("mobile", Text, unique=True, info={PERSON: True}),  # E.164
    Column("name", Text, info={PERSON: True}),
    Column("role", Text, nullable=False),
    Column("organisation", Text),
    Column("status", Text, nullable=False),
    Column("password", Text),
    instant("created_at"),
)


def add(connection: Connection, user: User, *, password: str | None) -> bool:
    """Adds the account with its password's hash, if it has one; False when the address or number has an account already."""
    return insert_new(
        connection,
        users,
        {
            "id": user.id,
            "email": user.email,
            "email_key": email_key(user.email) if user.email else None,
            "mobile": user.mobile,
            "name": user.name,
            "role": user.role,
            "organisation": user.organisation,
            "status": user.status,
            "password": password,
            "created_at": user.created_at,
        },
    )


def by_id(connection: Connection, user: str) -> User | None:
    """The account."""
    row = connection.execute(select(users).where(users.c.id == user)).first()
    return _user(row) if row else None


def by_ids(connection: Connection, wanted: Iterable[str]) -> dict[str, User]:
    """The accounts, by id."""
    return {row.id: _user(row) for row in connection.execute(select(users).where(users.c.id.in_(list(wanted))))}


def credentials(connection: Connection, login: str) -> tuple[User, str | None] | None:
    """The account of the address or number, however it is spelled, and its password's hash."""
    key = contacts.key(login)
    row = connection.execute(select(users).where(or_(users.c.email_key == key, users.c.mobile == key))).first()
    return (_user(row), row.password) if row else None


def set_password(connection: Connection, user: str, hashed: str) -> None:
    """Replaces the password's hash."""
    connection.execute(update(users).where(users.c.id == user).values(password=hashed))


def rename(connection: Connection, user: str, name: str | None) -> None:
    """Sets the person's name."""
    connection.execute(update(users).where(users.c.id == user).values(name=name))


def staff(connection: Connection, organisation: str) -> list[User]:
    """The accounts that act for the organisation."""
    return [_user(row) for row in connection.execute(select(users).where(users.c.organisation == organisation))]


def everybody(connection: Connection) -> list[User]:
    """All accounts, by address, those without one last, by number."""
    ordered = select(users).order_by(users.c.email_key.is_(None), users.c.email_key, users.c.mobile)
    return [_user(row) for row in connection.execute(ordered)]


def export(connection: Connection, user: str) -> Data:
    """The account as its owner may see it."""
    held = by_id(connection, user)
    if held is None:
        return {}
    return {
        "id": held.id,
        "email": held.email,
        "mobile": held.mobile,
        "name": held.name,
        "role": held.role,
        "organisation": held.organisation,
        "created_at": held.created_at.isoformat(),
    }


def erase(connection: Connection, user: str) -> None:
    """Removes the account."""
    connection.execute(delete(users).where(users.c.id == user))


def _user(row: Row[Any]) -> User:
    return User(row.id, row.email, row.name, Role(row.role), row.organisation, row.status, row.created_at, row.mobile)


PEOPLE = Room("account", frozenset({"users"}), export, erase)
