"""`python -m loadtests [--users 10] [--seconds 20]`: locust against a server of its own, then the judge's exit status."""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from loadtests import judge, server

_HERE = Path(__file__).parent


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m loadtests", description=__doc__)
    parser.add_argument("--users", type=int, default=10)
    parser.add_argument("--seconds", type=int, default=20)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        server.prepare(data, count=3_000)
        accounts = " ".join(f"{login.email}:{login.password}" for login in server.researchers(data, count=asked.users))
        with server.patentry(data) as address:
            command = [sys.executable, "-m", "locust", "--headless", "--locustfile", str(_HERE / "locustfile.py")]
            command += ["--host", address, "--users", str(asked.users), "--spawn-rate", "2"]
            command += ["--run-time", f"{asked.seconds}s", "--csv", str(data / "load"), "--only-summary"]
            subprocess.run(command, env=os.environ | {"PATENTRY_LOAD_ACCOUNTS": accounts}, check=False)
        return judge.judge(data / "load_stats.csv")


if __name__ == "__main__":
    sys.exit(main())
