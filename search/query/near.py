"""What a distance means, exactly: the one matcher, in plain Python over the units of a text, that the engines are held against.

* A leaf stands at consecutive positions (`search.text.positions`), as a phrase of it would: Chinese characters of one run
  joined, two runs apart, plain Latin words by their stem in texts that have stems.
* ``A NEAR/n B``: at most `n` units stand between the nearest ends of an A and a B that do not overlap; ``ADJ``: A first.
* ``A SENT/n B``: an A and a B lie together within `n` + 1 consecutive sentences, and may overlap; ``PARA``: paragraphs.
* What a pair takes up, from its first unit to its last, is what an outer operator measures from. Any choice of occurrences
  counts; nothing is minimised away.
* ``A NOT NEAR/n B``: some A has no B so near on either side (``NOT ADJ``: behind it), and none that overlaps it.
  ``A NOT SENT/n B``: some A lies within so many sentences and has no B with it there.

A distance is measured within one text: no operator reaches from one value of a field into another.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from typing import Literal, TypeAlias

from search.query import fields
from search.query.tree import And, Near, Not, Or, Query, Wild, Word, leaves
from search.text import patterns, tokens
from search.text.positions import Positions
from search.text.stems import stem

Span: TypeAlias = tuple[int, int]
"""The first and the last position of an occurrence."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What a leaf wants at one position: this Chinese character, any of them, this word, a word of this stem or of this pattern.
    `joined`: the character continues (or must not continue) the run before it; ``None``: nothing before it can be one."""

    kind: Literal["character", "any", "word", "stem", "pattern"]
    text: str
    joined: bool | None = None


def matches(near: Near, texts: Iterable[str]) -> bool:
    """Whether one of the texts of a field holds the leaves of `near` as close together as it asks."""
    return any(holds(near, Positions(text)) for text in texts)


def holds(near: Near, positions: Positions) -> bool:
    """As `matches`, of one text that is cut already."""
    return _Reading(positions).holds(near)


def witness(near: Near, text: str) -> list[tuple[int, int]]:
    """Where every operand occurrence that takes part in a match of `near` stands: offsets into `text`, in order. Empty exactly
    where the text does not match."""
    reading = _Reading(Positions(text))
    spans = sorted(set(reading.parts(near, None)))
    offsets = reading.positions.offsets() if spans else []
    return [(offsets[first][0], offsets[last][1]) for first, last in spans]


def fields_of(near: Near) -> tuple[str, ...]:
    """The fields in which the distance is measured, each by itself."""
    field = next(leaf.field for leaf in leaves(near) if isinstance(leaf, Word | Wild))
    return (field,) if field else fields.DEFAULT


def distances(query: Query) -> Iterator[Near]:
    """The outermost operators of distance in a question, those under NOT included."""
    match query:
        case Near():
            yield query
        case Not():
            yield from distances(query.item)
        case And() | Or():
            for item in query.items:
                yield from distances(item)


@lru_cache(maxsize=512)
def sought(leaf: Word | Wild) -> tuple[Sought, ...]:
    """What the leaf wants at consecutive positions; nothing where it has no letter."""
    if isinstance(leaf, Wild):
        cut, kind = [unit for unit, _ in tokens.wild_units(leaf.pattern)], "word"
    else:
        cut, kind = [unit for unit, _, _ in tokens.units(leaf.text)], "stem" if by_stem(leaf) else "word"
    found: list[Sought] = []
    for unit in cut:
        if tokens.RUN.search(unit):
            apart = False if found and found[-1].kind in {"character", "any"} else None
            for place, character in enumerate(unit.strip("*")):
                found.append(Sought("any" if character == "?" else "character", character, True if place else apart))
        elif patterns.is_pattern(unit):
            found.append(Sought("pattern", re.sub(r"\*+", "*", unit)))
        else:
            word = tokens.shorten(unit)
            found.append(Sought("stem", stem(word)) if kind == "stem" else Sought("word", word))
    return tuple(found)


def by_stem(word: Word) -> bool:
    """Whether a word is sought with its inflections: typed bare, without any Chinese, in a text that has a stream of stems."""
    return not word.exact and (word.field is None or word.field in fields.DEFAULT) and not tokens.has_chinese(word.text)


@cache
def _is_chinese(unit: str) -> bool:
    return tokens.is_run(unit)


class _Reading:
    """The occurrences of operands in one text, each found once."""

    def __init__(self, positions: Positions) -> None:
        self.positions = positions
        self._different = frozenset(positions.units)
        self._spans: dict[Query, list[Span]] = {}

    def holds(self, near: Near) -> bool:
        if near.without:
            return bool(self._alone(near))
        return next(self._pairs(near), None) is not None

    def parts(self, node: Query, wanted: set[Span] | None) -> Iterator[Span]:
        """The leaves' occurrences that make up the occurrences `wanted` of an operand (all, where ``None``)."""
        match node:
            case Or():
                for item in node.items:
                    yield from self.parts(item, wanted)
            case Near(without=True):
                yield from self.parts(node.left, set(self._alone(node)))
            case Near():
                pairs = [(a, b) for a, b in self._pairs(node) if wanted is None or _hull(a, b) in wanted]
                yield from self.parts(node.left, {a for a, _ in pairs})
                yield from self.parts(node.right, {b for _, b in pairs})
            case _:
                yield from (span for span in self.spans(node) if wanted is None or span in wanted)

    def spans(self, node: Query) -> list[Span]:
        """The occurrences of an operand, each once, in order."""
        if node not in self._spans:
            self._spans[node] = sorted(set(self._found(node)))
        return self._spans[node]

    def _found(self, node: Query) -> Iterator[Span]:
        match node:
            case Word() | Wild():
                wanted = sought(node)
                for start in self._places(wanted[0]) if wanted else ():
                    if all(self._fits(unit, start + step) for step, unit in enumerate(wanted)):
                        yield start, start + len(wanted) - 1
            case Or():
                for item in node.items:
                    yield from self.spans(item)
            case Near(without=False):
                yield from (_hull(a, b) for a, b in self._pairs(node))
            case _:
                raise ValueError(f"no operand of a distance: {node}")

    def _places(self, unit: Sought) -> Sequence[int]:
        literal = unit.kind in {"character", "word"}
        wanted = self._different & {unit.text} if literal else {other for other in self._different if _passes(unit, other)}
        return [place for place, other in enumerate(self.positions.units) if other in wanted] if wanted else []

    def _fits(self, unit: Sought, place: int) -> bool:
        units = self.positions.units
        if place >= len(units) or not _passes(unit, units[place]):
            return False
        return unit.joined is None or self.positions.joined[place] is unit.joined

    def _pairs(self, near: Near) -> Iterator[tuple[Span, Span]]:
        """The (left, right) that are close enough; a pair may come twice."""
        left, right = self.spans(near.left), self.spans(near.right)
        if near.unit != "word":
            yield from _together(left, right, self._numbers(near), near.distance)
            return
        yield from _following(left, right, near.distance)
        if not near.ordered:
            yield from ((a, b) for b, a in _following(right, left, near.distance))

    def _alone(self, near: Near) -> list[Span]:
        """The occurrences of the left operand that have no right one close."""
        left, right = self.spans(near.left), self.spans(near.right)
        if near.unit != "word":
            numbers = self._numbers(near)
            kept = (a for a in left if numbers[a[1]] - numbers[a[0]] <= near.distance)
            together = {a for a, _ in _together(left, right, numbers, near.distance)}
            return [a for a in kept if a not in together]
        starts = [start for start, _ in right]
        ends = list(accumulate((end for _, end in right), max))
        before = 0 if near.ordered else near.distance + 1
        found: list[Span] = []
        for first, last in left:
            begun = bisect_right(starts, last + 1 + near.distance)
            if not begun or ends[begun - 1] < first - before:
                found.append((first, last))
        return found

    def _numbers(self, near: Near) -> list[int]:
        return self.positions.sentences if near.unit == "sentence" else self.positions.paragraphs


