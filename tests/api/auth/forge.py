"""Tokens made by hand, without the library under test: any header, any claims, any signature."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

Signer = Callable[[bytes], bytes]


def encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def token(header: object, claims: object, signer: Signer) -> str:
    """`header` and `claims` are JSON values, or the raw bytes to stand in their place."""
    signed = ".".join(encoded(part if isinstance(part, bytes) else compact(part)) for part in (header, claims))
    return f"{signed}.{encoded(signer(signed.encode()))}"


def compact(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":"), sort_keys=True).encode()


def es256(key: EllipticCurvePrivateKey) -> Signer:
    """The genuine algorithm (RFC 7518 section 3.4)."""

    def sign(data: bytes) -> bytes:
        r, s = decode_dss_signature(key.sign(data, ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    return sign


def hs256(secret: bytes) -> Signer:
    return lambda data: hmac.digest(secret, data, hashlib.sha256)


def unsigned(_data: bytes) -> bytes:
    return b""


def public_forms(key: EllipticCurvePublicKey) -> dict[str, bytes]:
    """Every form in which an attacker may hold the public key."""
    numbers = key.public_numbers()
    x, y = (encoded(number.to_bytes(32, "big")) for number in (numbers.x, numbers.y))
    pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return {
        "PEM": pem,
        "PEM without line feed": pem.strip(),
        "PEM after a comment": b"# key\n" + pem,
        "DER": key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
        "SSH": key.public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH),
        "point": key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint),
        "JWK": compact({"crv": "P-256", "kty": "EC", "x": x, "y": y}),
    }
