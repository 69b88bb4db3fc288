"""What passes through a load: raw records, their refusals, and the protocol that every parser fulfils."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from msgspec import Struct

from search.patent.model import Patent

RECORD_LIMIT = 64 * 2**20
"""Bytes of one record, above which it is refused unread; the largest USPTO grants with tables are below 20 MB."""


class RawRecord(Struct, frozen=True, gc=False):
    """One record as it stands in its source. `file` names the source (``weekly.zip!ipg110104.xml`` inside an archive),
    `offset` counts bytes from the start of the decompressed file or member."""

    data: bytes
    file: str
    offset: int


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record, or the rest of a source, that was not loaded, and why. `data` is the record as far as it was read."""

    file: str
    offset: int
    reason: str
    data: bytes = b""


class ParseError(Exception):
    """A record that can't be read; `reason` says what is wrong with it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotAPatent(ParseError):
    """A well-formed document that is no publication (a sequence listing between grants); refused with that reason."""


class Parser(Protocol):
    """One format: a module of `indexer.parsers`. All functions are pure but for reading `stream`."""

    FORMAT: str
    """The format's name in options, reports and `Source.format`, as ``uspto-xml``."""

    def recognise(self, head: bytes, name: str) -> bool:
        """Whether a decompressed file that starts with `head` (4 KB) is of this format; `name` decides only between equals."""
        ...

    def records(self, stream: BinaryIO, file: str) -> Iterator[RawRecord | Rejected]:
        """The records of the file in order with their byte offsets, reading on demand, memory bounded by `RECORD_LIMIT`."""
        ...

    def parse(self, record: RawRecord) -> Patent:
        """The publication, without `sources` (the pipeline adds it); raises `ParseError`."""
        ...
