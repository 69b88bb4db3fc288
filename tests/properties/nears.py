"""Distances to try, and what they mean written a second time: every choice of occurrences, one after another."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from hypothesis import strategies as st

from search.query.tree import Near, Or, Query, Wild, Word, either
from search.text import tokens
from search.text.sentences import bounds
from search.text.stems import stem
from tests.properties.texts import found

_WORDS = (
    "led",
    "battery",
    "batteries",
    "ion",
    "a",
    "5",
    "灯",
    "锂",
    "电池",
    "锂电",
    "池灯",
    "カ",
    "灯锂",
    "LED灯",
    "灯LED",
    "电，池",
)
_QUOTED = ("battery", "ion a", "a 5", "灯a", "锂。电", "a灯锂")
_PATTERNS = ("bat*", "batter?", "*ies", "锂?池", "?灯", "a b*", "*ed", "电*")

_leaves = st.one_of(
    st.builds(Word, st.sampled_from(_WORDS)),
    st.builds(Word, st.sampled_from(_QUOTED), exact=st.just(True)),
    st.builds(Wild, st.sampled_from(_PATTERNS)),
)


def _near(operands: st.SearchStrategy[Query], *, without: bool) -> st.SearchStrategy[Near]:
    words = st.builds(Near, operands, operands, st.just("word"), st.integers(0, 4), ordered=st.booleans(), without=st.just(without))
    others = st.builds(
        Near,
        operands,
        operands,
        st.sampled_from(["sentence", "paragraph"]),
        st.sampled_from([0, 0, 1, 2]),
        without=st.just(without),
    )
    return words | others


operands: st.SearchStrategy[Query] = st.recursive(
    _leaves,
    lambda inner: st.one_of(_near(inner, without=False), st.lists(inner, min_size=2, max_size=3).map(lambda items: either(*items))),
    max_leaves=4,
)
nears = _near(operands, without=False) | _near(operands, without=True)
"""Near of every kind over the words of `texts`."""


def _in_words(inner: st.SearchStrategy[Query]) -> st.SearchStrategy[Near]:
    return st.builds(Near, inner, inner, st.just("word"), st.integers(0, 4), ordered=st.booleans())


nests = _in_words(
    st.recursive(
        _leaves,
        lambda inner: _in_words(inner) | st.lists(inner, min_size=2, max_size=3).map(lambda items: either(*items)),
        max_leaves=4,
    )
)
"""Near of words alone, one within another."""

texts = st.lists(
    st.tuples(
        st.one_of(
            st.text("锂电池灯カ電", min_size=1, max_size=4),
            st.sampled_from(["led", "LED", "battery", "Batteries", "ion", "a", "5", "Fig"]),
        ),
        st.sampled_from(["", " ", " ", "，", ". ", "。", "; ", "\n", " - ", ".\n\n", "\n…\n"]),
    ),
    max_size=12,
).map(lambda parts: "".join(word + between for word, between in parts))


@dataclass(frozen=True)
class Choice:
    """One choice of occurrences: from its first unit to its last, and what was chosen, as spans of units."""

    first: int
    last: int
    parts: frozenset[tuple[int, int]]


class Sheet:
    """A text, unit by unit."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.units = [(start, start + 1 if tokens.is_run(unit) else end) for unit, start, end in tokens.spans(text)]
        lines = [(start, start + len(line)) for start, line in _lines(text)]
        self.numbers = {"sentence": self._numbered(bounds(text)), "paragraph": self._numbered(lines)}

    def marked(self, near: Near) -> list[tuple[int, int]]:
        """As `search.query.near.witness`."""
        if near.without:
            chosen = [
                a
                for a in self.choices(near.left)
                if self._lies(near, a) and not any(self._close(near, a, b) for b in self.choices(near.right))
            ]
        else:
            chosen = self.choices(near)
        return sorted({(self.units[first][0], self.units[last][1]) for choice in chosen for first, last in choice.parts})

    def choices(self, node: Query) -> list[Choice]:
        match node:
            case Or():
                return [choice for item in node.items for choice in self.choices(item)]
            case Near():
                return [
                    Choice(min(a.first, b.first), max(a.last, b.last), a.parts | b.parts)
                    for a, b in product(self.choices(node.left), self.choices(node.right))
                    if self._fits(node, a, b)
                ]
            case Word() | Wild():
                return [Choice(*span, frozenset({span})) for span in self._places(node)]
        raise AssertionError(node)

    def _places(self, leaf: Word | Wild) -> Iterator[tuple[int, int]]:
        if isinstance(leaf, Wild):
            places = found(tokens.wild_pieces(leaf.pattern), self.text)
        elif leaf.exact or tokens.has_chinese(leaf.text):
            places = found(tokens.query_pieces(leaf.text), self.text)
        else:
            places = found([("token", stem(token)) for token in tokens.tokens(leaf.text)], self.text, by_stem=True)
        for start, end in places:
            inside = [place for place, (first, last) in enumerate(self.units) if start <= first and last <= end]
            yield inside[0], inside[-1]

    def _fits(self, near: Near, a: Choice, b: Choice) -> bool:
        if near.unit == "word":
            behind, before = b.first - a.last - 1, a.first - b.last - 1
            return 0 <= behind <= near.distance or (not near.ordered and 0 <= before <= near.distance)
        numbers = [self.numbers[near.unit][place] for choice in (a, b) for place in (choice.first, choice.last)]
        return max(numbers) - min(numbers) <= near.distance

    def _close(self, near: Near, a: Choice, b: Choice) -> bool:
        overlap = set(range(a.first, a.last + 1)) & set(range(b.first, b.last + 1))
        return self._fits(near, a, b) or (near.unit == "word" and bool(overlap))

    def _lies(self, near: Near, a: Choice) -> bool:
        return near.unit == "word" or self._fits(near, a, a)

    def _numbered(self, parts: list[tuple[int, int]]) -> list[int]:
        held = [(start, end) for start, end in parts if any(start <= first < end for first, _ in self.units)]
        return [next(n for n, (start, end) in enumerate(held) if start <= first < end) for first, _ in self.units]


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1
