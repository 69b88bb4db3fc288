"""`Pace`: so many a window, each key by itself, whatever the order of threads."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from auth.http.pace import Pace

NOON = datetime(2026, 3, 1, 12, 0, 50, tzinfo=UTC)


def test_a_full_window_says_how_long_it_lasts() -> None:
    pace = Pace(2, window_s=60)
    assert [pace.wait_s("a", now=NOON) for _ in range(4)] == [0, 0, 10, 10]
    assert pace.wait_s("b", now=NOON) == 0
    assert pace.wait_s("a", now=NOON + timedelta(seconds=10)) == 0


def test_threads_at_once_get_no_more_than_there_is() -> None:
    pace = Pace(100, window_s=60)
    with ThreadPoolExecutor(8) as threads:
        waits = list(threads.map(lambda _: pace.wait_s("a", now=NOON), range(800)))
    assert waits.count(0) == 100
