"""`KeyRing`: the key file as a running process sees it, read again when the file was replaced (a rotation)."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Generic, TypeVar

from auth.credentials.keys import FILE, Keys, load
from auth.errors import StartRefused

LOOK_AGAIN = timedelta(seconds=1)
"""How long a running process may go by keys that were replaced meanwhile."""

_log = logging.getLogger(__name__)
Made = TypeVar("Made")


class KeyRing(Generic[Made]):
    """Holds what `make` forms of the keys."""

    def __init__(self, folder: Path, make: Callable[[Keys], Made]) -> None:
        self._path = folder / FILE
        self._folder = folder
        self._make = make
        self._lock = threading.Lock()
        self._looked: datetime | None = None
        self._seen = self._stamp()
        self._made = make(load(folder))

    def recent(self, now: datetime) -> Made:
        """Formed of the file as it was at most `LOOK_AGAIN` ago: for what is asked at each request."""
        if self._looked is None or not timedelta(0) <= now - self._looked < LOOK_AGAIN:
            self._looked = now
            return self.current()
        return self._made

    def current(self) -> Made:
        """Formed of the file as it is now, at the cost of one `stat`; of the last good one while it is away or damaged."""
        stamp = self._stamp()
        if stamp not in (self._seen, None):
            with self._lock:
                if stamp != self._seen:
                    self._seen = stamp
                    self._read_again()
        return self._made

    def _read_again(self) -> None:
        try:
            self._made = self._make(load(self._folder))
        except StartRefused as refused:
            _log.error("the keys were not read again: %s", refused.en)

    def _stamp(self) -> tuple[int, int, int] | None:
        try:
            held = self._path.stat()
        except FileNotFoundError:
            return None
        return held.st_ino, held.st_mtime_ns, held.st_size
