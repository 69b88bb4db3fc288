"""Routes that are made with the first request for one of them."""

import subprocess
import sys
from threading import Barrier, Thread

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.routing import iter_route_contexts
from starlette.routing import BaseRoute
from starlette.testclient import TestClient

from search.api.later import Later, open_all
from tests.machine import ROOT


class Making:
    """Makes three routes, and counts how often it did."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> list[BaseRoute]:
        self.times += 1
        routes = APIRouter()

        @routes.get("/rooms")
        def seen() -> str:
            return "seen"

        @routes.post("/rooms/{name}")
        def made(name: str) -> str:
            return name

        @routes.get("/rooms/{name}/{place}")
        def found(name: str, place: int) -> str:
            return name * place

        return list(routes.routes)


@pytest.fixture
def making() -> Making:
    return Making()


@pytest.fixture
def app(making: Making) -> FastAPI:
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    app.router.routes.append(Later(["/rooms"], making))

    @app.get("/other/{name}")
    def other(name: str) -> str:
        return name

    return app


def test_nothing_is_made_for_paths_of_others(app: FastAPI, making: Making) -> None:
    client = TestClient(app)
    assert client.get("/other/rooms").json() == "rooms"
    assert client.get("/roomsome").status_code == 404
    assert making.times == 0


@pytest.mark.parametrize("before", [False, True])
@pytest.mark.parametrize(
    ("method", "path", "status", "answer"),
    [
        *(("GET", "/rooms", 200, "seen"), ("POST", "/rooms/a", 200, "a"), ("GET", "/rooms/ab/2", 200, "abab")),
        *(("GET", "/rooms/a", 405, None), ("DELETE", "/rooms", 405, None), ("GET", "/rooms/a/b/c", 404, None)),
        *(("GET", "/rooms/", 404, None), ("GET", "/rooms/ab/x", 422, None)),
    ],
)
def test_each_request_finds_its_route_the_first_one_as_well(
    app: FastAPI, making: Making, *, before: bool, method: str, path: str, status: int, answer: str | None
) -> None:
    client = TestClient(app)
    if before:
        assert client.get("/rooms").json() == "seen"
    found = client.request(method, path)
    assert found.status_code == status
    assert answer is None or found.json() == answer
    assert making.times == 1


def test_many_first_requests_at_once_make_the_routes_once(app: FastAPI, making: Making) -> None:
    together, answers = Barrier(8), list[str]()

    def ask() -> None:
        client = TestClient(app)
        together.wait()
        answers.append(client.get("/rooms").json())

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (answers, making.times) == (["seen"] * 8, 1)


def test_who_lists_the_routes_opens_them(app: FastAPI, making: Making) -> None:
    for _ in range(2):
        open_all(app)
        paths = [context.path for context in iter_route_contexts(app.routes)]
        assert paths == ["/rooms", "/rooms/{name}", "/rooms/{name}/{place}", "/other/{name}"]
    assert TestClient(app).get("/rooms/a/3").json() == "aaa"
    assert making.times == 1


def test_a_start_imports_none_of_the_rooms_that_open_later() -> None:
    rooms = (
        "search.rooms",
        "search.offices",
        "auth.projects.routes",
        "search.web.offices",
        "search.applicants.routes",
        "search.analysis.service",
        "search.export",
        "search.saved.collections.routes",
        "vl_convert",
        "typst",
        "docx",
    )
    code = f"import sys, search.app; print([name for name in {rooms} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr
