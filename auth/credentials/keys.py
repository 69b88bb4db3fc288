"""The keys of this installation: a file `tokens.json`, mode 0600, in the key folder.

It holds the signing keys of access tokens (P-256, the newest signs, older ones verify until `expires_at`) and one secret
from which keys for single purposes are derived.  Other rooms keep files of their own in the same folder.
"""

import base64
import binascii
import fcntl
import hashlib
import hmac
import json
import os
import secrets
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from auth.errors import StartRefused

FILE = "tokens.json"
SECRET_BYTES = 32
_DISTINCT = 16  # different bytes a random secret of 32 has, with a probability beyond doubt


@dataclass(frozen=True, slots=True)
class SigningKey:
    """`kid` names the key in a token's header; `expires_at` is ``None`` for the key that signs."""

    kid: str
    created_at: datetime
    expires_at: datetime | None
    private: EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class Keys:
    """What the file holds; `signing` newest first, at least one."""

    signing: tuple[SigningKey, ...]
    secret: bytes

    def derive(self, purpose: str) -> bytes:
        """32 bytes for one purpose (RFC 5869, expand step); nothing leads from one purpose to another."""
        return hmac.digest(self.secret, purpose.encode() + b"\x01", hashlib.sha256)


def create(now: datetime) -> Keys:
    """New keys from the system's randomness."""
    return Keys((_signing_key(now),), secrets.token_bytes(SECRET_BYTES))


def ensure(folder: Path, *, now: datetime) -> None:
    """Makes the file where there is none; of several processes at once, one does."""
    with _alone(folder):
        if not (folder / FILE).exists():
            save(folder, create(now))


def rotate(folder: Path, *, now: datetime, lifetime: timedelta) -> Keys:
    """A new signing key; the one before verifies for another `lifetime`, expired ones go. Makes the file where there is none."""
    with _alone(folder):
        if not (folder / FILE).exists():
            keys = create(now)
        else:
            held = load(folder)
            older = (key if key.expires_at else replace(key, expires_at=now + lifetime) for key in held.signing)
            live = tuple(key for key in older if key.expires_at and key.expires_at > now)
            keys = replace(held, signing=(_signing_key(now), *live))
        save(folder, keys)
    return keys


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """The folder, made where there is none, locked against other processes that change keys."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def load(folder: Path) -> Keys:
    """Reads and checks the file; `StartRefused` for a missing, readable-by-others, damaged or weak one."""
    path = folder / FILE
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        document = json.loads(path.read_bytes())
        keys = _read(document)
    except FileNotFoundError:
        raise StartRefused(
            zh=f"缺少密钥文件 {path}：请运行 patentry keys rotate 生成。",
            en=f"The key file {path} is missing: make it with patentry keys rotate.",
        ) from None
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise StartRefused(
            zh=f"密钥文件 {path} 无法读取（{type(error).__name__}）：请从备份恢复，或删除后运行 patentry keys rotate。",
            en=f"The key file {path} can't be read ({type(error).__name__}): restore it, or remove it, then patentry keys rotate.",
        ) from None
    if mode & 0o077:
        raise StartRefused(
            zh=f"密钥文件 {path} 的权限为 {mode:04o}，其他用户可读：请运行 chmod 600 {path}。",
            en=f"The key file {path} has mode {mode:04o}, others can read it: run chmod 600 {path}.",
        )
    if len(keys.secret) < SECRET_BYTES or len(set(keys.secret)) < _DISTINCT:
        raise StartRefused(
            zh=f"密钥文件 {path} 中的 secret 太弱（至少 32 个随机字节）：请删除该文件后运行 patentry keys rotate。",
            en=f"The secret in {path} is weak (32 random bytes at least): remove the file and run patentry keys rotate.",
        )
    return keys


def save(folder: Path, keys: Keys) -> None:
    """Replaces the file in one step; readable by its owner alone from its first byte."""
    draft = folder / f".{FILE}.{secrets.token_hex(4)}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
        handle.write(json.dumps(_written(keys), indent=1).encode())
        handle.flush()
        os.fsync(handle.fileno())
    draft.replace(folder / FILE)


def _signing_key(now: datetime) -> SigningKey:
    return SigningKey(secrets.token_hex(8), now, None, generate_private_key(SECP256R1()))


def _written(keys: Keys) -> dict[str, object]:
    return {
        "secret": base64.b64encode(keys.secret).decode(),
        "signing": [
            {
                "kid": key.kid,
                "created_at": key.created_at.isoformat(),
                "expires_at": key.expires_at.isoformat() if key.expires_at else None,
                "private": key.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode(),
            }
            for key in keys.signing
        ],
    }


def _read(document: Mapping[str, Any]) -> Keys:
    try:
        secret = base64.b64decode(document["secret"], validate=True)
    except binascii.Error:
        secret = b""  # not even base64: refused as weak
    signing = tuple(_read_key(item) for item in document["signing"])
    if not signing or [key.expires_at is None for key in signing] != [True] + [False] * (len(signing) - 1):
        raise ValueError("exactly the first key signs")
    return Keys(signing, secret)


def _read_key(item: Mapping[str, Any]) -> SigningKey:
    private = load_pem_private_key(item["private"].encode(), password=None)
    if not isinstance(private, EllipticCurvePrivateKey) or not isinstance(private.curve, SECP256R1):
        raise ValueError("a signing key is on the curve P-256")
    expires = item["expires_at"]
    return SigningKey(item["kid"], _instant(item["created_at"]), _instant(expires) if expires else None, private)


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
