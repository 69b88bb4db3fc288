"""Columns by year: one table, or several below each other by the same scale."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from search.analysis.charts.bars import opener, thousands
from search.analysis.charts.drawing import ACCENT, HATCH, LINE, QUIET, Drawing, Sheet, Size, breadth, values
from search.analysis.charts.titles import described, heading
from search.analysis.model import Analysis, Row

PANELS = 7
"""Tables that one can tell apart at a glance."""
_LONGEST = 60
"""Years from the first to the last that are shown: the latest."""

_HEIGHT: dict[Size, int] = {"small": 150, "large": 280}
_PANEL: dict[Size, int] = {"small": 54, "large": 78}
_AXIS = 26


@dataclass(frozen=True, slots=True)
class Panel:
    """A name and its rows, one a year."""

    name: str
    rows: Sequence[Row]


def year(row: Row) -> int:
    return int(row.keys[-1])


def span(rows: Sequence[Row]) -> list[str]:
    """All years from the first to the last, as the scale takes them; those between without a document too."""
    found = sorted({year(row) for row in rows})
    return [str(each) for each in range(max(found[0], found[-1] - _LONGEST + 1), found[-1] + 1)]


def columns(analysis: Analysis, table: Analysis, sheet: Sheet, *, further: Sequence[dict[str, Any]] = ()) -> Drawing:
    """A column a year, the incomplete ones hatched; each with its count where there is room for it. `further` are layers above
    the columns, by the same scales; the columns are pale then, and without figures."""
    years = span(table.rows)
    left, right, top = (52, 16, 30) if sheet.large else (36, 10, 24)
    top += 14 if further else 0
    width, height = sheet.width - left - right, _HEIGHT[sheet.size]
    shown = [row for row in table.rows if row.keys[-1] in years]
    room = width / len(years)
    told = not further and all(1.3 * breadth(thousands(row.count), font=sheet.font) <= room for row in shown)
    data = [
        {
            "year": row.keys[-1],
            "count": row.count,
            "fill": HATCH if row.incomplete else ACCENT,
            "figure": sheet.text(thousands(row.count)) if told else "",
            "href": sheet.mark(row, row.keys[-1]),
        }
        for row in shown
    ]
    tall = {"field": "count", "type": "quantitative", "scale": {"domainMin": 0, "nice": True}}
    scale = {"axis": {"tickCount": 4, "tickMinStep": 1, "domain": False, "ticks": False, "format": "d"}}
    figure = {"mark": {"type": "text", "dy": -8}, "encoding": {"y": tall, "text": {"field": "figure"}}}
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "bar", "stroke": ACCENT, "strokeWidth": 0.75, "fillOpacity": 0.45 if further else 1},
            "encoding": {"y": {**tall, **scale}, "fill": {"field": "fill", "scale": None}},
        },
        *further,
        *([figure] if told else ()),
        opener({"y": {"value": 0}, "y2": {"value": height}}),
    ]
    spec = sheet.view(
        width=width,
        height=height,
        left=left,
        right=right,
        top=top,
        bottom=_AXIS,
        data=values(data),
        encoding={"x": _years(years, width, sheet)},
        layer=[*layers, *_incomplete(shown, width, -top + 8, sheet)],
    )
    return sheet.done("vega-lite", spec, title=heading(analysis, table, sheet.lang), description=described(table, sheet.lang))


def panels(analysis: Analysis, table: Analysis, several: Sequence[Panel], sheet: Sheet) -> Drawing:
    """Small columns for each, below its name, all by one scale: what is twice as high is twice as much. The first `PANELS`."""
    several = [panel for panel in several if panel.rows][:PANELS]
    every = [row for panel in several for row in panel.rows]
    years, most = span(every), max(row.count for row in every)
    left, right = 8, 12
    width, height = sheet.width - left - right, _PANEL[sheet.size] * len(several)
    data, names = [], []
    for place, panel in enumerate(several):
        text = f"{panel.name} · {sheet.either('最高', 'at most')} {thousands(max(row.count for row in panel.rows))}"
        names.append({"at": place + 0.17, "ground": place + 0.94, "text": sheet.text(text, within=width)})
        data += [
            {
                "year": row.keys[-1],
                "from": place + 0.94,
                "to": place + 0.94 - 0.62 * row.count / most,
                "above": place + 0.3,
                "fill": HATCH if row.incomplete else ACCENT,
                "href": sheet.mark(row, f"{panel.name} {row.keys[-1]}"),
            }
            for row in panel.rows
            if row.keys[-1] in years
        ]
    x = {"x": _years(years, width, sheet)}
    spec = sheet.view(
        width=width, height=height, left=left, right=right, top=22, bottom=_AXIS, layer=[
            {"data": values(names), "mark": {"type": "rule", "color": LINE}, "encoding": {"y": _down("ground", len(several))}},
            {
                "data": values(names),
                "mark": {"type": "text", "align": "left", "x": 0},
                "encoding": {"y": _down("at", len(several)), "text": {"field": "text"}},
            },
            {
                "data": values(data),
                "mark": {"type": "bar", "stroke": ACCENT, "strokeWidth": 0.75},
                "encoding": {
                    **x,
                    "y": _down("from", len(several)),
                    "y2": {"field": "to"},
                    "fill": {"field": "fill", "scale": None},
                },
            },
            {
                "data": values(data),
                **opener({**x, "y": _down("from", len(several)), "y2": {"field": "above"}}),
            },
            *_incomplete(every, width, -10, sheet),
        ],
    )  # fmt: skip
    return sheet.done("vega-lite", spec, title=heading(analysis, table, sheet.lang), description=described(table, sheet.lang))


def _down(field: str, most: int) -> dict[str, Any]:
    """A place counted in panels from the top."""
    return {"field": field, "type": "quantitative", "axis": None, "scale": {"domain": [0, most], "reverse": True, "nice": False}}


def _years(years: list[str], width: int, sheet: Sheet) -> dict[str, Any]:
    """The axis of years, with as many figures as stand beside each other."""
    every = max(1, -(-len(years) * 3 * sheet.font // width))
    shown = years[(len(years) - 1) % every :: every]
    axis = {"values": shown, "labelAngle": 0, "ticks": False, "labelPadding": 5}
    return {"field": "year", "type": "ordinal", "scale": {"domain": years, "paddingInner": 0.15, "paddingOuter": 0.1}, "axis": axis}


def _incomplete(rows: Sequence[Row], width: int, y: int, sheet: Sheet) -> list[dict[str, Any]]:
    """Says what the hatching means, where something is hatched."""
    if not any(row.incomplete for row in rows):
        return []
    text = sheet.text(sheet.either("斜线：尚未全部公开", "hatched: not all published yet"))
    return [
        {
            "data": values([{"text": text}]),
            "mark": {"type": "text", "align": "right", "color": QUIET},
            "encoding": {"x": {"value": width}, "y": {"value": y}, "text": {"field": "text"}},
        }
    ]
