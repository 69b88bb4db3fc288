"""The life cycle: filings by year, the logistic curve through them, and how far its ceiling may be from the estimate."""

from typing import Any

from search.analysis.charts.drawing import ACCENT, INK, QUIET, Drawing, Sheet, values
from search.analysis.charts.years import columns
from search.analysis.model import Analysis


def lifecycle(analysis: Analysis, table: Analysis, sheet: Sheet) -> Drawing:
    """Columns of the filings; where there is a curve, its line, and the band between the curves of the lowest and of the highest
    ceiling (95 %)."""
    return columns(analysis, table, sheet, further=_curve(table, sheet) if _fitted(table) else ())


def _fitted(table: Analysis) -> bool:
    return all(isinstance(table.figures.get(name), float | int) for name in ("ceiling", "ceiling_low", "ceiling_high"))


def _curve(table: Analysis, sheet: Sheet) -> list[dict[str, Any]]:
    ceiling, low, high = (float(table.figures[name] or 0) for name in ("ceiling", "ceiling_low", "ceiling_high"))
    points = [
        {"year": row.keys[0], "fitted": fitted, "low": fitted * low / ceiling, "high": fitted * high / ceiling}
        for row in table.rows
        if isinstance(fitted := row.values.get("fitted"), float | int)
    ]
    told = sheet.either(
        f"曲线：逻辑斯谛拟合，上限 {ceiling:.0f}（{low:.0f}–{high:.0f}）",
        f"curve: logistic, ceiling {ceiling:.0f} ({low:.0f}–{high:.0f})",
    )
    at = {"type": "quantitative"}
    return [
        {
            "data": values(points),
            "mark": {"type": "area", "fill": ACCENT, "fillOpacity": 0.16},
            "encoding": {"y": {"field": "low", **at}, "y2": {"field": "high"}},
        },
        {
            "data": values(points),
            "mark": {"type": "line", "stroke": INK, "strokeWidth": 2},
            "encoding": {"y": {"field": "fitted", **at}},
        },
        {
            "data": values([{"text": sheet.text(told)}]),
            "mark": {"type": "text", "align": "left", "color": QUIET},
            "encoding": {"x": {"value": 0}, "y": {"value": -15}, "text": {"field": "text"}},
        },
    ]
