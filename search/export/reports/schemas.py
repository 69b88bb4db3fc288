"""What a report takes in over HTTP, and what it comes to."""

from typing import Annotated

from pydantic import Field, StringConstraints, ValidationError, field_validator
from pydantic_core import PydanticCustomError

from auth.http.body import StrictModel
from auth.http.lang import Language
from search.analysis.model import Name
from search.analysis.schemas import Dimension
from search.engine.model import Unit
from search.export.reports.order import (
    KEYS,
    MOST_KEYS,
    MOST_ROWS,
    MOST_SECTIONS,
    ROWS,
    Asked,
    Format,
    Kind,
    LayoutName,
    Order,
    Section,
)
from search.find.question import Question
from search.find.schemas import Filters, Meant, Narrowing, narrowed

Company = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Heading = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Text = Annotated[str, StringConstraints(max_length=200_000)]
Title = Annotated[str, StringConstraints(max_length=200)]


class TableBody(StrictModel):
    """A table of `POST /analysis/{name}`."""

    name: Name
    by: list[Dimension] = Field(default_factory=list, max_length=9, description="Dimensions; those of the question unless told.")

    def asked(self) -> Asked:
        return Asked(self.name, tuple(self.by))


class SectionBody(StrictModel):
    """A chapter of one's own: text, a paragraph a line, then tables."""

    heading: Heading
    text: Text = ""
    tables: list[TableBody] = Field(default_factory=list, max_length=20)

    def section(self) -> Section:
        return Section(self.heading, self.text, tuple(table.asked() for table in self.tables))


class ReportAsked(Meant):
    """What both forms of a report share."""

    format: Format = Field("docx", description="`html`: a part of a page.")
    kind: Kind = Field("layout", description="Which report (docs/reports.md).")
    lang: Language = Field("zh", description="Of the report.")
    layout: LayoutName = Field("plain", description="`gb9704`: as official papers are laid out (GB/T 9704-2012).")
    title: Title = Field("", description="Of the title page; that of its kind unless told.")
    unit: Unit = Field("application", description="What is counted.")
    merged: bool = Field(False, description="Whether all names of an applicant count as one (`GET /applicants`).")
    rows: int = Field(ROWS, ge=1, le=MOST_ROWS, description="Rows of a table at most.")
    keys: int = Field(KEYS, ge=0, le=MOST_KEYS, description="Key patents.")
    full_texts: bool = Field(True, description="Whether the key patents' full texts stand in an annex.")
    charts: bool = Field(True, description="Whether tables have a chart where one can be drawn.")
    floor: int | None = Field(None, ge=0, description="字数 that the report has to have; the answer says what is missing.")
    ceiling: int | None = Field(None, ge=1, description="字数 that it may have; the answer says by how much it is over.")

    @field_validator("floor", "ceiling", mode="before")
    @classmethod
    def _may_be_left_empty(cls, given: object) -> object:
        """As a form sends it."""
        return None if given == "" else given

    def _order(self, typed: str, applicants: list[str], sections: tuple[Section, ...]) -> Order:
        return Order(
            kind=self.kind,
            lang=self.lang,
            layout=self.layout,
            title=self.title.strip(),
            typed=typed,
            unit=self.unit,
            rows=self.rows,
            keys=self.keys,
            full_texts=self.full_texts,
            charts=self.charts,
            applicants=tuple(dict.fromkeys(applicants)),
            merged=self.merged,
            sections=sections,
            floor=self.floor,
            ceiling=self.ceiling,
        )


class ReportBody(ReportAsked):
    """A report as a JSON body."""

    query: str = Field(description="The query; `*` is every document.", examples=["title:电池 AND applicant:宁德时代"])
    filters: Filters = Field(default_factory=Filters)
    applicants: list[Company] = Field(
        default_factory=list, max_length=8, description="Whole names: the competitors; of `mining` first the enterprise itself."
    )
    sections: list[SectionBody] = Field(
        default_factory=list,
        max_length=MOST_SECTIONS,
        description="Chapters of one's own, before the others; `free` has these alone.",
    )

    def question(self) -> Question:
        return self.meant(self.query, self.filters.trees())

    def order(self) -> Order:
        return self._order(self.query, self.applicants, tuple(section.section() for section in self.sections))


class ReportParams(ReportAsked):
    """A report as an address: `filter` as in a search; `applicants` a name a line; `heading`, `text` and `table` (a question's
    name, or `name:dimension,dimension`) make one chapter of one's own."""

    q: str = Field(description="The query; `*` is every document.")
    filter: Narrowing = Field(default_factory=list)
    applicants: Annotated[str, StringConstraints(max_length=2_500)] = ""
    heading: Title = ""
    text: Annotated[str, StringConstraints(max_length=20_000)] = ""
    table: list[Title] = Field(default_factory=list, max_length=20)

    @field_validator("table")
    @classmethod
    def _are_tables(cls, asked: list[str]) -> list[str]:
        try:
            for each in asked:
                _table(each)
        except ValidationError:
            raise PydanticCustomError("table", "the name of a table, or name:dimension,dimension") from None
        return asked

    @field_validator("applicants")
    @classmethod
    def _are_few(cls, lines: str) -> str:
        if len(_lines(lines)) > 8:
            raise PydanticCustomError("applicants", "8 names at most, one a line")
        return lines

    def question(self) -> Question:
        return self.meant(self.q, narrowed(self.filter).trees() if self.filter else {})

    def order(self) -> Order:
        tables = tuple(_table(each).asked() for each in self.table)
        own = (Section(self.heading.strip() or self.title.strip() or "—", self.text, tables),)
        return self._order(self.q, _lines(self.applicants), own if tables or self.text.strip() else ())


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _table(asked: str) -> TableBody:
    name, _, by = asked.partition(":")
    return TableBody.model_validate({"name": name, "by": [each for each in by.split(",") if each]})
