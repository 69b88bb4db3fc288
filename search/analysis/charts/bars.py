"""Long-label bars: a row a line, its name before and its count behind the bar."""

from typing import Any

from search.analysis.charts.drawing import ACCENT, HATCH, QUIET, Drawing, Sheet, Size, values
from search.analysis.charts.titles import called, described, heading
from search.analysis.model import Analysis

_ROWS: dict[Size, int] = {"small": 8, "large": 40}
_STEP: dict[Size, int] = {"small": 21, "large": 25}
_BEFORE: dict[Size, int] = {"small": 140, "large": 270}
_BEHIND: dict[Size, int] = {"small": 52, "large": 74}


def bars(analysis: Analysis, table: Analysis, sheet: Sheet) -> Drawing:
    """The rows in their order; those that don't fit are told in words."""
    shown = table.rows[: _ROWS[sheet.size]]
    before, behind, step = _BEFORE[sheet.size], _BEHIND[sheet.size], _STEP[sheet.size]
    width = sheet.width - before - behind
    data = []
    for place, row in enumerate(shown):
        name = called(table, row, sheet.lang)
        data.append(
            {
                "place": place,
                "count": row.count,
                "name": sheet.text(name, within=before - 12),
                "figure": sheet.text(thousands(row.count)),
                "fill": HATCH if row.incomplete else ACCENT,
                "href": sheet.mark(row, name),
            }
        )
    more = len(table.rows) - len(shown)
    left_out = [{"text": sheet.text(sheet.either(f"另有 {more} 行，见表格", f"{more} more in the table"))}] if more else []
    spec = sheet.view(
        width=width,
        height=step * len(shown),
        left=before,
        right=behind,
        top=4,
        bottom=24 if more else 4,
        data=values(data),
        encoding={"y": {"field": "place", "type": "ordinal", "axis": None}},
        layer=[*_layers(width, before, behind), *([_more(left_out, step * len(shown))] if more else [])],
    )
    return sheet.done("vega-lite", spec, title=heading(analysis, table, sheet.lang), description=described(table, sheet.lang))


def _layers(width: int, before: int, behind: int) -> list[dict[str, Any]]:
    length = {"field": "count", "type": "quantitative", "axis": None, "scale": {"domainMin": 0, "nice": False}}
    fill = {"field": "fill", "scale": None}
    return [
        {"mark": {"type": "bar", "stroke": ACCENT, "strokeWidth": 0.75}, "encoding": {"x": length, "fill": fill}},
        {"mark": {"type": "text", "align": "right", "x": -8}, "encoding": {"text": {"field": "name"}}},
        {
            "mark": {"type": "text", "align": "left", "dx": 6},
            "encoding": {"x": length, "text": {"field": "figure"}},
        },
        opener({"x": {"value": -before}, "x2": {"value": width + behind}}),
    ]


def opener(where: dict[str, Any]) -> dict[str, Any]:
    """The layer to click on: all of a row, a column or a cell, so that a count of one can be met too."""
    return {"mark": {"type": "rect", "fill": ACCENT, "fillOpacity": 0}, "encoding": {**where, "href": {"field": "href"}}}


def _more(data: list[dict[str, Any]], y: int) -> dict[str, Any]:
    return {
        "data": values(data),
        "mark": {"type": "text", "align": "left", "x": 0, "y": y + 12, "color": QUIET},
        "encoding": {"text": {"field": "text"}, "y": {"value": y + 12}},
    }


def thousands(count: int) -> str:
    """A count with thin spaces between its thousands (ISO 80000-1, 7.3.1)."""
    return f"{count:,}".replace(",", "\u2009")
