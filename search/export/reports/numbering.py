"""The numbers of headings, tables and pictures, given once for every writer.

Decimal (GB/T 1.1: 1, 1.1, 1.1.1), or of official papers: 一、 （一） 1. （1） (GB/T 9704-2012, 7.3.3). Annexes are lettered.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from auth.http.lang import Language
from search.export.reports.model import Block, Heading, Picture, Table

Numbering = Literal["decimal", "official"]

_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Numbered:
    """A block with what stands before its text or caption, blanks included; empty for a block without a number."""

    block: Block
    number: str = ""


def numbered(blocks: Iterable[Block], numbering: Numbering, lang: Language) -> Iterator[Numbered]:
    """The blocks with their numbers."""
    counts = [0, 0, 0, 0]
    annexes = tables = pictures = 0
    for block in blocks:
        match block:
            case Heading(annex=True):
                annexes += 1
                counts = [0, 0, 0, 0]
                yield Numbered(block, _annex(annexes, lang))
            case Heading(level=level):
                counts = [*counts[: level - 1], counts[level - 1] + 1, *(0 for _ in counts[level:])]
                yield Numbered(block, _heading(counts[:level], numbering, lang, annexes))
            case Table():
                tables += 1
                yield Numbered(block, f"表{tables}　" if lang == "zh" else f"Table {tables}. ")
            case Picture():
                pictures += 1
                yield Numbered(block, f"图{pictures}　" if lang == "zh" else f"Figure {pictures}. ")
            case _:
                yield Numbered(block)


def _annex(count: int, lang: Language) -> str:
    letter = chr(ord("A") + count - 1)
    return f"附录{letter}　" if lang == "zh" else f"Annex {letter}. "


def _heading(counts: list[int], numbering: Numbering, lang: Language, annexes: int) -> str:
    """Below an annex the numbers begin with its letter; official papers number there as everywhere."""
    last = counts[-1]
    if numbering == "official" and lang == "zh":
        return (f"{chinese(last)}、", f"（{chinese(last)}）", f"{last}.", f"（{last}）")[len(counts) - 1]
    start = [chr(ord("A") + annexes - 1), *map(str, counts[1:])] if annexes else map(str, counts)
    return ".".join(start) + "　" if lang == "zh" else ".".join(start) + "  "


def chinese(number: int) -> str:
    """A number from 1 to 99 in Chinese: 一, 十, 十一, 二十."""
    tens, ones = divmod(number, 10)
    return (("" if tens < 2 else _DIGITS[tens]) + "十" if tens else "") + (_DIGITS[ones] if ones or not tens else "")
