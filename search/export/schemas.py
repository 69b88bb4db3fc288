"""What an export takes in over HTTP, and what it comes to."""

from typing import Annotated, Literal, Self, get_args

from pydantic import AfterValidator, Field, StringConstraints, field_validator, model_validator
from pydantic_core import PydanticCustomError

from auth.http.lang import Language
from search.export.columns import COLUMNS, DEFAULT
from search.export.model import Encoding, Format, Layout
from search.export.service import Wanted
from search.find.doctor.model import LINES
from search.find.question import Question
from search.find.schemas import Filters, Meant, Narrowing, narrowed, ordered
from search.find.schemas import Order as Ordered
from search.query.tree import Query

Order = Literal["loaded", Ordered]
ORDERS: tuple[Order, ...] = ("loaded", *get_args(Ordered))


def _is_column(name: str) -> str:
    if name not in COLUMNS:
        raise PydanticCustomError("column", "one of {names}", {"names": ", ".join(COLUMNS)})
    return name


Named = Annotated[str, AfterValidator(_is_column), Field(json_schema_extra={"enum": list(COLUMNS)})]
Number = Annotated[str, StringConstraints(max_length=1_000)]


class _Asked(Meant):
    """What both forms of an export share."""

    format: Format = Field("csv", description="docs/export.md says what is in each.")
    columns: list[Named] = Field(
        default_factory=lambda: list(DEFAULT), min_length=1, max_length=60, description="Columns of CSV and XLSX, in this order."
    )
    lang: Language = Field("zh", description="Of labels, of values in words, of titles and abstracts where there are both.")
    inid: bool = Field(False, description="Whether INID codes (WIPO ST.9) stand before the labels of columns.")
    encoding: Encoding = Field("utf-8", description="Of CSV; UTF-8 with the mark by which Excel knows it.")
    sort: Order = Field("loaded", description="`loaded`: as they were loaded, which suits any number of documents.")
    limit: int | None = Field(None, ge=1, description="Documents at most; what is cut is told in the file.")

    @field_validator("columns")
    @classmethod
    def _each_once(cls, names: list[str]) -> list[str]:
        return list(dict.fromkeys(names))

    @field_validator("limit", mode="before")
    @classmethod
    def _may_be_left_empty(cls, limit: object) -> object:
        """As a form sends it."""
        return None if limit == "" else limit

    def _wanted(self, question: Question | None, numbers: tuple[str, ...], address: str) -> Wanted:
        return Wanted(
            question=question,
            numbers=numbers,
            format=self.format,
            layout=Layout(
                columns=tuple(self.columns), lang=self.lang, inid=self.inid, encoding=self.encoding, address=f"{address}/patents/"
            ),
            sort=None if self.sort == "loaded" else ordered(self.sort),
            most=self.limit,
        )


class ExportBody(_Asked):
    """An export as a JSON body: of a query, or of a list of numbers."""

    query: str | None = Field(None, description="The query; `*` is every document.", examples=["title:电池 AND applicant:宁德时代"])
    numbers: list[Number] | None = Field(None, min_length=1, max_length=LINES, description="Numbers in any spelling, in its place.")
    filters: Filters = Field(default_factory=Filters)

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.query is None) == (self.numbers is None):
            raise PydanticCustomError("one_of_both", "either query or numbers")
        return self

    def wanted(self, address: str) -> Wanted:
        """`address` is where this service is found by people."""
        asked = None if self.query is None else self.meant(self.query, self.filters.trees())
        return self._wanted(asked, tuple(self.numbers or ()), address)


class ExportParams(_Asked):
    """An export as an address: `filter` as in a search, `columns` may be repeated."""

    q: str = Field(description="The query; `*` is every document.")
    filter: Narrowing = Field(default_factory=list)

    def filters(self) -> dict[str, Query]:
        """The filters as the engine takes them, by name."""
        return narrowed(self.filter).trees()

    def wanted(self, address: str) -> Wanted:
        return self._wanted(self.meant(self.q, self.filters()), (), address)