def _passes(sought: Sought, unit: str) -> bool:
    match sought.kind:
        case "character" | "word":
            return unit == sought.text
        case "any":
            return _is_chinese(unit)
        case "stem":
            return not _is_chinese(unit) and stem(unit) == sought.text
        case "pattern":
            return not _is_chinese(unit) and patterns.whole(sought.text)(unit) is not None


def _hull(a: Span, b: Span) -> Span:
    return min(a[0], b[0]), max(a[1], b[1])


def _following(first: Sequence[Span], then: Sequence[Span], distance: int) -> Iterator[tuple[Span, Span]]:
    """Those of `then` (in order) that begin behind one of `first`, with at most `distance` units between."""
    for a in first:
        place = bisect_left(then, (a[1] + 1,))
        while place < len(then) and then[place][0] <= a[1] + 1 + distance:
            yield a, then[place]
            place += 1


def _together(left: Sequence[Span], right: Sequence[Span], numbers: Sequence[int], distance: int) -> Iterator[tuple[Span, Span]]:
    """The pairs that lie within `distance` + 1 consecutive sentences or paragraphs, whose `numbers` the positions have."""
    begun = [numbers[start] for start, _ in right]
    for a in left:
        for place in range(bisect_left(begun, numbers[a[1]] - distance), bisect_right(begun, numbers[a[0]] + distance)):
            first, last = _hull(a, right[place])
            if numbers[last] - numbers[first] <= distance:
                yield a, right[place]
