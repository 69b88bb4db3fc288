"""`python -m tests.unit.text.table` makes `search/text/fold.txt` anew; run it with the oldest Python we support, whose Unicode is
part of every later one. Where the file changes, every index must be built again (`test_fold`)."""

import sys
import unicodedata
from collections.abc import Iterator

import opencc

from search.text.fold import TABLE

_WIDTH = 32


def pairs() -> Iterator[tuple[str, str]]:
    """Each lower-cased character that folding still changes, before what it becomes, by code point."""
    every = [one for one in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(one) not in {"Cn", "Co", "Cs"}]
    narrowed = list(map(_narrow, every))
    simplify = opencc.OpenCC("t2s").convert
    east = list(dict.fromkeys(one for one in narrowed if one >= "\u2e80"))
    simplified = dict(zip(east, simplify(simplify("\n".join(east))).split("\n"), strict=True))  # 薴 is 苧 is 苎
    for one, narrower in zip(every, narrowed, strict=True):
        folded = simplified.get(narrower, narrower)
        if folded != one and one == one.lower():
            yield one, folded


def held() -> Iterator[tuple[str, str]]:
    """The pairs that stand in the file."""
    text = TABLE.read_bytes().decode().replace("\n", "")
    return zip(text[::2], text[1::2], strict=True)


def _narrow(character: str) -> str:
    """Compatibility form, case fold and lower case, each where it stays one character."""
    for step in (lambda one: unicodedata.normalize("NFKC", one), str.casefold, str.lower):
        changed = step(character)
        character = changed if len(changed) == 1 else character
    return character


def main() -> None:
    """Writes the file, 32 pairs a line."""
    found = ["".join(pair) for pair in pairs()]
    lines = ("".join(found[start : start + _WIDTH]) for start in range(0, len(found), _WIDTH))
    TABLE.write_bytes("".join(f"{line}\n" for line in lines).encode())


if __name__ == "__main__":
    main()
