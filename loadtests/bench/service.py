"""S1, S2, S4, S5: what the service adds to its search, over the embedded engine with the sample in it.

Ours and the anchors are called on the event loop that the server runs on.
"""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from io import StringIO
from itertools import cycle, islice
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import msgspec
import orjson
import uvloop
from starlette.testclient import TestClient

from loadtests import server
from loadtests.bench import asgi
from loadtests.bench.harness import Goal, Outcome, compare, cpu, p50
from search.api.cursors import Cursors
from search.app import create_app
from search.engine.model import Request, Results
from search.engine.port import PatentReader
from search.find.answers import Found
from search.find.classes.service import Classes
from search.find.question import FacetName, Question
from search.find.service import Finder
from search.query import parse
from search.saved.history import History
from search.services import Services, open_services
from search.settings import Settings

_TIMES = 117  # of each query as many; nine of them, so that the median is one query's and not between two
_QUERIES = (
    "电池",
    "锂离子电池",
    "battery",
    "robotic arm",
    "无人机 AND 喷头",
    "膜组件",
    "tyre",
    "散热器",
    "title:photovoltaic",
    "种子",
)
_FACETS: tuple[FacetName, ...] = ("country", "type", "applicant", "ipc", "year")
_encoded = msgspec.json.Encoder().encode


@dataclass(frozen=True)
class Bench:
    """The service over a folder of its own, a signed-in caller, and the search it does."""

    services: Services
    token: str
    finder: Finder
    runner: asyncio.Runner

    def app(self, reader: PatentReader | None = None) -> asgi.App:
        """The whole application, over another engine where one is given; its log goes to memory."""
        settings = Settings(env="development", log_level="ERROR")
        services = replace(self.services, reader=reader or self.services.reader)
        return create_app(settings, services, log=StringIO())

    def scopes(self, *, full: bool) -> list[asgi.Scope]:
        shown = [("facet", name) for name in _FACETS] if full else [("highlight", "false")]
        asked = islice(cycle(_QUERIES), _TIMES)
        return [asgi.get("/api/v1/search", [("q", query), *shown], self.token) for query in asked]

    def searches(self, *, full: bool) -> Callable[[], Found]:
        """The next of the same searches at each call, without HTTP."""
        questions = _questions(full=full)
        return lambda: self.finder.search(next(questions), user="bench", lang="en")

    def pages(self, *, full: bool) -> Callable[[], bytes]:
        """The same, each as the JSON that is sent."""
        questions = _questions(full=full)
        return lambda: self.finder.page(next(questions), user="bench", lang="en")


def _questions(*, full: bool) -> Iterator[Question]:
    facets = _FACETS if full else ()
    return cycle([Question(text=query, facets=facets, highlight=full) for query in _QUERIES])


def light_over_asgi(*, rounds: int, goal: Goal) -> Outcome:
    """Median wall seconds: ten hits, no facets, no highlights."""
    return _over_asgi(rounds, goal, full=False)


def full_over_asgi(*, rounds: int, goal: Goal) -> Outcome:
    """Median wall seconds: ten hits with five facets and highlights."""
    return _over_asgi(rounds, goal, full=True)


def full_direct(*, rounds: int, goal: Goal) -> Outcome:
    """Median wall seconds: the page over ASGI, and its search called directly."""
    with opened() as bench:
        ours = asgi.latency(bench.runner, bench.app(), bench.scopes(full=True))
        return compare(ours, p50(bench.searches(full=True), times=_TIMES), goal, rounds=rounds)


def stubbed(*, rounds: int, goal: Goal) -> Outcome:
    """CPU seconds a request: a signed-in page over an engine that answers at once, and a raw ASGI page that reads its address
    and writes the same answer with orjson."""
    with opened() as bench:
        results = bench.services.reader.search(Request(parse(_QUERIES[0]).tree, whole=False))
        plain = msgspec.to_builtins(bench.searches(full=False)())
        scopes = bench.scopes(full=False)
        ours = asgi.cpu(bench.runner, bench.app(_AnswersAtOnce(bench.services.reader, results)), scopes)
        return compare(ours, asgi.cpu(bench.runner, _raw(lambda: orjson.dumps(plain)), scopes), goal, rounds=rounds)


def serialising(*, rounds: int, goal: Goal) -> Outcome:
    """CPU seconds a page of ten hits with facets and highlights."""
    with opened() as bench:
        found = bench.searches(full=True)()
        plain = msgspec.to_builtins(found)
        times = range(400)
        ours = cpu(lambda: [_encoded(found) for _ in times], units=len(times))
        return compare(ours, cpu(lambda: [orjson.dumps(plain) for _ in times], units=len(times)), goal, rounds=rounds)


def _over_asgi(rounds: int, goal: Goal, *, full: bool) -> Outcome:
    with opened() as bench:
        scopes = bench.scopes(full=full)
        ours = asgi.latency(bench.runner, bench.app(), scopes)
        anchor = asgi.latency(bench.runner, _raw(bench.pages(full=full)), scopes)
        return compare(ours, anchor, goal, rounds=rounds)


def _raw(page: Callable[[], bytes]) -> asgi.App:
    """The least that can be called a page: the address read, headers and body sent."""

    async def app(scope: asgi.Scope, _receive: Any, send: Callable[[Any], Awaitable[None]]) -> None:
        assert parse_qsl(scope["query_string"].decode())
        body = page()
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return app


class _AnswersAtOnce:
    """An engine whose search takes no time; everything else is the real one's."""

    def __init__(self, reader: PatentReader, results: Results) -> None:
        self._reader = reader
        self._results = results

    def search(self, _request: Request) -> Results:
        return self._results

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reader, name)


@cache
def _prepared() -> tuple[tempfile.TemporaryDirectory[str], server.Login]:
    """A data folder for all rows of a run, gone at its end, and who can sign in."""
    folder = tempfile.TemporaryDirectory()
    return folder, server.prepare(Path(folder.name), count=3_000)["researcher"]


@contextmanager
def opened() -> Iterator[Bench]:
    """The service over the folder of this run."""
    folder, login = _prepared()
    data = Path(folder.name)
    settings = Settings(env="development", data=data, database_url=f"sqlite:///{data / 'patentry.sqlite'}")
    services = open_services(settings)
    try:
        client = TestClient(create_app(settings, services, log=StringIO()))
        answer = client.post("/api/v1/auth/login", data={"username": login.email, "password": login.password})
        history, classes = History(services.database), Classes(services.database, services.reader)
        finder = Finder(services.reader, Cursors(services.cursor_key), history, classes)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            yield Bench(services, answer.json()["access_token"], finder, runner)
    finally:
        services.close()
