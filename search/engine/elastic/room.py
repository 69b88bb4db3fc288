"""Room for counting: tables of so many documents at once in a process, for each takes memory while it is counted."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

from search.engine.elastic.bounds import Bounds
from search.engine.errors import StillReading


class Room:
    """Safe for many threads."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._taken = 0
        self._changed = Condition()

    @contextmanager
    def of(self, documents: int) -> Iterator[None]:
        """Taken until the block ends; more than there is in all is had by whoever is alone. Raises `StillReading` where others
        leave none in time."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._fits(documents), self._bounds.waits_s):
                raise StillReading(documents, documents)
            self._taken += documents
        try:
            yield
        finally:
            with self._changed:
                self._taken -= documents
                self._changed.notify_all()

    def _fits(self, documents: int) -> bool:
        return not self._taken or self._taken + documents <= self._bounds.at_once
