"""Tables of analysis as pages show them: heads and figures in words, every count a link to its documents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search.analysis import labels
from search.analysis.charts.links import waiting
from search.analysis.charts.painter import Link
from search.analysis.model import Analysis, Number, Row
from search.web.render import percent, thousands

_GRID = (30, 25)
"""Lines and columns of a grid."""
_LEAST = 100
"""Numbers from here on are shown without their fraction."""


@dataclass(frozen=True, slots=True)
class RowView:
    """Keys and further values in words, and where the count leads; `waiting` of it, records that are not held, are at
    `records`."""

    keys: Sequence[str]
    count: int
    address: str
    values: Sequence[str]
    incomplete: bool
    waiting: int = 0
    records: str = ""

    @property
    def held(self) -> int:
        return self.count - self.waiting


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a grid: its key, and a cell or nothing for each head."""

    key: str
    cells: Sequence[RowView | None]


@dataclass(frozen=True, slots=True)
class Grid:
    """Two dimensions crossed, the keys with the highest sums; `cut`: there are more."""

    heads: Sequence[str]
    lines: Sequence[Line]
    cut: bool


@dataclass(frozen=True, slots=True)
class TableView:
    """Heads and rows; `of` are all the rows there are. Two dimensions crossed are a grid, and their rows are in it."""

    keys: Sequence[str]
    columns: Sequence[str]
    rows: Sequence[RowView]
    of: int
    grid: Grid | None = None

    @property
    def wide(self) -> int:
        """How many columns there are."""
        return len(self.grid.heads) + 1 if self.grid else len(self.keys) + len(self.columns) + 1


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the whole table."""

    label: str
    value: str


def view(table: Analysis, lang: str, address: Link, *, most: int, expand: bool = True) -> TableView:
    """The first rows, each with the address at which it opens; `expand` as the population was read."""
    records = waiting(table.unit, expand=expand, collections=table.collections)
    crossed = table.crossed and bool(table.rows)
    return TableView(
        grid=_grid(table, lang, address, records) if crossed else None,
        keys=[labels.named(dimension, lang) for dimension in table.by],
        columns=[labels.column(name, lang) for name in table.columns],
        rows=[_row(table, row, address(row), records(row), lang) for row in table.rows[:most]],
        of=len(table.rows),
    )


def figures(table: Analysis, lang: str) -> list[Figure]:
    """What there is to say of the whole table; what is unknown is left out."""
    return [
        Figure(labels.column(name, lang), shown(name, value, lang)) for name, value in table.figures.items() if value is not None
    ]


def coverage(shares: Mapping[str, float], lang: str) -> list[Figure]:
    return [Figure(labels.named(dimension, lang), percent(share)) for dimension, share in shares.items()]


def shown(name: str, value: Number, lang: str) -> str:
    """A value as the reader takes it: a share as a per cent, nothing as a dash."""
    if value is None:
        return "–"
    if isinstance(value, str):
        return labels.state(value, lang) if name in labels.STATES else value
    if name in labels.SHARES:
        return percent(value)
    if name.startswith("middle"):
        return f"{value:.1f}"  # a point in time, in years
    if isinstance(value, float) and not value.is_integer():
        return f"{value:,.4g}" if abs(value) < _LEAST else thousands(round(value))
    return str(int(value)) if name.endswith("year") else thousands(int(value))


def _grid(table: Analysis, lang: str, address: Link, records: Link) -> Grid:
    from search.analysis.charts.matrix import first_keys  # noqa: PLC0415  with the first page

    down, across = (first_keys(table, place, most) for place, most in enumerate(_GRID))
    cells = {row.keys: _row(table, row, address(row), records(row), lang) for row in table.rows if row.count}
    lines = [Line(table.label(table.by[0], key, lang), [cells.get((key, other)) for other in across]) for key in down]
    heads = [table.label(table.by[1], key, lang) for key in across]
    return Grid(heads, lines, cut=any(len({row.keys[place] for row in table.rows}) > most for place, most in enumerate(_GRID)))


def _row(table: Analysis, row: Row, address: str, records: str, lang: str) -> RowView:
    keys = [table.label(dimension, key, lang) for dimension, key in zip(table.by, row.keys, strict=True)]
    values = [shown(name, row.values.get(name), lang) for name in table.columns]
    return RowView(keys, row.count, address, values, row.incomplete, row.waiting, records)
