"""A real browser: the system's Chromium, driven by playwright, kept away from every address but the service's."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests import machine

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--no-first-run",
    "--disable-domain-reliability",
)


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Chromium without a window; the test is skipped where there is none."""
    path = machine.need("chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(_QUIET))
        yield started
        started.close()
