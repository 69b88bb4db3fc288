"""The bibliography of CNIPA's publication XML (``business:`` V2.2.1) as a `Patent`.

References and symbols stand twice, in the office's form (``dataFormat="original"``) and in a standard one: only the first is
read.  A ``0`` stands where the office has no value.  A number, class or date that can't be read is left out; only a
publication without a readable number is refused.
"""

from collections.abc import Callable, Iterable
from typing import Any

from lxml import etree

from indexer.model import ParseError
from indexer.parsers import cnipa_text, references, text
from search.patent import classes, dates, kinds, numbers, parties
from search.patent.model import Citation, Party, Patent, Reference, Symbol

_ORIGINAL = "original"


def patent(root: etree._Element, bibliography: etree._Element, *, lang: str, **texts: Any) -> Patent:
    """The publication of ``PatentDocumentAndRelated``; `texts` are further keys of the record. Raises `ParseError`."""
    number, published = _publication(root, bibliography)
    protection = kinds.patent_type(number.country, number.kind, number.doc_number)
    citations, npl = _cited(bibliography)
    return Patent(
        number=number.number,
        country=number.country,
        doc_number=number.doc_number,
        kind=number.kind,
        stage=kinds.stage(number.country, number.kind, published),
        type=protection,
        publication_date=published,
        application=_reference(_first(bibliography.findall("{*}ApplicationReference"), "{*}DocumentID")),
        priorities=_priorities(bibliography),
        titles=_titles(bibliography, lang),
        applicants=_applicants(bibliography),
        inventors=_parties(bibliography.iterfind(".//{*}InventorDetails/{*}Inventor/{*}AddressBook")),
        agents=_parties(bibliography.iterfind(".//{*}AgentDetails/{*}Agent/{*}AddressBook")),
        agent_firms=_parties(bibliography.iterfind(".//{*}AgentDetails/{*}Agent/{*}Agency/{*}AddressBook")),
        examiners=_parties(bibliography.iterfind("{*}ExaminerDetails/{*}Examiner")),
        ipc=_ipc(bibliography),
        locarno=_symbols(_listed(bibliography.find("{*}ClassificationLocarno")), classes.locarno),
        citations=citations,
        npl=npl,
        **texts,
    )


def _publication(root: etree._Element, bibliography: etree._Element) -> tuple[numbers.PublicationNumber, str | None]:
    document = _first(bibliography.findall("{*}PublicationReference"), "{*}DocumentID")
    if document is not None:
        parts = [_value(document, tag) for tag in ("WIPOST3Code", "DocNumber", "Kind", "Date")]
    else:
        parts = [root.get(name) for name in ("country", "docNumber", "kind", "datePublication")]
    country, doc_number, kind, day = parts
    try:
        number = numbers.publication(country or "CN", doc_number or "", kind)
        return numbers.parse_publication(number), dates.iso(day)
    except numbers.NumberError as error:
        raise ParseError(f"publication number: {error}") from None


def _value(element: etree._Element, tag: str) -> str | None:
    """The text of a child; ``0`` is the office's way to say that there is none."""
    found = text.line(element.findtext(f"{{*}}{tag}"))
    return None if found == "0" else found


def _originals(elements: Iterable[etree._Element]) -> list[etree._Element]:
    """Those in the office's own form; all where none says so."""
    found = list(elements)
    return [element for element in found if element.get("dataFormat") == _ORIGINAL] or found


def _first(elements: list[etree._Element], path: str) -> etree._Element | None:
    return next((child for element in _originals(elements) if (child := element.find(path)) is not None), None)


def _reference(element: etree._Element | None) -> Reference | None:
    """Country, number and date of an application as children of `element`."""
    if element is None:
        return None
    printed, number = _value(element, "DocNumber"), None
    if printed:
        try:
            number = numbers.application(printed, _value(element, "WIPOST3Code"))
        except numbers.NumberError:
            number = None
    date = dates.iso(_value(element, "Date"))
    return Reference(number=number, date=date) if number or date else None


