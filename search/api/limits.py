"""Limits on what one caller may take of a process. The size of a body is bounded in `auth.http.body`."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

SEARCHES = 2
"""The searches of one user at the same time, in one process."""


class TooManyAtOnce(Exception):
    """The caller has `SEARCHES` searches under way already."""


class Slots:
    """At most `most` at the same time for a user. Counted in this process alone: several workers multiply it."""

    def __init__(self, most: int = SEARCHES) -> None:
        self._most = most
        self._taken: dict[str, int] = {}
        self._lock = Lock()

    @contextmanager
    def one(self, user: str) -> Iterator[None]:
        """Holds a slot of `user`; raises `TooManyAtOnce` where none is free."""
        with self._lock:
            taken = self._taken.get(user, 0)
            if taken >= self._most:
                raise TooManyAtOnce
            self._taken[user] = taken + 1
        try:
            yield
        finally:
            with self._lock:
                self._taken[user] -= 1
                if not self._taken[user]:
                    del self._taken[user]
