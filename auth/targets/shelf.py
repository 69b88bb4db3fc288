"""Logs as this process read them last: only what was added since is read again, for a leaf is never changed."""

from dataclasses import dataclass, field
from threading import Lock

from auth.database import Connection
from auth.ledger import service as ledger
from auth.ledger.model import Leaf
from auth.targets.evaluate import Running
from auth.targets.rules import Rules
from auth.targets.terms import KINDS

MOST = 200_000
"""Leaves kept in all, about 1 KB each."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A log as it was read last. `leaves` in order, those that terms are read from in `terms`; neither is to be changed.
    `running`: the standings counted by it, by project and rule file; each goes on from what it read."""

    leaves: list[Leaf] = field(default_factory=list)
    terms: list[Leaf] = field(default_factory=list)
    running: dict[tuple[str, str], Running] = field(default_factory=dict)

    def standing(self, rules: Rules, project: str) -> Running:
        """The standing of the project by this log, under this rule file."""
        return self.running.setdefault((project, rules.sha256), Running(rules, project))

    def longer(self, added: list[Leaf]) -> "Kept":
        """With what was added to the log."""
        told = [leaf for leaf in added if leaf.kind in KINDS]
        return Kept([*self.leaves, *added], [*self.terms, *told] if told else self.terms, self.running)


class Shelf:
    """Of any number of threads. Only for connections that read: what a transaction wrote and takes back must not come here."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._lock = Lock()
        self._logs: dict[str, Kept] = {}

    def log(self, connection: Connection, log: str) -> Kept:
        """The log as it stands."""
        with self._lock:
            held = self._logs.get(log) or Kept()
        added = ledger.leaves(connection, log, first=len(held.leaves))
        if added:
            held = held.longer(added)
        with self._lock:
            if len(self._logs.pop(log, Kept()).leaves) <= len(held.leaves):
                self._logs[log] = held  # at the end: the one asked for last
            while len(self._logs) > 1 and sum(len(kept.leaves) for kept in self._logs.values()) > self._most:
                del self._logs[next(iter(self._logs))]
        return held
