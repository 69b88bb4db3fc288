"""From a source to its records, and from a record to a patent."""

import hashlib
from collections.abc import Iterator

from indexer import precedence
from indexer.model import ParseError, Parser, RawRecord, Rejected
from indexer.parsers import HEAD, recognise
from indexer.sources.walk import Member
from search.patent.model import Patent, Source

UNKNOWN = "no known format"


def parser_of(member: Member, given: Parser | None) -> Parser | None:
    """The parser asked for, else the one that knows the first bytes."""
    return given or recognise(member.stream.peek(HEAD)[:HEAD], member.name)


def records(member: Member, parser: Parser) -> Iterator[RawRecord | Rejected]:
    """The member's records. Where its source breaks, the last record is what was left of it and is refused with the reason."""
    last: RawRecord | Rejected | None = None
    for record in parser.records(member.stream, member.name):
        if last is not None:
            yield last
        last = record
    if member.stream.failure is None:
        if last is not None:
            yield last
    else:
        offset, data = (last.offset, last.data) if last is not None else (0, b"")
        yield Rejected(member.name, offset, member.stream.failure, data)


def patent(record: RawRecord, parser: Parser) -> Patent:
    """The record's publication with its source; raises `ParseError`, whatever the record holds."""
    try:
        parsed = parser.parse(record)
    except ParseError:
        raise
    except Exception as error:  # one record that a parser is not up to must not end a load of millions
        raise ParseError(f"{parser.FORMAT} can't read it: {type(error).__name__}: {error}") from error
    digest = hashlib.sha256(record.data).hexdigest()
    return precedence.with_source(parsed, Source(format=parser.FORMAT, file=record.file, offset=record.offset, sha256=digest))
