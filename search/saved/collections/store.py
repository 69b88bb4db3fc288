"""The only SQL of collections. Whose a collection is is a condition of every statement that finds one."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    Integer,
    Row,
    RowMapping,
    ScalarSelect,
    Table,
    Text,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from auth.database import Connection, instant, metadata, person
from auth.database.people import Data, Room
from auth.users.store import users
from search.saved.collections.model import (
    DEEDS,
    Branch,
    Collection,
    Deed,
    Document,
    Key,
    Mark,
    Record,
    RowKind,
    Rows,
    Snapshot,
    Stands,
)

_CHUNK = 500

collections = Table(
    "collections",
    metadata,
    Column("id", Text, primary_key=True),
    person(nullable=True),
    Column("organisation", Text, ForeignKey("organisations.id"), index=True),
    Column("enterprise", Text, ForeignKey("organisations.id"), index=True),
    Column("name", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("canonical", Text),
    Column("columns", JSON, nullable=False),
    Column("project", JSON, nullable=False),
    instant("created_at"),
    instant("changed_at"),
    Column("version", Integer, nullable=False),
)


def _of() -> Column[str]:
    return Column("collection", Text, ForeignKey("collections.id"), primary_key=True)


documents = Table(
    "collection_documents",
    metadata,
    _of(),
    Column("number", Text, primary_key=True),
    Column("stands", Text),
    Column("key", Boolean, nullable=False),
    Column("note", Text, nullable=False),
    Column("tags", JSON, nullable=False),
    Column("cells", JSON, nullable=False),
)

branches = Table(
    "collection_branches",
    metadata,
    _of(),
    Column("code", Text, primary_key=True),
    Column("parent", Text),
    Column("place", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("chain", Text),
    Column("rule", Text, nullable=False),
    Column("canonical", Text),
)

marks = Table(
    "collection_marks",
    metadata,
    _of(),
    Column("branch", Text, primary_key=True),
    Column("number", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("value", Boolean),
)

records = Table(
    "collection_records",
    metadata,
    _of(),
    Column("number", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("record", JSON, nullable=False),
)

deeds = Table(
    "collection_deeds",
    metadata,
    _of(),
    Column("number", Integer, primary_key=True),
    person(nullable=True),
    instant("done_at"),
    Column("deed", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("before", JSON, nullable=False),
    Column("after", JSON, nullable=False),
    instant("undone_at", nullable=True),
)

snapshots = Table(
    "collection_snapshots",
    metadata,
    _of(),
    Column("number", Integer, primary_key=True),
    instant("taken_at"),
    Column("label", Text, nullable=False),
    Column("numbers", JSON, nullable=False),
    Column("branches", JSON, nullable=False),
)

_ROWS: Mapping[RowKind, tuple[Table, tuple[str, ...]]] = {
    "document": (documents, ("number",)),
    "branch": (branches, ("code",)),
    "mark": (marks, ("branch", "number", "kind")),
    "record": (records, ("number",)),
}
"""The table and key of each kind of row but the collection's own."""

_HEAD = ("name", "about", "canonical", "columns", "project")
"""What of a collection's own row a deed may change and a person step back."""


def _acting_for(user: str) -> ScalarSelect[str | None]:
    """The organisation of the account at this moment, not when it signed in."""
    return select(users.c.organisation).where(users.c.id == user).scalar_subquery()


def visible(user: str) -> ColumnElement[bool]:
    """The collections that exist for the account: its own, those shared in its organisation, and those shared with the enterprise
    that it acts for."""
    acting_for = _acting_for(user)
    return or_(collections.c.user_id == user, collections.c.organisation == acting_for, collections.c.enterprise == acting_for)


def editable(user: str) -> ColumnElement[bool]:
    """Those it may work on: its own, and those shared in its organisation."""
    acting_for = _acting_for(user)
    return or_(collections.c.user_id == user, collections.c.organisation == acting_for)


def owned(user: str) -> ColumnElement[bool]:
    """Those it may share and delete: its own, and those of its organisation whose owner has left."""
    acting_for = _acting_for(user)
    left = and_(collections.c.user_id.is_(None), collections.c.organisation == acting_for)
    return or_(collections.c.user_id == user, left)


def every(connection: Connection, within: ColumnElement[bool]) -> list[Collection]:
    """By name."""
    rows = connection.execute(select(collections).where(within).order_by(collections.c.name, collections.c.id))
    return [_collection(row) for row in rows]


def one(connection: Connection, id: str, within: ColumnElement[bool]) -> Collection | None:  # noqa: A002 - the column's own name
    row = connection.execute(select(collections).where(collections.c.id == id, within)).first()
    return _collection(row) if row else None


