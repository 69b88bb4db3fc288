"""The bibliography of the USPTO's XML 4.x as a `Patent`. Element names: ICE DTDs v40 (2004-12-02) to v47 (2022-02-17).

What an office's number, class or date can't be read is left out, only a publication without a readable number is refused.
"""

from collections.abc import Iterable
from typing import Any

from lxml import etree

from indexer.model import ParseError
from indexer.parsers import xml
from indexer.parsers.uspto_classes import cpc, ipc, locarno, national
from search.patent import dates, kinds, numbers
from search.patent.model import Citation, Party, Patent, Pct, Reference

_NO_COUNTRY = frozenset({"omitted", "unknown"})
_PARENTS = (
    "addition",
    "continuation",
    "continuation-in-part",
    "continuing-reissue",
    "division",
    "reissue",
    "us-divisional-reissue",
    "us-reexamination-reissue-merger",
    "substitution",
)


def patent(root: etree._Element, *, lang: str, **texts: Any) -> Patent:
    """The publication of a ``us-bibliographic-data-…`` element; `texts` are further keys of the record."""
    document = root.find("publication-reference/document-id")
    if document is None:
        raise ParseError("has no publication-reference")
    country, kind = _value(document, "country") or "US", _value(document, "kind")
    printed, published = _value(document, "doc-number"), dates.iso(_value(document, "date"))
    try:
        number = numbers.publication(country, printed or "", kind)
    except numbers.NumberError as error:
        raise ParseError(f"publication number: {error}") from None
    body = number[len(country) : len(number) - len(kind or "")]
    title = xml.text(root.find("invention-title"))
    applicants, inventors = _people(root)
    agents, firms = _agents(root)
    citations, npl = _cited(root)
    return Patent(
        number=number,
        country=country,
        doc_number=body,
        kind=kind,
        stage=kinds.stage(country, kind, published),
        type=kinds.patent_type(country, kind, body),
        publication_date=published,
        application=_reference(root.find("application-reference/document-id"), country),
        priorities=_priorities(root),
        pct=_pct(root),
        titles={lang: title} if title else {},
        ipc=ipc(root),
        cpc=cpc(root),
        locarno=locarno(root),
        national=national(root),
        examiners=_parties(root.findall("examiners/*")),
        applicants=applicants,
        inventors=inventors,
        agents=_parties(agents),
        agent_firms=_parties(firms),
        citations=citations,
        npl=npl,
        **texts,
    )


def _value(element: etree._Element, path: str) -> str | None:
    return (element.findtext(path) or "").strip() or None


def _reference(document: etree._Element | None, country: str | None = None) -> Reference | None:
    """A ``document-id`` or ``priority-claim`` as an application."""
    if document is None:
        return None
    printed, date = _value(document, "doc-number"), dates.iso(_value(document, "date"))
    number = None
    if printed:
        try:
            number = numbers.application(printed, _value(document, "country") or country)
        except numbers.NumberError:
            number = None
    return Reference(number=number, date=date) if number or date else None


def _priorities(root: etree._Element) -> tuple[Reference, ...]:
    """Foreign priorities, then domestic benefit: provisional applications and the parents of this one (INID 60 to 64)."""
    found = list(root.findall("priority-claims/priority-claim"))
    related = root.find("us-related-documents")
    if related is not None:
        found += related.findall("us-provisional-application/document-id")
        for relation in _PARENTS:
            found += related.findall(f"{relation}/relation/parent-doc/document-id")
    references = (_reference(document) for document in found)
    return tuple(dict.fromkeys(reference for reference in references if reference is not None))


def _pct(root: etree._Element) -> Pct | None:
    filed = _reference(root.find("pct-or-regional-filing-data/document-id"))
    printed = root.findtext("pct-or-regional-publishing-data/document-id/doc-number")
    publication = None
    if printed:
        try:
            publication = numbers.parse_publication(printed).number
        except numbers.NumberError:
            publication = None
    application = filed.number if filed else None
    return Pct(application=application, publication=publication) if application or publication else None


