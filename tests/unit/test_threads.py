"""Work handed to threads: its result, its error, and nobody waiting for it any more."""

import asyncio
import threading

import pytest

from search.api.threads import Threads
from search.engine.errors import EngineUnavailable


def test_results_come_back_to_whoever_asked() -> None:
    async def ask() -> list[int]:
        threads = Threads(3)
        return await asyncio.gather(*(threads.run(pow, base, 2) for base in range(100)))

    assert asyncio.run(ask()) == [base**2 for base in range(100)]


def test_an_error_is_raised_where_the_result_is_awaited() -> None:
    with pytest.raises(ZeroDivisionError):
        asyncio.run(Threads().run(divmod, 1, 0))


def test_as_many_threads_as_work_at_the_same_time_and_no_more() -> None:
    """Three pieces of work wait for each other; a fourth waits until one of their threads is free."""
    together = threading.Barrier(3)

    def meet() -> int:
        together.wait(timeout=30)
        return threading.get_ident()

    async def ask() -> list[int]:
        threads = Threads(3)
        met = await asyncio.gather(*(threads.run(meet) for _ in range(3)))
        return [*met, *await asyncio.gather(*(threads.run(threading.get_ident) for _ in range(10)))]

    assert len(set(asyncio.run(ask()))) == 3


def test_work_that_nobody_waits_for_ends_quietly() -> None:
    begun, go_on, done = threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        go_on.wait(timeout=30)
        done.set()

    async def ask() -> int:
        threads = Threads(1)
        waiting = asyncio.create_task(threads.run(work))
        while not begun.is_set():
            await asyncio.sleep(0)
        waiting.cancel()
        go_on.set()
        return await threads.run(abs, -1)

    assert asyncio.run(ask()) == 1
    assert done.is_set()


def test_work_outlives_its_loop_quietly() -> None:
    begun, go_on = threading.Event(), threading.Event()
    threads = Threads(1)

    def work() -> None:
        begun.set()
        go_on.wait(timeout=30)

    async def leave() -> None:
        waiting = asyncio.create_task(threads.run(work))
        while not begun.is_set():
            await asyncio.sleep(0)
        waiting.cancel()

    asyncio.run(leave())
    go_on.set()
    assert asyncio.run(threads.run(abs, -2)) == 2


def test_when_no_thread_becomes_free_work_is_refused_and_does_not_pile_up() -> None:
    """T48: three seconds in which the only thread waits."""
    seconds, begun, go_on = [0.0], threading.Event(), threading.Event()

    def work() -> str:
        begun.set()
        go_on.wait(timeout=30)
        return "done"

    async def ask() -> list[object]:
        threads = Threads(1, clock=lambda: seconds[0])
        first = asyncio.create_task(threads.run(work))
        while not begun.is_set():
            await asyncio.sleep(0)
        second = asyncio.create_task(threads.run(abs, -1))
        await asyncio.sleep(0)
        seconds[0] = 3.0
        with pytest.raises(EngineUnavailable):
            await threads.run(abs, -2)
        go_on.set()
        told = await asyncio.gather(first, second, return_exceptions=True)
        return [*told, await threads.run(abs, -3)]

    first, second, later = asyncio.run(ask())
    assert (first, later) == ("done", 3)
    assert isinstance(second, EngineUnavailable)


def test_work_after_a_long_rest_is_not_refused() -> None:
    seconds = [0.0]
    threads = Threads(1, clock=lambda: seconds[0])

    async def ask() -> list[int]:
        return await asyncio.gather(*(threads.run(abs, -number) for number in range(20)))

    for _ in range(3):
        assert asyncio.run(ask()) == list(range(20))
        seconds[0] += 600


def test_one_after_another_is_done_by_one_thread() -> None:
    async def ask() -> set[int]:
        threads = Threads()
        return {await threads.run(threading.get_ident) for _ in range(500)}

    assert len(asyncio.run(ask())) == 1


def test_they_are_quiet_while_none_works() -> None:
    begun, go_on = threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        go_on.wait(timeout=30)

    async def ask() -> list[bool]:
        threads = Threads(2)
        seen = [threads.quiet()]
        waiting = asyncio.create_task(threads.run(work))
        while not begun.is_set():
            await asyncio.sleep(0)
        seen.append(threads.quiet())
        go_on.set()
        await waiting
        return [*seen, threads.quiet()]

    assert asyncio.run(ask()) == [True, False, True]
