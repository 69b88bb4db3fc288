"""Cutting a file of lines into records, one line a record, with memory bounded by the limit of a record."""

from collections.abc import Iterator
from typing import BinaryIO

from indexer.model import RECORD_LIMIT, RawRecord, Rejected

_BOM = b"\xef\xbb\xbf"
_KEPT = 4096


def lines(stream: BinaryIO, file: str, *, limit: int = RECORD_LIMIT) -> Iterator[RawRecord | Rejected]:
    """Each line that is not blank, without its line end; a byte order mark at the start is no part of the first.

    A line above `limit` bytes is refused, with its start as data, and reading goes on behind it.
    """
    offset = 0
    while data := stream.readline(limit + 1):
        start, size = offset, len(data)
        if size > limit and not data.endswith(b"\n"):
            size += _skip_line(stream, limit)
            yield Rejected(file, start, f"record above {limit} bytes", data[:_KEPT])
        elif (line := (data.removeprefix(_BOM) if start == 0 else data).strip(b"\r\n")) and not line.isspace():
            yield RawRecord(line, file, start)
        offset += size


def _skip_line(stream: BinaryIO, step: int) -> int:
    skipped = 0
    while data := stream.readline(step):
        skipped += len(data)
        if data.endswith(b"\n"):
            break
    return skipped
