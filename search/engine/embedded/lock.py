"""One process at a time writes to an embedded engine."""

import fcntl
import os
import sys
from pathlib import Path

from search.engine.embedded.translation import translated
from search.engine.errors import EngineLocked


class WriterLock:
    """Held from construction to `release`, or to the end of the process, however it ends. Raises `EngineLocked`, which names
    the holder."""

    def __init__(self, data: Path) -> None:
        with translated("locking the data folder"):
            self._file = os.open(data / "engine.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.pread(self._file, 500, 0).decode(errors="replace").strip()
            os.close(self._file)
            raise EngineLocked(
                f"索引正由另一进程写入（{holder}），请等它结束。"
                f" Another process is writing to the index ({holder}); wait until it ends."
            ) from error
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, f"pid {os.getpid()}: {_command()}".encode(), 0)

    def release(self) -> None:
        os.close(self._file)


def _command() -> str:
    """The command without its arguments: they may name files that are nobody's business."""
    words = [word for word in sys.argv[1:2] if not word.startswith("-")]
    return " ".join([Path(sys.argv[0]).name, *words])
