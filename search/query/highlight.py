"""What a question finds in a text, as offsets into the raw text: the same for every engine, because no engine is asked.

A leaf is a sequence of units, Latin words and Chinese runs, sought in the folded text, whose offsets are those of the raw
one: one after another with nothing but punctuation between, a word whole, a run anywhere in a longer one but for its end,
which only the last unit may leave open.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from operator import eq
from typing import TypeAlias

from search.query import fields
from search.query.near import by_stem, fields_of, witness
from search.query.tree import And, Leaf, Near, Not, Or, Query, Value, Wild, Word
from search.text import tokens
from search.text.fold import fold
from search.text.stems import stem

Spans: TypeAlias = list[tuple[int, int]]

_CHANGED = re.compile("(?:ie|[eily])$")
"""The end of a stem that its words may have otherwise: dying is of die, possibility of possibl, battery of batteri, skies of
sky."""


def highlight(tree: Query, texts: Mapping[str, Sequence[str]]) -> dict[str, list[Spans]]:
    """For each field and each of its texts the spans that a leaf of `tree` matches, in order, merged where they touch or
    overlap; of a distance only the occurrences that are close enough (`search.query.near`). Leaves under NOT and leaves of
    other fields mark nothing."""
    marks = [(leaf, _units(leaf)) for leaf in _positive(tree)]
    found: dict[str, list[Spans]] = {}
    for name, values in texts.items():
        asked = [mark for mark in marks if name in _asks(mark[0])]
        found[name] = [_spans(asked, value) if asked else [] for value in values]
    return found


class _Text:
    """A text, folded, and its words."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.folded = fold(raw)

    @cached_property
    def units(self) -> frozenset[str]:
        """Every different run and word of the text."""
        return frozenset(tokens.UNIT.findall(self.folded))

    def places(self, word: str) -> Iterator[tuple[int, int]]:
        """Where `word` stands as a whole word."""
        start = self.folded.find(word)
        while start >= 0:
            end = start + len(word)
            if not self.goes_on(start - 1, chinese=False) and not self.goes_on(end, chinese=False):
                yield start, end
            start = self.folded.find(word, end)

    def beginning(self, start: str) -> Iterator[re.Match[str]]:
        """The words that begin with `start`."""
        place = self.folded.find(start)
        while place >= 0:
            unit = tokens.UNIT.match(self.folded, place)
            if unit and not self.goes_on(place - 1, chinese=False):
                yield unit
            place = self.folded.find(start, unit.end() if unit else place + 1)

    def goes_on(self, position: int, *, chinese: bool) -> bool:
        """Whether a Chinese character, or one of another word, stands there."""
        unit = tokens.UNIT.match(self.folded, position, position + 1) if position >= 0 else None
        return unit is not None and tokens.is_run(unit[0]) is chinese


class _Latin:
    """A word that passes `test`; all such words begin with `start`, so that most texts are known at a glance not to have one."""

    def __init__(self, test: Callable[[str], object], start: str) -> None:
        self.test = test
        self.start = start

    def everywhere(self, text: _Text) -> Iterator[tuple[int, int]]:
        if self.start:
            yield from (unit.span() for unit in text.beginning(self.start) if self.test(unit[0]))
            return
        for word in text.units:
            if self.test(word) and not tokens.is_run(word):
                yield from text.places(word)

    def ends(self, text: _Text, unit: re.Match[str]) -> int | None:
        """Where what is sought ends if the text's `unit` starts with it."""
        return unit.end() if not tokens.is_run(unit[0]) and self.test(unit[0]) else None


class _Chinese:
    """A run of characters, ``?`` for any; `whole_end` if the text's run must end with it."""

    def __init__(self, run: str, *, whole_end: bool) -> None:
        self.pattern = re.compile(re.escape(run).replace(r"\?", "."))
        self.whole_end = whole_end

    def everywhere(self, text: _Text) -> Iterator[tuple[int, int]]:
        match = self.pattern.search(text.folded)
        while match:
            if self._stands(text, match):
                yield match.span()
            match = self.pattern.search(text.folded, match.start() + 1)

    def ends(self, text: _Text, unit: re.Match[str]) -> int | None:
        """As `_Latin.ends`."""
        match = self.pattern.match(text.folded, unit.start())
        return match.end() if match and self._stands(text, match) else None

    def _stands(self, text: _Text, match: re.Match[str]) -> bool:
        goes_on = self.whole_end and text.goes_on(match.end(), chinese=True)
        return not goes_on and tokens.RUN.fullmatch(match[0]) is not None


def _positive(tree: Query) -> Iterator[Leaf | Near]:
    match tree:
        case Not():
            return
        case And() | Or():
            for item in tree.items:
                yield from _positive(item)
        case _:
            yield tree


def _asks(leaf: Leaf | Near) -> tuple[str, ...]:
    """The fields of a text in which a leaf is sought."""
    match leaf:
        case Near():
            return fields_of(leaf)
        case Word() | Wild():
            return (leaf.field,) if leaf.field else fields.DEFAULT
        case Value():
            return (leaf.field,)
    return ()


def _units(leaf: Leaf | Near) -> list[_Latin | _Chinese]:
    match leaf:
        case Wild():
            cut = [unit for unit, _ in tokens.wild_units(leaf.pattern)]
            latin = _glob
        case Word():
            cut = [unit for unit, _, _ in tokens.units(leaf.text)]
            latin = _inflected if by_stem(leaf) else _same
        case _:
            return []
    return [
        _Chinese(unit.strip("*"), whole_end=number < len(cut)) if tokens.has_chinese(unit) else latin(unit)
        for number, unit in enumerate(cut, 1)
    ]


def _same(unit: str) -> _Latin:
    return _Latin(partial(eq, unit), unit)


def _inflected(unit: str) -> _Latin:
    root = stem(tokens.shorten(unit))
    start = _CHANGED.sub("", root)[: tokens.LONGEST]
    return _Latin(lambda word: stem(tokens.shorten(word)) == root, start)


def _glob(unit: str) -> _Latin:
    """Each part between stars is taken where it first stands, atomically: no pattern takes more than linear time."""
    first, *parts = (re.escape(part).replace(r"\?", ".") for part in unit.split("*"))
    middle = "".join(f"(?>.*?{part})" for part in parts[:-1])
    whole = re.compile(f"{first}{middle}.*{parts[-1]}" if parts else first).fullmatch
    return _Latin(lambda word: whole(tokens.shorten(word)), re.split(r"[*?]", unit, maxsplit=1)[0])


def _spans(marks: Sequence[tuple[Leaf | Near, list[_Latin | _Chinese]]], raw: str) -> Spans:
    text = _Text(raw)
    found: Spans = []
    for leaf, units in marks:
        if isinstance(leaf, Value):
            found += [(0, len(raw))] if raw == leaf.value else []
        elif isinstance(leaf, Near):
            found += witness(leaf, raw)
        elif units:
            found += _occurrences(units, text)
    return _merged(found)


def _occurrences(units: list[_Latin | _Chinese], text: _Text) -> Iterator[tuple[int, int]]:
    first, *rest = units
    for start, end in first.everywhere(text):
        last = _walk(rest, text, end)
        if last is not None:
            yield start, last


def _walk(units: list[_Latin | _Chinese], text: _Text, end: int) -> int | None:
    """Where the last of `units` ends, if they stand one after another behind `end`."""
    last: int | None = end
    for sought in units:
        unit = tokens.UNIT.search(text.folded, end)
        last = sought.ends(text, unit) if unit else None
        if last is None:
            return None
        end = last
    return last


def _merged(spans: Spans) -> Spans:
    merged: Spans = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
