"""The CNIPA gazette as published in tables: GB18030, ten columns, lists joined by ``;``.

A conversion to GBK lost U+2002 behind the semicolons of some files and left ``??``, which belongs to no value.  A value in
quotes may hold line ends; neither quote nor line end is ever the second half of a GB18030 character, so bytes can be cut.
"""

import csv
import io
import re
from collections import deque
from collections.abc import Callable, Iterator
from typing import BinaryIO

from indexer.model import ParseError, RawRecord, Rejected
from indexer.parsers import gazette
from indexer.parsers.lines import lines
from search.patent.model import Patent

FORMAT = "gazette-csv"

_COLUMNS = (
    "item",
    "name",
    "authorization_notice_id",
    "authorized_announcement_date",
    "filing_id",
    "filing_date",
    "patentee",
    "designer",
    "address",
    "Int.Cl.",
)
_HEADER = ",".join(_COLUMNS).encode("ascii")
_SEPARATOR = re.compile(r";(?:\?\?|\s)*")
_ROW_LIMIT = 64 * 2**10
"""Bytes of a row, a hundred times the longest one published; a quote that isn't closed within it is a fault of its line."""


def recognise(head: bytes, name: str) -> bool:
    """By the line of column names."""
    return head.removeprefix(b"\xef\xbb\xbf").startswith(_HEADER)


def records(stream: BinaryIO, file: str) -> Iterator[RawRecord | Rejected]:
    """One record a row, the line of column names left out.

    A line with a quote that nothing closes is refused alone; the lines behind it are read as rows of their own.
    """
    source = lines(stream, file, limit=_ROW_LIMIT)
    next(source, None)
    waiting: deque[RawRecord | Rejected] = deque()

    def following() -> RawRecord | Rejected | None:
        return waiting.popleft() if waiting else next(source, None)

    while (line := following()) is not None:
        if isinstance(line, Rejected):
            yield line
            continue
        row, behind = _whole(line.data, following)
        if row is None:
            yield Rejected(file, line.offset, "a quote is not closed", line.data)
            waiting.extendleft(reversed(behind))
        else:
            yield RawRecord(row, file, line.offset)


def parse(record: RawRecord) -> Patent:
    """The publication; raises `ParseError`."""
    row = dict(zip(_COLUMNS, _row(record.data), strict=True))
    entry = gazette.Entry(
        number=row["authorization_notice_id"],
        title=row["name"],
        published=row["authorized_announcement_date"],
        application=row["filing_id"],
        filed=row["filing_date"],
        applicants=_SEPARATOR.split(row["patentee"]),
        inventors=_SEPARATOR.split(row["designer"]),
        address=row["address"],
        symbols=filter(None, _SEPARATOR.split(row["Int.Cl."])),
    )
    return gazette.patent(entry)


def _whole(row: bytes, following: Callable[[], RawRecord | Rejected | None]) -> tuple[bytes | None, list[RawRecord | Rejected]]:
    """`row` up to where its quotes are closed, ``None`` if they never are, and the lines that were read for it."""
    read: list[RawRecord | Rejected] = []
    while _open(row) and len(row) <= _ROW_LIMIT and (line := following()) is not None:
        read.append(line)
        if isinstance(line, Rejected):
            break
        row += b"\n" + line.data
    return None if _open(row) else row, read


def _row(data: bytes) -> list[str]:
    try:
        rows = list(csv.reader(io.StringIO(data.decode("gb18030"), newline=""), strict=True))
    except UnicodeDecodeError as error:
        raise ParseError(f"not GB18030: {error.reason} at byte {error.start}") from None
    except csv.Error as error:
        raise ParseError(f"not CSV: {error}") from None
    if len(rows) != 1 or len(rows[0]) != len(_COLUMNS):
        raise ParseError(f"has {len(rows[0]) if rows else 0} columns instead of {len(_COLUMNS)}")
    return rows[0]


def _open(data: bytes) -> bool:
    return data.count(b'"') % 2 == 1
