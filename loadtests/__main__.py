"""`python -m loadtests [--users 10] [--seconds 20]`: locust against a server of its own on 127.0.0.1, then the judge's exit status.

Two runs of so many seconds: first without newcomers, then with five people signing up a second, held against the first.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from loadtests import judge, server
from loadtests.people import NEWCOMERS

_HERE = Path(__file__).parent
_STAFF = 2


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m loadtests", description=__doc__)
    parser.add_argument("--users", type=int, default=10, help="researchers; an agency and a bureau are always there")
    parser.add_argument("--seconds", type=int, default=20, help="of each of the two runs")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        given = server.prepare_everybody(data, researchers=asked.users)
        given.written(data / "load.json")
        with server.patentry(data) as address:
            usual = ["Researcher", "Agency", "Bureau"]
            print("without newcomers", flush=True)
            idle = _locust(data, address, "idle", usual, users=asked.users + _STAFF, seconds=asked.seconds)
            print("with five newcomers a second", flush=True)
            users = asked.users + _STAFF + NEWCOMERS
            busy = _locust(data, address, "busy", [*usual, "Newcomer"], users=users, seconds=asked.seconds)
        return judge.judge(busy, idle=idle)


def _locust(data: Path, address: str, name: str, people: list[str], *, users: int, seconds: int) -> Path:
    """The statistics of one run."""
    command = [sys.executable, "-m", "locust", "--headless", "--locustfile", str(_HERE / "locustfile.py"), "--host", address]
    command += ["--users", str(users), "--spawn-rate", "5", "--run-time", f"{seconds}s", "--stop-timeout", "5"]
    command += ["--csv", str(data / name), "--only-summary", *people]
    subprocess.run(command, env=os.environ | {"PATENTRY_LOAD": str(data / "load.json")}, check=False)
    return data / f"{name}_stats.csv"


if __name__ == "__main__":
    sys.exit(main())
