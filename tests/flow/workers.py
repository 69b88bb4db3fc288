"""The service as it runs in production, several worker processes on one port, which a test kills one by one without warning."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.command import environment

_STARTED = "Uvicorn running on "
_READY = "Application startup complete"
WORKERS = 2
PATIENCE_S = 60


@dataclass
class Workers:
    """`address` is where they answer; `said` are the lines of their log; `killed` were killed by now, `ready` began to answer."""

    process: subprocess.Popen[str]
    chance: Random
    address: str = ""
    killed: int = 0
    ready: int = 0
    said: list[str] = field(default_factory=list)
    _news: threading.Condition = field(default_factory=threading.Condition)

    def kill_one(self) -> None:
        """Kills one of those that live; the supervisor starts another in its place."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        living = [int(child) for child in children if _is_worker(child)]
        if living:
            os.kill(self.chance.choice(living), signal.SIGKILL)
            self.killed += 1

    def await_one(self, *, after: int) -> None:
        """Until more than `after` began to answer, in all."""
        with self._news:
            assert self._news.wait_for(lambda: self.ready > after, PATIENCE_S), self.said[-20:]

    def listen(self) -> None:
        """Reads the log to its end: a full pipe would stop them."""
        for line in self.process.stderr or ():
            with self._news:
                self.said.append(line)
                self.ready += _READY in line
                self._news.notify_all()


@contextmanager
def serving(data: Path, chance: Random, **settings: str) -> Iterator[Workers]:
    """Started, until the block ends."""
    command = [sys.executable, "-m", "search", "serve", "--port", "0", "--workers", str(WORKERS)]
    with subprocess.Popen(command, env=environment(data, **settings), stderr=subprocess.PIPE, text=True) as process:
        workers = Workers(process, chance)
        reader = threading.Thread(target=workers.listen)
        reader.start()
        try:
            workers.await_one(after=0)
            bound = next(line for line in workers.said if _STARTED in line)
            workers.address = json.loads(bound)["message"].partition(_STARTED)[2].split()[0]
            yield workers
        finally:
            process.terminate()
            reader.join()


def _is_worker(pid: str) -> bool:
    """Not the tracker of resources that stands beside them, nor one that is dead and not yet missed."""
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except FileNotFoundError:
        return False
    return b"spawn_main" in command
