"""What is known of loading."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Literal

Outcome = Literal["finished", "interrupted", "dead"]


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of records. Invariant at every step: read == written + merged + unchanged + refused."""

    read: int = 0
    written: int = 0
    merged: int = 0
    unchanged: int = 0
    refused: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(self)))

    @property
    def balanced(self) -> bool:
        return self.read == self.written + self.merged + self.unchanged + self.refused


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """A file or archive member and how far it has been loaded.

    `key` is its absolute path (``/data/a.zip!b.xml`` in an archive), `name` how answers call it, `disk` the path of the file
    that it stands in or is. `mark` is the offset of the
    first record that is not stored yet, in the decompressed file; `size` and `modified` (ns) tell whether the file on disk is
    still the one that was read. `read` and `refused` count its records so far.
    """

    key: str
    name: str
    disk: str
    size: int
    modified: int
    format: str | None = None
    mark: int = 0
    done: bool = False
    run: str | None = None
    read: int = 0
    refused: int = 0

    @property
    def disk_name(self) -> str:
        """How answers call the file on disk: `name` without what `key` says beyond `disk`."""
        return self.name.removesuffix(self.key.removeprefix(self.disk)) if self.key != self.disk else self.name


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that was not loaded: where it stands, why, and how many bytes of it are kept for a replay."""

    key: str
    name: str
    offset: int
    format: str | None
    reason: str
    kept: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """A number met in the file being loaded: where first, and a digest of what it said."""

    number: str
    offset: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class Run:
    """One command that loads, with its counts so far. `slot` is the lock it holds while it lives; `ended` and `outcome` are
    unset until it ends."""

    id: str
    command: str
    who: str
    slot: int
    started: datetime
    ended: datetime | None = None
    outcome: Outcome | None = None
    counts: Counts = Counts()


@dataclass(frozen=True, slots=True)
class Progress:
    """What one commit says of a file: how far it is, the numbers met since the last, and what was refused. `fresh`: its
    loading started at its beginning, and nothing of an earlier reading holds any more."""

    file: LoadedFile
    fresh: bool = False
    met: tuple[Seen, ...] = ()
    refused: tuple[Refusal, ...] = ()
