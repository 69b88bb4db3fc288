"""S7: from the start of the process to its first 200, against a FastAPI application with one route."""

import os
import sys
import tempfile
from pathlib import Path

from loadtests import server
from loadtests.bench.harness import Goal, Outcome, compare, wall


def cold_start(*, rounds: int, goal: Goal) -> Outcome:
    """Wall seconds of one start. The first of either side, which does not count, compiles what is imported, whatever the caller's
    own environment says of compiled files."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        server.prepare(data, count=500)
        compiled = {"PYTHONPYCACHEPREFIX": str(data / "compiled"), "PYTHONDONTWRITEBYTECODE": ""}
        ours = [sys.executable, "-m", "search", "serve", "--host", "127.0.0.1", "--port"]
        bare = [sys.executable, "-m", "uvicorn", "loadtests.bench.bare:app", "--host", "127.0.0.1", "--port"]

        def start(command: list[str], environment: dict[str, str]) -> None:
            port = server.free_port()
            with server.running([*command, str(port)], port, environment):
                pass

        return compare(
            wall(lambda: start(ours, server.environment(data) | compiled), units=1),
            wall(lambda: start(bare, dict(os.environ) | compiled), units=1),
            goal,
            rounds=rounds,
        )
