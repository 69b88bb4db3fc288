"""One entry of the CNIPA gazette as a `Patent`, whichever form it came in.

An entry prints one address, that of the first applicant.  Application numbers are taken only where they are whole: the files
went through a spreadsheet that made ``2.02E+12`` of most of them.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from indexer.model import ParseError
from indexer.parsers import text
from search.patent import classes, dates, kinds, numbers, parties
from search.patent.model import Party, Patent, Reference, Symbol

_MARKED = re.compile(r"\)\s*([IN])\s*$")
"""ST.8: I behind the edition is invention information, N additional."""


class Entry(NamedTuple):
    """The values as printed."""

    number: str
    title: str | None
    published: str | None
    application: str | None
    filed: str | None
    applicants: Iterable[str]
    inventors: Iterable[str]
    address: str | None
    symbols: Iterable[str]


def patent(entry: Entry) -> Patent:
    """The publication; raises `ParseError` where the number, the one thing that must be there, can't be read."""
    try:
        number = numbers.parse_publication(entry.number)
    except numbers.NumberError as error:
        raise ParseError(f"publication number: {error}") from None
    published, title = dates.iso(entry.published), text.line(entry.title)
    protection = kinds.patent_type(number.country, number.kind, number.doc_number)
    is_design = protection == "design"
    symbols = _locarno(entry.symbols) if is_design else _ipc(entry.symbols)
    return Patent(
        number=number.number,
        country=number.country,
        doc_number=number.doc_number,
        kind=number.kind,
        stage=kinds.stage(number.country, number.kind, published),
        type=protection,
        publication_date=published,
        application=_application(entry),
        titles={"zh": title} if title else {},
        applicants=_applicants(entry),
        inventors=tuple(Party(name=name) for name in text.lines(entry.inventors)),
        ipc=() if is_design else symbols,
        locarno=symbols if is_design else (),
    )


def _application(entry: Entry) -> Reference | None:
    filed, number = dates.iso(entry.filed), None
    if entry.application:
        try:
            number = numbers.application(entry.application, "CN")
        except numbers.NumberError:
            number = None
    return Reference(number=number, date=filed) if number or filed else None


def _applicants(entry: Entry) -> tuple[Party, ...]:
    names, address = text.lines(entry.applicants), text.line(entry.address)
    others = tuple(Party(name=name) for name in names[1:])
    if not names or not address:
        return tuple(Party(name=name) for name in names[:1]) + others
    country, region, city, street = parties.place(address)
    return (Party(name=names[0], country=country, region=region, city=city, address=street), *others)


def _ipc(printed: Iterable[str]) -> tuple[Symbol, ...]:
    """In order, the first being the main one; a symbol that can't be read is left out."""
    symbols: list[Symbol] = []
    for item in printed:
        marked = _MARKED.search(item)
        try:
            symbol = classes.ipc(item)
        except classes.ClassError:
            continue
        symbols.append(Symbol(symbol=symbol, first=not symbols, inventive=marked[1] == "I" if marked else None))
    return tuple(symbols)


def _locarno(printed: Iterable[str]) -> tuple[Symbol, ...]:
    symbols: list[Symbol] = []
    for item in printed:
        try:
            symbols.append(Symbol(symbol=classes.locarno(item), first=not symbols))
        except classes.ClassError:
            continue
    return tuple(symbols)