def _people(root: etree._Element) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Applicants and inventors.

    Until 2012-09 the applicants of a US application are its inventors, and whom the patent belongs to stands under assignees;
    since then applicants may be bodies, often the assignee again.  So: the assignees, then applicants who are no inventors;
    where there are none of either, the inventors are the applicants.
    """
    named = root.findall("parties/applicants/applicant") + root.findall("us-parties/us-applicants/us-applicant")
    inventors = _parties(
        [person for person in named if person.get("app-type") == "applicant-inventor"]
        + root.findall("parties/inventors/inventor")
        + root.findall("us-parties/inventors/inventor")
    )
    applicants = _parties(named)
    owners = _parties(root.findall("assignees/assignee")) + applicants
    who_invented = {person.name.casefold() for person in inventors}
    bodies = _distinct(party for party in owners if party.name.casefold() not in who_invented)
    return bodies or _distinct(owners) or inventors, inventors


def _agents(root: etree._Element) -> tuple[list[etree._Element], list[etree._Element]]:
    """Persons, and firms: those with an ``orgname``."""
    agents = root.findall("parties/agents/agent") + root.findall("us-parties/agents/agent")
    firms = [agent for agent in agents if agent.find(".//orgname") is not None]
    return [agent for agent in agents if agent not in firms], firms


def _distinct(parties: Iterable[Party]) -> tuple[Party, ...]:
    """The first of each name."""
    first: dict[str, Party] = {}
    for party in parties:
        first.setdefault(party.name.casefold(), party)
    return tuple(first.values())


def _parties(elements: Iterable[etree._Element]) -> tuple[Party, ...]:
    return _distinct(party for party in map(_party, elements) if party is not None)


def _party(element: etree._Element) -> Party | None:
    """A body by its name, a person as printed: first, middle and last name."""
    own = xml.first(element)
    book = xml.first(own["addressbook"]) if "addressbook" in own else own
    parts = (xml.text(book.get(tag)) for tag in ("first-name", "middle-name", "last-name", "suffix"))
    name = xml.text(book.get("orgname")) or " ".join(part for part in parts if part) or xml.text(book.get("name"))
    if not name:
        return None
    residence = _country(own["residence"].findtext("country")) if "residence" in own else None
    if "address" not in book:
        return Party(name=name, country=residence)
    address = xml.first(book["address"])
    return Party(
        name=name,
        country=residence or _country(address["country"].text if "country" in address else None),
        city=xml.text(address.get("city")),
        address=_address(book["address"]),
    )


def _country(code: str | None) -> str | None:
    code = (code or "").strip()
    return code if code and code not in _NO_COUNTRY else None


def _address(address: etree._Element) -> str | None:
    """Everything but the country in one line; ``None`` where it says no more than the city."""
    parts = xml.texts(part for part in address if part.tag != "country")
    return ", ".join(parts) if len(parts) > 1 else None


def _cited(root: etree._Element) -> tuple[tuple[Citation, ...], tuple[str, ...]]:
    """Cited publications and other literature; `phase` is who cited (``cited by examiner`` is ``examiner``)."""
    citations: list[Citation] = []
    literature: list[str] = []
    for cited in root.iterfind("references-cited/citation"):
        _cite(cited, citations, literature)
    for cited in root.iterfind("us-references-cited/us-citation"):
        _cite(cited, citations, literature)
    return tuple(citations), tuple(literature)


def _cite(cited: etree._Element, citations: list[Citation], literature: list[str]) -> None:
    parts = xml.first(cited)
    document = xml.first(parts["patcit"]).get("document-id") if "patcit" in parts else None
    if document is None:
        literature.extend(xml.texts(cited.iterfind("nplcit/othercit")))
        return
    printed = xml.values(document)
    try:
        number = numbers.publication(printed.get("country", ""), printed.get("doc-number", ""), printed.get("kind"))
    except numbers.NumberError:  # the parts as they stand
        literature.append(" ".join(printed[tag] for tag in ("country", "doc-number", "kind", "name", "date") if tag in printed))
        return
    category = parts["category"].text if "category" in parts else None
    phase = (category or "").strip().removeprefix("cited by ") or None
    citations.append(Citation(number=number, phase=phase, date=dates.iso(printed.get("date"))))
