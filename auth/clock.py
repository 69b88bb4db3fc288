"""Time: instants are aware and in UTC, days are those of Asia/Shanghai. Code that needs the time takes a `Clock`."""

from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Clock(Protocol):
    """Says what time it is: an aware instant in UTC. `now` is the real one."""

    def __call__(self) -> datetime: ...


def now() -> datetime:
    """The present instant."""
    return datetime.now(UTC)


def day(instant: datetime) -> date:
    """The calendar day in Shanghai on which the instant falls."""
    return instant.astimezone(SHANGHAI).date()
