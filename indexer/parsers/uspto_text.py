"""Text of abstract, description and claims of the USPTO's XML 4.x, straight from the markup.

A reader's text: words of a paragraph on one line; list items, table rows and parts of a claim on lines of their own, cells of
a row separated by tabs; formulas as `indexer.parsers.mathml` writes them; pictures and processing instructions leave nothing.
A superscript number behind a number gets a caret (``10^6``, no other number), every other sub- and superscript stands as it
is (``H2O``, ``Ca2+``).

Works on the markup of one section of a well-formed document as text; it may not hold comments, CDATA sections or ``>``
inside an attribute (`plain` says so; `indexer.parsers.uspto_xml` then hands over a normalised copy).
"""

import re

from lxml import etree

from indexer.model import ParseError
from indexer.parsers.mathml import formula

_PARAGRAPH = re.compile(r"</?(?:p|heading)(?:\s[^>]*)?/?>")
_LINE = re.compile(r"</?(?:br|ul|ol|li|dl|dt|dd|tables|table|row|maths|claim-text|pre)(?:\s[^>]*)?/?>")
_CELL = re.compile(r"<entry(?:\s[^>]*)?/?>")
_POWER = re.compile(r"(?<=[0-9])(?:</?[biu]>)*<sup2?(?:\s[^>]*)?>(?=[-+\u2212\u2013]?[0-9])")
_MATHS = re.compile(r"<maths(?:\s[^>]*)?>.*?</maths>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_REFERENCE = re.compile(r"&(?:#([0-9]+)|#x([0-9A-Fa-f]+)|(amp|lt|gt|quot|apos));")
_BREAK = re.compile(r"[ \t]*\n[ \n\t]*")
_BLANKS = re.compile(r" {2,}")
_CELLS = re.compile(r" *\t[ \t]*")
_XML = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_SEPARATOR = "\x1e"  # no character of XML 1.0
_SOURCE_BLANKS = str.maketrans("\n\r\t", "   ")


def plain(markup: str) -> bool:
    """Whether the markup has nothing that a cut at ``<`` and ``>`` would get wrong."""
    return "<!" not in markup and markup.count("<") == markup.count(">")


def paragraphs(markup: str) -> tuple[str, ...]:
    """The text of each paragraph and heading that has any, in order."""
    if "<maths" in markup:
        markup = _MATHS.sub(_maths, markup)
    text = _PARAGRAPH.sub(_SEPARATOR, markup.translate(_SOURCE_BLANKS))
    text = _LINE.sub("\n", text)
    if "<entry" in text:
        text = _CELL.sub("\t", text)
    if "<sup" in text:
        text = _POWER.sub("^", text)
    text = _TAG.sub("", text)
    if "&" in text:
        text = _REFERENCE.sub(_character, text)
    return tuple(part for part in map(_tidy, text.split(_SEPARATOR)) if part)


def _tidy(part: str) -> str:
    if "\t" in part:
        part = _CELLS.sub("\t", part)
    if "\n" in part:
        part = _BREAK.sub("\n", part)
    if "  " in part:
        part = _BLANKS.sub(" ", part)
    return part.strip()


def _character(found: re.Match[str]) -> str:
    if named := found[3]:
        return _XML[named]
    return chr(int(found[1]) if found[1] else int(found[2], 16))


def _maths(found: re.Match[str]) -> str:
    try:
        text = formula(etree.fromstring(found[0]))
    except etree.XMLSyntaxError as error:
        raise ParseError(f"not well-formed XML: {error.msg}") from None
    return "<br/>" + text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + "<br/>"
