"""Folding: width, case and script of each character by itself, so that offsets into the folded text are offsets into the raw.

A character becomes its NFKC form, then lower case, then its simplified form (OpenCC's t2s table of characters); a step that
would change the length is left out (℃ stays, ß stays, İ is i).  Idempotent: ``fold(fold(x)) == fold(x)``.
"""

import re
import sys
import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import chain

import opencc

_HAN = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0x20000, 0x2F800), range(0x30000, 0x33480))
"""Unified ideographs: NFKC leaves them alone, only the script may change."""

_OTHERS = (
    range(0x80, 0x3400),
    range(0xA640, 0xAC00),
    range(0xF900, 0x11000),
    range(0x11800, 0x11900),
    range(0x16E40, 0x16EC0),
    range(0x1CC00, 0x1CD00),
    range(0x1D400, 0x1D800),
    range(0x1DF00, 0x1F300),
    range(0x1FBF0, 0x1FC00),
    range(0x2F800, 0x2FA20),
)
"""Every other block with a character that has a width, a case or a compatibility form."""

_SUPPLEMENTARY = "\U00010000"


def fold(text: str) -> str:
    """`text` folded, with the same number of code points."""
    if text.isascii():
        return text.lower()
    lowered = text.lower()
    if len(lowered) != len(text):  # İ alone grows in lower case
        lowered = text.replace("İ", "i").lower()
    table, changing = _table()
    return changing.sub(lambda found: table.get(found[0], found[0]), lowered)


@cache
def _table() -> tuple[dict[str, str], re.Pattern[str]]:
    """What a lower-cased character still becomes, and a pattern of the characters to look up. Built at first need (some 60 ms),
    not at import: a server must start fast."""
    han = [chr(code) for code in chain(*_HAN)]
    simplified = dict(_different(han, opencc.OpenCC("t2s").convert("\n".join(han)).split("\n")))
    simplified |= {old: simplified.get(new, new) for old, new in simplified.items()}  # 薴 is 苧 is 苎
    others = [chr(code) for code in chain(*_OTHERS)]
    narrow = (_narrow(character) for character in others)
    table = simplified | dict(_different(others, (simplified.get(character, character) for character in narrow)))
    basic = re.escape("".join(character for character in table if character < _SUPPLEMENTARY))
    # a set of single characters beyond the basic plane is tried one by one, a hundred times slower than a range
    return table, re.compile(f"[{basic}{_SUPPLEMENTARY}-{chr(sys.maxunicode)}]")


def _narrow(character: str) -> str:
    """One character's compatibility form in lower case, each step only where it stays one character."""
    for step in (lambda text: unicodedata.normalize("NFKC", text), str.casefold, str.lower):
        changed = step(character)
        if len(changed) == 1:
            character = changed
    return character


def _different(before: Iterable[str], after: Iterable[str]) -> Iterable[tuple[str, str]]:
    return ((old, new) for old, new in zip(before, after, strict=True) if old != new)
