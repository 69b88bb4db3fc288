"""Tables of analysis as tables of a report: a list of rows, or for two different dimensions a grid, cut to what a page has room
for, and said so."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from urllib.parse import urlencode

from search.analysis import caveats, labels
from search.analysis.charts import titles
from search.analysis.model import Analysis, Caveat, Number, Row
from search.engine.model import Unit
from search.export.reports.model import Table
from search.export.reports.wording import Wording, figure, percent

Opened = Callable[[Row], str]
"""A row -> the address at which what it counts is found."""

ACROSS, DOWN = 12, 100
"""Columns of a grid, rows of a list."""

NOTHING = "—"


def address(query: str, unit: Unit, *, expand: bool) -> str:
    """Where the documents of a row are found: native text, read as the question was; one hit a unit."""
    narrow = {} if expand else {"expand": "false"}
    collapsed = {} if unit == "publication" else {"collapse": unit}
    return "/search?" + urlencode({"q": query, "dialect": "native", **narrow, **collapsed})


def is_grid(table: Analysis) -> bool:
    """Whether its rows are cells of two dimensions."""
    return table.crossed


def fitted(table: Analysis) -> Analysis:
    """As much of the table as is shown: of a grid the last years or the most frequent keys across, of a list the first rows."""
    if not is_grid(table):
        return table if len(table.rows) <= DOWN else _noted(replace(table, rows=table.rows[:DOWN]), _rows_cut(len(table.rows)))
    kept = _across(table)
    if len({row.keys[1] for row in table.rows}) <= len(kept):
        return table
    note = _years_cut() if _is_year(table.by[1]) else caveats.cut(table.by[1], ACROSS)
    return _noted(replace(table, rows=tuple(row for row in table.rows if row.keys[1] in kept)), note)


def tabled(table: Analysis, t: Wording, opened: Opened) -> Table:
    """The table, which is `fitted`; `opened` tells where the documents of a number are."""
    return _grid(table, t, opened) if is_grid(table) else _list(table, t, opened)


def caption(table: Analysis, t: Wording) -> str:
    """The question and what it counts by: 趋势（申请年）; a crossing is called by its dimensions alone."""
    by = titles.crossing(table.name, table.by, t.lang)
    if table.name in ("custom", "matrix"):
        return t("crossed", by=by)
    name = titles.title(table.name, t.lang)
    if not by:
        return name
    return f"{name}（{by}）" if t.lang == "zh" else f"{name} ({by})"


def value(name: str, given: Number, lang: str) -> str:
    """A value of a row: shares in per cent, whole numbers with their thousands, years as they are."""
    if given is None:
        return NOTHING
    if isinstance(given, str):
        return labels.state(given, lang) if name in labels.STATES else given
    if name in labels.SHARES:
        return percent(given)
    if name.startswith("middle"):
        return f"{given:.1f}"  # a point in time, in years
    if isinstance(given, float):
        return f"{given:,.2f}".rstrip("0").rstrip(".")
    return str(given) if name.endswith("_year") else figure(given)


def _list(table: Analysis, t: Wording, opened: Opened) -> Table:
    dimensions = len(table.by)
    named = (labels.named(dimension, t.lang) for dimension in table.by)
    head = (*named, t("count"), *(labels.column(name, t.lang) for name in table.columns))
    rows = tuple(
        (*_keys(table, row, t), figure(row.count), *(value(name, row.values.get(name), t.lang) for name in table.columns))
        for row in table.rows
    )
    blank, rest = ("",) * dimensions, ("",) * len(table.columns)
    return Table(
        caption(table, t),
        head,
        rows,
        note=_notes(table, t),
        figures=frozenset(
            {dimensions, *(dimensions + 1 + place for place, name in enumerate(table.columns) if _is_figure(table, name))}
        ),
        pale=frozenset(place for place, row in enumerate(table.rows) if row.incomplete),
        links=tuple((*blank, opened(row), *rest) for row in table.rows),
    )


def _grid(table: Analysis, t: Wording, opened: Opened) -> Table:
    """The first dimension down, the second across; nothing is a 0."""
    down, across = _ordered(table, 0), _across(table)
    cells = {row.keys: row for row in table.rows}
    unfinished = {row.keys[1] for row in table.rows if row.incomplete} if _is_year(table.by[1]) else set()
    heads = [table.label(table.by[1], key, t.lang) + (" *" if key in unfinished else "") for key in across]
    names = [table.label(table.by[0], key, t.lang) for key in down]
    lines = [[cells.get((one, other)) for other in across] for one in down]
    waited = {row.keys[0] for row in table.rows if row.incomplete} if _is_year(table.by[0]) else set()
    return Table(
        caption(table, t),
        (labels.named(table.by[0], t.lang), *heads),
        tuple((name, *(figure(cell.count) if cell else "0" for cell in line)) for name, line in zip(names, lines, strict=True)),
        note=_notes(table, t),
        figures=frozenset(range(1, len(across) + 1)),
        pale=frozenset(place for place, one in enumerate(down) if one in waited),
        links=tuple(("", *(opened(cell) if cell else "" for cell in line)) for line in lines),
    )


def _across(table: Analysis) -> Sequence[str]:
    keys = _ordered(table, 1)
    return keys[-ACROSS:] if _is_year(table.by[1]) else keys[:ACROSS]


def _ordered(table: Analysis, place: int) -> list[str]:
    """The keys of a dimension: years and branches as they follow each other, others by what they have, the most first."""
    if _is_year(table.by[place]):
        return sorted({row.keys[place] for row in table.rows})
    counts: Counter[str] = Counter()
    for row in table.rows:
        counts[row.keys[place]] += row.count
    if table.by[place] == "branch":
        return list(counts)
    return sorted(counts, key=lambda key: (-counts[key], key))


def _is_figure(table: Analysis, name: str) -> bool:
    """Whether a column holds numbers, and no names."""
    return not any(isinstance(row.values.get(name), str) for row in table.rows)


def _is_year(dimension: str) -> bool:
    return dimension.endswith("_year")


def _noted(table: Analysis, note: Caveat) -> Analysis:
    return replace(table, caveats=(*table.caveats, note))


def _rows_cut(of: int) -> Caveat:
    return Caveat("rows_cut", Wording("zh")("rows_cut", shown=DOWN, of=of), Wording("en")("rows_cut", shown=DOWN, of=of))


def _years_cut() -> Caveat:
    return Caveat("years_cut", Wording("zh")("years_cut", shown=ACROSS), Wording("en")("years_cut", shown=ACROSS))


def _keys(table: Analysis, row: Row, t: Wording) -> Iterator[str]:
    """The keys in words; years that are not complete are marked."""
    for dimension, key in zip(table.by, row.keys, strict=True):
        yield table.label(dimension, key, t.lang) + (" *" if row.incomplete and _is_year(dimension) else "")


def _notes(table: Analysis, t: Wording) -> str:
    """Numbers of the whole table, then what it says of itself."""
    between, colon, end = ("；", "：", "。") if t.lang == "zh" else ("; ", ": ", ". ")
    told_of = [
        f"{labels.column(name, t.lang)}{colon}{value(name, given, t.lang)}"
        for name, given in table.figures.items()
        if given is not None
    ]
    figures = between.join(told_of) + end if told_of else ""
    return (figures + ("" if t.lang == "zh" else " ").join(getattr(caveat, t.lang) for caveat in table.caveats)).strip()
