"""What a search takes in over HTTP, and how it becomes a `Question`."""

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from auth.http.body import StrictModel
from search.engine.model import Sort, Unit
from search.find.question import DAYS, DEEPEST, FacetName, Mode, Question, days, values
from search.patent import dates
from search.query.tree import Query

Dialect = Literal["auto", "native", "cql", "ppubs", "cprs", "pss", "google"]
Order = Literal[
    "relevance",
    "publication_date:desc",
    "publication_date:asc",
    "application_date:desc",
    "application_date:asc",
    "priority_date:desc",
    "priority_date:asc",
    "number:asc",
    "number:desc",
]
Part = Literal[
    "stage",
    "type",
    "publication_date",
    "application",
    "priorities",
    "pct",
    "titles",
    "abstracts",
    "claims",
    "description",
    "applicants",
    "inventors",
    "agents",
    "agent_firms",
    "examiners",
    "ipc",
    "cpc",
    "locarno",
    "national",
    "drawings",
    "documents",
    "citations",
    "npl",
    "family",
    "legal",
    "version",
    "sources",
]
Said = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Values = Annotated[list[Said], Field(min_length=1, max_length=100)]


def _is_day(text: str) -> str:
    try:
        dates.days(text)
    except ValueError:
        raise PydanticCustomError("day", "a year, a month or a day, like 2020, 2020-03 or 2020-03-01") from None
    return text


Day = Annotated[str, StringConstraints(max_length=10), AfterValidator(_is_day), Field(examples=["2020", "2020-03", "2020-03-01"])]


class DayRange(StrictModel):
    """Days from the first to the last, both included; a year or a month stands for its first or last day."""

    first: Day | None = Field(default=None, alias="from")
    last: Day | None = Field(default=None, alias="to")

    @model_validator(mode="after")
    def _has_an_end(self) -> Self:
        if self.first is None and self.last is None:
            raise PydanticCustomError("no_end", "from, to or both")
        return self


class Filters(StrictModel):
    """Documents that hold one of the values of each filter given; a filter doesn't change the score."""

    country: Values | None = Field(default=None, description="Offices, WIPO ST.3.", examples=[["CN", "US"]])
    kind: Values | None = Field(default=None, description="Kinds of document, WIPO ST.16.")
    type: Values | None = None
    stage: Values | None = None
    legal: Values | None = Field(default=None, description="Legal status, as far as it was reckoned.", examples=[["in_force"]])
    applicant: Values | None = Field(default=None, description="Whole names, as the facet shows them.")
    inventor: Values | None = None
    agent: Values | None = None
    region: Values | None = Field(default=None, description="Provinces of Chinese applicants.", examples=[["广东省"]])
    ipc: Values | None = Field(default=None, description="Symbols at any level.", examples=[["H01M", "H01M10/0525"]])
    cpc: Values | None = None
    locarno: Values | None = None
    family: Values | None = None
    year: Values | None = Field(default=None, description="Years of publication.", examples=[["2020"]])
    publication_date: DayRange | None = None
    application_date: DayRange | None = None
    priority_date: DayRange | None = None

    def trees(self) -> dict[str, Query]:
        """The filters as the engine takes them, by name."""
        found: dict[str, Query] = {}
        for name in type(self).model_fields if self.model_fields_set else ():
            match getattr(self, name):
                case DayRange(first=first, last=last):
                    found[name] = days(name, first, last)
                case [*wanted]:
                    found[name] = values(name, wanted)
        return found


class Meant(StrictModel):
    """How the text of a question is to be understood, for whatever is asked of its documents."""

    mode: Mode = Field("query", description="`text`: free words, any may be missing; `similar`: like a paragraph or a number.")
    dialect: Dialect = Field("auto", description="The language of the query; `auto` finds it out (docs/dialects.md).")
    synonyms: bool = Field(False, description="Whether words that mean the same are sought too (`GET /synonyms`).")
    other_names: bool = Field(False, description="Whether an applicant is sought under his other names too (`GET /applicants`).")
    without: list[Said] = Field(default_factory=list, max_length=200, description="Words and names not to add.")
    expand: bool = Field(
        True, description="Whether a class has with it what a loaded scheme has below it and what was reclassified (docs/query.md)."
    )

    def meant(self, text: str, filters: dict[str, Query], **more: Any) -> Question:
        """The question of the text, narrowed; `more` are its other fields."""
        return Question(
            text=text,
            mode=self.mode,
            dialect=self.dialect,
            filters=filters,
            synonyms=self.synonyms,
            other_names=self.other_names,
            without=tuple(self.without),
            expand=self.expand,
            **more,
        )


