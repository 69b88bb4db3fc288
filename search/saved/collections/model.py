"""A collection, and what people put into it.

Its documents are those of its query and those put in, but none put out; a branch (技术分解表, three levels at the most) holds
some of them (`search.saved.collections.trees`). Everything that a person changes is rows of a few kinds, so that a deed is the
rows as they were and as they became, and can be stepped back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, TypeAlias, get_args

Stands = Literal["in", "out"]
Chain = Literal["up", "mid", "down"]
"""Where a branch stands in its industry's chain: 上游, 中游, 下游."""

MarkKind = Literal["place", "sample", "known"]
"""A document put in or out of a branch by hand (`value`); drawn to be judged (`value`: belongs there, ``None`` not judged yet);
known to belong there, to estimate the recall by."""

CHAINS: tuple[Chain, ...] = get_args(Chain)

COLLECTIONS = 500
"""Collections of an account."""

MEMBERS = 50_000
"""Documents of a collection that people put in or out, noted or tagged; Elasticsearch takes 65,536 of them in a query."""

BRANCHES = 100
LEVELS = 3

OUTSIDE = "_"
"""What stands in the place of a code for the documents of a collection that no branch holds; no branch can have it."""

RECORDS = 10_000
"""Rows of a collection that stand for documents that are not held."""

DEEDS = 1_000
"""Deeds that can be stepped back; the oldest is forgotten for the next."""

SNAPSHOTS = 100

PROJECT = ("need", "scene", "plan", "result", "use", "filing")
"""What a navigation project records (国知办发运字〔2022〕58号, 三(一) to (三)): need, scene and plan; form of the result; its use
afterwards; the number of its filing with the national platform."""


@dataclass(frozen=True, slots=True)
class Collection:
    """`organisation`: its people see it and work on it; `enterprise`: that enterprise's people see it. `canonical` is its query in
    the native language, `columns` the fields of its own, `project` the parts of `PROJECT` that were written; `version` counts the
    changes. Without an owner, who has left, it belongs to its organisation."""

    id: str
    owner: str | None
    organisation: str | None
    enterprise: str | None
    name: str
    about: str
    canonical: str | None
    columns: tuple[str, ...]
    project: Mapping[str, str]
    created_at: datetime
    changed_at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class Branch:
    """`code` is unique in its collection and never changes; `rule` says in words what belongs there (纳入规则)."""

    code: str
    parent: str | None
    place: int
    name: str
    chain: Chain | None = None
    rule: str = ""
    canonical: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What people said of a document: put in, put out or neither; a key patent; a note, tags, cells of the collection's columns."""

    number: str
    stands: Stands | None = None
    key: bool = False
    note: str = ""
    tags: tuple[str, ...] = ()
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mark:
    branch: str
    number: str
    kind: MarkKind
    value: bool | None


@dataclass(frozen=True, slots=True)
class Record:
    """A row of an import whose document is not held, by its canonical number; `record` is what the import said of it."""

    number: str
    kind: Literal["publication", "application"]
    record: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Deed:
    """`deed` is its kind, `what` what it was done to, `rows` how many rows it changed; `by` is nobody who has left."""

    number: int
    by: str | None
    done_at: datetime
    deed: str
    what: str
    rows: int
    undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """How many documents there were, and in each branch."""

    number: int
    taken_at: datetime
    label: str
    total: int
    branches: Mapping[str, int]


def named(id: str, snapshot: int | None = None) -> str:  # noqa: A002 - the path's own name
    """The query that a collection is, or a snapshot of it."""
    return f'collection:"{id}"' if snapshot is None else f'collection:"{id}@{snapshot}"'


def changes(id: str, since: int, until: int | None = None) -> tuple[str, str]:  # noqa: A002
    """The queries of what came after a snapshot, up to another or now, and of what went."""
    then, later = named(id, since), named(id, until)
    return f"{later} NOT {then}", f"{then} NOT {later}"


RowKind = Literal["head", "document", "branch", "mark", "record"]
Key: TypeAlias = tuple[str, ...]
Values: TypeAlias = Mapping[str, Any]
Rows: TypeAlias = dict[tuple[RowKind, Key], Values | None]
"""Rows by kind and key (a document's number; branch, number and kind of a mark; nothing for the collection's own); ``None`` where
there is none."""
