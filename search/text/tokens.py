"""Tokens: how a text is cut, for documents and for questions, the same for every engine.

The cut is `bt`: a run of Chinese characters becomes its overlapping bigrams and its last character, any other word (letters
and digits) itself, all folded; nothing else is a token.  So every Chinese character and every other word owns exactly one
position, a run's last token stands alone, and 锂电，池 does not match 锂电池.  Kana, hangul and bopomofo are written without
dependable blanks too and count as Chinese here.
"""

import re
from functools import cache
from hashlib import sha1
from operator import add
from typing import Literal, TypeAlias

from search.text.fold import fold

GAP = "·"
"""Holds a position and is dropped by both engines' stop filter."""

FILLER = "∅"
"""The one token of a stream without words: both engines then count it as a document that has the field."""

VALUE_GAP = 100
"""Positions between two values of a field: no phrase or distance reaches across."""

LONGEST = 120
"""Code points of a token; Elasticsearch cuts at 255 UTF-16 units, of which 120 + "#" + 10 digits take at most 251."""

_RUN = (
    "\u1100-\u11ff\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303c\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u3105-\u312f\u3131-\u318e\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97c\uac00-\ud7a3\ud7b0-\ud7fb"
    "\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U0003fffd"
)
"""Han (with the extensions of planes 2 and 3), kana, bopomofo, hangul: what is cut into bigrams."""

_CHINESE = f"[{_RUN}]"
_WORD = f"[^\\W_{_RUN}]"

RUN = re.compile(f"{_CHINESE}+")
"""A run of Chinese characters in a folded text."""

UNIT = re.compile(f"{_CHINESE}+|{_WORD}+")
"""A run or a word in a folded text; what stands between two units is punctuation."""

Piece: TypeAlias = tuple[Literal["token", "prefix", "pattern"], str]


def is_run(unit: str) -> bool:
    """Whether a unit of the cut (folded, not empty) is a run of Chinese characters and not another word."""
    return unit >= "\u1100" and RUN.match(unit) is not None


def has_chinese(text: str) -> bool:
    """Whether `text` has a Chinese character, so that it is sought exactly, never by stems."""
    return not text.isascii() and RUN.search(fold(text)) is not None


def tokens(text: str) -> list[str]:
    """The tokens of one text in order, one a position."""
    return _tokens(fold(text))


def units(text: str) -> list[tuple[str, int, int]]:
    """The runs and words of `text` in order, folded and whole, with their offsets."""
    return [(found[0], found.start(), found.end()) for found in UNIT.finditer(fold(text))]


def spans(text: str) -> list[tuple[str, int, int]]:
    """The tokens of `text` with the offsets of the characters they are made of: a bigram spans two."""
    found: list[tuple[str, int, int]] = []
    for unit, start, end in units(text):
        if is_run(unit):
            found.extend((unit[i : i + 2], start + i, min(start + i + 2, end)) for i in range(end - start))
        else:
            found.append((shorten(unit), start, end))
    return found


def query_pieces(text: str) -> list[Piece]:
    """What stands at consecutive positions of a text that holds `text`. The last run of Chinese may go on in the document, so
    it has no tail, and where it is one character it is the start of a token; each earlier run ends where it ends."""
    cut = [unit for unit, _, _ in units(text)]
    if not cut or not is_run(cut[-1]):
        return [("token", token) for token in tokens(text)]
    pieces: list[Piece] = [("token", token) for token in _tokens(fold(text))[:-1]]
    return [*pieces, ("prefix", cut[-1])] if len(cut[-1]) == 1 else pieces


def wild_units(pattern: str) -> list[tuple[str, int]]:
    """The runs and words of a pattern with ``*`` and ``?``, folded, with their offsets. A sign between a Latin and a Chinese
    character belongs to what stands before it."""
    return [(found[0], found.start()) for found in _wild_unit().finditer(fold(pattern))]


def wild_pieces(pattern: str) -> list[Piece]:
    """As `query_pieces`, for a text with ``*`` (any letters) and ``?`` (one). A Chinese run is found inside a longer one anyway,
    so ``*`` at its ends says nothing; ``?`` is one more character of it, and its bigrams are cut around it as around any."""
    cut = [unit for unit, _ in wild_units(pattern)]
    pieces: list[Piece] = []
    for number, unit in enumerate(cut, 1):
        if RUN.search(unit):
            run = unit.strip("*")
            pieces += [_piece(run[i : i + 2]) for i in range(len(run) - (number == len(cut)))] or [("prefix", run)]
        else:
            pieces.append(_piece(re.sub(r"\*+", "*", unit)))
    return pieces


@cache
def _wild_unit() -> re.Pattern[str]:
    """Compiled at first need: sets of so many ranges cost milliseconds, and a server must start fast."""
    return re.compile(f"[*?]*{_CHINESE}[{_RUN}*?]*|(?:{_WORD}|[*?])+")


def _piece(token: str) -> Piece:
    start = token.rstrip("*")
    if "*" in start or "?" in start:
        return "pattern", token
    return ("token", shorten(token)) if start == token else ("prefix", start)


def shorten(word: str) -> str:
    """A word as a token: one longer than `LONGEST` is its start and a digest of the whole."""
    if len(word) <= LONGEST:
        return word
    digest = sha1(word.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()
    return f"{word[:LONGEST]}#{digest[:10]}"


def _tokens(folded: str) -> list[str]:
    found: list[str] = []
    for unit in UNIT.findall(folded):
        if is_run(unit):
            found.extend(map(add, unit, unit[1:]))
            found.append(unit[-1])
        else:
            found.append(shorten(unit))
    return found
