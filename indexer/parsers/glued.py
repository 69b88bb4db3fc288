"""Cutting a file of XML documents glued one behind the other, as the USPTO's weekly files are.

A document starts at its XML declaration.  One glued on without a declaration is found behind the end tag of the one before.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from indexer.model import RECORD_LIMIT, RawRecord, Rejected

_DECLARATION = b"<?xml "
_ROOT = re.compile(rb"<([A-Za-z_][^\s/>]*)")
_BOM = b"\xef\xbb\xbf"
_STEP = 2**20
_KEPT = 4096


def documents(stream: BinaryIO, file: str, *, limit: int = RECORD_LIMIT) -> Iterator[RawRecord | Rejected]:
    """Each document with the offset of its first byte; what is above `limit` bytes is refused up to the next declaration."""
    buffer, offset = bytearray(), 0
    refused_at: int | None = None
    seen = 0
    while chunk := stream.read(_STEP):
        buffer += chunk
        while (cut := buffer.find(_DECLARATION, seen)) >= 0:
            if refused_at is None:
                yield from _split(bytes(buffer[:cut]), file, offset)
            refused_at = None
            del buffer[:cut]
            offset, seen = offset + cut, len(_DECLARATION)
        if len(buffer) > limit:
            if refused_at is None:
                refused_at = offset
                yield Rejected(file, offset, f"document above {limit} bytes", bytes(buffer[:_KEPT]))
            offset += len(buffer) - len(_DECLARATION)
            del buffer[: -len(_DECLARATION)]
            seen = 0
        else:
            seen = max(seen, len(buffer) - len(_DECLARATION))
    if refused_at is None:
        yield from _split(bytes(buffer), file, offset)


def _split(piece: bytes, file: str, offset: int) -> Iterator[RawRecord]:
    """The documents of a piece that holds at most one declaration, at its start."""
    start = 0
    while start < len(piece):
        root = _ROOT.search(piece, start)
        end = len(piece)
        if root is not None:
            tag = b"</" + root[1] + b">"
            found = piece.find(tag, root.end())
            end = found + len(tag) if found >= 0 else end
        body = piece[start:end]
        blank = len(body) - len(body.removeprefix(_BOM).lstrip())
        if data := body[blank:].rstrip():
            yield RawRecord(data, file, offset + start + blank)
        start = end
