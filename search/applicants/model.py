"""What says that two names are one applicant's, and what was decided of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["two_languages", "spelling", "address", "application", "note"]
"""What a piece of evidence is: one party printed under both names; one name and legal form in two spellings; one address; one
application published under both; what somebody wrote."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """`detail` is the address, the application or the note; `documents` some of those that show it."""

    kind: Kind
    detail: str = ""
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names, the lesser first, what says that they are one applicant's, and how surely, from 0 to 1."""

    one: str
    other: str
    evidence: tuple[Evidence, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pair that the documents held propose; `id` follows from its names."""

    id: str
    pair: Pair


@dataclass(frozen=True, slots=True)
class Merge:
    """Two names taken for one applicant's by `by`, an account, for everybody where it is `shared`. An undone merge stays as a
    row; ``None`` for whoever was erased."""

    id: str
    pair: Pair
    shared: bool
    by: str | None
    at: datetime
    undone_at: datetime | None = None
    undone_by: str | None = None


MOST = 50
"""Names of an applicant; a query that asks for all of them stays within its limits."""


@dataclass(frozen=True, slots=True)
class Entity:
    """An applicant under all `names`, each with the documents it has alone; `total` counts the documents that have any of
    them, by one query. `names` begins with the one it was asked by."""

    id: str
    names: tuple[tuple[str, int], ...]
    total: int
    merges: tuple[Merge, ...] = ()
    proposals: tuple[Proposal, ...] = ()
