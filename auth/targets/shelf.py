"""Logs as this process read them last: only what was added since is read again, for a leaf is never changed."""

from threading import Lock

from auth.database import Connection
from auth.ledger import service as ledger
from auth.ledger.model import Leaf

MOST = 200_000
"""Leaves kept in all, about 1 KB each."""


class Shelf:
    """Of any number of threads. Only for connections that read: what a transaction wrote and takes back must not come here."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._lock = Lock()
        self._logs: dict[str, list[Leaf]] = {}

    def leaves(self, connection: Connection, log: str) -> list[Leaf]:
        """The log's leaves in order. The list is shared: not to be changed."""
        with self._lock:
            held = self._logs.get(log, [])
        added = ledger.leaves(connection, log, first=len(held))
        if added:
            held = [*held, *added]
        with self._lock:
            if len(self._logs.pop(log, [])) <= len(held):
                self._logs[log] = held  # at the end: the one asked for last
            while len(self._logs) > 1 and sum(map(len, self._logs.values())) > self._most:
                del self._logs[next(iter(self._logs))]
        return held
