"""The USPTO's forms before XML 4.0, known so that they are refused by name and never misread.

APS text (1976 to 2001), ST.32 SGML and XML 2.x (``PATDOC``, 2001 to 2004), applications 1.x (``patent-application-publication``,
2001 to 2004).
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from indexer.model import ParseError, RawRecord, Rejected
from search.patent.model import Patent

FORMAT = "uspto-older"

_FORMS = {
    "USPTO APS text": re.compile(rb"^(?:HHHHHT[^\n]*\n)?PATN\s*\nWKU ", re.MULTILINE),
    "USPTO PATDOC (ST.32)": re.compile(rb"<(?:!DOCTYPE\s+)?PATDOC[\s>]"),
    "USPTO patent-application-publication": re.compile(rb"<(?:!DOCTYPE\s+)?patent-application-publication[\s>]"),
}


def recognise(head: bytes, name: str) -> bool:
    """By the first record of each form."""
    return _form(head) is not None


def records(stream: BinaryIO, file: str) -> Iterator[RawRecord | Rejected]:
    """The file as a whole, refused."""
    yield Rejected(file, 0, _refusal(stream.read(4096)))


def parse(record: RawRecord) -> Patent:
    """Always raises `ParseError`."""
    raise ParseError(_refusal(record.data))


def _form(head: bytes) -> str | None:
    return next((form for form, pattern in _FORMS.items() if pattern.search(head)), None)


def _refusal(head: bytes) -> str:
    return f"the format {_form(head) or FORMAT} is not read yet"
