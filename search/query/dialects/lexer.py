"""A text cut into signs, words and quotations, each with its offset, by the grammar of its language; here stands the native one.

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

Kind = Literal["word", "quoted", "relation", "sign", "(", ")", "[", "]", "end"]


@dataclass(frozen=True, slots=True)
class Token:
    """`text` has narrow signs, but a quotation is as typed, without its marks."""

    kind: Kind
    start: int
    end: int
    text: str


_NARROW = str.maketrans("（）［］：＝＜＞＊？＂　", '()[]:=<>*?" ')
_NARROWER = _NARROW | str.maketrans("＋－−＃＄＠／｛｝", "+--#$@/{}")  # signs that the native language has not

_BLANK = r"\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff，、；。！"
_CONTROL = re.compile(r"(?!\s)[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_CLOSING = {'"': '"', "“": "“”", "”": "“”"}
_BRACKETS: dict[str, Kind] = {"(": "(", ")": ")", "[": "[", "]": "]"}
_RELATIONS = {"≤": "<=", "≥": ">="}


EDGE = rf"(?![^{_BLANK}()\"“”])"
"""Nothing that a word could go on with."""


def grammar(special: str, *, signs: str, never: str = "", skipped: str = "") -> re.Pattern[str]:
    """The pattern of a language's tokens: its `special` ones by the name of their kind, tried first; brackets, quotations, and
    words that end at any of `signs` and where `never` matches. `skipped` is left out as blanks are."""
    ends = rf"{_BLANK}()\"“”{signs}"
    comma = rf"[,;](?![^{ends},;])"  # of a list, not of 1,2-dichloroethane
    return re.compile(
        rf"""(?P<blank> (?: [{_BLANK}] | {comma} {f"| {skipped}" if skipped else ""} )+ )
           | {special}
           | (?P<quote> ["“”] )
           | (?P<bracket> [()] )
           | (?P<word> (?: (?! {comma} {f"| {never}" if never else ""} ) [^{ends}] )+ )""",
        re.VERBOSE,
    )


_NAMES = [name.translate(_NARROW) for field in fields.FIELDS for name in (field.zh, *field.aliases)]
_BRACKETED_NAME = "|".join(re.escape(name) for name in _NAMES if "(" in name)
RELATION = r"(?P<relation> == | >= | <= | [:=<>≤≥] )"
NAME = rf"(?P<name> (?:{_BRACKETED_NAME}) (?=\s*[:=<>≤≥]) )"
"""The name of a field that holds brackets itself, read before them."""

_NATIVE = grammar(rf"{NAME} | {RELATION} | (?P<square> [\[\]] )", signs=r"\[\]:=<>≤≥")

AND, OR, NOT, TO = frozenset({"AND", "与"}), frozenset({"OR", "或"}), frozenset({"NOT", "非"}), frozenset({"TO", "至"})
"""Bare words that are operators, in their narrow form."""

CLOSENESS = re.compile(r"(NEAR|邻近|ADJ|顺序|SENT|同句|PARA|同段)(?:/(.*))?", re.DOTALL)
"""A bare word that says how close two others stand, and its distance, which may be none or no number."""

REFERENCE = re.compile(r"#([0-9]+)")
"""A bare word that names a question of the history."""


def cut(text: str, language: re.Pattern[str] = _NATIVE) -> Iterator[Token]:
    """The tokens of `text`, the last of them of the kind ``end``; raises `QueryError` for a control character, an open quotation
    or a sign that the language has not."""
    if control := _CONTROL.search(text):
        raise QueryError("character", control.start())
    narrow = text.translate(_NARROW if language is _NATIVE else _NARROWER)
    position = 0
    while found := language.match(narrow, position):
        position = found.end()
        if found.lastgroup == "quote":
            quotation = _quotation(text, narrow, found.start())
            position = quotation.end
            yield quotation
        elif found.lastgroup != "blank":
            yield _token(found)
    if position < len(text):
        raise QueryError("sign", position, found=text[position])
    yield Token("end", len(text), len(text), "")


def one_word(text: str, language: re.Pattern[str]) -> bool:
    """Whether a language reads `text`, written bare, as this one word (which may be one of its operators)."""
    found = language.match(text)
    return found is not None and found.lastgroup == "word" and found.end() == len(text) and text == text.translate(_NARROWER)


def operator(text: str) -> str:
    """A bare word as it is compared with the operators: its narrow form."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def is_word(text: str) -> bool:
    """Whether `text`, written bare, is read as one word, and neither an operator nor a reference."""
    found = _NATIVE.fullmatch(text.translate(_NARROW))
    if found is None or found.lastgroup != "word":
        return False
    word = operator(text)
    return word not in AND | OR | NOT | TO and not CLOSENESS.fullmatch(word) and not REFERENCE.fullmatch(word)


def _token(found: re.Match[str]) -> Token:
    match found.lastgroup:
        case "word" | "name":
            return Token("word", found.start(), found.end(), found[0])
        case "sign":
            return Token("sign", found.start(), found.end(), found[0])
        case "relation":
            return Token("relation", found.start(), found.end(), _RELATIONS.get(found[0], found[0]))
    return Token(_BRACKETS[found[0]], found.start(), found.end(), found[0])


def _quotation(text: str, narrow: str, start: int) -> Token:
    marks = _CLOSING[narrow[start]]
    end = next((at for at in range(start + 1, len(text)) if narrow[at] in marks), None)
    if end is None:
        raise QueryError("quote", start, expected=(marks[-1],), found=marks[-1])
    return Token("quoted", start, end + 1, text[start + 1 : end])
