"""S7: from the start of the process to its first 200, against a FastAPI application with one route."""

import os
import sys
import tempfile
import time
from pathlib import Path

from loadtests import server
from loadtests.bench.harness import Goal, Outcome, compare


def cold_start(*, rounds: int, goal: Goal) -> Outcome:
    """Wall seconds of one start, without those of the end. The first of either side, which does not count, compiles what is
    imported, whatever the caller's own environment says of compiled files."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        server.prepare(data, count=500)
        compiled = {"PYTHONPYCACHEPREFIX": str(data / "compiled"), "PYTHONDONTWRITEBYTECODE": ""}
        ours = [sys.executable, "-m", "search", "serve", "--host", "127.0.0.1", "--port"]
        bare = [sys.executable, "-m", "uvicorn", "loadtests.bench.bare:app", "--host", "127.0.0.1", "--port"]

        def start(command: list[str], environment: dict[str, str]) -> float:
            port = server.free_port()
            begun = time.perf_counter()
            with server.running([*command, str(port)], port, environment):
                return time.perf_counter() - begun

        return compare(
            lambda: start(ours, server.environment(data) | compiled),
            lambda: start(bare, dict(os.environ) | compiled),
            goal,
            rounds=rounds,
        )
