"""Calls an ASGI application in this process, one request after another: no network, no server, no client's own cost."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from urllib.parse import quote

from loadtests.bench.harness import Measure

Scope = dict[str, Any]
App = Callable[[Scope, Callable[[], Awaitable[Any]], Callable[[Any], Awaitable[None]]], Awaitable[None]]


def get(path: str, query: Sequence[tuple[str, str]], token: str) -> Scope:
    """The scope of a signed-in GET."""
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": "&".join(f"{name}={quote(value)}" for name, value in query).encode(),
        "headers": [(b"host", b"127.0.0.1"), (b"authorization", f"Bearer {token}".encode()), (b"accept", b"application/json")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8000),
        "state": {},
    }


def post(path: str, body: bytes) -> Scope:
    """The scope of a stranger's POST of this JSON."""
    headers = [(b"host", b"127.0.0.1"), (b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    return get(path, (), "") | {"method": "POST", "headers": headers}


def latency(runner: asyncio.Runner, app: App, scopes: Sequence[Scope]) -> Measure:
    """Median wall seconds of a request."""
    return lambda: runner.run(_latency(app, scopes))


def cpu(runner: asyncio.Runner, app: App, scopes: Sequence[Scope]) -> Measure:
    """CPU seconds a request, of every thread of this process."""

    def measure() -> float:
        start = time.process_time()
        runner.run(_latency(app, scopes))
        return (time.process_time() - start) / len(scopes)

    return measure


async def _latency(app: App, scopes: Sequence[Scope]) -> float:
    return statistics.median(await latencies(app, scopes))


async def latencies(app: App, scopes: Sequence[Scope]) -> list[float]:
    """Wall seconds of each request, one after another."""
    times: list[float] = []
    for scope in scopes:
        start = time.perf_counter()
        await call(app, scope)
        times.append(time.perf_counter() - start)
    return times


async def call(app: App, scope: Scope, body: bytes = b"") -> None:
    """One request; `RuntimeError` for any answer but a success."""
    unsent, answered = [{"type": "http.request", "body": body, "more_body": False}], asyncio.Event()
    status = 0

    async def receive() -> dict[str, Any]:
        if unsent:
            return unsent.pop()
        await answered.wait()
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]
        elif not message.get("more_body"):
            answered.set()

    await app({**scope, "state": {}}, receive, send)
    if not 200 <= status < 300:
        raise RuntimeError(f"{scope['path']} answered {status}")
