"""The only SQL of applicants: merges, each a row for good, and what the documents propose."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Float,
    Row,
    RowMapping,
    Table,
    Text,
    and_,
    delete,
    insert,
    or_,
    select,
    update,
)

from auth.database import Connection, instant, metadata, person
from auth.database.people import Data, Room
from search.applicants.model import Evidence, Merge, Pair, Proposal

applicant_merges = Table(
    "applicant_merges",
    metadata,
    Column("id", Text, primary_key=True),
    person(nullable=True),
    Column("shared", Boolean, nullable=False),
    Column("one", Text, nullable=False, index=True),
    Column("other", Text, nullable=False, index=True),
    Column("evidence", JSON, nullable=False),
    Column("confidence", Float, nullable=False),
    instant("merged_at"),
    instant("undone_at", nullable=True),
    person("undone_by", nullable=True),
)

applicant_proposals = Table(
    "applicant_proposals",
    metadata,
    Column("id", Text, primary_key=True),
    Column("one", Text, nullable=False, index=True),
    Column("other", Text, nullable=False, index=True),
    Column("evidence", JSON, nullable=False),
    Column("confidence", Float, nullable=False),
    instant("refused_at", nullable=True),
    person("refused_by", nullable=True),
)

_ROWS = 500


def pair_id(one: str, other: str) -> str:
    """The same for the same two names, in either order."""
    return hashlib.sha256("\n".join(sorted((one, other))).encode()).hexdigest()[:32]


def touching(connection: Connection, names: Sequence[str], within: ColumnElement[bool]) -> list[Merge]:
    """The merges in force, of those `within`, that one of the names stands in."""
    asked = select(applicant_merges).where(_either(names), applicant_merges.c.undone_at.is_(None), within)
    return [_merge(row) for row in connection.execute(asked.order_by(applicant_merges.c.merged_at, applicant_merges.c.id))]


def in_force(connection: Connection, within: ColumnElement[bool]) -> list[tuple[str, str]]:
    """The names of each merge in force, of those `within`."""
    asked = select(applicant_merges.c.one, applicant_merges.c.other).where(applicant_merges.c.undone_at.is_(None), within)
    return [(row.one, row.other) for row in connection.execute(asked.order_by(applicant_merges.c.merged_at, applicant_merges.c.id))]


def visible(user: str) -> ColumnElement[bool]:
    """The merges that hold for the account: everybody's, and its own."""
    return or_(applicant_merges.c.shared, applicant_merges.c.user_id == user)


def log(connection: Connection, names: Sequence[str], within: ColumnElement[bool]) -> list[Merge]:
    """Every merge that one of the names stands in, the undone ones too, the newest first."""
    asked = select(applicant_merges).where(_either(names), within)
    return [_merge(row) for row in connection.execute(asked.order_by(applicant_merges.c.merged_at.desc(), applicant_merges.c.id))]


def _either(names: Sequence[str]) -> ColumnElement[bool]:
    return or_(applicant_merges.c.one.in_(names), applicant_merges.c.other.in_(names))


def one(connection: Connection, id: str, within: ColumnElement[bool]) -> Merge | None:  # noqa: A002 - the column's own name
    row = connection.execute(select(applicant_merges).where(applicant_merges.c.id == id, within)).first()
    return _merge(row) if row else None


def add(connection: Connection, made: Merge) -> None:
    pair = made.pair
    connection.execute(
        insert(applicant_merges).values(
            id=made.id, user_id=made.by, shared=made.shared, merged_at=made.at, **_names(pair), **_grounds(pair)
        )
    )


def undo(connection: Connection, id: str, *, by: str, at: datetime) -> bool:  # noqa: A002
    """Whether it was in force."""
    in_force = (applicant_merges.c.id == id, applicant_merges.c.undone_at.is_(None))
    return connection.execute(update(applicant_merges).where(*in_force).values(undone_at=at, undone_by=by)).rowcount == 1


def proposals(connection: Connection, names: Sequence[str] | None = None, *, size: int) -> list[Proposal]:
    """Those that nobody refused, the surest first; with `names` those of one of them."""
    asked = select(applicant_proposals).where(applicant_proposals.c.refused_at.is_(None))
    if names is not None:
        asked = asked.where(or_(applicant_proposals.c.one.in_(names), applicant_proposals.c.other.in_(names)))
    rows = connection.execute(asked.order_by(applicant_proposals.c.confidence.desc(), applicant_proposals.c.id).limit(size))
    return [Proposal(row.id, _pair(row)) for row in rows]


def proposal(connection: Connection, id: str) -> Proposal | None:  # noqa: A002
    row = connection.execute(select(applicant_proposals).where(applicant_proposals.c.id == id)).first()
    return Proposal(row.id, _pair(row)) if row else None


def refuse(connection: Connection, id: str, *, by: str, at: datetime) -> bool:  # noqa: A002
    """Whether it was there; a proposal that was refused is not made again."""
    changed = update(applicant_proposals).where(applicant_proposals.c.id == id).values(refused_at=at, refused_by=by)
    return connection.execute(changed).rowcount == 1


def propose(connection: Connection, found: Iterable[Pair]) -> int:
    """Puts these in the place of all that nobody refused; how many they are."""
    connection.execute(delete(applicant_proposals).where(applicant_proposals.c.refused_at.is_(None)))
    refused = set(connection.scalars(select(applicant_proposals.c.id)))
    rows = [{"id": pair_id(pair.one, pair.other), **_names(pair), **_grounds(pair)} for pair in found]
    rows = [row for row in rows if row["id"] not in refused]
    for start in range(0, len(rows), _ROWS):
        connection.execute(insert(applicant_proposals), rows[start : start + _ROWS])
    return len(rows)


def _names(pair: Pair) -> dict[str, str]:
    return {"one": pair.one, "other": pair.other}


def _grounds(pair: Pair) -> dict[str, Any]:
    said = [{"kind": each.kind, "detail": each.detail, "documents": list(each.documents)} for each in pair.evidence]
    return {"evidence": said, "confidence": pair.confidence}


def _pair(row: Row[Any]) -> Pair:
    evidence = tuple(Evidence(each["kind"], each["detail"], tuple(each["documents"])) for each in row.evidence)
    return Pair(row.one, row.other, evidence, row.confidence)


def _merge(row: Row[Any]) -> Merge:
    return Merge(row.id, _pair(row), row.shared, row.user_id, row.merged_at, row.undone_at, row.undone_by)


def _export(connection: Connection, user: str) -> Data:
    merges = select(applicant_merges).where(or_(applicant_merges.c.user_id == user, applicant_merges.c.undone_by == user))
    refused = select(applicant_proposals).where(applicant_proposals.c.refused_by == user)
    return {
        "merges": [_plain(row) for row in connection.execute(merges).mappings()],
        "refused": [_plain(row) for row in connection.execute(refused).mappings()],
    }


def _plain(row: RowMapping) -> Mapping[str, object]:
    return {str(name): value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}


def _erase(connection: Connection, user: str) -> None:
    """A person's own merges are gone; what holds for everybody stays, by nobody."""
    own = and_(applicant_merges.c.user_id == user, applicant_merges.c.shared.is_(False))
    connection.execute(delete(applicant_merges).where(own))
    for column in (applicant_merges.c.user_id, applicant_merges.c.undone_by):
        connection.execute(update(applicant_merges).where(column == user).values({column.name: None}))
    decided = applicant_proposals.c.refused_by == user
    connection.execute(update(applicant_proposals).where(decided).values(refused_by=None))


PEOPLE = Room("applicants", frozenset({"applicant_merges", "applicant_proposals"}), export=_export, erase=_erase)
