"""Processes that draw: one or two, started when they are needed, replaced when they die, and given up when they take too long."""

import os
import subprocess
import sys
from collections.abc import Sequence
from queue import Empty, LifoQueue
from threading import BoundedSemaphore
from time import monotonic
from typing import TYPE_CHECKING

from search.analysis.charts.problems import ChartUnavailable

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

PROGRAM = (sys.executable, "-P", "-m", "search.analysis.charts.worker")
WORKERS = 2
WAITING = 28
"""Charts that may wait for a process, those of some pages; one more is refused at once. Each holds one of forty threads meanwhile
(`search.api.threads`)."""
PATIENCE_S = 30.0
"""How long a chart may take, waiting included; the first one of a process needs a second, and more on a busy machine."""


class Undrawable(Exception):
    """The renderer refused the specification: a mistake of ours."""


class Pool:
    """`run` may be called by many threads. `program` gets the descriptor of its end of the connection as last argument."""

    def __init__(
        self, *, workers: int = WORKERS, waiting: int = WAITING, patience_s: float = PATIENCE_S, program: Sequence[str] = PROGRAM
    ) -> None:
        self._patience_s = patience_s
        self._places = BoundedSemaphore(workers + waiting)
        self._workers = [_Worker(program) for _ in range(workers)]
        self._free: LifoQueue[_Worker] = LifoQueue()  # the one used last is warm
        for worker in self._workers:
            self._free.put(worker)

    def run(self, job: bytes) -> bytes:
        """What the process answers. `ChartUnavailable` when too many wait, when it takes too long, when two processes died
        of it; `Undrawable`."""
        if not self._places.acquire(blocking=False):
            raise ChartUnavailable
        try:
            until = monotonic() + self._patience_s
            try:
                worker = self._free.get(timeout=self._patience_s)
            except Empty:
                raise ChartUnavailable from None
            try:
                return worker.run(job, until)
            finally:
                self._free.put(worker)
        finally:
            self._places.release()

    def pids(self) -> list[int]:
        """The processes that were started."""
        return [pid for worker in self._workers if (pid := worker.pid) is not None]

    def close(self) -> None:
        """Ends the processes, for good; whoever waits for one is told `ChartUnavailable`."""
        for worker in self._workers:
            worker.end()
        stopped = [self._free.get() for _ in self._workers]  # those at work come back, now that their process is gone
        for worker in stopped:
            worker.stop()
            self._free.put(worker)


class _Worker:
    """One process and our end of its connection; used by one thread at a time."""

    def __init__(self, program: Sequence[str]) -> None:
        self._program = program
        self._ended = False
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def run(self, job: bytes, until: float) -> bytes:
        for _ in range(2):  # it may have died, or ended, since it was last asked
            if self._ended:
                break
            try:
                answer = self._ask(job, until)
            except (EOFError, OSError):
                self.stop()
                continue
            if answer[:1] == b"\1":
                return answer[1:]
            self.stop()
            raise Undrawable(answer[1:].decode())
        raise ChartUnavailable

    def _ask(self, job: bytes, until: float) -> bytes:
        connection = self._connection or self._start()
        connection.send_bytes(job)
        if not connection.poll(max(until - monotonic(), 0)):
            self.stop()
            raise ChartUnavailable
        return connection.recv_bytes()

    def _start(self) -> "Connection":
        from multiprocessing import Pipe  # noqa: PLC0415 - nobody who starts the service waits for it

        ours, theirs = Pipe()
        with theirs:
            self._connection = ours
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                [*self._program, str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
        if self._ended:  # meanwhile: `end` may not have seen the process
            raise EOFError
        return ours

    def end(self) -> None:
        """From another thread: whoever waits for its answer finds the connection closed."""
        self._ended = True
        process = self._process
        if process is not None:
            process.kill()

    def stop(self) -> None:
        if self._connection is not None:
            self._connection.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._connection = self._process = None
