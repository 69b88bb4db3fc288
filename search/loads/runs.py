"""Who is loading. A run holds the lock of its slot while it lives, so a dead one is known by its free lock."""

import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from getpass import getuser

from auth.clock import Clock, now
from auth.database import Database, LockHeld, lock
from search.loads.model import Outcome, Run
from search.loads.store import Loads

SLOTS = 32
"""Commands that may load at once (the embedded engine takes one)."""


class TooManyRuns(Exception):
    """All slots are taken."""

    def __init__(self) -> None:
        super().__init__(f"{SLOTS} loads are running; wait for one to end · 已有 {SLOTS} 个装载在运行，请等其中一个结束")


@contextmanager
def run(loads: Loads, command: str, *, clock: Clock = now) -> Iterator[Run]:
    """Registers the command for the block. Leaving by an exception is an interruption: a later run goes on where it was."""
    with _free_slot(loads.database) as slot:
        started = Run(secrets.token_hex(16), command, _who(), slot, clock())
        loads.begin(started)
        outcome: Outcome = "interrupted"
        try:
            yield started
            outcome = "finished"
        finally:
            loads.end(started.id, outcome, clock())


class LiveRuns:
    """Tells the living from the dead, and buries the dead."""

    def __init__(self, loads: Loads, *, clock: Clock = now) -> None:
        self._loads = loads
        self._clock = clock

    def lives(self, run: str) -> bool:
        """Whether the run goes on. A dead one is ended, which closes its blocks of ordinals."""
        return any(other.id == run for other in self.all())

    def all(self) -> list[Run]:
        """The runs that go on, by their start."""
        return [run for run in self._loads.unended() if self._holds(run)]

    def _holds(self, run: Run) -> bool:
        try:
            with lock(self._loads.database, _name(run.slot)):
                self._loads.end(run.id, "dead", self._clock())
                return False
        except LockHeld:
            return True


@contextmanager
def _free_slot(database: Database) -> Iterator[int]:
    for slot in range(SLOTS):
        held = lock(database, _name(slot))
        try:
            held.__enter__()
        except LockHeld:
            continue
        try:
            yield slot
        finally:
            held.__exit__(None, None, None)
        return
    raise TooManyRuns


def _name(slot: int) -> str:
    return f"load-{slot}"


def _who() -> str:
    return f"{getuser()}@{socket.gethostname()} (pid {os.getpid()})"
