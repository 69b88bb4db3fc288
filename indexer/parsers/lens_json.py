"""Lens JSON lines (its scholarly export of patents): one publication a line, with families, citations and status."""

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

import msgspec

from indexer.model import ParseError, RawRecord, Rejected
from indexer.parsers import json, references, text
from indexer.parsers import lens_shape as lens
from indexer.parsers.lines import lines
from search.patent import classes, dates, kinds, numbers
from search.patent.model import Citation, Claim, Legal, LegalEvent, Party, Patent, Reference, Symbol

FORMAT = "lens-json"

_decoder = msgspec.json.Decoder(lens.Line)

_BEGINNING = re.compile(rb'\s*\{\W*"lens_id"')
_OWN_NUMBER = re.compile(r"(\d{1,4})\s*[.)]\s*")
_DATED = re.compile(r"(.+): (\d{4}-\d\d-\d\d)")


def recognise(head: bytes, name: str) -> bool:
    """By the first key, of a broken line too."""
    return _BEGINNING.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def records(stream: BinaryIO, file: str) -> Iterator[RawRecord | Rejected]:
    """One record a line."""
    return lines(stream, file)


def parse(record: RawRecord) -> Patent:
    """The publication; raises `ParseError`."""
    line = json.decode(_decoder, record.data)
    try:
        number = numbers.publication(line.jurisdiction, line.doc_number, line.kind)
    except numbers.NumberError as error:
        raise ParseError(f"publication number: {error}") from None
    biblio, printed = line.biblio, numbers.parse_publication(number)
    published = dates.iso(line.date_published)
    return Patent(
        number=number,
        country=printed.country,
        doc_number=printed.doc_number,
        kind=printed.kind,
        stage=kinds.stage(printed.country, printed.kind, published),
        type=kinds.patent_type(printed.country, printed.kind, printed.doc_number),
        publication_date=published,
        application=_reference(biblio.application_reference) if biblio.application_reference else None,
        priorities=tuple(filter(None, map(_reference, biblio.priority_claims.claims))),
        titles=_texts(biblio.invention_title, line.lang),
        abstracts=_texts(line.abstract, line.lang),
        claims=tuple(_claims(line.claims)),
        description=_description(line.description, line.lang),
        applicants=_parties(biblio.parties.applicants),
        inventors=_parties(biblio.parties.inventors),
        agents=_parties(biblio.parties.agents),
        examiners=_parties(filter(None, (biblio.parties.examiners.primary_examiner, biblio.parties.examiners.assistant_examiner))),
        ipc=_symbols(biblio.classifications_ipcr),
        cpc=_symbols(biblio.classifications_cpc),
        citations=tuple(filter(None, map(_citation, biblio.references_cited.citations))),
        npl=text.lines(cited.nplcit.text for cited in biblio.references_cited.citations if cited.nplcit),
        family=_family(line.families.simple_family, number, published),
        legal=_legal(line.legal_status) if line.legal_status else None,
    )


def _reference(of: lens.Id) -> Reference | None:
    number, date = _application(of), dates.iso(of.date)
    return Reference(number=number, date=date) if number or date else None


def _application(of: lens.Id) -> str | None:
    """An international application stands as year and serial under the office where it was filed."""
    try:
        return numbers.application(f"PCT/{of.jurisdiction}{of.doc_number}" if of.kind == "W" else of.doc_number, of.jurisdiction)
    except numbers.NumberError:
        return None


def _publication(of: lens.Id) -> str | None:
    try:
        return numbers.publication(of.jurisdiction, of.doc_number, of.kind)
    except numbers.NumberError:
        return None


def _texts(found: Iterable[lens.Text], default: str | None) -> dict[str, str]:
    """By language; one whose language nobody tells is left out."""
    held: dict[str, str] = {}
    for item in found:
        language, words = text.language(item.lang) or text.language(default), text.line(item.text)
        if language and words:
            held.setdefault(language, words)
    return held


def _description(found: lens.Text | None, default: str | None) -> dict[str, tuple[str, ...]]:
    if found is None:
        return {}
    language, paragraphs = text.language(found.lang) or text.language(default), text.lines(found.text.splitlines())
    return {language: paragraphs} if language and paragraphs else {}


def _claims(found: Iterable[lens.Claims]) -> Iterator[Claim]:
    """Each claim, its own number left out of its text; some publications have all their claims in one, which is kept whole."""
    for claims in found:
        language = text.language(claims.lang)
        for number, claim in enumerate(claims.claims, start=1):
            words = "\n".join(text.lines(claim.claim_text))
            own = _OWN_NUMBER.match(words)
            if own and int(own[1]) == number:
                words = words[own.end() :]
            if words:
                yield Claim(number=number, text=words, depends_on=references.claims(words, number), lang=language)


def _parties(found: Iterable[lens.Person]) -> tuple[Party, ...]:
    named = ((person, text.line(person.extracted_name.value if person.extracted_name else None)) for person in found)
    return tuple(
        Party(
            name=name,
            country=person.residence or person.extracted_country,
            address=text.line(person.extracted_address),
        )
        for person, name in named
        if name
    )


def _symbols(found: lens.Classes) -> tuple[Symbol, ...]:
    """In order; Lens doesn't mark the main one. A symbol that can't be read is left out."""
    symbols: dict[str, Symbol] = {}
    for item in found.classifications:
        try:
            symbol = classes.ipc(item.symbol)
        except classes.ClassError:
            continue
        symbols.setdefault(symbol, Symbol(symbol=symbol))
    return tuple(symbols.values())


def _citation(cited: lens.Cited) -> Citation | None:
    """A cited publication; a cited application, which has a publication's place here, by its own number."""
    if cited.patcit is None:
        return None
    of = cited.patcit.document_id
    number = _publication(of) or _application(of)
    return Citation(number=number, phase=references.phase(cited.cited_phase), date=dates.iso(of.date)) if number else None


def _family(family: lens.Family, number: str, published: str | None) -> str | None:
    """The family's name: its earliest publication, the same for all its members. ``None`` where Lens lists no members."""
    if not family.members:
        return None
    days = {number: published}
    for of in (member.document_id for member in family.members):
        if other := _publication(of):
            days[other] = dates.iso(of.date) or days.get(other)
    return min(days, key=lambda member: (days[member] or "9999", member))


_STATES = {
    "ACTIVE": "in_force",
    "PENDING": "pending",
    "DISCONTINUED": "discontinued",
    "INACTIVE": "lapsed",
    "EXPIRED": "expired",
}
"""The words of Lens; PATENTED says only that there was a grant once."""


def _legal(found: lens.LegalStatus) -> Legal | None:
    """The status that Lens reckoned, with the dated lines of its log; remarks without a date are left out."""
    if not found.patent_status:
        return None
    active = found.patent_status == "ACTIVE"
    dated = filter(None, map(_DATED.fullmatch, found.calculation_log))
    return Legal(
        status=_STATES.get(found.patent_status, "unknown"),
        since=dates.iso(found.grant_date) if active else None,
        next_change=dates.iso(found.anticipated_term_date) if active else None,
        log=tuple(LegalEvent(date=event[2], event=event[1]) for event in dated if dates.iso(event[2])),
    )
