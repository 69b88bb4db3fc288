"""Source files to the project's JSON lines, without an engine or a database."""

from collections.abc import Callable, Iterable
from typing import BinaryIO

from indexer import reading
from indexer.model import ParseError, Parser, Rejected
from indexer.sources.walk import Found, Member, Origin, Unreadable, members
from search.loads.model import Counts
from search.patent.model import encode

Report = Callable[[Rejected], None]


def convert(origins: Iterable[Origin], out: BinaryIO, *, refused: Report, parser: Parser | None = None) -> Counts:
    """Writes a line for each publication in the order of the sources, repeats included; `refused` hears of all others."""
    counts = Counts()
    for origin in origins:
        for found in members(origin):
            counts += _converted(found, out, refused, parser)
    return counts


def _converted(found: Found, out: BinaryIO, refused: Report, given: Parser | None) -> Counts:
    if isinstance(found, Unreadable):
        refused(Rejected(found.name, 0, found.reason))
        return Counts(read=1, refused=1)
    if not isinstance(found, Member):
        return Counts()
    parser = reading.parser_of(found, given)
    if parser is None:
        refused(Rejected(found.name, 0, reading.UNKNOWN))
        return Counts(read=1, refused=1)
    counts = Counts()
    for record in reading.records(found, parser):
        try:
            if isinstance(record, Rejected):
                raise ParseError(record.reason)
            out.write(encode(reading.patent(record, parser)) + b"\n")
            counts += Counts(read=1, written=1)
        except ParseError as error:
            refused(Rejected(record.file, record.offset, error.reason))
            counts += Counts(read=1, refused=1)
    return counts