class _Asked(Meant):
    """What both forms of a search share."""

    sort: Order = "relevance"
    size: int = Field(10, ge=1, le=100, description="Hits a page.")
    page: int = Field(1, ge=1, le=DEEPEST, description=f"Counts from 1; page times size goes to {DEEPEST:,}, a cursor further.")
    cursor: str | None = Field(
        None,
        max_length=4000,
        description="Empty: opens a stable view; else the `cursor` of the last answer, for the same question.",
    )
    facet_size: int = Field(20, ge=1, le=200, description="Values of each facet.")
    highlight: bool = Field(True, description="Whether to show where the query was found.")
    record: bool = Field(False, description="Whether to write the search down in the caller's history (docs/query.md).")
    translations: bool = Field(False, description="Whether to give the query in every language too.")
    collapse: Literal["none", "application", "family"] = Field(
        "none", description="`family`: the best hit of each family alone; `application`: of each application; by page."
    )
    families: bool = Field(False, description="Whether to count the families too.")
    applications: bool = Field(False, description="Whether to count the applications too.")

    @model_validator(mode="after")
    def _page_or_cursor(self) -> Self:
        if self.cursor is not None and self.page != 1:
            raise PydanticCustomError("page_and_cursor", "either page or cursor")
        return self

    def _units(self) -> tuple[Unit, ...]:
        asked: dict[Unit, bool] = {"family": self.families, "application": self.applications}
        return tuple(unit for unit, wanted in asked.items() if wanted or self.collapse == unit)

    def _question(self, text: str, filters: dict[str, Query], facets: list[FacetName]) -> Question:
        return self.meant(
            text,
            filters,
            sort=ordered(self.sort),
            size=self.size,
            page=self.page,
            cursor=self.cursor,
            facets=tuple(dict.fromkeys(facets)),
            facet_size=self.facet_size,
            highlight=self.highlight,
            record=self.record,
            translations=self.translations,
            collapse="publication" if self.collapse == "none" else self.collapse,
            units=self._units(),
        )


class SearchBody(_Asked):
    """A search as a JSON body."""

    query: str = Field(description="The query; `*` is every document.", examples=["title:电池 AND applicant:宁德时代"])
    filters: Filters = Field(default_factory=Filters)
    facets: list[FacetName] = Field(default_factory=list, max_length=20, description="Facets to count.")

    def question(self) -> Question:
        return self._question(self.query, self.filters.trees(), self.facets)


_NAMES = ", ".join(Filters.model_fields)


def _are_filters(pairs: list[str]) -> list[str]:
    try:
        narrowed(pairs)
    except ValidationError:
        raise PydanticCustomError(
            "filter", "name:value, of dates name:from..to; name is one of {names}", {"names": _NAMES}
        ) from None
    return pairs


Narrowing = Annotated[
    list[str], AfterValidator(_are_filters), Field(max_length=100, examples=[["country:CN", "publication_date:2019..2020"]])
]
"""Filters as an address has them."""


class SearchParams(_Asked):
    """A search as an address: `filter` is `name:value`, for dates `name:day` or `name:from..to`, and may be repeated."""

    q: str = Field(description="The query; `*` is every document.")
    filter: Narrowing = Field(default_factory=list)
    facet: list[FacetName] = Field(default_factory=list, max_length=20, description="Facets to count; may be repeated.")

    def question(self) -> Question:
        return self._question(self.q, narrowed(self.filter).trees() if self.filter else {}, self.facet)


def ordered(order: Order) -> Sort:
    """The order as an engine takes it."""
    by, _, direction = order.partition(":")
    return Sort(by, descending=direction != "asc")  # type: ignore[arg-type]  # `Order` lists only these


def narrowed(pairs: list[str]) -> Filters:
    """The filters of an address; raises `ValueError` for one that is none."""
    found: dict[str, Any] = {}
    for pair in pairs:
        name, _, value = pair.partition(":")
        if name in DAYS:
            first, between, last = value.partition("..")
            found[name] = {"from": first or None, "to": (last if between else first) or None}
        else:
            found.setdefault(name, []).append(value)
    return Filters.model_validate(found)
