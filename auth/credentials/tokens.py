"""Access tokens: ES256 JWTs in the profile of RFC 9068 (``at+jwt``), ten minutes. The only importer of python-jose.

The house accepts only what it wrote itself, so the rules of RFC 8725 become short: a token's header must be, byte for
byte, the header of one of our live keys.  No header is ever parsed: ``alg`` none or HS256, ``crit``, ``jku``, an unknown
``kid`` or a thousand nested arrays are all simply not ours.  The library checks the signature alone; the claims are read
by the strict JSON parser and each one's type is checked here (docs/decisions/0050-tokens.md).
"""

import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from jose import jwk, jws
from jose.backends.base import Key
from jose.exceptions import JOSEError

from auth.credentials.keyring import KeyRing
from auth.credentials.keys import Keys
from auth.errors import StartRefused
from auth.http.json import JsonRefused, loads

ALGORITHM = "ES256"
_BACKEND = "jose.backends.cryptography_backend"
TYPE = "at+jwt"
LIFETIME = timedelta(minutes=10)
KEY_OVERLAP = LIFETIME + timedelta(minutes=1)
"""How long a key verifies after it ceased to sign."""

_SKEW = timedelta(seconds=10)  # between the clocks of two processes on two machines
_MAX_LENGTH = 4096
_CACHED = 4096
_LATEST = 253402300799  # 9999-12-31, the last second a datetime holds
_SHAPE = re.compile(r"([A-Za-z0-9_-]{1,200})\.[A-Za-z0-9_-]{1,2000}\.[A-Za-z0-9_-]{85}[AQgw]")  # the signature's spare bits are 0


class TokenRefused(Exception):
    """Why a token was not accepted: a word for the log, never for the caller."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Claims:
    """`subject` is the account, `session` the session it signed in with, `id` the token's own (``jti``)."""

    subject: str
    session: str
    id: str
    issued_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class _Verifier:
    key: Key
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Loaded:
    """The keys as objects of the library, formed once a rotation. `verifiers` by the exact text of the header."""

    kid: str
    signer: Key
    verifiers: dict[str, _Verifier]


class Tokens:
    """Mints and verifies. `audience` and `issuer` are the service's public address."""

    def __init__(self, folder: Path, *, issuer: str) -> None:
        self._issuer = issuer
        self._ring = KeyRing(folder, _load)
        self._verified = lru_cache(maxsize=_CACHED)(self._verify)

    def mint(self, *, subject: str, session: str, now: datetime) -> str:
        """A token for the account in this session, valid from now for `LIFETIME`."""
        seconds = int(now.timestamp())
        claims: dict[str, object] = {
            "iss": self._issuer,
            "aud": self._issuer,
            "sub": subject,
            "sid": session,
            "jti": secrets.token_hex(16),
            "iat": seconds,
            "nbf": seconds,
            "exp": seconds + int(LIFETIME.total_seconds()),
        }
        loaded = self._ring.current()
        return _sign(claims, loaded.signer, loaded.kid)

    def verify(self, token: str, *, now: datetime) -> Claims:
        """The claims of a token of ours that is valid now; `TokenRefused` for anything else, whatever it is.

        A token once verified is known by its exact text, so its signature costs once; its time and its key's are checked
        each time.
        """
        if len(token) > _MAX_LENGTH:
            raise TokenRefused("length")
        shape = _SHAPE.fullmatch(token)
        if shape is None:
            raise TokenRefused("shape")
        header = shape[1]
        verifier = self._ring.recent(now).verifiers.get(header) or self._ring.current().verifiers.get(header)
        if verifier is None:
            raise TokenRefused("header")
        if verifier.expires_at is not None and verifier.expires_at <= now:
            raise TokenRefused("key expired")
        claims = self._verified(token, verifier)
        if claims.issued_at > now + _SKEW:
            raise TokenRefused("not yet valid")
        if claims.expires_at <= now:
            raise TokenRefused("expired")
        return claims

    def _verify(self, token: str, verifier: _Verifier) -> Claims:
        try:
            payload = jws.verify(token, verifier.key, [ALGORITHM])
            claims = loads(payload)
        except (JOSEError, JsonRefused):
            raise TokenRefused("signature") from None
        if not isinstance(claims, dict):
            raise TokenRefused("claims")
        if claims.get("iss") != self._issuer or claims.get("aud") != self._issuer:
            raise TokenRefused("audience")
        issued, expires = _instant(claims, "iat"), _instant(claims, "exp")
        if _instant(claims, "nbf") < issued or expires - issued > LIFETIME:
            raise TokenRefused("lifetime")
        return Claims(_text(claims, "sub"), _text(claims, "sid"), _text(claims, "jti"), issued, expires)


def require_backend() -> None:
    """Refuses to start when python-jose runs on anything but `cryptography` (its pure-Python ECDSA leaks timing)."""
    if jwk.get_key(ALGORITHM).__module__ != _BACKEND:
        raise StartRefused(
            zh="python-jose 未使用 cryptography 后端：请安装 python-jose[cryptography]。",
            en="python-jose does not use the cryptography backend: install python-jose[cryptography].",
        )


def _sign(claims: dict[str, object], key: Key, kid: str) -> str:
    token: str = jws.sign(claims, key, {"typ": TYPE, "kid": kid}, ALGORITHM)
    return token


def _load(keys: Keys) -> _Loaded:
    verifiers = {}
    for key in keys.signing:
        header = _sign({}, _object(key.private), key.kid).partition(".")[0]
        verifiers[header] = _Verifier(jwk.construct(key.private.public_key(), ALGORITHM), key.expires_at)
    return _Loaded(keys.signing[0].kid, _object(keys.signing[0].private), verifiers)


def _object(private: EllipticCurvePrivateKey) -> Key:
    return jwk.construct(private, ALGORITHM)


def _text(claims: dict[str, Any], name: str) -> str:
    value = claims.get(name)
    if not isinstance(value, str) or not value:
        raise TokenRefused(name)
    return value


def _instant(claims: dict[str, Any], name: str) -> datetime:
    value = claims.get(name)
    if not isinstance(value, int | float) or not 0 <= value <= _LATEST:
        raise TokenRefused(name)
    return datetime.fromtimestamp(value, UTC)
