"""The project's own JSON lines: one `Patent` a line, as `patentry convert` and `patentry backup` write it."""

from collections.abc import Callable, Iterator
from typing import BinaryIO

import msgspec

from indexer.model import ParseError, RawRecord, Rejected
from indexer.parsers import json
from indexer.parsers.lines import lines
from search.patent import classes, dates, numbers
from search.patent.model import Patent, Symbol

FORMAT = "patentry-json"

_decoder = msgspec.json.Decoder(Patent)


def recognise(head: bytes, name: str) -> bool:
    """By the first key, which `search.patent.model.encode` writes first."""
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b'{"number":')


def records(stream: BinaryIO, file: str) -> Iterator[RawRecord | Rejected]:
    """One record a line."""
    return lines(stream, file)


def parse(record: RawRecord) -> Patent:
    """The record as it stands, its `sources` too (it may come from a backup).

    Raises `ParseError` for another shape and for a number, a date or a class that is not in its canonical form: the index is
    made from them.
    """
    patent = json.decode(_decoder, record.data)
    if not _has_its_number(patent):
        raise ParseError(f"number {patent.number[:64]!r} is not the canonical one of its country, doc_number and kind")
    days = [priority.date for priority in patent.priorities]
    days += (patent.publication_date, patent.application.date if patent.application else None)
    for day in days:
        if day is not None and not dates.is_iso(day):
            raise ParseError(f"{day[:64]!r} is no date; one looks like 2019-07-09")
    _check(patent.ipc, classes.ipc)
    _check(patent.cpc, classes.ipc)
    _check(patent.locarno, classes.locarno)
    return patent


def _has_its_number(patent: Patent) -> bool:
    if patent.stage != "application":
        return numbers.is_canonical(patent.number, patent.country, patent.doc_number, patent.kind)
    try:
        return numbers.application(patent.number, patent.country) == patent.number
    except numbers.NumberError:
        return False


def _check(symbols: tuple[Symbol, ...], canonical: Callable[[str], str]) -> None:
    try:
        for symbol in symbols:
            if canonical(symbol.symbol) != symbol.symbol:
                raise ParseError(f"class {symbol.symbol[:64]!r} is to be written {canonical(symbol.symbol)!r}")
    except classes.ClassError as error:
        raise ParseError(f"class: {error}") from None
