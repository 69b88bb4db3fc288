"""A record that is not held as the publication that an import told of, so that it is found and counted as one that is. Pure."""

import re
from collections.abc import Iterable

from msgspec import structs

from search.patent import kinds
from search.patent.model import Party, Patent, Reference, Symbol
from search.patent.numbers import parse_publication, readings
from search.patent.parties import place
from search.saved.collections.model import Record
from search.text.tokens import has_chinese

_TITLE, _ABSTRACT, _NAMES, _NAME = 500, 3_000, 3_000, 500
"""Characters of a title, an abstract, a cell of names, a name. What is longer is cut: ten thousand records are a few seconds' work,
whatever an import brings."""

_BETWEEN = re.compile(r"[;；|\n、，]+")


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
        applicants=_placed(_parties(said.get("applicant", "")), said.get("address", "")),
        inventors=_parties(said.get("inventor", "")),
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


def _placed(named: tuple[Party, ...], cell: str) -> tuple[Party, ...]:
    """An export has the address of the first applicant, or one of each, in their order."""
    places = [place(address) for address in re.split("[;；|\n]+", cell[:_NAMES]) if address.strip()]
    found = [
        structs.replace(party, address=at.address, country=at.country, region=at.region, city=at.city)
        for party, at in zip(named, places, strict=False)
    ]
    return (*found, *named[len(found) :])


def _parties(cell: str) -> tuple[Party, ...]:
    names = dict.fromkeys(name.strip()[:_NAME] for name in _BETWEEN.split(cell[:_NAMES]))
    return tuple(Party(name=name) for name in names if name)
