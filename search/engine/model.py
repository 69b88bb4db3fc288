"""What goes through the engine port, in and out: frozen values, the same for every engine."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from search.patent.model import Patent
from search.query.tree import Query

NumberKind = Literal["publication", "application", "priority"]
Unit = Literal["publication", "application", "family"]
Order = Literal["relevance", "publication_date", "application_date", "priority_date", "number"]


@dataclass(frozen=True, slots=True)
class Sort:
    """One key; every order ends in `number` ascending, so pages never overlap. Documents without the date come last, either
    way. `relevance` is always descending."""

    by: Order = "relevance"
    descending: bool = True


@dataclass(frozen=True, slots=True)
class Request:
    """A question to an engine. `filters` narrow without scoring, keyed by the facet or field they belong to, so that a facet
    can leave out its own. `offset` + `size` <= 10,000. `after` is an engine's own cursor: ``""`` opens a stable view, else
    what `Results.after` gave; with it `offset` is ignored. Not `whole` asks for no more of a hit than `Shown` has. `collapse`
    answers the best hit of each unit alone, by page, and counts them; `units` are counted besides."""

    query: Query
    filters: Mapping[str, Query] = field(default_factory=dict)
    sort: Sort = Sort()
    size: int = 10
    offset: int = 0
    after: str | None = None
    facets: tuple[str, ...] = ()
    facet_size: int = 50
    whole: bool = True
    collapse: Unit = "publication"
    units: tuple[Unit, ...] = ()

    @property
    def counted(self) -> tuple[Unit, ...]:
        """What is counted besides documents."""
        return tuple(unit for unit in dict.fromkeys((self.collapse, *self.units)) if unit != "publication")


@dataclass(frozen=True, slots=True)
class Hit:
    """`document` is the stored JSON of the record, or of its `search.patent.model.Shown` where no more was asked for; ``None``
    where it was deleted after the cursor's view was made."""

    number: str
    score: float
    document: bytes | None


@dataclass(frozen=True, slots=True)
class Facet:
    """Values with their exact counts, by count descending then value ascending; `exact` is False above 65,000 values."""

    values: tuple[tuple[str, int], ...]
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Results:
    """`total` is exact, and so are `units`: how many applications or families the hits are of, where that was asked for. `after`
    continues the stable view, ``None`` at its end or where no view was asked for. `checked` says where a distance had too many
    candidates to look at all of them: at how many, and of how many; then `total` is of those."""

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Facet] = field(default_factory=dict)
    after: str | None = None
    checked: tuple[int, int] | None = None
    units: Mapping[Unit, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """A table to count: `by` none to three names of `search.engine.layout.DIMENSIONS`, each a dimension of its cells.

    `unit` is what is counted: documents, or the different applications or families that they are of; a document without one is
    one by itself. A unit is in a cell if one of its documents has all keys of it; with several keys in a dimension a document is
    in as many cells. `only` takes of a dimension these keys alone, `size` the first so many of them, by their count in the
    population descending, then by key (``None`` or nothing: all). `within` narrows this question's population. With `of`, the name
    of a dimension, its different keys are counted and not units: how many applicants a year."""

    by: tuple[str, ...] = ()
    unit: Unit = "publication"
    size: tuple[int | None, ...] = ()
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    within: Query | None = None
    of: str | None = None


class Count(int):
    """A count of which `waiting` are records that are not held, and nothing else (`search.engine.joined`). It is taken along
    wherever counts go; what is reckoned from it is a plain number."""

    waiting: int

    def __new__(cls, count: int, waiting: int) -> "Count":
        made = super().__new__(cls, count)
        made.waiting = waiting
        return made


def waiting(count: int) -> int:
    """How many of a count are records that are not held."""
    return count.waiting if isinstance(count, Count) else 0


@dataclass(frozen=True, slots=True)
class Cell:
    """How many units have these keys, one a dimension."""

    keys: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Table:
    """`cells` have a count above 0: of one dimension by count descending, then key; of several by keys. `total` is the units of
    the population, `known` for each dimension those that have a value in it, whichever. Every number is exact; a table that is
    `refused` has none: different keys (`Question.of`) of publications that are too many."""

    cells: tuple[Cell, ...]
    total: int
    known: tuple[int, ...]
    refused: bool = False


@dataclass(frozen=True, slots=True)
class WriteReport:
    """What became of a batch: written + merged + unchanged + len(refused) == documents given. `written` were not held before,
    `merged` changed a held record. `refused` are (number, reason)."""

    written: int = 0
    merged: int = 0
    unchanged: int = 0
    refused: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Scanned:
    """A stored document with its ordinal."""

    ordinal: int
    patent: Patent


@dataclass(frozen=True, slots=True)
class Health:
    """`ready` says whether searches are answered; `detail` is for the operator, never for a caller."""

    ready: bool
    documents: int
    detail: str = ""
