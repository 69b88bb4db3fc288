"""CNIPA's publication XML (``business:PatentDocumentAndRelated`` V2.2.1): applications, grants and designs since 1985."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from indexer.model import ParseError, RawRecord, Rejected
from indexer.parsers import cnipa_bibliography, cnipa_text, glued, references, text, xml
from search.patent.model import Claim, Drawing, Patent

FORMAT = "cnipa-xml"

_ROOT = re.compile(rb"<(?:[A-Za-z]+:)?PatentDocumentAndRelated[\s>]")
_OWN_NUMBER = re.compile(r"(\d{1,4})\s*[.．、,，:：]\s*")
_CLAIM_NUMBER = re.compile(r"0*[1-9]\d{0,3}", re.ASCII)
_FIGURE = re.compile(r"图\s*(\S+)")


def recognise(head: bytes, name: str) -> bool:
    """By the root element."""
    return _ROOT.search(head) is not None


def records(stream: BinaryIO, file: str) -> Iterator[RawRecord | Rejected]:
    """The one document of a file, or each of glued ones."""
    return glued.documents(stream, file)


def parse(record: RawRecord) -> Patent:
    """The publication; raises `ParseError`."""
    root = xml.parse(record.data)
    bibliography = root.find("{*}BibliographicData")
    if bibliography is None:
        bibliography = root.find("{*}DesignBibliographicData")
    if xml.name(root) != "PatentDocumentAndRelated" or bibliography is None:
        raise ParseError("not a PatentDocumentAndRelated with its BibliographicData")
    lang = text.language(root.get("lang")) or "zh"
    abstract = "\n".join(cnipa_text.lines(root.findall("{*}Abstract/{*}Paragraphs")))
    description = _description(root)
    return cnipa_bibliography.patent(
        root,
        bibliography,
        lang=lang,
        abstracts={lang: abstract} if abstract else {},
        description={lang: description} if description else {},
        claims=tuple(_claims(root, lang)),
        drawings=_drawings(root),
    )


def _description(root: etree._Element) -> tuple[str, ...]:
    """Every paragraph in order, headings too, whether sections hold them or not; a design's brief explanation likewise."""
    paragraphs = root.findall("{*}Description//{*}Paragraphs") or root.findall("{*}DesignBriefExplanation//{*}Paragraphs")
    return cnipa_text.lines(paragraphs)


def _claims(root: etree._Element, lang: str) -> Iterator[Claim]:
    """Each claim, the parts of its text on lines of their own, its own number left out."""
    for position, element in enumerate(root.iterfind("{*}Claims/{*}Claim"), start=1):
        given = element.get("num", "")
        number = int(given) if _CLAIM_NUMBER.fullmatch(given) else position
        words = "\n".join(cnipa_text.lines(element.findall("{*}ClaimText")))
        own = _OWN_NUMBER.match(words)
        if own and int(own[1]) == number:
            words = words[own.end() :]
        if words:
            yield Claim(number=number, text=words, depends_on=references.claims(words, number), lang=lang)


def _drawings(root: etree._Element) -> tuple[Drawing, ...]:
    """Every picture, those between words too, by its file; a figure of the drawings has its label."""
    drawings: dict[str, Drawing] = {}
    for image in root.iter("{*}Image"):
        parent = image.getparent()
        label = _FIGURE.match(parent.get("figureLabels") or "") if parent is not None else None
        if file := image.get("file"):
            drawings.setdefault(file, Drawing(name=file, figure=label[1] if label else None))
    return tuple(drawings.values())
