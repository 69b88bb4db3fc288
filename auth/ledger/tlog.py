"""Checkpoints and proofs as text: C2SP tlog-checkpoint, tlog-proof, and for consistency the body that tlog-witness takes."""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass

from auth.ledger.notes import NoteRefused, SignedNote
from auth.ledger.tree import HASH_BYTES

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log's tree is at one size. `origin` names the log."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """The text to be signed."""
        return f"{self.origin}\n{self.size}\n{_line(self.root)}"


def checkpoint(text: str) -> Checkpoint:
    """Reads the text of a note; `NoteRefused` unless it is exactly a checkpoint without extension lines, as ours all are."""
    origin, size, root, *rest = [*text.split("\n"), "", ""]
    if not origin or _SIZE.fullmatch(size) is None or rest != ["", "", ""]:
        raise NoteRefused("the note is no checkpoint")
    try:
        held = Checkpoint(origin, int(size), base64.b64decode(root, validate=True))
    except ValueError:
        raise NoteRefused("the checkpoint's root is not base 64") from None
    if len(held.root) != HASH_BYTES or held.text() != text:
        raise NoteRefused("the checkpoint's root is no SHA-256")
    return held


def inclusion(index: int, proof: Sequence[bytes], note: SignedNote) -> str:
    """That leaf `index` is in the tree of the checkpoint."""
    return f"c2sp.org/tlog-proof@v1\nindex {index}\n{''.join(map(_line, proof))}\n{note.written()}"


def consistency(old: int, proof: Sequence[bytes], note: SignedNote) -> str:
    """That the tree of `old` leaves is the beginning of the checkpoint's: an add-checkpoint request, as witnesses take it."""
    return f"old {old}\n{''.join(map(_line, proof))}\n{note.written()}"


def _line(hashed: bytes) -> str:
    return f"{base64.b64encode(hashed).decode()}\n"
