"""Positions: a text as its units in order, one a position, and where its sentences and paragraphs begin.

A unit is one Chinese character or one word of another script, folded; punctuation is none.  Sentences and paragraphs are those
of `search.text.sentences`, of which one without a unit does not count.
"""

from collections.abc import Iterator
from enum import IntEnum

from search.text import tokens
from search.text.fold import fold
from search.text.sentences import bounds


class Begin(IntEnum):
    """What begins at a unit: nothing, a sentence, a paragraph (and so a sentence), or the whole text (and so a paragraph)."""

    NOTHING = 0
    SENTENCE = 1
    PARAGRAPH = 2
    TEXT = 3


def sentences(raw: str, folded: str) -> Iterator[tuple[Begin, int, int]]:
    """The sentences of a text that have a unit, with what begins with each, as (begin, start, end) offsets."""
    begin, after = Begin.TEXT, 0
    for start, end in bounds(raw):
        if begin < Begin.PARAGRAPH and "\n" in raw[after:start]:
            begin = Begin.PARAGRAPH
        after = end
        if tokens.UNIT.search(folded, start, end):
            yield begin, start, end
            begin = Begin.SENTENCE


class Positions:
    """The units of one text. Of the unit at a position: `units` has the text (a long word shortened as a token is), `joined`
    whether it is a Chinese character right behind another, `begins` what begins with it, `offsets` where it stands in the raw
    text; `sentences` and `paragraphs` number from 1."""

    def __init__(self, raw: str) -> None:
        self.units: list[str] = []
        self.joined: list[bool] = []
        self.begins: list[Begin] = []
        self.offsets: list[tuple[int, int]] = []
        self.sentences: list[int] = []
        self.paragraphs: list[int] = []
        folded, paragraph = fold(raw), 0
        for sentence, (begin, start, end) in enumerate(sentences(raw, folded), start=1):
            paragraph += begin >= Begin.PARAGRAPH
            for unit in tokens.UNIT.finditer(folded, start, end):
                self._add(unit[0], unit.start())
            new = len(self.units) - len(self.begins)
            self.begins += [begin] + [Begin.NOTHING] * (new - 1)
            self.sentences += [sentence] * new
            self.paragraphs += [paragraph] * new

    def _add(self, unit: str, start: int) -> None:
        if not tokens.is_run(unit):
            self.units.append(tokens.shorten(unit))
            self.joined.append(False)
            self.offsets.append((start, start + len(unit)))
            return
        self.units += unit
        self.joined += [False] + [True] * (len(unit) - 1)
        self.offsets += ((start + place, start + place + 1) for place in range(len(unit)))
