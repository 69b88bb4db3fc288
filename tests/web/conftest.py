"""The pages as a browser gets them: the service on a port of its own, and tabs that reach nothing else."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, Page

from tests.service import PASSWORD, PEOPLE, running

Tab = Callable[..., Page]


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Address of a server of the application."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()  # who comes before the server runs waits for it
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the service over the stock of `tests.service`."""
    with running(tmp_path_factory.mktemp("site")) as service, served(service.app) as address:
        yield address


@pytest.fixture
def tab(browser: Browser, site: str) -> Iterator[Tab]:
    """Opens a tab at the first page; without script unless asked for. What the page wants from elsewhere fails the test."""
    with tabs(browser, site) as opened:
        yield opened


@contextmanager
def tabs(browser: Browser, site: str) -> Iterator[Tab]:
    """Tabs of the site, each with cookies of its own."""
    strayed: list[str] = []
    contexts = []

    def opened(*, locale: str = "zh-CN", width: int = 1200, script: bool = False, dark: bool = False) -> Page:
        context = browser.new_context(
            base_url=site,
            locale=locale,
            java_script_enabled=script,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
        )
        contexts.append(context)
        context.on("request", lambda request: None if request.url.startswith(site) else strayed.append(request.url))
        page = context.new_page()
        page.goto("/")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not strayed


def sign_in(page: Page, caller: str = "researcher") -> None:
    """Through the form, as a person does."""
    page.goto("/login")
    page.locator("#username").fill(PEOPLE[caller])
    page.locator("#password").fill(PASSWORD)
    page.locator(".form button").click()
    page.wait_for_url("**/")
