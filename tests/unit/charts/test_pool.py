"""The pool with processes that answer, die, hang: real ones, but such as need no renderer."""

import os
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from search.analysis.charts.pool import Pool, Undrawable
from search.analysis.charts.problems import ChartUnavailable

_PROGRAM = """
import os, sys
from multiprocessing.connection import Connection
connection = Connection(int(sys.argv[-1]))
while True:
    job = connection.recv_bytes()
    if job == b"die":
        os._exit(3)
    if job == b"hang":
        connection.poll(None)
    if job.startswith(b"once"):  # dies of it the first time
        try:
            open(job[4:], "x").close()
            os._exit(3)
        except FileExistsError:
            pass
    connection.send_bytes(b"\\0bad" if job == b"bad" else b"\\1" + job.upper() + str(os.getpid()).encode())
"""
PROGRAM = (sys.executable, "-c", _PROGRAM)


@pytest.fixture
def pool() -> Iterator[Pool]:
    with closing(Pool(program=PROGRAM, workers=1)) as made:
        yield made


def test_nothing_is_started_before_the_first_chart(pool: Pool) -> None:
    assert pool.pids() == []
    answer = pool.run(b"a")
    assert answer == b"A%d" % pool.pids()[0]
    assert pool.run(b"b") == b"B%d" % pool.pids()[0]


def test_a_process_that_died_is_replaced(pool: Pool) -> None:
    pool.run(b"a")
    [first] = pool.pids()
    os.kill(first, signal.SIGKILL)
    assert pool.run(b"b").startswith(b"B")
    assert pool.pids() != [first]


def test_one_that_dies_of_a_chart_is_replaced_and_asked_once_more(pool: Pool, tmp_path: Path) -> None:
    assert pool.run(b"once" + os.fsencode(tmp_path / "mark")).startswith(b"ONCE")


def test_a_chart_that_kills_every_process_is_given_up(pool: Pool) -> None:
    with pytest.raises(ChartUnavailable) as told:
        pool.run(b"die")
    assert told.value.status == 503
    assert told.value.retry_after_s
    assert pool.run(b"a").startswith(b"A")


def test_one_that_takes_too_long_is_ended_and_said_so() -> None:
    with closing(Pool(program=PROGRAM, workers=1, patience_s=0.5)) as pool:
        with pytest.raises(ChartUnavailable):
            pool.run(b"hang")
        assert pool.pids() == []


def test_what_the_renderer_refuses_is_a_mistake_of_ours_and_its_process_ends(pool: Pool) -> None:
    pool.run(b"a")
    [first] = pool.pids()
    with pytest.raises(Undrawable, match="bad"):
        pool.run(b"bad")
    assert pool.run(b"a") != b"A%d" % first


def test_more_than_may_wait_are_refused_at_once() -> None:
    """The one who is drawn and the one who waits hold all the places there are until the time is over."""
    with closing(Pool(program=PROGRAM, workers=1, waiting=1, patience_s=30)) as pool, ThreadPoolExecutor(3) as callers:
        outcomes = [callers.submit(pool.run, b"hang") for _ in range(3)]
        refused = next(outcome for outcome in _done(outcomes))
        assert isinstance(refused, ChartUnavailable)
        pool.close()  # the processes end, and whoever waited is told
        assert [type(outcome.exception()) for outcome in outcomes].count(ChartUnavailable) == 3


def _done(outcomes: list) -> Iterator[BaseException | None]:  # type: ignore[type-arg]
    from concurrent.futures import FIRST_COMPLETED, wait

    done, _ = wait(outcomes, return_when=FIRST_COMPLETED)
    for each in done:
        yield each.exception()


def test_two_are_drawn_by_two_processes() -> None:
    with closing(Pool(program=PROGRAM, workers=2)) as pool, ThreadPoolExecutor(8) as callers:
        answers = list(callers.map(pool.run, [b"a%d" % place for place in range(40)]))
        assert [answer[: len(b"a%d" % place)] for place, answer in enumerate(answers)] == [b"A%d" % place for place in range(40)]
        assert 1 <= len(pool.pids()) <= 2


def test_closing_ends_the_processes() -> None:
    pool = Pool(program=PROGRAM)
    pool.run(b"a")
    [pid] = pool.pids()
    pool.close()
    pool.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
