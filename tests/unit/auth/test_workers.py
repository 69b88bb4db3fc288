"""The few threads that hash (T12)."""

import asyncio
import threading

import pytest

from auth.credentials.workers import HashWorkers, TooManySignIns


def test_work_beyond_the_queue_is_refused_and_its_place_comes_free() -> None:
    async def story() -> None:
        workers, gate = HashWorkers(workers=1, queue=1), threading.Event()
        held = [asyncio.create_task(workers.run(gate.wait, 30)) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(TooManySignIns) as caught:
            await workers.run(gate.wait, 30)
        assert (caught.value.status, caught.value.retry_after_s) == (503, 2)
        gate.set()
        assert await asyncio.gather(*held) == [True, True]
        assert await workers.run(lambda: "free") == "free"
        workers.close()

    asyncio.run(story())


def test_an_error_is_the_callers_and_frees_the_place() -> None:
    async def story() -> None:
        workers = HashWorkers(workers=1, queue=0)
        for _ in range(3):
            with pytest.raises(ZeroDivisionError):
                await workers.run(lambda: 1 // 0)
        workers.close()

    asyncio.run(story())


def test_a_caller_who_goes_away_keeps_the_place_until_the_work_is_done() -> None:
    """So nobody gets more hashes at once by hanging up."""

    async def story() -> None:
        workers, gate = HashWorkers(workers=1, queue=0), threading.Event()
        gone = asyncio.create_task(workers.run(gate.wait, 30))
        await asyncio.sleep(0)
        gone.cancel()
        with pytest.raises(asyncio.CancelledError):
            await gone
        with pytest.raises(TooManySignIns):
            await workers.run(gate.wait, 30)
        gate.set()
        while True:
            try:
                assert await workers.run(lambda: 7) == 7
            except TooManySignIns:
                await asyncio.sleep(0)
            else:
                break
        workers.close()

    asyncio.run(story())
