"""The project's own JSON lines: one `Patent` a line, as `patentry convert` and `patentry backup` write it."""

from collections.abc import Callable, Iterable, Iterator
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
        raise ParseError(f"number {patent.number!r} is not the canonical one of its country, doc_number and kind")
    _check_days(patent)
    if patent.ipc or patent.cpc:
        _check_symbols((*patent.ipc, *patent.cpc), classes.ipc)
    if patent.locarno:
        _check_symbols(patent.locarno, classes.locarno)
    return patent


def _has_its_number(patent: Patent) -> bool:
    if patent.stage != "application":
        return numbers.is_canonical(patent.number, patent.country, patent.doc_number, patent.kind)
    try:
        return numbers.application(patent.number, patent.country) == patent.number
    except numbers.NumberError:
        return False


def _check_days(patent: Patent) -> None:
    _check_day(patent.publication_date)
    if patent.application is not None:
        _check_day(patent.application.date)
    for priority in patent.priorities:
        _check_day(priority.date)


def _check_day(day: str | None) -> None:
    if day is not None and dates.iso(day) != day:
        raise ParseError(f"{day!r} is no date; one looks like 2019-07-09")


def _check_symbols(symbols: Iterable[Symbol], canonical: Callable[[str], str]) -> None:
    try:
        for symbol in symbols:
            if canonical(symbol.symbol) != symbol.symbol:
                raise ParseError(f"class {symbol.symbol!r} is to be written {canonical(symbol.symbol)!r}")
    except classes.ClassError as error:
        raise ParseError(f"class: {error}") from None
