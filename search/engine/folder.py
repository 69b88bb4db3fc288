"""Folders for what a process keeps while it lives, in the system's own for passing files: one ends with its process, and where that
was killed, the next process that makes one of the kind clears it."""

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from tempfile import gettempdir, mkdtemp
from weakref import finalize


class PassingFolder:
    """Of a `kind`; locked until it is ended: the system unlocks it when the process is gone, however it went. Raises `OSError`
    where none can be made."""

    def __init__(self, kind: str) -> None:
        prefix = f"patentry-{kind}-"
        for left in Path(gettempdir()).glob(f"{prefix}*"):
            with suppress(OSError):  # it is another's, in use or not ours to clear
                _ended(left, _locked(left))
        self.path = Path(mkdtemp(prefix=prefix))
        self._end = finalize(self, _ended, self.path, _locked(self.path))  # at the latest when the process ends in order

    def end(self) -> None:
        """What was mapped of its files stays readable."""
        self._end()


def _ended(folder: Path, lock: int) -> None:
    rmtree(folder, ignore_errors=True)
    os.close(lock)


def _locked(folder: Path) -> int:
    """A descriptor that holds the lock of the folder. Raises `OSError` where another does."""
    lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        raise
    return lock
