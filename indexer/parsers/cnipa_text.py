"""Text out of the markup of CNIPA's publications: words on one line, formulas as typed, pictures left out."""

import re
from collections.abc import Iterator

from lxml import etree

from indexer.model import ParseError
from indexer.parsers import text, xml
from indexer.parsers.mathml import formula

_POWER = re.compile(r"[-+\u2212\u2013]?[0-9]")


def line(element: etree._Element) -> str | None:
    """The text of a paragraph; ``None`` when it holds only pictures. Behind a number a superscript one gets a caret (10^6)."""
    return text.line("".join(_pieces(element)))


def lines(elements: list[etree._Element]) -> tuple[str, ...]:
    """`line` of each paragraph that has one."""
    return tuple(found for found in map(line, elements) if found)


def _pieces(element: etree._Element) -> Iterator[str]:
    before = element.text or ""
    yield before
    for child in element:
        match xml.name(child):
            case "Image":
                inner = ""
            case "MathText":
                inner = _formula(child.text or "")
            case _:
                inner = "".join(_pieces(child))
        if xml.name(child) == "Sup" and before[-1:].isdigit() and _POWER.match(inner):
            yield "^"
        yield inner
        before = child.tail or ""
        yield before


def _formula(markup: str) -> str:
    """MathML, which stands as character data; one that isn't well-formed is left out like a picture."""
    try:
        return f" {formula(xml.parse(markup.strip().encode()))} "
    except ParseError:
        return ""
