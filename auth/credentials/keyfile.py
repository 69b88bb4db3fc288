"""`KeyFile`: a JSON file in the key folder, mode 0600, that holds what must not be lost and not be seen."""

import fcntl
import json
import os
import secrets
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from auth.errors import StartRefused

SECRET_BYTES = 32
_DISTINCT = 16  # different bytes a random secret of 32 has, with a probability beyond doubt

Held = TypeVar("Held")


@dataclass(frozen=True, slots=True)
class Words:
    """How a file is called and what to do where it is missing or damaged, in one language."""

    called: str
    missing: str
    damaged: str


@dataclass(frozen=True, slots=True)
class KeyFile(Generic[Held]):
    """`read` makes what is held of the document, and says by `ValueError`, `LookupError`, `TypeError` or `AttributeError` that
    it is not whole; `written` is the way back."""

    name: str
    zh: Words
    en: Words
    read: Callable[[Mapping[str, Any]], Held]
    written: Callable[[Held], Mapping[str, object]]

    def load(self, folder: Path) -> Held:
        """Reads and checks the file; `StartRefused` for a missing, damaged or readable-by-others one."""
        path, zh, en = folder / self.name, self.zh, self.en
        try:
            mode = stat.S_IMODE(path.stat().st_mode)
            held = self.read(json.loads(path.read_bytes()))
        except FileNotFoundError:
            raise StartRefused(
                zh=f"缺少{zh.called} {path}：{zh.missing}。", en=f"{en.called} {path} is missing: {en.missing}."
            ) from None
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            why = type(error).__name__
            raise StartRefused(
                zh=f"{zh.called} {path} 无法读取（{why}）：{zh.damaged}。",
                en=f"{en.called} {path} can't be read ({why}): {en.damaged}.",
            ) from None
        if mode & 0o077:
            raise StartRefused(
                zh=f"{zh.called} {path} 的权限为 {mode:04o}，其他用户可读：请运行 chmod 600 {path}。",
                en=f"{en.called} {path} has mode {mode:04o}, others can read it: run chmod 600 {path}.",
            )
        return held

    def save(self, folder: Path, held: Held) -> None:
        """Replaces the file in one step; readable by its owner alone from its first byte."""
        draft = folder / f".{self.name}.{secrets.token_hex(4)}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
            handle.write(json.dumps(self.written(held), indent=1, ensure_ascii=False).encode())
            handle.flush()
            os.fsync(handle.fileno())
        draft.replace(folder / self.name)

    def ensure(self, folder: Path, make: Callable[[], Held]) -> None:
        """Makes the file where there is none; of several processes at once, one does."""
        with _alone(folder):
            if not (folder / self.name).exists():
                self.save(folder, make())

    def renew(self, folder: Path, change: Callable[[Held], Held], *, make: Callable[[], Held] | None = None) -> Held:
        """Changes what the file holds, one process at a time; where there is none, `make` makes it, or it is `StartRefused`."""
        with _alone(folder):
            held = make() if make and not (folder / self.name).exists() else change(self.load(folder))
            self.save(folder, held)
        return held


def is_weak(secret: bytes) -> bool:
    """Whether it can't be what 32 bytes of the system's randomness are."""
    return len(secret) < SECRET_BYTES or len(set(secret)) < _DISTINCT


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """The folder, made where there is none, locked against other processes that change keys."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
        os.fsync(handle)  # the file's name too is on disk: a lost pepper would make everybody new again
    finally:
        os.close(handle)
