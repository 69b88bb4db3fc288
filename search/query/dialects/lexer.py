"""The native language cut into signs, words and quotations, each with its offset.

Full-width signs are read as their narrow forms, invisible format characters (the marks that office programs paste around
numbers) as blanks, and ``，、；。！`` outside quotes, or a comma or semicolon before a blank, as blanks too.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from search.query import fields
from search.query.errors import QueryError

Kind = Literal["word", "quoted", "relation", "(", ")", "[", "]", "end"]


@dataclass(frozen=True, slots=True)
class Token:
    """`text` has narrow signs, but a quotation is as typed, without its marks."""

    kind: Kind
    start: int
    end: int
    text: str


_NARROW = str.maketrans("（）［］：＝＜＞＊？＂　", '()[]:=<>*?" ')

_BLANK = r"\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff，、；。！"
_CONTROL = re.compile(r"(?!\s)[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_SIGN = r"()\[\]:=<>≤≥\"“”"
_COMMA = rf"[,;](?![^{_BLANK}{_SIGN},;])"  # of a list, not of 1,2-dichloroethane
_TOKEN = re.compile(
    rf"""(?P<blank> (?: [{_BLANK}] | {_COMMA} )+ )
       | (?P<relation> == | >= | <= | [:=<>≤≥] )
       | (?P<quote> ["“”] )
       | (?P<bracket> [()\[\]] )
       | (?P<word> (?: (?!{_COMMA}) [^{_BLANK}{_SIGN}] )+ )""",
    re.VERBOSE,
)
_NAMES = [name.translate(_NARROW) for field in fields.FIELDS for name in (field.zh, *field.aliases)]
_BRACKETED_NAME = re.compile(rf"(?P<word>{'|'.join(re.escape(name) for name in _NAMES if '(' in name)})(?=\s*[:=<>≤≥])")
_CLOSING = {'"': '"', "“": "“”", "”": "“”"}
_BRACKETS: dict[str, Kind] = {"(": "(", ")": ")", "[": "[", "]": "]"}
_RELATIONS = {"≤": "<=", "≥": ">="}

AND, OR, NOT, TO = frozenset({"AND", "与"}), frozenset({"OR", "或"}), frozenset({"NOT", "非"}), frozenset({"TO", "至"})
"""Bare words that are operators, in their narrow form."""


CLOSENESS = re.compile(r"(NEAR|邻近|ADJ|顺序|SENT|同句|PARA|同段)(?:/(.*))?", re.DOTALL)
"""A bare word that says how close two others stand, and its distance, which may be none or no number."""

REFERENCE = re.compile(r"#([0-9]+)")
"""A bare word that names a question of the history."""


def cut(text: str) -> Iterator[Token]:
    """The tokens of `text`, the last of them of the kind ``end``; raises `QueryError` for a control character or an open
    quotation."""
    if control := _CONTROL.search(text):
        raise QueryError("character", control.start())
    narrow = text.translate(_NARROW)
    position = 0
    while found := _BRACKETED_NAME.match(narrow, position) or _TOKEN.match(narrow, position):
        position = found.end()
        if found.lastgroup == "quote":
            quotation = _quotation(text, narrow, found.start())
            position = quotation.end
            yield quotation
        elif found.lastgroup != "blank":
            yield _token(found)
    yield Token("end", len(text), len(text), "")


def operator(text: str) -> str:
    """A bare word as it is compared with the operators: its narrow form."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def is_word(text: str) -> bool:
    """Whether `text`, written bare, is read as one word, and neither an operator nor a reference."""
    found = _TOKEN.fullmatch(text.translate(_NARROW))
    if found is None or found.lastgroup != "word":
        return False
    word = operator(text)
    return word not in AND | OR | NOT | TO and not CLOSENESS.fullmatch(word) and not REFERENCE.fullmatch(word)


def _token(found: re.Match[str]) -> Token:
    if found.lastgroup == "word":
        return Token("word", found.start(), found.end(), found[0])
    if found.lastgroup == "relation":
        return Token("relation", found.start(), found.end(), _RELATIONS.get(found[0], found[0]))
    return Token(_BRACKETS[found[0]], found.start(), found.end(), found[0])


def _quotation(text: str, narrow: str, start: int) -> Token:
    marks = _CLOSING[narrow[start]]
    end = next((at for at in range(start + 1, len(text)) if narrow[at] in marks), None)
    if end is None:
        raise QueryError("quote", start, expected=(marks[-1],), found=marks[-1])
    return Token("quoted", start, end + 1, text[start + 1 : end])
