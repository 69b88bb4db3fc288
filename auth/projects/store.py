"""The only SQL of projects. Who may see and who may change one is a condition of the statement itself."""

from datetime import date
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Date,
    ForeignKey,
    Integer,
    LargeBinary,
    Row,
    Table,
    Text,
    delete,
    false,
    insert,
    or_,
    select,
    true,
    tuple_,
)

from auth.access.model import Identity
from auth.database import Connection, insert_new, instant, metadata
from auth.database.columns import PERSON
from auth.database.people import Data, Room
from auth.organisations.store import under
from auth.projects.model import Grade, Project, Quarters, Rung
from auth.roles import Role

projects = Table(
    "projects",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("agency", Text, ForeignKey("organisations.id"), nullable=False, index=True),
    Column("bureau", Text, ForeignKey("organisations.id"), nullable=False, index=True),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("province", Text, nullable=False),
    Column("quarters", Text, nullable=False),
    Column("reading", Text, nullable=False),
    Column("grade", Text),
    Column("contract_sha256", Text, nullable=False),
    instant("created_at"),
)

rule_files = Table(
    "rule_files",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("rule", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

evaluators = Table(
    "evaluators",
    metadata,
    Column("project", Text, ForeignKey("projects.id"), primary_key=True),
    Column("user_id", Text, ForeignKey("users.id"), primary_key=True, index=True, info={PERSON: True}),
    Column("until", Date, nullable=False),
)


def visible(caller: Identity, *, today: date) -> ColumnElement[bool]:
    """The projects that exist for the caller: all for the administrator, those of its subtree for a bureau, its own for an agency,
    those given to him till their day for an evaluator."""
    if caller.role is Role.EVALUATOR:
        given = select(evaluators.c.project).where(evaluators.c.user_id == caller.user, evaluators.c.until >= today)
        return projects.c.id.in_(given)
    if caller.role is Role.AGENCY and caller.organisation is not None:
        return projects.c.agency == caller.organisation
    return changeable(caller)


def changeable(caller: Identity) -> ColumnElement[bool]:
    """Those the caller may decide on: of its subtree for a bureau, all for the administrator."""
    if caller.role is Role.ADMINISTRATOR:
        return true()
    if caller.role is Role.BUREAU and caller.organisation is not None:
        tree = under(caller.organisation)
        return or_(projects.c.bureau.in_(tree), projects.c.agency.in_(tree))
    return false()


def add(connection: Connection, project: Project) -> None:
    """Adds the project."""
    connection.execute(insert(projects).values({name: getattr(project, name) for name in Project.__slots__}))


def get(connection: Connection, project: str, *, within: ColumnElement[bool]) -> Project | None:
    """The project, if it is `within` what the caller may see."""
    row = connection.execute(select(projects).where(projects.c.id == project, within)).first()
    return _project(row) if row else None


def page(connection: Connection, *, within: ColumnElement[bool], after: Project | None, size: int) -> list[Project]:
    """Projects, the newest first day first, from the one `after` on."""
    held = projects.c
    asked = select(projects).where(within).order_by(held.first.desc(), held.id.desc()).limit(size)
    if after is not None:
        asked = asked.where(tuple_(held.first, held.id) < tuple_(after.first, after.id))
    return [_project(row) for row in connection.execute(asked)]


def keep_rule(connection: Connection, *, sha256: str, rule: str, version: int, data: bytes) -> None:
    """Keeps the bytes of a rule file; once."""
    insert_new(connection, rule_files, {"sha256": sha256, "rule": rule, "version": version, "data": data})


def rule(connection: Connection, sha256: str) -> bytes | None:
    """The bytes of a kept rule file."""
    data: bytes | None = connection.scalar(select(rule_files.c.data).where(rule_files.c.sha256 == sha256))
    return data


def appoint(connection: Connection, *, project: str, user: str, until: date) -> None:
    """Lets the evaluator read the project to the end of the day; a new day replaces the one before."""
    key = (evaluators.c.project == project) & (evaluators.c.user_id == user)
    connection.execute(delete(evaluators).where(key))
    connection.execute(insert(evaluators).values(project=project, user_id=user, until=until))


def export(connection: Connection, user: str) -> Data:
    """What the account may evaluate."""
    asked = select(evaluators).where(evaluators.c.user_id == user).order_by(evaluators.c.project)
    return [{"project": row.project, "until": row.until.isoformat()} for row in connection.execute(asked)]


def erase(connection: Connection, user: str) -> None:
    """Takes the account's appointments away."""
    connection.execute(delete(evaluators).where(evaluators.c.user_id == user))


PEOPLE = Room("projects", frozenset({"evaluators"}), export, erase)


def _project(row: Row[Any]) -> Project:
    fields = {name: getattr(row, name) for name in Project.__slots__}
    grade = Grade(row.grade) if row.grade else None
    return Project(**(fields | {"quarters": Quarters(row.quarters), "reading": Rung(row.reading), "grade": grade}))
