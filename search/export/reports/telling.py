"""Tables of analysis as they stand in a report: a few sentences whose numbers are the table's, a picture, the table, what to know
of it."""

from collections.abc import Callable, Iterator

from search.analysis.caveats import UNITS
from search.analysis.model import Analysis, Row
from search.export.reports.model import Block, Paragraph, Picture
from search.export.reports.tabling import Opened, caption, fitted, is_grid, tabled
from search.export.reports.wording import Wording, percent

Draw = Callable[[Analysis, Opened], Picture | None]

_NEXT = 4
"""Rows that are named after the first."""


def told(analysis: Analysis, t: Wording, *, draw: Draw, opened: Opened, part: str = "") -> Iterator[Block]:
    """The table and those it holds, or of them only `part`, each with its sentences; a picture of the first."""
    tables = [table for table in (analysis, *analysis.parts) if not part or table.name == part]
    if len(analysis.by) > 1 and all(table.name == analysis.name for table in analysis.parts):
        tables = [analysis]  # its parts are its margins
    for place, whole in enumerate(tables):
        if place and not whole.rows:
            continue
        table = fitted(whole)
        yield Paragraph("".join(sentences(table, t)))
        if place == 0 and table.rows:
            drawn = draw(whole, opened)
            if drawn is not None:
                yield drawn
        if table.rows:
            yield tabled(table, t, opened)
        else:
            yield from (Paragraph(getattr(caveat, t.lang), quiet=True) for caveat in table.caveats)


def sentences(table: Analysis, t: Wording) -> Iterator[str]:
    """What the table says, in words; every number stands in it, or is its total."""
    unit = UNITS[table.unit][t.lang != "zh"]
    rows = len({row.keys[0] for row in table.rows}) if is_grid(table) else len(table.rows)
    words = "rows_of_one" if rows == 1 else "rows_of"
    yield t(words, caption=caption(table, t), total=table.total, unit=unit, rows=rows)
    if not table.rows:
        return
    yield " " if t.lang == "en" else ""
    yield from _years(table, t) if len(table.by) == 1 and table.by[0].endswith("_year") else _first(table, t)


def _first(table: Analysis, t: Wording) -> Iterator[str]:
    first, *others = sorted(table.rows, key=lambda row: -row.count)
    between, blank = ("、", "") if t.lang == "zh" else (", ", " ")
    yield t("s_first", name=_named(table, first, t), count=first.count)
    if others:
        named = between.join(t("s_next_one", name=_named(table, row, t), count=row.count) for row in others[:_NEXT])
        yield blank + t("s_next", names=named)


def _years(table: Analysis, t: Wording) -> Iterator[str]:
    most = max(table.rows, key=lambda row: row.count)
    first, last = table.rows[0].keys[0], table.rows[-1].keys[0]
    if first == last:
        yield t("s_year", year=first, count=most.count)
        return
    yield t("s_years", first=first, last=last, year=most.keys[0], count=most.count)
    whole = [row for row in table.rows if not row.incomplete]
    growth = whole[-1].values.get("growth") if whole else None
    if isinstance(growth, int | float):
        changed = "change_up" if growth > 0 else "change_down" if growth < 0 else "change_none"
        said = t(changed, percent=percent(abs(growth))) if growth else t(changed)
        yield (" " if t.lang == "en" else "") + t("s_whole", year=whole[-1].keys[0], count=whole[-1].count, change=said)


def _named(table: Analysis, row: Row, t: Wording) -> str:
    return " × ".join(table.label(dimension, key, t.lang) for dimension, key in zip(table.by, row.keys, strict=True))
