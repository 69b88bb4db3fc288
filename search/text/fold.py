"""Folding: width, case and script of each character by itself, so that offsets into the folded text are offsets into the raw.

A character becomes its NFKC form, then lower case, then its simplified form (OpenCC's t2s table of characters); a step that
would change the length is left out (℃ stays, ß stays, İ is i).  Idempotent: ``fold(fold(x)) == fold(x)``.

The characters that change stand in `fold.txt`, each before what it becomes, so that no release of Python or OpenCC can part a
question from an index, and a start need not compute them; ``python -m tests.unit.text.table`` makes the file anew.
"""

import re
import sys
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("fold.txt")

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
    """What a lower-cased character still becomes, and a pattern of the characters to look up; read at first need."""
    pairs = TABLE.read_bytes().decode().replace("\n", "")
    table = dict(zip(pairs[::2], pairs[1::2], strict=True))
    basic = re.escape("".join(character for character in table if character < _SUPPLEMENTARY))
    # a set of single characters beyond the basic plane is tried one by one, a hundred times slower than a range
    return table, re.compile(f"[{basic}{_SUPPLEMENTARY}-{chr(sys.maxunicode)}]")
