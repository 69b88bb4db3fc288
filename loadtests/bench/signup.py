"""A3: the sign-up endpoint, against the hashing alone; and what other callers notice of it."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import count
from time import perf_counter

import orjson

from auth.credentials.passwords import Passwords
from loadtests.bench import asgi
from loadtests.bench.harness import Goal, Measure, Outcome, compare, wall
from loadtests.bench.service import Bench, opened

_PASSWORD = "seven copper lanterns drift"
_EVERY_S = 0.2
_numbers = count()


def throughput(*, rounds: int, goal: Goal, people: int = 48) -> Outcome:
    """Wall seconds a sign-up of so many that come at once, and of the same number of hashes on as many threads as the service
    hashes on: cores / argon2's time."""
    with opened() as bench, ThreadPoolExecutor(2) as pool:
        app, hashed = bench.app(), Passwords().hash

        async def crowd() -> None:
            await asyncio.gather(*(_sign_up(app) for _ in range(people)))

        ours = wall(lambda: bench.runner.run(crowd()), units=people)
        anchor = wall(lambda: list(pool.map(hashed, [_PASSWORD] * people)), units=people)
        return compare(ours, anchor, goal, rounds=rounds)


def others(*, rounds: int, goal: Goal, times: int = 8) -> Outcome:
    """The 99th percentile of a search page's wall seconds while five people a second sign up, and while nobody does."""
    with opened() as bench:
        return compare(_tail(bench, times, busy=True), _tail(bench, times, busy=False), goal, rounds=rounds)


def _tail(bench: Bench, times: int, *, busy: bool) -> Measure:
    app, scopes = bench.app(), bench.scopes(full=False) * times

    async def newcomers() -> None:
        coming = set()
        start = perf_counter()
        for number in count(1):
            coming.add(asyncio.create_task(_sign_up(app)))
            await asyncio.sleep(start + number * _EVERY_S - perf_counter())

    async def measured() -> float:
        beside = asyncio.create_task(newcomers()) if busy else None
        taken = sorted(await asgi.latencies(app, scopes))
        if beside:
            beside.cancel()
            with suppress(asyncio.CancelledError):
                await beside
        return taken[int(0.99 * len(taken))]

    return lambda: bench.runner.run(measured())


async def _sign_up(app: asgi.App) -> None:
    form = {"contact": f"newcomer{next(_numbers)}@example.com", "password": _PASSWORD, "consents": {"terms": True}}
    body = orjson.dumps(form)
    await asgi.call(app, asgi.post("/api/v1/auth/register", body), body)
