"""A record that is not held as the publication that an import told of, so that it is found and counted as one that is. Pure."""

import re
from collections.abc import Iterable
from itertools import zip_longest

from search.patent import kinds
from search.patent.model import Party, Patent, Reference, Symbol
from search.patent.numbers import parse_publication, readings
from search.patent.parties import place
from search.saved.collections.model import Record
from search.text.tokens import has_chinese

_TITLE, _ABSTRACT, _NAMES, _NAME = 500, 3_000, 3_000, 500
"""Characters of a title, an abstract, a cell of names, a name. What is longer is cut: ten thousand records are a few seconds' work,
whatever an import brings."""

_BETWEEN = re.compile(r"[;；|、，]\s*|\n\s*")
_LINES = re.compile(r"[;；|]\s*|\n\s*")
"""What stands between names, and between addresses, where a comma is none."""


def patent(record: Record) -> Patent:
    """What stands for the document until it is loaded. What an import does not tell is unknown: its coverage says so."""
    said = record.record
    filed = Reference(number=_application(record), date=said.get("filed"))
    if record.kind == "application":
        country, doc_number, kind = _country(record.number), record.number[2:], None
    else:
        country, doc_number, kind, _ = parse_publication(record.number)
    return Patent(
        number=record.number,
        country=country,
        doc_number=doc_number,
        kind=kind,
        stage="application" if record.kind == "application" else kinds.stage(country, kind, said.get("published")),
        type=None if record.kind == "application" else kinds.patent_type(country, kind, doc_number),
        publication_date=said.get("published"),
        application=filed if filed != Reference() else None,
        titles=_text(said.get("title", "")[:_TITLE]),
        abstracts=_text(said.get("abstract", "")[:_ABSTRACT]),
        applicants=_applicants(said.get("applicant", ""), said.get("address", "")),
        inventors=_inventors(said.get("inventor", "")),
        ipc=_symbols(said.get("ipc", ())),
        cpc=_symbols(said.get("cpc", ())),
    )


def _application(record: Record) -> str | None:
    if record.kind == "application":
        return record.number
    found = readings(record.record.get("application", ""))
    return next((each.number for each in found if each.kind == "application"), None)


def _country(application: str) -> str:
    return "WO" if application.startswith("PCT/") else application[:2]


def _text(text: str) -> dict[str, str]:
    return {"zh" if has_chinese(text) else "en": text} if text.strip() else {}


def _symbols(found: Iterable[str]) -> tuple[Symbol, ...]:
    return tuple(Symbol(symbol=symbol, first=not before) for before, symbol in enumerate(found))


def _applicants(cell: str, address: str) -> tuple[Party, ...]:
    """Each once. An export has an address for each name, in their order and be it empty, or that of the first applicant alone."""
    named = _split(_BETWEEN, cell)
    told = _split(_LINES, address)
    told = told if len(told) == len(named) else told[:1]
    found: dict[str, Party] = {}
    for name, at in zip_longest(named, told, fillvalue=""):
        if name and (name not in found or found[name].address is None):
            found[name] = _party(name[:_NAME], at)
    return tuple(found.values())


def _party(name: str, address: str) -> Party:
    at = place(address)
    return Party(name=name, address=at.address or None, country=at.country, region=at.region, city=at.city)


def _inventors(cell: str) -> tuple[Party, ...]:
    return tuple(Party(name=name[:_NAME]) for name in dict.fromkeys(_split(_BETWEEN, cell)) if name)


def _split(at: re.Pattern[str], cell: str) -> list[str]:
    """The parts by their places, those at the end that are empty left out."""
    parts = [part.strip() for part in at.split(cell[:_NAMES])]
    while parts and not parts[-1]:
        parts.pop()
    return parts