def count(connection: Connection, user: str) -> int:
    """How many the account owns."""
    return connection.scalar(select(func.count()).select_from(collections).where(collections.c.user_id == user)) or 0


def add(connection: Connection, made: Collection) -> None:
    values = {name: getattr(made, name) for name in Collection.__slots__ if name != "owner"}
    values |= {"user_id": made.owner, "columns": list(made.columns), "project": dict(made.project)}
    connection.execute(insert(collections).values(**values))


def touch(connection: Connection, id: str, within: ColumnElement[bool], *, at: datetime, **values: Any) -> bool:  # noqa: A002
    """Counts a change, sets the columns given, and holds the row until the transaction ends; whether there is such a collection."""
    same = (collections.c.id == id, within)
    changed = update(collections).where(*same).values(changed_at=at, version=collections.c.version + 1, **values)
    return connection.execute(changed).rowcount == 1


def hold(connection: Connection, id: str, within: ColumnElement[bool]) -> bool:  # noqa: A002
    """Holds the row until the transaction ends, before anything is known to change; whether there is such a collection."""
    return connection.execute(select(collections.c.id).where(collections.c.id == id, within).with_for_update()).first() is not None


def remove(connection: Connection, id: str) -> None:  # noqa: A002
    """The collection with everything in it."""
    for table in (documents, branches, marks, records, deeds, snapshots):
        connection.execute(delete(table).where(table.c.collection == id))
    connection.execute(delete(collections).where(collections.c.id == id))


def numbers(connection: Connection, id: str, stands: Stands) -> list[str]:  # noqa: A002
    """The documents put in, or put out, ascending; records that wait for theirs are put in."""
    found = set(connection.scalars(select(documents.c.number).where(documents.c.collection == id, documents.c.stands == stands)))
    if stands == "in":
        found.update(connection.scalars(select(records.c.number).where(records.c.collection == id)))
    return sorted(found)


def kept(connection: Connection, id: str, wanted: Sequence[str] | None = None, *, key: bool = False) -> dict[str, Document]:  # noqa: A002
    """What was said of documents, by number: of those wanted, or of all; with `key` of the key patents."""
    asked = select(documents).where(documents.c.collection == id).order_by(documents.c.number)
    asked = asked.where(documents.c.key) if key else asked
    rows = connection.execute(asked if wanted is None else asked.where(documents.c.number.in_(wanted)))
    return {row.number: Document(row.number, row.stands, row.key, row.note, tuple(row.tags), row.cells) for row in rows}


def tree(connection: Connection, id: str) -> list[Branch]:  # noqa: A002
    """The branches, by place."""
    rows = connection.execute(select(branches).where(branches.c.collection == id).order_by(branches.c.place, branches.c.code))
    return [Branch(row.code, row.parent, row.place, row.name, row.chain, row.rule, row.canonical) for row in rows]


def marked(connection: Connection, id: str, *, kind: str, branch: str | None = None) -> list[Mark]:  # noqa: A002
    """The marks of a kind, of a branch or of all, by branch and number."""
    asked = select(marks).where(marks.c.collection == id, marks.c.kind == kind).order_by(marks.c.branch, marks.c.number)
    rows = connection.execute(asked if branch is None else asked.where(marks.c.branch == branch))
    return [Mark(row.branch, row.number, row.kind, row.value) for row in rows]


