"""The only SQL of the lists of synonyms: a row an owner."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import JSON, Column, Integer, Table, Text, delete, select, update

from auth.database import Connection, insert_new, instant, metadata, person
from auth.database.people import Data, Room
from search.synonyms.model import Group, Held

OPERATOR = "operator"
"""Whose list is everybody's; every other owner is the id of an account."""

synonym_lists = Table(
    "synonym_lists",
    metadata,
    Column("id", Text, primary_key=True),
    person(nullable=True),
    Column("groups", JSON, nullable=False),
    instant("changed_at"),
    Column("version", Integer, nullable=False),
)


def held(connection: Connection, owner: str) -> Held:
    """The owner's list; an empty one where there is none."""
    row = connection.execute(select(synonym_lists).where(synonym_lists.c.id == owner)).first()
    return Held(tuple(map(tuple, row.groups)), row.changed_at, row.version) if row else Held()


def versions(connection: Connection, owners: Sequence[str]) -> dict[str, int]:
    """Owner -> version, of those that have a list."""
    asked = select(synonym_lists.c.id, synonym_lists.c.version).where(synonym_lists.c.id.in_(owners))
    return {row.id: row.version for row in connection.execute(asked)}


def keep(connection: Connection, owner: str, groups: Sequence[Group], *, version: int | None, at: datetime) -> bool:
    """Puts the list in the place of the owner's, if that stands at `version` (``None``: whatever it is); whether it did."""
    values = {"groups": [list(group) for group in groups], "changed_at": at}
    if version in (None, 0):
        user = None if owner == OPERATOR else owner
        if insert_new(connection, synonym_lists, values | {"id": owner, "user_id": user, "version": 1}):
            return True
    changed = update(synonym_lists).where(synonym_lists.c.id == owner).values(**values, version=synonym_lists.c.version + 1)
    if version is not None:
        changed = changed.where(synonym_lists.c.version == version)
    return connection.execute(changed).rowcount == 1


def _export(connection: Connection, user: str) -> Data:
    return {"groups": [list(group) for group in held(connection, user).groups]}


def _erase(connection: Connection, user: str) -> None:
    connection.execute(delete(synonym_lists).where(synonym_lists.c.user_id == user))


PEOPLE = Room("synonyms", frozenset({"synonym_lists"}), export=_export, erase=_erase)
