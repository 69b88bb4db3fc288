"""Positions: a text as its units in order, one a position, and where its sentences and paragraphs begin.

A unit is one Chinese character or one word of another script, folded; punctuation is none.  Sentences and paragraphs are those
of `search.text.sentences`, of which one without a unit does not count.
"""

from collections.abc import Iterator, Sequence
from enum import IntEnum
from functools import lru_cache
from operator import add
from typing import NamedTuple

from search.text import tokens
from search.text.fold import fold
from search.text.sentences import bounds
from search.text.stems import stem


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


class Streams(NamedTuple):
    """A field's values as the engines take them: the exact stream and the stream of stems, tokens joined by blanks, positions
    alike in both. In the second a Chinese unit is a `GAP`; a stream without a word is `FILLER`; between two values stand
    `VALUE_GAP` gaps. `begins` has an integer for each sentence, of all values: how many units stand before it << 2 | `Begin`."""

    exact: str
    stems: str
    begins: list[int]


def streams(values: Sequence[str]) -> Streams:
    """The values of one field, cut once for everything that is indexed of them."""
    return streams_of(values)[0]


def streams_of(values: Sequence[str]) -> tuple[Streams, list[str]]:
    """The same with the tokens of the exact stream one by one, as many as there are units: without gaps and filler."""
    units: list[str] = []
    exact: list[str] = []
    stems: list[str] = []
    begins: list[int] = []
    words = 0
    for number, value in enumerate(values):
        if number:
            exact.append(_gaps(tokens.VALUE_GAP))
            stems.append(_gaps(tokens.VALUE_GAP))
        cut = _Cut(value, len(units))
        if cut.units:
            units += cut.units
            words += cut.words
            exact.append(" ".join(cut.units))
            stems.append(" ".join(cut.stems))
            begins += cut.begins
    filler = tokens.FILLER
    return Streams(" ".join(exact) if units else filler, " ".join(stems) if words else filler, begins), units


class _Cut:
    """One value: its tokens as `units`, one a position, their `stems` (a run of Chinese is one text of gaps), how many are `words`
    of another script, and what begins where, `before` units being counted as standing before it."""

    def __init__(self, value: str, before: int) -> None:
        self.units: list[str] = []
        self.stems: list[str] = []
        self.begins: list[int] = []
        self.words = 0
        folded = fold(value)
        begin, after = Begin.TEXT, 0
        for start, end in bounds(value):
            if begin < Begin.PARAGRAPH and value.find("\n", after, start) >= 0:
                begin = Begin.PARAGRAPH
            after, held = end, len(self.units)
            self._add(folded[start:end])
            if len(self.units) > held:
                self.begins.append(before + held << 2 | begin)
                begin = Begin.SENTENCE

    def _add(self, sentence: str) -> None:
        """Most sentences in English have nothing but ASCII, of which letters and digits are told apart without a pattern."""
        if sentence.isascii():
            self._add_words(sentence.translate(_BLANKED).split())
            return
        run = tokens.RUN.match
        for unit in tokens.UNIT.findall(sentence):
            if unit >= "\u1100" and run(unit):
                self.units.extend(map(add, unit, unit[1:]))
                self.units.append(unit[-1])
                self.stems.append(_gaps(len(unit)))
            else:
                self._add_words([unit])

    def _add_words(self, words: list[str]) -> None:
        if max(map(len, words), default=0) > tokens.LONGEST:
            words = [tokens.shorten(word) for word in words]
        self.words += len(words)
        self.units += words
        self.stems += map(stem, words)


_BLANKED = {code: " " for code in range(128) if not chr(code).isalnum()}
"""What stands between two words of ASCII."""


@lru_cache(maxsize=512)
def _gaps(count: int) -> str:
    return " ".join(tokens.GAP * count)


class Positions:
    """The units of one text. Of the unit at a position: `units` has the text (a long word shortened as a token is), `joined`
    whether it is a Chinese character right behind another; `sentences` and `paragraphs` number from 1."""

    def __init__(self, raw: str) -> None:
        self.units: list[str] = []
        self.joined: list[bool] = []
        self.sentences: list[int] = []
        self.paragraphs: list[int] = []
        self._folded = fold(raw)
        paragraph = 0
        for sentence, (begin, start, end) in enumerate(sentences(raw, self._folded), start=1):
            paragraph += begin >= Begin.PARAGRAPH
            for unit in tokens.UNIT.findall(self._folded, start, end):
                self.joined.append(False)
                if tokens.is_run(unit):
                    self.units += unit
                    self.joined += [True] * (len(unit) - 1)
                else:
                    self.units.append(unit if len(unit) <= tokens.LONGEST else tokens.shorten(unit))
            new = len(self.units) - len(self.sentences)
            self.sentences += [sentence] * new
            self.paragraphs += [paragraph] * new

    def offsets(self) -> list[tuple[int, int]]:
        """Where each unit stands in the raw text."""
        found: list[tuple[int, int]] = []
        for unit in tokens.UNIT.finditer(self._folded):
            start, end = unit.span()
            if tokens.is_run(unit[0]):
                found += ((place, place + 1) for place in range(start, end))
            else:
                found.append((start, end))
        return found
