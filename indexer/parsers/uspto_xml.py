"""USPTO grants and applications, XML 4.0 to 4.7 (Red Book, ``us-patent-grant`` and ``us-patent-application``, since 2005).

Weekly files of glued documents, and documents of their own.  The bibliography is read as a tree; abstract, description and
claims, four fifths of the bytes, straight from their markup after expat has found the document well-formed.  A document with
anything that a cut of the markup would get wrong (comments, CDATA, entities, another encoding) is read whole by lxml first.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO
from xml.parsers import expat

from lxml import etree

from indexer.model import NotAPatent, ParseError, RawRecord, Rejected
from indexer.parsers import glued, uspto_bibliography, uspto_text, xml
from search.patent.model import Claim, Drawing, Patent

FORMAT = "uspto-xml"

_ROOTS = re.compile(rb"<(us-patent-grant|us-patent-application|sequence-cwu)[\s>]")
_LANGUAGE = re.compile(rb"<us-patent-[a-z]+\s[^>]*?\blang=\"([A-Za-z]{2})")
_BIBLIOGRAPHY = re.compile(rb"<us-bibliographic-data-(?:grant|application)[\s>]")
_CLAIM = re.compile(r"<claim([\s/][^>]*|)>")
_CLAIM_NUMBER = re.compile(r"\b(?:num=\"|id=\"CLM-)0*([0-9]+)\"")
_CLAIM_REFERENCE = re.compile(r"<claim-ref\s[^>]*idref=\"CLM-0*([0-9]+)\"")
_OWN_NUMBER = re.compile(r"^0*([0-9]+)\s*[.:)]\s*")
_IMAGE = re.compile(r"<img\s[^>]*\bfile=\"([^\"]+)\"")


def recognise(head: bytes, name: str) -> bool:
    """By the root element."""
    return _ROOTS.search(head) is not None


def records(stream: BinaryIO, file: str) -> Iterator[RawRecord | Rejected]:
    """The documents of a weekly file, or the one of a file of its own."""
    return glued.documents(stream, file)


def parse(record: RawRecord) -> Patent:
    """The publication; raises `NotAPatent` for a sequence listing, `ParseError` for what can't be read."""
    found = _ROOTS.search(record.data)
    if found is None:
        raise ParseError("neither us-patent-grant nor us-patent-application")
    if found[1] == b"sequence-cwu":
        raise NotAPatent("a sequence listing, not a publication")
    body = record.data[found.start() :]
    return _read(body) if _cuts_well(record.data, body) else _read(_normalised(record.data))


def _cuts_well(data: bytes, body: bytes) -> bool:
    """Whether the document is well-formed UTF-8 whose sections can be cut out as they stand."""
    prolog = data[: len(data) - len(body)]
    declaration = prolog[: prolog.find(b"?>")].lower()
    if (b"encoding=" in declaration and b"utf-8" not in declaration) or b"<!ENTITY" in prolog:
        return False
    if b"!" in body and b"<!" in body:  # one byte is sought ten times as fast as two, and most documents have none
        return False
    checker = expat.ParserCreate("utf-8")  # it only checks: no handler, and no document type ever reaches it
    try:
        checker.Parse(body, True)
    except expat.ExpatError:
        return False
    return True


def _normalised(data: bytes) -> bytes:
    """The same document without comments, CDATA and references, so that every ``<`` and ``>`` is a tag's."""
    return bytes(etree.tostring(xml.parse(data), encoding="utf-8"))


def _read(body: bytes) -> Patent:
    head = _section(body, _BIBLIOGRAPHY)
    if head is None:
        raise ParseError("has no us-bibliographic-data element")
    language = _LANGUAGE.search(body)
    lang = language[1].decode("ascii").lower() if language else "en"
    markup = {name: _markup(body, pattern) for name, pattern in _SECTIONS.items()}
    if markup["drawings"].count("<") != markup["drawings"].count(">"):
        return _read(_normalised(body))
    try:
        abstract = "\n".join(uspto_text.paragraphs(markup["abstract"]))
        description = uspto_text.paragraphs(markup["description"])
        claims = tuple(_claims(markup["claims"], lang))
    except uspto_text.Unplain:
        return _read(_normalised(body))
    return uspto_bibliography.patent(
        xml.parse(head),
        lang=lang,
        abstracts={lang: abstract} if abstract else {},
        description={lang: description} if description else {},
        claims=claims,
        drawings=tuple(Drawing(name=name) for name in _IMAGE.findall(markup["drawings"])),
    )


_SECTIONS = {name: re.compile(rb"<" + name.encode() + rb"[\s>]") for name in ("abstract", "drawings", "description", "claims")}


def _section(body: bytes, pattern: re.Pattern[bytes]) -> bytes | None:
    """The first element that `pattern` finds the start of, whole."""
    found = pattern.search(body)
    if found is None:
        return None
    tag = b"</" + found[0][1:-1] + b">"
    end = body.find(tag, found.end())
    return None if end < 0 else body[found.start() : end + len(tag)]


def _markup(body: bytes, pattern: re.Pattern[bytes]) -> str:
    section = _section(body, pattern)
    return "" if section is None else section.decode("utf-8")


def _claims(markup: str, lang: str) -> Iterator[Claim]:
    """Each claim, its own number left out of its text; one without a number takes the next."""
    texts = uspto_text.claims(markup)
    parts = _CLAIM.split(markup)[1:]
    for position, (attributes, inner, text) in enumerate(zip(parts[::2], parts[1::2], texts, strict=True), start=1):
        given = _CLAIM_NUMBER.search(attributes)
        number = int(given[1]) if given and int(given[1]) else position
        own = _OWN_NUMBER.match(text)
        said = text[own.end() :] if own and int(own[1]) == number else text
        depends = {int(reference) for reference in _CLAIM_REFERENCE.findall(inner)} - {number}
        if said:
            yield Claim(number=number, text=said, depends_on=tuple(sorted(depends)), lang=lang)
