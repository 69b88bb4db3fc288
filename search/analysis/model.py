"""What goes into the room and what comes out: a question over a population, and its table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from search.analysis import labels
from search.engine.model import Count, Unit
from search.query.tree import Query

Name = Literal[
    "trend",
    "parties",
    "classes",
    "regions",
    "legal",
    "matrix",
    "competitors",
    "network",
    "citations",
    "lifecycle",
    "hot",
    "custom",
    "grants",
    "density",
    "branches",
]
Number = float | int | str | None


@dataclass(frozen=True, slots=True)
class Caveat:
    """What a reader of the table must know; `code` is stable, the sentences are for people."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Row:
    """A cell: `keys` as the index has them, one a dimension of the table; `query` is native text that opens exactly its `count`
    units, where classes reach as far as they did for the population, but for `waiting` of them: those are records that are not
    held. `values` are the table's further columns; `incomplete`: some of it is not published yet."""

    keys: tuple[str, ...]
    count: int
    query: str
    values: Mapping[str, Number] = field(default_factory=dict)
    incomplete: bool = False
    waiting: int = 0

    @property
    def held(self) -> int:
        """How many of it `query` opens."""
        return self.count - self.waiting


def plain(values: Mapping[str, Number]) -> dict[str, Number]:
    """Values without what they know of records that wait."""
    return {name: int(value) if isinstance(value, Count) else value for name, value in values.items()}


@dataclass(frozen=True, slots=True)
class Analysis:
    """A table with how it was counted.

    `by` names the dimension of each key and `columns` the further values of the rows; `population` is native text of what was
    counted, `total` its units, `waiting` of them records that are not held, of `collections` by their ids, `left_out` how many
    publications are further ones of a unit counted already. `date` is the day by which years are told; `coverage` tells of each
    dimension which share of the units has a value in it, from 0 to 1. `figures` are numbers of the whole table. A table in several
    (by year of filing, by year of publication) holds them as `parts`. `titles` are those of its classes by language, where a
    scheme is loaded; `branches` the names of the branches of a collection by their codes, Chinese and English.
    """

    name: str
    by: tuple[str, ...]
    rows: tuple[Row, ...]
    columns: tuple[str, ...]
    population: str
    total: int
    unit: Unit
    date: str | None = None
    coverage: Mapping[str, float] = field(default_factory=dict)
    caveats: tuple[Caveat, ...] = ()
    left_out: int = 0
    waiting: int = 0
    collections: tuple[str, ...] = ()
    figures: Mapping[str, Number] = field(default_factory=dict)
    parts: tuple["Analysis", ...] = ()
    titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    branches: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def crossed(self) -> bool:
        """Whether its rows are the cells of two dimensions, where what has no row is nothing: not the first keys of each branch,
        which are each one's own."""
        if len(self.by) != 2 or self.by[0] == self.by[1]:
            return False
        return self.by[0] != "branch" or self.name == "branches" or self.by[1].endswith("_year")

    def label(self, dimension: str, key: str, lang: str) -> str:
        """A key of the table in the language `zh` or `en`."""
        return self.branches[key][lang != "zh"] if dimension == "branch" else labels.label(dimension, key, lang)

    def with_parts(self, parts: Iterable["Analysis"]) -> "Analysis":
        """The table with these in the place of its parts."""
        return replace(self, parts=tuple(parts))

    def with_figures(self, figures: Mapping[str, Number], notes: Iterable[Caveat] = ()) -> "Analysis":
        """The table with these figures, and these caveats before its own."""
        return replace(self, figures=plain(figures), caveats=(*notes, *self.caveats))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A question over the documents of `query` and `filters` (`search.find.service.Finder.read`).

    `said` is the query with the searches and collections that it names left as they are called, for text that people open; else it
    is `query`; `records` counts those too that wait in a collection that is named there. `by` names dimensions, `size` how many
    keys of each are shown. `merged` takes all names that belong to an applicant for one, as the account `user` sees them;
    `expand`: classes reached below themselves when the query was read. `each` is the question that is asked of each branch.
    `today` says what is incomplete yet. `applicants` are whole names: competitors, whose grants, an enterprise list. `first` and
    `last` are the days of a period, `at` is a day; `populations` are persons by region or city, or under the empty key of all
    together; `irregular` is what an applicant declares of 非正常申请, which no record tells. `listed` is the number of a list that
    the account keeps, of applicants beside `applicants`; `strategic` the text of a query that says what belongs to
    strategic emerging industries (战略性新兴产业).
    """

    query: Query
    said: Query | None = None
    filters: Mapping[str, Query] = field(default_factory=dict)
    unit: Unit = "application"
    by: tuple[str, ...] = ()
    size: int = 20
    merged: bool = False
    records: bool = True
    user: str = ""
    expand: bool = True
    each: Name | None = None
    today: date
    applicants: tuple[str, ...] = ()
    first: str | None = None
    last: str | None = None
    at: str | None = None
    populations: Mapping[str, float] = field(default_factory=dict)
    irregular: int | None = None
    listed: int | None = None
    strategic: str = ""
