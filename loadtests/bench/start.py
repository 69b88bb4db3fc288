"""S7: from the start of the process to its first 200, against a FastAPI application with one route."""

import os
import sys
import tempfile
from pathlib import Path

from loadtests import server
from loadtests.bench.harness import Goal, Outcome, compare, wall


def cold_start(*, rounds: int, goal: Goal) -> Outcome:
    """Wall seconds of one start, imports compiled before."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        server.prepare(data, count=500)
        ours = [sys.executable, "-m", "search", "serve", "--host", "127.0.0.1", "--port"]
        bare = [sys.executable, "-m", "uvicorn", "loadtests.bench.bare:app", "--host", "127.0.0.1", "--port"]

        def start(command: list[str], environment: dict[str, str]) -> None:
            port = server.free_port()
            with server.running([*command, str(port)], port, environment):
                pass

        return compare(
            wall(lambda: start(ours, server.environment(data)), units=1),
            wall(lambda: start(bare, dict(os.environ)), units=1),
            goal,
            rounds=rounds,
        )
