"""A report before it is written: blocks in the order of reading, without any look.

Every text is text: a writer never reads markup in it. `readable` says what becomes of characters that no document may hold.
"""

import re
from dataclasses import dataclass
from typing import Literal

from auth.http.lang import Language

Format = Literal["png", "svg"]

_NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""What XML 1.0 does not allow (section 2.2), or advises against: controls, lone surrogates, noncharacters."""

CONTENTS = 2
"""Levels of headings in the contents."""


@dataclass(frozen=True, slots=True)
class Heading:
    """Opens a part; `level` counts from 1 to 4. An `annex`, of level 1, is lettered by itself and stands after everything else."""

    text: str
    level: int = 1
    annex: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a `quiet` one is an aside: what to know of a table."""

    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """Items, each a paragraph with a mark before it."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Every row has as many cells as `head`. `figures` are the columns that hold numbers, `pale` the rows that are not complete
    yet. `links` are addresses of what a cell each tells of (a path of this service, empty for none); `note` stands below."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    figures: frozenset[int] = frozenset()
    pale: frozenset[int] = frozenset()
    links: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's bytes; `alt` tells in words what is seen."""

    data: bytes
    format: Format
    caption: str
    alt: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a page."""


Block = Heading | Paragraph | Listing | Table | Picture | PageBreak


@dataclass(frozen=True, slots=True)
class Report:
    """A title page (`title`, `subtitle`, `facts` as label and value), contents of the headings, then the blocks. `as_of` is the day
    up to which documents are held, and stands on every page."""

    title: str
    lang: Language
    blocks: tuple[Block, ...]
    subtitle: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    as_of: str = ""


def readable(text: str) -> str:
    """The text as a document can hold it: what is no character of text is shown as U+FFFD."""
    return _NOT_TEXT.sub("\ufffd", text)
