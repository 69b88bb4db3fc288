"""The API's description is made once, in a thread, and given to nobody before it is whole."""

from collections.abc import Iterable
from threading import Event, Thread
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from auth.http.documents import ProblemDocument
from search.api.openapi import describe


@pytest.fixture
def app() -> FastAPI:
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)

    @app.get("/rooms/{name}")
    def room(name: str) -> str:
        return name

    return app


def test_others_are_answered_while_the_description_is_made(app: FastAPI) -> None:
    asked, answered, held = Event(), Event(), list[bool]()

    def kinds() -> Iterable[type]:
        asked.set()
        held.append(answered.wait(10))
        return [ProblemDocument]

    @app.get("/health")
    async def health() -> str:
        answered.set()
        return "well"

    describe(app, "/described", kinds)
    with TestClient(app) as client:
        first = Thread(target=client.get, args=("/described",))
        first.start()
        assert asked.wait(10)
        assert client.get("/health").json() == "well"
        first.join()
        assert client.get("/described").json()["paths"].keys() == {"/rooms/{name}", "/health"}
    assert held == [True]


def test_who_asks_meanwhile_gets_the_whole_description(app: FastAPI) -> None:
    told = list[set[str]]()
    second = Thread(target=lambda: told.append(names(app.openapi())))

    def kinds() -> Iterable[type]:
        second.start()
        second.join(0.2)  # it waits for the first one; were it answered at once, its answer would lack what follows
        return [ProblemDocument]

    describe(app, "/described", kinds)
    whole = names(app.openapi())
    second.join()
    assert "ProblemDocument" in whole
    assert told == [whole]


def names(schema: dict[str, Any]) -> set[str]:
    return set(schema["components"]["schemas"])
