"""The service as `make run` starts it, once for the tests of the documentation."""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from loadtests import server
from tests.machine import ROOT


@dataclass(frozen=True)
class Tour:
    """Where the service of the tour listens, and its data folder."""

    port: int
    data: Path

    def localised(self, text: str) -> str:
        """The documentation's commands, with this service's address and folder in place of those of `make run`."""
        return text.replace("127.0.0.1:8000", f"127.0.0.1:{self.port}").replace(" var/", f" {self.data}/")


@pytest.fixture(scope="session")
def tour(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tour]:
    data = tmp_path_factory.mktemp("tour")
    port = server.free_port()
    settings = {"PORT": str(port), "PATENTRY_DATA": str(data), "PATENTRY_PUBLIC_URL": f"http://127.0.0.1:{port}"}
    told = data / "told.txt"
    with told.open("wb") as output, subprocess.Popen([ROOT / "scripts/run"], env=os.environ | settings, stdout=output) as process:
        try:
            server.await_ready(process, port)
            yield Tour(port, data)
        finally:
            process.terminate()
