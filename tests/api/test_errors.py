"""Every error of a lower room has its answer, in both languages, and none is a 500."""

from dataclasses import replace
from typing import Any, cast

import pytest

from auth.errors import Problem
from search.api.cursors import CursorForged
from search.api.errors import problem
from search.api.limits import TooManyAtOnce
from search.app import create_app
from search.engine import errors as engine
from search.engine.errors import EngineError
from search.engine.port import PatentReader
from search.query.errors import MESSAGES, QueryError
from tests.service import Running

_MADE: dict[type[Exception], tuple[object, ...]] = {
    engine.TooManyExpansions: ("a*",),
    engine.TooManyCells: (65_000,),
    engine.TooMuchText: (3, 20),
    engine.TooManyDocuments: (1_000_000,),
    engine.StillReading: (200_000, 350_000),
}


def kinds(base: type[Exception]) -> list[type[Exception]]:
    return [base, *(below for kind in base.__subclasses__() for below in kinds(kind))]


@pytest.mark.parametrize("kind", [*kinds(EngineError), CursorForged, TooManyAtOnce], ids=lambda kind: kind.__name__)
def test_every_error_of_an_engine_is_answered(kind: type[Exception]) -> None:
    told = problem(kind(*_MADE.get(kind, ("the inside",))))
    assert told.status in (400, 429, 503)
    assert told.code != Problem.code
    assert told.zh != told.en
    assert "the inside" not in told.zh + told.en + str(told.extra)
    assert (told.retry_after_s is not None) == (told.status in (429, 503))


@pytest.mark.parametrize("code", MESSAGES)
def test_every_error_of_a_query_keeps_its_code_and_place(code: str) -> None:
    class Anything(dict[str, object]):
        def __missing__(self, key: str) -> str:
            return key

    error = QueryError.__new__(QueryError)
    error.code, error.position, error.expected, error.suggestions = code, 3, ("a word",), ()
    error.zh, error.en = (text.format_map(Anything()) for text in MESSAGES[code])
    told = problem(error)
    assert (told.status, told.code, told.extra) == (400, code, {"position": 3, "expected": ["a word"]})
    assert (told.zh, told.en) == (error.zh, error.en)


class StillReading:
    """An engine that reads what tables are counted from."""

    def __init__(self, reader: PatentReader) -> None:
        self._reader = reader

    def aggregate(self, *_: object, **__: object) -> None:
        raise engine.StillReading(200_000, 350_000)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reader, name)


def test_a_page_that_waits_for_what_is_read_comes_again_by_itself(service: Running) -> None:
    services = replace(service.services, reader=cast(PatentReader, StillReading(service.services.reader)))
    client = replace(service, app=create_app(service.settings, services, log=service.log)).as_("researcher")
    page = client.get("/analysis/trend", params={"q": "*"}, headers={"accept": "text/html"})
    assert (page.status_code, page.headers["refresh"]) == (503, "1")
    assert "200,000 / 350,000" in page.text
    assert '<progress value="200000" max="350000"' in page.text
    told = client.get("/api/v1/analysis/trend", params={"q": "*"})
    assert (told.status_code, told.json()["read"], told.json()["of"]) == (503, 200_000, 350_000)
    assert "refresh" not in told.headers


def test_how_many_documents_are_counted_is_told() -> None:
    told = problem(engine.TooManyDocuments(1_000_000))
    assert "上限 1,000,000 件" in told.zh
    assert "1,000,000 at the most" in told.en
