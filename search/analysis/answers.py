"""What a question of analysis answers, in the caller's language."""

from typing import Annotated

from msgspec import Meta, field

from search.analysis.labels import named
from search.analysis.model import Analysis, Row
from search.engine.model import Unit
from search.find.answers import Answered


class TableCell(Answered, frozen=True):
    """A row of a table."""

    keys: Annotated[list[str], Meta(description="One a dimension of `by`, as the index has them.", examples=[["H01M"]])]
    labels: Annotated[list[str], Meta(description="The keys in the caller's language.")]
    count: Annotated[int, Meta(description="Exact, in the table's unit.")]
    query: Annotated[str, Meta(description="Opens just these documents.", examples=["电池 AND ipc_is:H01M"])]
    values: Annotated[dict[str, float | int | str | None], Meta(description="By `columns`; shares from 0 to 1.")] = field(
        default_factory=dict
    )
    incomplete: Annotated[bool, Meta(description="Whether documents of it are still to be published.")] = False
    waiting: Annotated[
        int,
        Meta(
            description="Of `count`, records of a collection whose documents are not held; `query` opens the rest, and"
            " `GET /collections/{id}/waiting` lists these by the same `query` and `unit`."
        ),
    ] = 0


class TableCaveat(Answered, frozen=True):
    """What to know of the table; `code` is stable."""

    code: str
    message: Annotated[str, Meta(description="In the caller's language.")]


class Dimension(Answered, frozen=True):
    """A dimension of the table and which share of the units has a value in it."""

    name: str
    label: str
    coverage: Annotated[float | None, Meta(description="From 0 to 1.")] = None


class Chart(Answered, frozen=True):
    """Addresses of the table as a picture."""

    svg: str
    png: str


class AnalysisTable(Answered, frozen=True):
    """A table and how it was counted."""

    name: str
    by: list[Dimension]
    cells: list[TableCell]
    population: Annotated[str, Meta(description="Native text of what was counted.")]
    total: Annotated[int, Meta(description="Units of the population, exact.")]
    unit: Unit
    date: Annotated[str | None, Meta(description="By which day years are told.")] = None
    columns: list[str] = field(default_factory=list)
    figures: Annotated[dict[str, float | int | str | None], Meta(description="Numbers of the whole table.")] = field(
        default_factory=dict
    )
    left_out: Annotated[int, Meta(description="Publications of units that are counted already.")] = 0
    waiting: Annotated[int, Meta(description="Of `total`, records of a collection whose documents are not held.")] = 0
    caveats: list[TableCaveat] = field(default_factory=list)
    chart: Chart | None = None
    titles: Annotated[dict[str, str], Meta(description="Titles of its classes by key, where a scheme is loaded.")] = field(
        default_factory=dict
    )
    parts: Annotated[list["AnalysisTable"], Meta(description="Further tables of the same question.")] = field(default_factory=list)


def view(analysis: Analysis, lang: str, chart: Chart | None = None) -> AnalysisTable:
    """The table as it is answered, its words in `lang` (zh or en)."""
    return AnalysisTable(
        name=analysis.name,
        by=[Dimension(name=name, label=named(name, lang), coverage=analysis.coverage.get(name)) for name in analysis.by],
        cells=[_cell(analysis, row, lang) for row in analysis.rows],
        population=analysis.population,
        total=analysis.total,
        unit=analysis.unit,
        date=analysis.date,
        columns=list(analysis.columns),
        figures=dict(analysis.figures),
        left_out=analysis.left_out,
        waiting=analysis.waiting,
        caveats=[TableCaveat(code=each.code, message=getattr(each, lang)) for each in analysis.caveats],
        chart=chart,
        titles={key: told.get(lang) or next(iter(told.values())) for key, told in analysis.titles.items()},
        parts=[view(part, lang) for part in analysis.parts],
    )


def _cell(analysis: Analysis, row: Row, lang: str) -> TableCell:
    return TableCell(
        keys=list(row.keys),
        labels=[analysis.label(dimension, key, lang) for dimension, key in zip(analysis.by, row.keys, strict=True)],
        count=row.count,
        query=row.query,
        values=dict(row.values),
        incomplete=row.incomplete,
        waiting=row.waiting,
    )
