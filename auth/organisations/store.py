"""The only SQL of organisations. Who may see and who may change a row is a condition of the statement itself."""

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Date,
    ForeignKey,
    Integer,
    LargeBinary,
    Row,
    Select,
    Table,
    Text,
    and_,
    case,
    false,
    func,
    insert,
    or_,
    select,
    true,
    tuple_,
    update,
)

from auth.access.model import Identity
from auth.database import Connection, insert_new, instant, metadata
from auth.organisations.model import Kind, Mark, Marked, Organisation
from auth.roles import Role

organisations = Table(
    "organisations",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False, index=True),
    Column("parent", Text, ForeignKey("organisations.id"), index=True),
    Column("region", Text),
    Column("credit_code", Text, unique=True),
    Column("address", Text),
    Column("entered_by", Text, ForeignKey("organisations.id")),
    Column("version", Integer, nullable=False),
    instant("created_at"),
)

served = Table(
    "served",
    metadata,
    Column("agency", Text, ForeignKey("organisations.id"), primary_key=True),
    Column("enterprise", Text, ForeignKey("organisations.id"), primary_key=True, index=True),
    instant("since"),
)

marks = Table(
    "marks",
    metadata,
    Column("id", Text, primary_key=True),
    Column("enterprise", Text, ForeignKey("organisations.id"), nullable=False, index=True),
    Column("mark", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("document_sha256", Text, nullable=False),
    Column("first", Date, nullable=False),
    Column("last", Date),
    Column("entered_by", Text, ForeignKey("organisations.id")),
    instant("recorded_at"),
    Column("basis", Text),  # of a size class: the figures and the table it was computed from
)

size_tables = Table(
    "size_tables",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("first", Date, nullable=False),
    Column("data", LargeBinary, nullable=False),
    instant("loaded_at"),
)


def under(organisation: str) -> Select[tuple[str]]:
    """The ids of an organisation and of all that stand under it, at any depth."""
    tree = select(organisations.c.id).where(organisations.c.id == organisation).cte("tree", recursive=True)
    below = select(organisations.c.id).join(tree, organisations.c.parent == tree.c.id)
    return select(tree.union(below).c.id)


def visible(caller: Identity) -> ColumnElement[bool]:
    """The rows of `organisations` that exist for the caller: all for the administrator; its subtree, and the enterprises
    served there, for a bureau; itself and the enterprises it serves for an agency; its own for an enterprise's contact."""
    held = organisations.c
    if caller.role is Role.ADMINISTRATOR:
        return true()
    if caller.organisation is None:
        return false()
    if caller.role is Role.BUREAU:
        tree = under(caller.organisation)
        return or_(held.id.in_(tree), held.id.in_(select(served.c.enterprise).where(served.c.agency.in_(tree))))
    if caller.role is Role.AGENCY:
        of_mine = select(served.c.enterprise).where(served.c.agency == caller.organisation)
        return or_(held.id == caller.organisation, held.id.in_(of_mine))
    if caller.role is Role.ENTERPRISE:
        return held.id == caller.organisation
    return false()


def changeable(caller: Identity) -> ColumnElement[bool]:
    """Of the visible rows those the caller may change: an agency only itself and the enterprises it entered."""
    if caller.role is Role.AGENCY:
        mine = or_(organisations.c.id == caller.organisation, organisations.c.entered_by == caller.organisation)
        return and_(visible(caller), mine)
    return visible(caller)


def add(connection: Connection, organisation: Organisation) -> bool:
    """Adds the organisation; False when its credit code is held."""
    values = {name: getattr(organisation, name) for name in Organisation.__slots__}
    return insert_new(connection, organisations, {**values, "name_key": name_key(organisation.name)})


def get(connection: Connection, organisation: str, *, within: ColumnElement[bool] | None = None) -> Organisation | None:
    """The organisation, if it is `within` what the caller may see."""
    row = connection.execute(
        select(organisations).where(organisations.c.id == organisation, true() if within is None else within)
    ).first()
    return _organisation(row) if row else None


def by_credit_code(connection: Connection, code: str) -> Organisation | None:
    """The organisation of a canonical credit code."""
    row = connection.execute(select(organisations).where(organisations.c.credit_code == code)).first()
    return _organisation(row) if row else None


def page(
    connection: Connection,
    kinds: frozenset[Kind],
    *,
    within: ColumnElement[bool],
    name: str = "",
    region: str = "",
    after: Organisation | None = None,
    size: int,
) -> list[Organisation]:
    """Organisations by name from the one `after` on; `name` a part of theirs, `region` the beginning of their code."""
    held = organisations.c
    asked = select(organisations).where(held.kind.in_(kinds), within)
    if name:
        asked = asked.where(held.name_key.contains(name_key(name), autoescape=True))
    if region:
        asked = asked.where(held.region.startswith(region, autoescape=True))
    if after is not None:
        asked = asked.where(tuple_(held.name_key, held.id) > tuple_(name_key(after.name), after.id))
    return [_organisation(row) for row in connection.execute(asked.order_by(held.name_key, held.id).limit(size))]


def everything(connection: Connection) -> list[Organisation]:
    """All organisations, by name."""
    asked = select(organisations).order_by(organisations.c.name_key, organisations.c.id)
    return [_organisation(row) for row in connection.execute(asked)]


def change(connection: Connection, organisation: str, *, version: int, values: Mapping[str, str | None]) -> bool:
    """Sets the columns of `values` if the organisation still stands at `version`; says whether it did."""
    name = values.get("name")
    renamed = {"name_key": name_key(name)} if name else {}
    changed = connection.execute(
        update(organisations)
        .where(organisations.c.id == organisation, organisations.c.version == version)
        .values(version=version + 1, **values, **renamed)
    )
    return changed.rowcount == 1


def find(connection: Connection, part: str, *, limit: int) -> list[Organisation]:
    """Enterprises whose name holds the part: those that begin with it first, then the shorter names."""
    held, key = organisations.c, name_key(part)
    asked = select(organisations).where(held.kind == Kind.ENTERPRISE, held.name_key.contains(key, autoescape=True))
    begins = case((held.name_key.startswith(key, autoescape=True), 0), else_=1)
    ordered = asked.order_by(begins, func.length(held.name_key), held.name_key, held.id)
    return [_organisation(row) for row in connection.execute(ordered.limit(limit))]


def serve(connection: Connection, agency: str, enterprise: str, *, now: datetime) -> bool:
    """The agency serves the enterprise from now on; False when it does already."""
    return insert_new(connection, served, {"agency": agency, "enterprise": enterprise, "since": now})


def agencies_of(connection: Connection, enterprise: str) -> list[str]:
    """The ids of the agencies that serve the enterprise, in order."""
    asked = select(served.c.agency).where(served.c.enterprise == enterprise).order_by(served.c.agency)
    return list(connection.scalars(asked))


def add_mark(connection: Connection, marked: Marked) -> None:
    """Adds the mark."""
    connection.execute(insert(marks).values({name: getattr(marked, name) for name in Marked.__slots__}))


def marks_of(connection: Connection, enterprise: str, *, seen_by: str | None = None) -> list[Marked]:
    """The enterprise's marks as they were recorded; with `seen_by` those that count for this agency: its own, and those of
    bureaus."""
    asked = select(marks).where(marks.c.enterprise == enterprise)
    if seen_by is not None:
        asked = asked.where(or_(marks.c.entered_by.is_(None), marks.c.entered_by == seen_by))
    return [_marked(row) for row in connection.execute(asked.order_by(marks.c.recorded_at, marks.c.id))]


def by_ids(connection: Connection, wanted: Iterable[str]) -> dict[str, Organisation]:
    """Those of these that are held, by id."""
    found = connection.execute(select(organisations).where(organisations.c.id.in_(list(wanted))))
    return {row.id: _organisation(row) for row in found}


def marks_of_each(connection: Connection, enterprises: Iterable[str]) -> dict[str, list[Marked]]:
    """The marks of each, whoever entered them, as they were recorded."""
    asked = select(marks).where(marks.c.enterprise.in_(list(enterprises))).order_by(marks.c.recorded_at, marks.c.id)
    found: dict[str, list[Marked]] = {}
    for row in connection.execute(asked):
        found.setdefault(row.enterprise, []).append(_marked(row))
    return found


def add_size_table(connection: Connection, sha256: str, *, title: str, first: date, data: bytes, now: datetime) -> bool:
    """Keeps a table of size classes; False when it is held."""
    return insert_new(connection, size_tables, {"sha256": sha256, "title": title, "first": first, "data": data, "loaded_at": now})


def size_table(connection: Connection, day: date) -> tuple[str, bytes] | None:
    """SHA-256 and bytes of the table that holds on the day: of those that had begun, the one that began last, of two the one
    loaded later."""
    held = size_tables.c
    asked = select(held.sha256, held.data).where(held.first <= day)
    row = connection.execute(asked.order_by(held.first.desc(), held.loaded_at.desc(), held.sha256).limit(1)).first()
    return (row.sha256, row.data) if row else None


def all_size_tables(connection: Connection) -> list[tuple[str, str, date]]:
    """SHA-256, title and first day of each, as they follow each other."""
    held = size_tables.c
    rows = connection.execute(select(held.sha256, held.title, held.first).order_by(held.first, held.loaded_at, held.sha256))
    return [(row.sha256, row.title, row.first) for row in rows]


def name_key(name: str) -> str:
    """A name as it is searched and ordered: every width, case and spacing one (NFKC, case folded, no blanks)."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _organisation(row: Row[Any]) -> Organisation:
    fields = {name: getattr(row, name) for name in Organisation.__slots__}
    return Organisation(**(fields | {"kind": Kind(row.kind)}))


def _marked(row: Row[Any]) -> Marked:
    fields = {name: getattr(row, name) for name in Marked.__slots__}
    return Marked(**(fields | {"mark": Mark(row.mark)}))
