"""Days of Asia/Shanghai as instants, and the quarters of a window. First and last day are inclusive everywhere."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from auth.clock import SHANGHAI

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`, both inclusive."""

    first: date
    last: date

    def __len__(self) -> int:
        """How many days."""
        return max((self.last - self.first).days + 1, 0)


def opens(day: date) -> datetime:
    """The first instant of the day."""
    return datetime.combine(day, time.min, SHANGHAI).astimezone(UTC)


def closes(day: date) -> datetime:
    """The first instant after the day: 23:59:59.999999 still belongs to it."""
    return opens(day + DAY)


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months on; where that month has none, the first of the month after.

    So the day before it ends a period of that many months: one from 29 February ends on 28 February (民法典 art. 202).
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        return add_months(date(year, month + 1, 1), 1)


def quarters(first: date, last: date, *, calendar: bool) -> tuple[Span, ...]:
    """The quarters of a window: of three months each, counted from its first day, or those of the calendar that it touches; the
    outer ones end with the window."""
    anchor = date(first.year, (first.month - 1) // 3 * 3 + 1, 1) if calendar else first
    starts = [anchor]
    while (start := add_months(anchor, 3 * len(starts))) <= last:
        starts.append(start)
    ends = [start - DAY for start in starts[1:]] + [last]
    return tuple(Span(max(start, first), end) for start, end in zip(starts, ends, strict=True))
