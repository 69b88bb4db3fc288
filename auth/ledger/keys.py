"""The ledger's keys: a file `ledger.json`, mode 0600, in the key folder.

It holds the name under which checkpoints are signed, the Ed25519 key that signs, the public halves of those before it with the
notes that announced each change, and the pepper that fingerprints of contacts are keyed with, which never changes.
"""

import base64
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from auth.credentials.keyfile import SECRET_BYTES, KeyFile, Words, is_weak
from auth.errors import StartRefused
from auth.ledger import notes, tlog
from auth.ledger.model import instant_text
from auth.ledger.notes import Signer, Verifier

FILE = "ledger.json"


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

    def signed(self, log: str, written: str) -> bool:
        """Whether the written note is a checkpoint of the log by one of these keys."""
        try:
            note = notes.parse(written)
            return bool(notes.verify(note, self.verifiers)) and tlog.checkpoint(note.text).origin == self.origin(log)
        except notes.NoteRefused:
            return False


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
    return Keys(name, Signer(name, Ed25519PrivateKey.generate()), (), (), secrets.token_bytes(SECRET_BYTES))


def ensure(folder: Path, *, name: str) -> None:
    """Makes the file where there is none; of several processes at once, one does."""
    _FILE.ensure(folder, lambda: create(name))


def rotate(folder: Path, *, now: datetime) -> Keys:
    """A new signing key under the same name, announced by a note that both keys sign; the private half of the one before goes.
    `StartRefused` where there is no sound file: a lost key can't announce its successor."""

    def renew(held: Keys) -> Keys:
        signer = Signer(held.name, Ed25519PrivateKey.generate())
        text = _announcement(held.signer.verifier, signer.verifier, now)
        note = notes.sign(text, held.signer, signer).written()
        retired = (held.signer.verifier, *held.retired)
        return replace(held, signer=signer, retired=retired, announcements=(*held.announcements, note))

    return _FILE.renew(folder, renew)


def load(folder: Path) -> Keys:
    """Reads and checks the file; `StartRefused` for a missing, readable-by-others, damaged or weak one."""
    return _FILE.load(folder)


def _announcement(old: Verifier, new: Verifier, now: datetime) -> str:
    """No checkpoint can be mistaken for it: its second line is no number."""
    return f"{old.name}\nkey rotation\nold {old.vkey}\nnew {new.vkey}\nat {instant_text(now)}\n"


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
    if is_weak(pepper):
        raise ValueError("the pepper is weak")
    signer = Signer(document["name"], private)
    retired = tuple(map(notes.verifier, document["retired"]))
    keys = Keys(document["name"], signer, retired, tuple(document["announcements"]), pepper)
    for note, (new, old) in zip(reversed(keys.announcements), zip(keys.verifiers, retired, strict=False), strict=True):
        if len(notes.verify(notes.parse(note), (old, new))) != 2:
            raise ValueError("a change of keys is announced by a note that both signed")
    return keys


_FILE = KeyFile(
    FILE,
    zh=Words("存证密钥文件", "请从备份恢复；新安装请运行 patentry keys rotate 生成", "请从备份恢复，切勿删除"),
    en=Words(
        "The ledger's key file",
        "restore it; on a new installation run patentry keys rotate",
        "restore it from a backup, don't remove it",
    ),
    read=_read,
    written=_written,
)
