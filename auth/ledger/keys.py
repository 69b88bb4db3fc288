"""The ledger's keys: a file `ledger.json`, mode 0600, in the key folder.

It holds the name under which checkpoints are signed, the Ed25519 key that signs, the public halves of those before it with the
notes that announced each change, and the pepper that fingerprints of contacts are keyed with, which never changes.
"""

import base64
import fcntl
import json
import os
import secrets
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from auth.errors import StartRefused
from auth.ledger import notes
from auth.ledger.model import instant_text
from auth.ledger.notes import Signer, Verifier

FILE = "ledger.json"
PEPPER_BYTES = 32
_DISTINCT = 16  # different bytes a random pepper of 32 has, with a probability beyond doubt


@dataclass(frozen=True, slots=True)
class Keys:
    """What the file holds. `retired` newest first; `announcements` oldest first, each a note signed by the key before and after."""

    name: str
    signer: Signer
    retired: tuple[Verifier, ...]
    announcements: tuple[str, ...]
    pepper: bytes

    @property
    def verifiers(self) -> tuple[Verifier, ...]:
        """Every key that ever signed here, the present one first."""
        return (self.signer.verifier, *self.retired)

    def origin(self, log: str) -> str:
        """What the log is called in its checkpoints."""
        return f"{self.name}/{log}"


def name_of(public_url: str) -> str:
    """The name for a new installation: its address without the scheme, as the format recommends."""
    return f"{public_url.partition('://')[2].strip('/')}/ledger"


def create(name: str) -> Keys:
    """New keys from the system's randomness; `StartRefused` for a name that notes can't carry."""
    if not notes.is_name(name):
        raise StartRefused(
            zh="PATENTRY_PUBLIC_URL 中不得有空格或加号：存证日志以它命名。",
            en="PATENTRY_PUBLIC_URL must have no blank and no plus sign: the evidence logs are named by it.",
        )
    return Keys(name, Signer(name, Ed25519PrivateKey.generate()), (), (), secrets.token_bytes(PEPPER_BYTES))


def ensure(folder: Path, *, name: str) -> None:
    """Makes the file where there is none; of several processes at once, one does."""
    with _alone(folder):
        if not (folder / FILE).exists():
            _save(folder, create(name))


def rotate(folder: Path, *, name: str, now: datetime) -> Keys:
    """A new signing key under the same name, announced by a note that both keys sign; the private half of the one before goes.
    Makes the file where there is none, then with `name`."""
    with _alone(folder):
        if not (folder / FILE).exists():
            keys = create(name)
        else:
            held = load(folder)
            signer = Signer(held.name, Ed25519PrivateKey.generate())
            text = _announcement(held.signer.verifier, signer.verifier, now)
            note = notes.sign(text, held.signer, signer).written()
            retired = (held.signer.verifier, *held.retired)
            keys = replace(held, signer=signer, retired=retired, announcements=(*held.announcements, note))
        _save(folder, keys)
    return keys


def load(folder: Path) -> Keys:
    """Reads and checks the file; `StartRefused` for a missing, readable-by-others, damaged or weak one."""
    path = folder / FILE
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        keys = _read(json.loads(path.read_bytes()))
    except FileNotFoundError:
        raise StartRefused(
            zh=f"缺少存证密钥文件 {path}：请从备份恢复；新安装请运行 patentry keys rotate --checkpoint 生成。",
            en=f"The ledger's key file {path} is missing: restore it; on a new installation run patentry keys rotate --checkpoint.",
        ) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StartRefused(
            zh=f"存证密钥文件 {path} 无法读取（{type(error).__name__}）：请从备份恢复，切勿删除。",
            en=f"The ledger's key file {path} can't be read ({type(error).__name__}): restore it from a backup, don't remove it.",
        ) from None
    if mode & 0o077:
        raise StartRefused(
            zh=f"存证密钥文件 {path} 的权限为 {mode:04o}，其他用户可读：请运行 chmod 600 {path}。",
            en=f"The ledger's key file {path} has mode {mode:04o}, others can read it: run chmod 600 {path}.",
        )
    return keys


def _announcement(old: Verifier, new: Verifier, now: datetime) -> str:
    """No checkpoint can be mistaken for it: its second line is no number."""
    return f"{old.name}\nkey rotation\nold {old.vkey}\nnew {new.vkey}\nat {instant_text(now)}\n"


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


def _save(folder: Path, keys: Keys) -> None:
    """Replaces the file in one step; readable by its owner alone from its first byte."""
    draft = folder / f".{FILE}.{secrets.token_hex(4)}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
        handle.write(json.dumps(_written(keys), indent=1, ensure_ascii=False).encode())
        handle.flush()
        os.fsync(handle.fileno())
    draft.replace(folder / FILE)


def _written(keys: Keys) -> dict[str, object]:
    return {
        "name": keys.name,
        "private": base64.b64encode(keys.signer.private.private_bytes_raw()).decode(),
        "retired": [key.vkey for key in keys.retired],
        "announcements": list(keys.announcements),
        "pepper": base64.b64encode(keys.pepper).decode(),
    }


def _read(document: Mapping[str, Any]) -> Keys:
    """The keys of the document; `ValueError`, `KeyError` or `TypeError` for one that is not whole."""
    private = Ed25519PrivateKey.from_private_bytes(base64.b64decode(document["private"], validate=True))
    pepper = base64.b64decode(document["pepper"], validate=True)
    if len(pepper) < PEPPER_BYTES or len(set(pepper)) < _DISTINCT:
        raise ValueError("the pepper is weak")
    signer = Signer(document["name"], private)
    retired = tuple(map(notes.verifier, document["retired"]))
    keys = Keys(document["name"], signer, retired, tuple(document["announcements"]), pepper)
    for note, (new, old) in zip(reversed(keys.announcements), zip(keys.verifiers, retired, strict=False), strict=True):
        if len(notes.verify(notes.parse(note), (old, new))) != 2:
            raise ValueError("a change of keys is announced by a note that both signed")
    return keys