def placed(connection: Connection, id: str) -> dict[str, tuple[list[str], list[str]]]:  # noqa: A002
    """By branch, the documents put in and put out of it by hand, and the records that an import put in."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    told = select(records.c.number, records.c.record["branches"]).where(records.c.collection == id).order_by(records.c.number)
    for number, codes in connection.execute(told):
        for code in codes or ():
            found.setdefault(code, ([], []))[0].append(number)
    for mark in marked(connection, id, kind="place"):
        found.setdefault(mark.branch, ([], []))[0 if mark.value else 1].append(mark.number)
    return found


def waiting(connection: Connection, id: str) -> list[Record]:  # noqa: A002
    """The records of documents that are not held, by number."""
    rows = connection.execute(select(records).where(records.c.collection == id).order_by(records.c.number))
    return [Record(row.number, row.kind, row.record) for row in rows]


def sizes(connection: Connection, id: str) -> dict[RowKind, int]:  # noqa: A002
    """How many rows of each kind there are."""
    return {
        kind: connection.scalar(select(func.count()).select_from(table).where(table.c.collection == id)) or 0
        for kind, (table, _) in _ROWS.items()
    }


def images(connection: Connection, id: str, wanted: Sequence[tuple[RowKind, Key]]) -> Rows:  # noqa: A002
    """Each of the rows wanted as it stands; where a branch is wanted, and be it none by its key, all of them."""
    found: Rows = dict.fromkeys(place for place in wanted if place != ("branch", ()))
    if any(kind == "branch" for kind, _ in wanted):
        rows = connection.execute(select(branches).where(branches.c.collection == id)).mappings()
        found |= {("branch", (row["code"],)): _values(row, "code") for row in rows}
    for kind in {kind for kind, _ in found} - {"branch"}:
        if kind == "head":
            head = connection.execute(select(*(collections.c[name] for name in _HEAD)).where(collections.c.id == id)).mappings()
            found["head", ()] = {str(name): value for name, value in head.one().items()}
            continue
        table, key = _ROWS[kind]
        first = sorted({each[0] for name, each in found if name == kind})
        for start in range(0, len(first), _CHUNK):
            asked = select(table).where(table.c.collection == id, table.c[key[0]].in_(first[start : start + _CHUNK]))
            for row in connection.execute(asked).mappings():
                place = (kind, tuple(str(row[name]) for name in key))
                if place in found:
                    found[place] = _values(row, *key)
    return found


def put(connection: Connection, id: str, rows: Rows) -> None:  # noqa: A002
    """Makes the rows these."""
    for kind, (table, key) in _ROWS.items():
        mine = {each: values for (name, each), values in rows.items() if name == kind}
        named = [{f"key_{name}": part for name, part in zip(key, each, strict=True)} for each in mine]
        if named:
            gone = delete(table).where(table.c.collection == id, *(table.c[name] == bindparam(f"key_{name}") for name in key))
            connection.execute(gone, named)
        made = [
            {"collection": id, **dict(zip(key, each, strict=True)), **values} for each, values in mine.items() if values is not None
        ]
        if made:
            connection.execute(insert(table), made)
    head = rows.get(("head", ()))
    if head is not None:
        connection.execute(update(collections).where(collections.c.id == id).values(**head))


def write_down(
    connection: Connection,
    id: str,  # noqa: A002
    *,
    user: str,
    at: datetime,
    deed: str,
    what: str,
    before: Rows,
    after: Rows,
) -> int:
    """Logs a deed and gives its number; the caller holds the collection's row."""
    newest = connection.scalar(select(func.max(deeds.c.number)).where(deeds.c.collection == id)) or 0
    values = {"user_id": user, "done_at": at, "deed": deed, "what": what, "before": _plain(before), "after": _plain(after)}
    connection.execute(insert(deeds).values(collection=id, number=newest + 1, **values))
    connection.execute(delete(deeds).where(deeds.c.collection == id, deeds.c.number <= newest + 1 - DEEDS))
    return newest + 1


def log(connection: Connection, id: str, *, before: int | None = None, size: int = 50) -> list[Deed]:  # noqa: A002
    """The deeds below the number `before`, the newest first."""
    asked = select(deeds).where(deeds.c.collection == id).order_by(deeds.c.number.desc()).limit(size)
    rows = connection.execute(asked if before is None else asked.where(deeds.c.number < before))
    return [Deed(row.number, row.user_id, row.done_at, row.deed, row.what, len(row.after), row.undone_at) for row in rows]


def sides(connection: Connection, id: str, number: int) -> tuple[Rows, Rows, datetime | None] | None:  # noqa: A002
    """The rows of a deed as they were and as they became, and when it was undone."""
    row = connection.execute(select(deeds).where(deeds.c.collection == id, deeds.c.number == number)).first()
    return (_rows(row.before), _rows(row.after), row.undone_at) if row else None


def undone(connection: Connection, id: str, number: int, *, at: datetime | None) -> None:  # noqa: A002
    """The deed was stepped back at that moment, or forward again."""
    connection.execute(update(deeds).where(deeds.c.collection == id, deeds.c.number == number).values(undone_at=at))


def of_records(connection: Connection, id: str) -> Iterator[tuple[int, Rows, Rows]]:  # noqa: A002
    """The deeds that may have made rows of records and are not undone, the newest first, each with its sides."""
    kinds = (deeds.c.deed.in_(("import", "branch_gone")), deeds.c.undone_at.is_(None))
    numbers = connection.scalars(select(deeds.c.number).where(deeds.c.collection == id, *kinds).order_by(deeds.c.number.desc()))
    for number in numbers.all():
        before, after, _ = sides(connection, id, number) or ({}, {}, None)
        yield number, before, after


