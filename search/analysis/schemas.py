"""What a question of analysis takes in over HTTP, as a body or as an address, and how it becomes an `Ask`."""

from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from pydantic import AfterValidator, Field, field_validator
from pydantic_core import PydanticCustomError

from auth.http.body import Whole
from search.analysis.model import Ask, Name
from search.engine.layout import DIMENSIONS
from search.engine.model import Unit
from search.find.question import Question
from search.find.schemas import Day, DayRange, Filters, Meant, Narrowing, Said, narrowed
from search.find.service import Read
from search.patent import dates


def _known(name: str) -> str:
    if name not in DIMENSIONS:
        raise PydanticCustomError("dimension", "one of {names}", {"names": ", ".join(DIMENSIONS)})
    return name


Dimension = Annotated[str, AfterValidator(_known), Field(json_schema_extra={"enum": sorted(DIMENSIONS)})]
People = Annotated[float, Field(gt=0, le=1e11)]


class Counted(Meant):
    """How documents are counted: what both forms of the question share."""

    unit: Unit = Field("application", description="What is counted; several publications of one count once.")
    by: list[Dimension] = Field(default_factory=list, max_length=3, description="Dimensions, in the place of the table's own.")
    size: int = Field(20, ge=1, description="Keys of each dimension; 10,000 at most.")
    merged: bool = Field(False, description="Whether all names of an applicant count as one (`GET /applicants`).")
    records: bool = Field(
        True, description="Whether rows of imports whose documents are not held count too, in the collections that the query names."
    )
    each: Name | None = Field(None, description="For branches: the question asked of each.")
    first: Day | None = Field(None, description="First day of the period, for grants.")
    last: Day | None = Field(None, description="Last day of the period.")
    at: Day | None = Field(None, description="Day on which inventions are in force, for density; unless told the last one known.")
    irregular: int | None = Field(None, ge=0, le=1_000_000, description="非正常申请 as the applicant declares, for grants.")
    listed: Whole | None = Field(
        None, ge=1, description="A list of applicants in the caller's history, `7` for `#7`, for density; beside `applicants`."
    )
    strategic: str = Field(
        "", max_length=10_000, description="For density: a query that says what belongs to strategic emerging industries."
    )

    @field_validator("each")
    @classmethod
    def _is_another(cls, name: Name | None) -> Name | None:
        if name == "branches":
            raise PydanticCustomError("each", "another question than branches")
        return name

    def counted(self, read: Read, *, applicants: list[str], people: dict[str, float], user: str, today: date) -> Ask:
        """How the documents of a question that was read are counted."""
        return Ask(
            query=read.tree,
            said=read.said.tree,
            filters=read.question.filters,
            unit=self.unit,
            by=tuple(self.by),
            size=self.size,
            merged=self.merged,
            records=self.records,
            user=user,
            expand=read.question.expand,
            each=self.each,
            today=today,
            applicants=tuple(applicants),
            first=dates.days(self.first)[0] if self.first else None,
            last=dates.days(self.last)[1] if self.last else None,
            at=dates.days(self.at)[1] if self.at else None,
            populations=people,
            irregular=self.irregular,
            listed=self.listed,
            strategic=self.strategic,
        )


class AnalysisBody(Counted):
    """A question as a JSON body."""

    query: str = Field(description="The query; `*` is every document.", examples=["title:电池"])
    filters: Filters = Field(default_factory=Filters)
    applicants: list[Said] = Field(
        default_factory=list, max_length=5_000, description="Whole names: competitors; for density an enterprise list."
    )
    people: dict[Said, People] | People | None = Field(
        None, description="For density: people by province or city, or one number for all.", examples=[{"贵州省": 38_650_000}]
    )

    def question(self) -> Question:
        """Which documents."""
        return self.meant(self.query, self.filters.trees())

    def ask(self, read: Read, *, user: str, today: date) -> Ask:
        """How they are counted."""
        people = {"": self.people} if isinstance(self.people, float) else self.people or {}
        return self.counted(read, applicants=self.applicants, people=people, user=user, today=today)

    def address(self) -> str:
        """The parameters of `AnalysisParams` that ask the same."""
        given = self.model_dump(exclude={"query", "filters", "applicants", "people"}, exclude_defaults=True)
        people = {"": self.people} if isinstance(self.people, float) else self.people or {}
        told: list[tuple[str, Any]] = [("q", self.query), *(("filter", pair) for pair in _pairs(self.filters))]
        told += [(name, each) for name, value in given.items() for each in (value if isinstance(value, list) else (value,))]
        told += [("applicant", name) for name in self.applicants]
        told += [("people", f"{place}:{number}" if place else f"{number}") for place, number in people.items()]
        return urlencode([(name, str(value).lower() if isinstance(value, bool) else value) for name, value in told])


class AnalysisParams(Counted):
    """A question as an address: `filter` as a search's, `people` is ``place:number`` or a number; all three may be repeated."""

    q: str = Field(description="The query; `*` is every document.", max_length=100_000)
    filter: Narrowing = Field(default_factory=list)
    applicant: list[Said] = Field(default_factory=list, max_length=100, description="Whole names: competitors, enterprises.")
    people: list[str] = Field(default_factory=list, max_length=500, examples=[["贵州省:38650000"]])

    @field_validator("people")
    @classmethod
    def _are_people(cls, pairs: list[str]) -> list[str]:
        try:
            people = _people(pairs)
            sound = len(people) == len(pairs) and all(0 < number <= 1e11 for number in people.values())
        except ValueError:
            sound = False
        if not sound:
            raise PydanticCustomError("people", "a number above 0, or place:number with the name of a province or city, each once")
        return pairs

    def question(self) -> Question:
        """Which documents."""
        return self.meant(self.q, narrowed(self.filter).trees() if self.filter else {})

    def ask(self, read: Read, *, user: str, today: date) -> Ask:
        """How they are counted."""
        return self.counted(read, applicants=self.applicant, people=self.persons(), user=user, today=today)

    def persons(self) -> dict[str, float]:
        """People by place, of all together under the empty key."""
        return _people(self.people)


def _people(pairs: list[str]) -> dict[str, float]:
    """By place; raises `ValueError` for what is no number."""
    return {place: float(number) for place, _, number in (pair.rpartition(":") for pair in pairs)}


def _pairs(filters: Filters) -> list[str]:
    """The filters as an address writes them."""
    found = []
    for name in type(filters).model_fields:
        match getattr(filters, name):
            case DayRange(first=first, last=last):
                found.append(f"{name}:{first or ''}..{last or ''}")
            case [*wanted]:
                found += [f"{name}:{value}" for value in wanted]
    return found
