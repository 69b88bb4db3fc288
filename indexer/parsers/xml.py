"""The one way XML is read here: nothing is fetched, nothing is expanded, and what can't be read is refused with its reason.

OWASP ASVS 5.0 1.5.1.  A document type may stand in front (the offices' files have one) but is never loaded; an entity that
it declares with a text is refused, because only attacks need one.  Character entities of SGML (``&times;``), which the
offices use although their DTDs are not at hand, become their characters before parsing.  libxml2's own limits stay on:
256 levels, 10 million characters a text, no amplification.
"""

import re
from collections.abc import Iterable
from html.entities import html5

from lxml import etree

from indexer.model import ParseError
from indexer.parsers import text as normal

_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
_SHOWN = 200


def parse(data: bytes) -> etree._Element:
    """The root element of `data`, without comments and processing instructions; raises `ParseError`."""
    try:
        root = etree.fromstring(_NAMED.sub(_character, data) if b"&" in data else data, _PARSER)
    except etree.XMLSyntaxError as error:
        raise ParseError(f"not well-formed XML: {error.msg[:_SHOWN]}") from None
    except (ValueError, LookupError) as error:
        raise ParseError(f"not XML: {error}") from None
    _refuse_entities(root)
    return root


def name(element: etree._Element) -> str:
    """The local name: prefixes differ between files of one office, local names don't."""
    return str(element.tag).rpartition("}")[2]


def text(element: etree._Element | None) -> str | None:
    """All text within on one line, ``None`` when nothing is left."""
    if element is None:
        return None
    return normal.line("".join(element.itertext()) if len(element) else element.text)


def first(element: etree._Element) -> dict[str, etree._Element]:
    """The first child of each name, in one pass: a search for each would cost five times as much."""
    return {child.tag: child for child in element.iterchildren(reversed=True)}


def values(element: etree._Element) -> dict[str, str]:
    """The text of the first child of each name that has any, without the blanks around it."""
    return {child.tag: said for child in element.iterchildren(reversed=True) if (said := (child.text or "").strip())}


def texts(elements: Iterable[etree._Element]) -> tuple[str, ...]:
    """`text` of each that has one, in order."""
    return tuple(found for found in map(text, elements) if found)


_PARSER = etree.XMLParser(
    resolve_entities=False,
    load_dtd=False,
    dtd_validation=False,
    attribute_defaults=False,
    no_network=True,
    huge_tree=False,
    remove_comments=True,
    remove_pis=True,
    collect_ids=False,
)
"""One for all documents and threads: it keeps nothing of a document but its errors, and takes one at a time."""


def _character(found: re.Match[bytes]) -> bytes:
    """``&alpha;`` as ``&#945;``; XML's own five and unknown names stay, the parser or `_refuse_entities` judges them."""
    entity = found[1].decode("ascii")
    if entity in _OF_XML:
        return found[0]
    characters = html5.get(entity + ";")
    return found[0] if characters is None else "".join(f"&#{ord(character)};" for character in characters).encode("ascii")


def _refuse_entities(root: etree._Element) -> None:
    dtd = root.getroottree().docinfo.internalDTD
    declared = [entity.name for entity in dtd.iterentities() if entity.orig is not None] if dtd is not None else []
    if declared:
        raise ParseError(f"declares the entity {declared[0][:_SHOWN]!r}, which is never expanded")
    for reference in root.iter(etree.Entity):
        raise ParseError(f"refers to the entity {str(reference.text)[:_SHOWN]!r}, which is never resolved")
