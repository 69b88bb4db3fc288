"""Two dimensions crossed: shades where one of them is years, bubbles otherwise."""

from collections.abc import Sequence
from math import pi
from typing import Any

from search.analysis.charts.bars import opener, thousands
from search.analysis.charts.drawing import ACCENT, LINE, Drawing, Sheet, Size, breadth, values
from search.analysis.charts.titles import called, described, heading
from search.analysis.model import Analysis

_MOST: dict[Size, tuple[int, int]] = {"small": (8, 8), "large": (30, 25)}
"""Lines and columns that are shown."""
_BEFORE: dict[Size, int] = {"small": 110, "large": 230}
_STEP: dict[Size, int] = {"small": 22, "large": 30}
_RIGHT: dict[bool, int] = {True: 10, False: 70}
"""Beside the cells, where the heads are upright and where they lean out."""


def matrix(analysis: Analysis, table: Analysis, sheet: Sheet) -> Drawing:
    """The first dimension down, the second across; the keys with the highest sums, years in their order."""
    lines, across = _MOST[sheet.size]
    down, right = first_keys(table, 0, lines), first_keys(table, 1, across)
    before, step = _BEFORE[sheet.size], _STEP[sheet.size]
    heads = [table.label(table.by[1], key, sheet.lang) for key in right]
    width, height = sheet.width - before - _RIGHT[True], step * len(down)
    upright = all(1.3 * breadth(head, font=sheet.font) <= width / len(right) for head in heads)
    width = sheet.width - before - _RIGHT[upright]
    cell = width / len(right)
    top = 24 if upright else round(min(130, max(breadth(head, font=sheet.font) for head in heads)) * 0.72) + 16
    data = [
        {
            "row": down.index(row.keys[0]),
            "column": right.index(row.keys[1]),
            "count": row.count,
            "figure": sheet.text(thousands(row.count)),
            "href": sheet.mark(row, called(table, row, sheet.lang)),
        }
        for row in table.rows
        if row.keys[0] in down and row.keys[1] in right
    ]
    names = [
        {"row": place, "text": sheet.text(table.label(table.by[0], key, sheet.lang), within=before - 14)}
        for place, key in enumerate(down)
    ]
    tops = [{"column": place, "text": sheet.text(head, within=cell if upright else 130)} for place, head in enumerate(heads)]
    x = {"field": "column", "type": "ordinal", "axis": None, "scale": {"domain": [*range(len(right))], "padding": 0}}
    y = {"field": "row", "type": "ordinal", "axis": None, "scale": {"domain": [*range(len(down))], "padding": 0}}
    shaded = table.by[1].endswith("_year")
    marks = _shades(cell) if shaded else _bubbles(min(cell, step))
    spec = sheet.view(
        width=width, height=height, left=before, right=_RIGHT[upright], top=top, bottom=8, layer=[
            *_grid(len(down), len(right), width, height),
            *({"data": values(data), **layer, "encoding": {"x": x, "y": y, **layer["encoding"]}} for layer in marks),
            {
                "data": values(names),
                "mark": {"type": "text", "align": "right", "x": -8},
                "encoding": {"y": y, "text": {"field": "text"}},
            },
            {"data": values(tops), **_heads(upright=upright), "encoding": {"x": x, "text": {"field": "text"}}},
            {"data": values(data), **opener({"x": x, "y": y})},
        ],
    )  # fmt: skip
    return sheet.done("vega-lite", spec, title=heading(analysis, table, sheet.lang), description=described(table, sheet.lang))


def first_keys(table: Analysis, place: int, most: int) -> list[str]:
    """The keys of one dimension with the highest sums; years in their order, the latest; branches in theirs, the first."""
    sums: dict[str, int] = {}
    for row in table.rows:
        sums[row.keys[place]] = sums.get(row.keys[place], 0) + row.count
    if table.by[place].endswith("_year"):
        return sorted(sums, key=int)[-most:]
    if table.by[place] == "branch":
        return list(sums)[:most]
    return sorted(sums, key=lambda key: (-sums[key], key))[:most]


def _shades(cell: float) -> list[dict[str, Any]]:
    """The more, the darker, but light enough for the figure on it."""
    scale = {"domainMin": 0, "range": [0.04, 0.45]}
    figure = {"mark": {"type": "text"}, "encoding": {"text": {"field": "figure"}}}
    shade = {
        "mark": {"type": "rect", "fill": ACCENT},
        "encoding": {"fillOpacity": {"field": "count", "type": "quantitative", "scale": scale, "legend": None}},
    }
    return [shade, figure] if cell >= 34 else [shade]


def _bubbles(room: float) -> list[dict[str, Any]]:
    """Areas by the counts; the largest fills its cell."""
    scale = {"domainMin": 0, "range": [0, pi * (room / 2 - 1) ** 2], "nice": False}
    bubble = {
        "mark": {"type": "circle", "fill": ACCENT, "opacity": 0.85},
        "encoding": {"size": {"field": "count", "type": "quantitative", "scale": scale, "legend": None}},
    }
    return [bubble]


def _heads(*, upright: bool) -> dict[str, Any]:
    if upright:
        return {"mark": {"type": "text", "y": -12}}
    return {"mark": {"type": "text", "align": "left", "y": -8, "angle": 315}}


def _grid(lines: int, columns: int, width: int, height: int) -> Sequence[dict[str, Any]]:
    across = [{"y": height * place / lines} for place in range(lines + 1)]
    down = [{"x": width * place / columns} for place in range(columns + 1)]
    place = {"type": "quantitative", "scale": None, "axis": None}
    return [
        {"data": values(across), "mark": {"type": "rule", "color": LINE}, "encoding": {"y": {"field": "y", **place}}},
        {"data": values(down), "mark": {"type": "rule", "color": LINE}, "encoding": {"x": {"field": "x", **place}}},
    ]
