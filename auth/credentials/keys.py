"""The keys of this installation: a file `tokens.json`, mode 0600, in the key folder.

It holds the signing keys of access tokens (P-256, the newest signs, older ones verify until `expires_at`) and one secret
from which keys for single purposes are derived.  Other rooms keep files of their own in the same folder.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from auth.credentials.keyfile import SECRET_BYTES, KeyFile, Words, is_weak
from auth.errors import StartRefused

FILE = "tokens.json"


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
    _FILE.ensure(folder, lambda: create(now))


def rotate(folder: Path, *, now: datetime, lifetime: timedelta) -> Keys:
    """A new signing key; the one before verifies for another `lifetime`, expired ones go. Makes the file where there is none."""

    def renew(held: Keys) -> Keys:
        older = (key if key.expires_at else replace(key, expires_at=now + lifetime) for key in held.signing)
        live = tuple(key for key in older if key.expires_at and key.expires_at > now)
        return replace(held, signing=(_signing_key(now), *live))

    return _FILE.renew(folder, renew, make=lambda: create(now))


def load(folder: Path) -> Keys:
    """Reads and checks the file; `StartRefused` for a missing, readable-by-others, damaged or weak one."""
    keys = _FILE.load(folder)
    if is_weak(keys.secret):
        path = folder / FILE
        raise StartRefused(
            zh=f"密钥文件 {path} 中的 secret 太弱（至少 32 个随机字节）：请删除该文件后运行 patentry keys rotate。",
            en=f"The secret in {path} is weak (32 random bytes at least): remove the file and run patentry keys rotate.",
        )
    return keys


def save(folder: Path, keys: Keys) -> None:
    """Replaces the file in one step; readable by its owner alone from its first byte."""
    _FILE.save(folder, keys)


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


_FILE = KeyFile(
    FILE,
    zh=Words("密钥文件", "请运行 patentry keys rotate 生成", "请从备份恢复，或删除后运行 patentry keys rotate"),
    en=Words("The key file", "make it with patentry keys rotate", "restore it, or remove it, then patentry keys rotate"),
    read=_read,
    written=_written,
)
