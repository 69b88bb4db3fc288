"""A target as it came about, drawn: what counted from the first day to the day asked about, what is needed, and where it leads."""

from dataclasses import dataclass
from datetime import date

from auth.clock import day
from auth.targets.service import Rows
from auth.targets.standing import Standing

WIDTH, HEIGHT = 600, 120
_LEAST = 5
"""A scale of fewer would make one deed look like a leap."""
_SOON = 14
"""Before so many days a forecast leads anywhere."""


@dataclass(frozen=True, slots=True)
class Curve:
    """Points of the steps, and of the straight line on from them to the forecast; heights of what is needed and of the ends, in
    the drawing's own units, from above. ``None`` where there is none."""

    points: str
    ahead: str | None
    needed_y: float | None
    today_x: float
    count: int
    forecast: int | None
    needed: int | None
    first: date
    last: date


def curve(standing: Standing, rows: Rows) -> Curve | None:
    """``None`` for a target of which a number is not one deed a piece, and before the first day."""
    measure = rows.measure
    span = (standing.last - standing.first).days + 1
    gone = (min(standing.as_of, standing.last) - standing.first).days + 1
    if measure.count != len(measure.counted) or gone < 1:
        return None
    leads = measure.forecast is not None and _SOON <= gone < span
    top = max(measure.needed or 0, measure.count, _LEAST) * 1.1
    days = sorted(max((day(rows.leaves[seq].happened_at) - standing.first).days, 0) for seq in measure.counted)

    def x(number: int) -> float:
        return round(min(number, span) * WIDTH / span, 1)

    def y(count: int) -> float:
        return round(HEIGHT - count * HEIGHT / top, 1)

    steps = [f"{x(number)},{y(count)} {x(number)},{y(count + 1)}" for count, number in enumerate(days)]
    end = f"{x(gone)},{y(measure.count)}"
    return Curve(
        points=" ".join([f"0,{HEIGHT}", *steps, end]),
        ahead=f"{end} {_meets(x(gone), y(measure.count), y(measure.forecast or 0))}" if leads else None,
        needed_y=y(measure.needed) if measure.needed else None,
        today_x=x(gone),
        count=measure.count,
        forecast=measure.forecast if leads else None,
        needed=measure.needed,
        first=standing.first,
        last=standing.last,
    )


def _meets(x: float, y: float, last: float) -> str:
    """Where a line on to the height `last` at the right edge ends: there, or where it leaves the drawing above."""
    if last >= 0:
        return f"{WIDTH},{last}"
    return f"{round(x + (WIDTH - x) * y / (y - last), 1)},0"
