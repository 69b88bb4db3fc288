"""A folder for passing files that ends with its process: where that was killed, the next one that makes such a folder clears it."""

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from tempfile import gettempdir, mkdtemp
from weakref import finalize

_PREFIX = "patentry-columns-"


class PassingFolder:
    """Locked until it is ended; the system unlocks it when the process is gone, however it went. Raises `OSError` where none can
    be made."""

    def __init__(self) -> None:
        for left in Path(gettempdir()).glob(f"{_PREFIX}*"):
            with suppress(OSError):  # it is another's, in use or not ours to clear
                _ended(left, _locked(left))
        self.path = Path(mkdtemp(prefix=_PREFIX))
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
