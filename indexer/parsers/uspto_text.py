"""Text of abstract, description and claims of the USPTO's XML 4.x, straight from the markup.

A reader's text: words of a paragraph on one line; list items, table rows and parts of a claim on lines of their own, cells of
a row separated by tabs; formulas as `indexer.parsers.mathml` writes them; pictures and processing instructions leave nothing.
A superscript number behind a number gets a caret (``10^6``, no other number), every other sub- and superscript stands as it
is (``H2O``, ``Ca2+``).

Works on the markup of one section of a well-formed document as text, without comments and CDATA sections.  A ``>`` that ends
no tag raises `Unplain`; `indexer.parsers.uspto_xml` then hands over a normalised copy.
"""

import re
from collections.abc import Mapping
from itertools import repeat

from lxml import etree

from indexer.model import ParseError
from indexer.parsers.mathml import formula

_TAG = re.compile(r"<([^ >]*)[^>]*>")
_RAISED = re.compile(r"<sup2?(?:\s[^>]*)?>(?=[-+\u2212\u2013]?[0-9])")
_NUMBER_BEFORE = re.compile(r"[0-9](?:</?[biu]>)*\Z")
_NUMBER_ENDS = frozenset("0123456789>")  # how a match of it ends
_FURTHEST = 24  # characters of digit and style tags before a superscript
_MATHS = re.compile(r"<maths(?:\s[^>]*)?>.*?</maths>", re.DOTALL)
_REFERENCE = re.compile(r"&#(?:([0-9]+)|x([0-9A-Fa-f]+));")
_CELLS = re.compile(r" *\t[ \t]*")
_OF_MARKUP = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_NAMED = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}  # the ampersand last: it makes no new name
_SEPARATOR = "\x1e"  # no character of XML 1.0

_LINES = ("br", "ul", "ol", "li", "dl", "dt", "dd", "tables", "table", "row", "maths", "claim-text", "pre")


class Unplain(Exception):
    """A ``>`` stands inside an attribute or a text, where a cut at ``<`` and ``>`` would go wrong."""


def _layout(starts: Mapping[str, str], both: Mapping[str, str]) -> dict[str, str]:
    """What a tag leaves in the text, by its name with its ``/``: `starts` are of start tags, `both` of start and end tags."""
    opened = {**starts, **both}
    ends = {f"/{name}": mark for name, mark in both.items()}
    return opened | ends | {f"{name}/": mark for name, mark in opened.items()}


_BREAKS = dict.fromkeys(_LINES, "\n")
_PARAGRAPHS = _layout({"entry": "\t"}, _BREAKS | dict.fromkeys(("p", "heading"), _SEPARATOR))
_CLAIMS = _layout({"entry": "\t", "claim": _SEPARATOR}, _BREAKS | {"p": "\n"})


def paragraphs(markup: str) -> tuple[str, ...]:
    """The text of each paragraph and heading that has any, in order."""
    return tuple(text for text in _texts(markup, _PARAGRAPHS) if text)


def claims(markup: str) -> tuple[str, ...]:
    """The text of each ``claim`` element, empty for an empty one."""
    return tuple(_texts(markup, _CLAIMS)[1:])


def _texts(markup: str, layout: Mapping[str, str]) -> list[str]:
    """The pieces between separators, each tag replaced by what `layout` says of its name."""
    if "&#" in markup:
        markup = _REFERENCE.sub(_character, markup)
    if "<maths" in markup:
        markup = _MATHS.sub(_maths, markup)
    if "<sup" in markup:
        markup = _RAISED.sub(_power, markup)
    pieces = _TAG.split(markup.replace("\r", " ").replace("\n", " ").replace("\t", " "))
    pieces[1::2] = map(layout.get, pieces[1::2], repeat(""))
    text = "".join(pieces)
    if ">" in text:
        raise Unplain
    if "&" in text:
        for name, character in _NAMED.items():
            text = text.replace(name, character)
    return [_tidy(part) for part in text.split(_SEPARATOR)]


def _tidy(part: str) -> str:
    """The lines that hold anything and their cells, without the blanks around them.

    Runs of blanks go first, so that the pattern of cells meets short ones only: a megabyte of blanks costs no more than a
    megabyte of words.
    """
    if "  " in part:
        part = " ".join(filter(None, part.split(" ")))
    if "\t" in part:
        part = _CELLS.sub("\t", part)
    if "\n" in part:
        part = "\n".join(filter(None, [line.strip(" \t") for line in part.split("\n")]))
    return part.strip()


def _power(found: re.Match[str]) -> str:
    before = found.string[max(0, found.start() - _FURTHEST) : found.start()]
    return "^" if before[-1:] in _NUMBER_ENDS and _NUMBER_BEFORE.search(before) else found[0]


def _character(found: re.Match[str]) -> str:
    """The character itself, but for those that would be markup."""
    character = chr(int(found[1]) if found[1] else int(found[2], 16))
    return _OF_MARKUP.get(character, character)


def _maths(found: re.Match[str]) -> str:
    try:
        text = formula(etree.fromstring(found[0]))
    except etree.XMLSyntaxError as error:
        raise ParseError(f"not well-formed XML: {error.msg}") from None
    return "<br/>" + text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + "<br/>"
