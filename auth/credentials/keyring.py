"""`KeyRing`: the key file as a running process sees it, read again when the file was replaced (a rotation)."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from auth.credentials.keys import FILE, Keys, load
from auth.errors import StartRefused

_log = logging.getLogger(__name__)
Made = TypeVar("Made")


class KeyRing(Generic[Made]):
    """Holds what `make` forms of the keys. Asking costs one `stat` of the file."""

    def __init__(self, folder: Path, make: Callable[[Keys], Made]) -> None:
        self._folder = folder
        self._make = make
        self._lock = threading.Lock()
        self._seen = self._stamp()
        self._made = make(load(folder))

    def current(self) -> Made:
        """Formed of the file as it is now; of the last good one while the file is away or damaged."""
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
            held = (self._folder / FILE).stat()
        except FileNotFoundError:
            return None
        return held.st_ino, held.st_mtime_ns, held.st_size
