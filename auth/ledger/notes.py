"""Signed notes: a text, and lines that say which keys signed it (C2SP signed-note), with Ed25519 (RFC 8032)."""

import base64
import binascii
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

MAX_BYTES = 1_000_000
MAX_SIGNATURES = 100
_ED25519 = b"\x01"  # signature type of the format
_ID_BYTES = 4
_DASH = "— "


class NoteRefused(ValueError):
    """The text is no signed note, or not one signed by a known key."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key under a name without blanks and plus signs; `public` is its 32 bytes."""

    name: str
    public: bytes

    def __post_init__(self) -> None:
        if not is_name(self.name) or len(self.public) != 32:
            raise NoteRefused("not the name or not the bytes of a key")

    @property
    def id(self) -> bytes:
        """The four bytes that stand before its signatures."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:_ID_BYTES]

    @property
    def vkey(self) -> str:
        """The key as one line of text, for whoever verifies."""
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(_ED25519 + self.public).decode()}"

    def good(self, signature: bytes, text: str) -> bool:
        """Whether it is this key's signature of the text."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key under its name."""

    name: str
    private: Ed25519PrivateKey

    @property
    def verifier(self) -> Verifier:
        """The public half."""
        return Verifier(self.name, self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))


@dataclass(frozen=True, slots=True)
class Signature:
    """One line under a note: the key's name, its id, what it made of the text."""

    name: str
    id: bytes
    value: bytes


@dataclass(frozen=True, slots=True)
class SignedNote:
    """`text` ends in a newline; at least one signature. Whether they are good is for `verify` to say."""

    text: str
    signatures: tuple[Signature, ...]

    def written(self) -> str:
        """The note as it is kept and sent."""
        lines = (f"{_DASH}{one.name} {base64.b64encode(one.id + one.value).decode()}\n" for one in self.signatures)
        return f"{self.text}\n{''.join(lines)}"


def is_name(text: str) -> bool:
    """Whether a key may be called so."""
    return bool(text) and "+" not in text and not any(sign.isspace() or not sign.isprintable() for sign in text)


def sign(text: str, *signers: Signer) -> SignedNote:
    """The text signed by each of the keys."""
    _check_text(text)
    made = (Signature(one.name, one.verifier.id, one.private.sign(text.encode())) for one in signers)
    return SignedNote(text, tuple(made))


def parse(data: str) -> SignedNote:
    """Reads a note; `NoteRefused` for anything that is none."""
    if len(data.encode("utf-8", "replace")) > MAX_BYTES:
        raise NoteRefused("the note is too long")
    text, gap, below = data.rpartition("\n\n")
    text += "\n"
    if not gap or not below.endswith("\n"):
        raise NoteRefused("the note has no signatures under its text")
    _check_text(text)
    lines = below[:-1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise NoteRefused("the note has too many signatures")
    return SignedNote(text, tuple(map(_signature, lines)))


def verify(note: SignedNote, verifiers: Iterable[Verifier]) -> list[Verifier]:
    """The known keys that signed the note; others are ignored. `NoteRefused` when there is none, or one's signature is bad."""
    known = {(key.name, key.id): key for key in verifiers}
    found = []
    for signature in note.signatures:
        key = known.get((signature.name, signature.id))
        if key is None:
            continue
        if not key.good(signature.value, note.text):
            raise NoteRefused(f"the signature of {key.name} is not good")
        found.append(key)
    if not found:
        raise NoteRefused("no known key signed the note")
    return found


def verifier(vkey: str) -> Verifier:
    """The key of its one line of text; `NoteRefused` unless it is an Ed25519 key with its right id."""
    name, _, rest = vkey.partition("+")
    key = _base64(rest.partition("+")[2])
    made = Verifier(name, key[1:])
    if made.vkey != vkey:
        raise NoteRefused("the key's id or type is not right")
    return made


def _signature(line: str) -> Signature:
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    value = _base64(encoded)
    if not line.startswith(_DASH) or not is_name(name) or len(value) <= _ID_BYTES:
        raise NoteRefused("a line under the note is no signature")
    return Signature(name, value[:_ID_BYTES], value[_ID_BYTES:])


def _check_text(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise NoteRefused("the note has a lone surrogate") from None
    if not text.endswith("\n") or any(sign < " " and sign != "\n" for sign in text):
        raise NoteRefused("the note has a control character or no newline at its end")


def _base64(text: str) -> bytes:
    """Standard base 64 (RFC 4648 section 4) in its one spelling."""
    try:
        value = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NoteRefused("not base 64") from None
    if base64.b64encode(value).decode() != text:
        raise NoteRefused("base 64 in another spelling")
    return value