def rewrite(connection: Connection, id: str, number: int, *, before: Rows, after: Rows) -> None:  # noqa: A002
    """Makes these the sides of a deed; the caller holds the collection's row."""
    same = (deeds.c.collection == id, deeds.c.number == number)
    connection.execute(update(deeds).where(*same).values(before=_plain(before), after=_plain(after)))


def keep_snapshot(
    connection: Connection,
    id: str,  # noqa: A002
    *,
    at: datetime,
    label: str,
    numbers: Sequence[str],
    branches: Mapping[str, int],
) -> int:
    """Keeps it and gives its number; the caller holds the collection's row."""
    newest = connection.scalar(select(func.max(snapshots.c.number)).where(snapshots.c.collection == id)) or 0
    values = {"taken_at": at, "label": label, "numbers": list(numbers), "branches": dict(branches)}
    connection.execute(insert(snapshots).values(collection=id, number=newest + 1, **values))
    return newest + 1


def taken(connection: Connection, id: str) -> list[Snapshot]:  # noqa: A002
    """The snapshots, the newest first."""
    length = func.json_array_length(snapshots.c.numbers)
    asked = select(snapshots.c.number, snapshots.c.taken_at, snapshots.c.label, length.label("total"), snapshots.c.branches)
    rows = connection.execute(asked.where(snapshots.c.collection == id).order_by(snapshots.c.number.desc()))
    return [Snapshot(row.number, row.taken_at, row.label, row.total, row.branches) for row in rows]


def frozen(connection: Connection, id: str, number: int) -> list[str] | None:  # noqa: A002
    """The numbers of a snapshot, ascending."""
    return connection.scalar(select(snapshots.c.numbers).where(snapshots.c.collection == id, snapshots.c.number == number))


def forget_snapshot(connection: Connection, id: str, number: int) -> bool:  # noqa: A002
    """Whether it was there."""
    same = (snapshots.c.collection == id, snapshots.c.number == number)
    return connection.execute(delete(snapshots).where(*same)).rowcount == 1


def _values(row: RowMapping, *key: str) -> dict[str, Any]:
    return {str(name): value for name, value in row.items() if name not in ("collection", *key)}


def _plain(rows: Rows) -> list[list[Any]]:
    return [[kind, list(key), values] for (kind, key), values in rows.items()]


def _rows(plain: Sequence[Sequence[Any]]) -> Rows:
    return {(kind, tuple(key)): values for kind, key, values in plain}


def _collection(row: Row[Any]) -> Collection:
    values = {name: getattr(row, name) for name in Collection.__slots__ if name != "owner"}
    return Collection(owner=row.user_id, **values | {"columns": tuple(row.columns)})


def _export(connection: Connection, user: str) -> Data:
    """One's own collections, with all in them but what imports brought; and what one did to any."""
    mine = every(connection, collections.c.user_id == user)
    done = select(deeds.c.collection, deeds.c.done_at, deeds.c.deed, deeds.c.what).where(deeds.c.user_id == user)
    return {
        "collections": [_whole(connection, each) for each in mine],
        "deeds": [
            {"collection": row.collection, "done_at": row.done_at.isoformat(), "deed": row.deed, "what": row.what}
            for row in connection.execute(done.order_by(deeds.c.done_at, deeds.c.collection, deeds.c.number))
        ],
    }


def _whole(connection: Connection, held: Collection) -> dict[str, object]:
    said = {name: getattr(held, name) for name in ("id", "name", "about", "canonical", "project", "organisation", "enterprise")}
    return said | {
        "columns": list(held.columns),
        "created_at": held.created_at.isoformat(),
        "branches": [{"code": each.code, "name": each.name, "query": each.canonical} for each in tree(connection, held.id)],
        "documents": [
            {"number": each.number, "stands": each.stands, "key": each.key, "note": each.note, "tags": list(each.tags)}
            | {"cells": dict(each.cells)}
            for each in kept(connection, held.id).values()
        ],
        "waiting": [each.number for each in waiting(connection, held.id)],
        "snapshots": [{"taken_at": each.taken_at.isoformat(), "label": each.label} for each in taken(connection, held.id)],
    }


def _erase(connection: Connection, user: str) -> None:
    """What was shared in an organisation stays its, without the person's name; the rest goes."""
    connection.execute(update(deeds).where(deeds.c.user_id == user).values(user_id=None))
    mine = collections.c.user_id == user
    for id in connection.scalars(select(collections.c.id).where(mine, collections.c.organisation.is_(None))).all():  # noqa: A001
        remove(connection, id)
    connection.execute(update(collections).where(mine).values(user_id=None))


PEOPLE = Room("collections", frozenset({"collections", "collection_deeds"}), export=_export, erase=_erase)
