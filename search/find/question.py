"""`Question`: what a caller asks, read from whatever form it came in."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from search.engine.model import Sort, Unit
from search.patent import dates
from search.query.tree import Query, Range, Value, either

FacetName = Literal[
    "country",
    "kind",
    "type",
    "stage",
    "legal",
    "applicant",
    "inventor",
    "agent",
    "region",
    "ipc",
    "cpc",
    "locarno",
    "family",
    "year",
]
Mode = Literal["query", "text", "similar"]
DayName = Literal["publication_date", "application_date", "priority_date"]

FACETS: tuple[FacetName, ...] = get_args(FacetName)
DAYS: tuple[DayName, ...] = get_args(DayName)

DEEPEST = 10_000
"""`page` times `size` goes no further; a cursor does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A search: with `mode` text any of its words, with similar what is like it (`search.find.ranked`);
    `filters` narrow without scoring, each keyed by its facet or field; `page` counts from 1 and is not used with
    a `cursor`, of which the empty one opens a stable view;
    `collapse` answers one hit a unit, `units` counts them; `record` writes it down in the asker's history;
    `translations` gives it in every language; `expand` lets classes reach as far as a loaded scheme says.
    `synonyms` takes words that mean the same for each other, `other_names` all names of an applicant; `without` are words and
    names that are not added then."""

    text: str
    mode: Mode = "query"
    dialect: str = "auto"
    filters: Mapping[str, Query] = field(default_factory=dict)
    sort: Sort = field(default_factory=Sort)
    size: int = 10
    page: int = 1
    cursor: str | None = None
    facets: tuple[FacetName, ...] = ()
    facet_size: int = 20
    highlight: bool = True
    record: bool = False
    translations: bool = False
    collapse: Unit = "publication"
    units: tuple[Unit, ...] = ()
    expand: bool = True
    synonyms: bool = False
    other_names: bool = False
    without: tuple[str, ...] = ()

    def digest(self, tree: Query) -> bytes:
        """What a cursor belongs to: the question as it was understood, its filters, its order and what it is
        collapsed by."""
        asked = (tree, sorted(self.filters.items()), self.sort, self.collapse)
        return hashlib.sha256(repr(asked).encode()).digest()


def values(name: str, wanted: list[str]) -> Query:
    """A filter that holds at least one of the values of a facet."""
    return either(*(Value(name, value) for value in wanted))


def days(name: str, first: str | None, last: str | None) -> Query:
    """A filter on a date; each end a year, a month or a day. Raises `ValueError` for what is none."""
    low = dates.days(first)[0] if first else None
    high = dates.days(last)[1] if last else None
    return Range(name, low, high)
