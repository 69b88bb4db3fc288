"""S1, S2, S4, S5: what the service adds to its search, over the embedded engine with the sample in it."""

import asyncio
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import cycle, islice
from pathlib import Path

import msgspec
import orjson

from loadtests import server
from loadtests.bench import asgi
from loadtests.bench.harness import Goal, Outcome, compare, cpu, p50
from search.api.cursors import Cursors
from search.app import Services, create_app, open_services
from search.engine.model import Request, Results
from search.engine.port import PatentReader
from search.find.answers import Found
from search.find.schemas import SearchParams
from search.find.service import Finder
from search.settings import Settings

_TIMES = 120
_QUERIES = ("电池", "锂离子电池", "battery", "robotic arm", "无人机 AND 喷头", "膜组件", "tyre", "散热器", "title:photovoltaic", "种子")
_FACETS = ("country", "type", "applicant", "ipc", "year")
_encoded = msgspec.json.Encoder().encode


@dataclass(frozen=True)
class Bench:
    """The service over a folder of its own, a signed-in caller, and the search it does."""

    services: Services
    app: asgi.App
    token: str
    finder: Finder
    runner: asyncio.Runner

    def scopes(self, *, full: bool) -> list[asgi.Scope]:
        pages = islice(cycle(_QUERIES), _TIMES)
        return [asgi.get("/api/v1/search", _page(query, full=full), self.token) for query in pages]

    def search(self, query: str, *, full: bool) -> Found:
        """The same search without HTTP."""
        return self.finder.search(_params(query, full=full).question(), user="bench", lang="en")

    def searches(self, *, full: bool) -> Callable[[], Found]:
        """The next of the same searches, at each call."""
        queries = cycle(_QUERIES)
        return lambda: self.search(next(queries), full=full)


def light_over_asgi(*, rounds: int, goal: Goal) -> Outcome:
    """Median wall seconds: ten hits, no facets, no highlights."""
    return _over_asgi(rounds, goal, full=False)


def full_over_asgi(*, rounds: int, goal: Goal) -> Outcome:
    """Median wall seconds: ten hits with five facets and highlights."""
    return _over_asgi(rounds, goal, full=True)


def full_direct(*, rounds: int, goal: Goal) -> Outcome:
    """Median wall seconds: the page over ASGI and the search called in process."""
    with _bench() as bench:
        ours = asgi.latency(bench.runner, bench.app, bench.scopes(full=True))
        return compare(ours, p50(bench.searches(full=True), times=_TIMES), goal, rounds=rounds)


def stubbed(*, rounds: int, goal: Goal) -> Outcome:
    """CPU seconds a request: a signed-in page over an engine that answers at once, and the same bytes from a raw ASGI page."""
    with _bench() as bench:
        found = bench.services.reader.search(Request(SearchParams(q="电池").question().tree if False else _tree("电池")))
        app = _app(replace(bench.services, reader=_Answering(bench.services.reader, found)))
        page = _encoded(bench.search("电池", full=False))
        scopes = bench.scopes(full=False)
        ours = asgi.cpu(bench.runner, app, scopes)
        return compare(ours, asgi.cpu(bench.runner, _raw(lambda: page), scopes), goal, rounds=rounds)


def serialising(*, rounds: int, goal: Goal) -> Outcome:
    """CPU seconds a page of ten hits with facets and highlights."""
    with _bench() as bench:
        found = bench.search("电池", full=True)
        plain = msgspec.to_builtins(found)
        times = range(400)
        ours = cpu(lambda: [_encoded(found) for _ in times], units=len(times))
        return compare(ours, cpu(lambda: [orjson.dumps(plain) for _ in times], units=len(times)), goal, rounds=rounds)
