"""Truncation: the signs of a language for letters left out, read into patterns of the tree and written from them.

A pattern of the tree has ``*`` (any letters) and ``?`` (exactly one). A sign for one letter or none, or for up to `n`, is each
number of them in turn, which is what it says.
"""

import re
from dataclasses import dataclass

from search.query.check import WILDCARDS

MOST = WILDCARDS + 1
"""Patterns of one word: all but one have a sign, and a query has no more than `WILDCARDS`."""

_NATIVE = re.compile(r"[*?＊？]")


@dataclass(frozen=True, slots=True)
class Truncation:
    """The signs of a language: `many` letters (the first is written), exactly `one`, one or none (`maybe`), and `bounded`, which
    a digit follows: up to so many. Empty: the language has none. `phrases`: quotation marks may hold them."""

    many: str = ""
    one: str = ""
    maybe: str = ""
    bounded: str = ""
    phrases: bool = True

    def read(self, text: str, *, quoted: bool) -> list[str]:
        """The patterns that `text` stands for, at least one, or more than `MOST` where they are too many; signs of the tree that
        the language has not are blanks."""
        if quoted and not self.phrases:
            return [_NATIVE.sub(" ", text)]
        made = [""]
        at = 0
        while at < len(text):
            sign, at = text[at], at + 1
            if self.bounded and sign in self.bounded and (digits := re.match("[0-9]", text[at:])):
                at += 1
                parts = ["?" * count for count in range(int(digits[0]) + 1)]
            else:
                parts = self._parts(sign)
            made = [before + part for before in made for part in parts]
            if len(made) > MOST:
                break
        return made

    def _parts(self, sign: str) -> list[str]:
        if sign in self.many:
            return ["*"]
        if sign in self.one:
            return ["?"]
        if sign in self.maybe:
            return ["", "?"]
        return [" " if _NATIVE.fullmatch(sign) else sign]

    def write(self, pattern: str) -> str | None:
        """`pattern` in the signs of the language; ``None`` where it has none for it. Where a letter is a sign of the language, a
        blank stands for it: none of them is ever sought."""
        many, one = self.many[:1], self.one[:1]
        if ("*" in pattern and not many) or ("?" in pattern and not one):
            return None
        return "".join(many if sign == "*" else one if sign == "?" else self.plain(sign) for sign in pattern)

    def plain(self, text: str) -> str:
        """`text` with a blank for each letter that would be a sign."""
        signs = self.many + self.one + self.maybe + self.bounded
        return "".join(" " if letter in signs else letter for letter in text)