def _priorities(bibliography: etree._Element) -> tuple[Reference, ...]:
    found = map(_reference, _originals(bibliography.iterfind("{*}PriorityDetails/{*}Priority")))
    return tuple(reference for reference in found if reference is not None)


def _titles(bibliography: etree._Element, lang: str) -> dict[str, str]:
    titles: dict[str, str] = {}
    for element in _originals(bibliography.iterfind("{*}InventionTitle")):
        if title := cnipa_text.line(element):
            titles.setdefault(text.language(element.get("lang")) or lang, title)
    return titles


def _applicants(bibliography: etree._Element) -> tuple[Party, ...]:
    """The applicants; the holders where a grant names only those."""
    applicants = _parties(bibliography.iterfind(".//{*}ApplicantDetails/{*}Applicant/{*}AddressBook"))
    return applicants or _parties(bibliography.iterfind("{*}AssigneeDetails/{*}Assignee/{*}AddressBook"))


def _parties(books: Iterable[etree._Element]) -> tuple[Party, ...]:
    """Each once: a firm stands again with every agent it has."""
    found: list[Party] = []
    for book in books:
        party = _party(book)
        if party is not None and party not in found:
            found.append(party)
    return tuple(found)


def _party(book: etree._Element) -> Party | None:
    name = _value(book, "Name") or _value(book, "OrganizationName")
    if name is None:
        return None
    address = book.find("{*}Address")
    if address is None:
        return Party(name=name)
    printed = _value(address, "Text")
    place = parties.place(printed or "")
    return Party(
        name=name,
        country=_value(address, "WIPOST3Code") or place.country,
        region=_value(address, "Province") or place.region,
        city=_value(address, "City") or place.city,
        address=place.address or None,
    )


def _ipc(bibliography: etree._Element) -> tuple[Symbol, ...]:
    """Since IPC 8 part by part, before it as the printed symbol."""
    parts = ("Section", "MainClass", "Subclass", "MainGroup", "Subgroup")
    found = bibliography.iterfind("{*}ClassificationIPCRDetails/{*}ClassificationIPCR")
    printed = ["{}{}{} {}/{}".format(*(_value(element, part) or "" for part in parts)) for element in found]
    return _symbols(printed or _listed(bibliography.find("{*}ClassificationIPC")), classes.ipc)


def _listed(classification: etree._Element | None) -> list[str]:
    """The main class, then the further ones, as printed."""
    if classification is None:
        return []
    main = _originals(classification.iterfind("{*}MainClassification"))
    further = _originals(classification.iterfind("{*}FurtherClassification"))
    return [element.text or "" for element in (*main, *further)]


def _symbols(printed: Iterable[str], canonical: Callable[[str], str]) -> tuple[Symbol, ...]:
    symbols: dict[str, Symbol] = {}
    for item in printed:
        try:
            symbol = canonical(item)
        except classes.ClassError:
            continue
        symbols.setdefault(symbol, Symbol(symbol=symbol, first=not symbols))
    return tuple(symbols.values())


def _cited(bibliography: etree._Element) -> tuple[tuple[Citation, ...], tuple[str, ...]]:
    """Publications and other literature that the office's search cited."""
    citations: list[Citation] = []
    literature: list[str | None] = []
    for cited in bibliography.iterfind("{*}ReferencesCited/{*}Citation"):
        document = _first(cited.findall(".//{*}PublicationReference"), "{*}DocumentID")
        if document is None:
            literature.append(cnipa_text.line(cited))
            continue
        try:
            number = numbers.publication(
                _value(document, "WIPOST3Code") or "", _value(document, "DocNumber") or "", _value(document, "Kind")
            )
        except numbers.NumberError:
            continue
        phase = references.phase(cited.get("srepPhase"))
        citations.append(Citation(number=number, phase=phase, date=dates.iso(_value(document, "Date"))))
    return tuple(citations), text.lines(literature)
