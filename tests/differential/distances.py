"""Distances drawn from the documents: words that stand near each other somewhere, and what they may be joined by."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Literal

from search.patent.model import Patent
from search.query.near import Sought, fields_of, holds, sought
from search.query.tree import Near, Or, Query, Wild, Word
from search.text import tokens
from search.text.fold import fold
from search.text.positions import Positions
from tests.differential.questions import Drawer

Unit = Literal["word", "sentence", "paragraph"]
Shape = Callable[[Drawer], Near]


def values(patent: Patent) -> Mapping[str, Sequence[str]]:
    """The texts of a document by field, each apart from the others."""
    claims: dict[str | None, list[str]] = {}
    for claim in patent.claims:
        claims.setdefault(claim.lang, []).append(claim.text)
    return {
        "title": list(patent.titles.values()),
        "abstract": list(patent.abstracts.values()),
        "claims": ["\n".join(texts) for texts in claims.values()],
        "description": ["\n".join(texts) for texts in patent.description.values()],
    }


class Passage:
    """Some consecutive words of a document, out of which operands are drawn."""

    def __init__(self, draw: Drawer) -> None:
        self._draw = draw
        while True:
            held = [(field, text) for field, texts in values(draw.patent()).items() for text in texts]
            field, text = draw.random.choice(held) if held else ("", "")
            start = draw.random.randrange(len(text) + 1)
            self.units = [unit for unit, _, _ in tokens.units(text[start : start + 120])][1:-1]
            if len(self.units) > 4:
                break
        self.field = draw.random.choice([None, field])

    def leaf(self) -> Word | Wild:
        unit = self._draw.random.choice(self.units)
        chance = self._draw.random.random()
        if tokens.has_chinese(unit):
            length = self._draw.random.choice([1, 2, 2, 2, 3, 4])
            start = self._draw.random.randint(0, max(0, len(unit) - length))
            word = unit[start : start + length]
            return Wild(f"{word[0]}?{word[2:]}", self.field) if chance < 0.1 else Word(word, self.field, exact=chance < 0.5)
        if chance < 0.2 and len(unit) > 4:
            return Wild(unit[:4] + "*", self.field)
        if chance < 0.35:
            place = self.units.index(unit)
            phrase = [other for other in self.units[place : place + 2] if not tokens.has_chinese(other)]
            return Word(" ".join(phrase), self.field, exact=True)
        return Word(unit, self.field, exact=chance < 0.5)

    def operand(self) -> Query:
        if self._draw.random.random() < 0.25:
            return Or((self.leaf(), self.leaf()))
        return self.leaf()


def near(draw: Drawer, *, without: bool = False) -> Near:
    passage = Passage(draw)
    distance, ordered = draw.random.choice([0, 0, 1, 2, 3, 5, 10, 30]), draw.random.random() < 0.4
    return Near(passage.operand(), passage.operand(), "word", distance, ordered=ordered, without=without)


def within(draw: Drawer, *, without: bool = False) -> Near:
    passage = Passage(draw)
    distance = draw.random.choice([0, 0, 0, 1, 2])
    return Near(passage.operand(), passage.operand(), _unit(draw), distance, without=without)


def nested(draw: Drawer) -> Near:
    """A distance whose left side is one, of any two kinds."""
    passage = Passage(draw)
    inner = _any(draw, passage.operand(), passage.leaf())
    if draw.random.random() < 0.2:
        return _any(draw, Or((inner, passage.leaf())), passage.leaf(), without=draw.random.random() < 0.3)
    sides = (inner, passage.operand()) if draw.random.random() < 0.7 else (passage.leaf(), inner)
    return _any(draw, *sides, without=draw.random.random() < 0.2)


SHAPES: dict[str, Shape] = {
    "near": near,
    "near, not": lambda draw: near(draw, without=True),
    "within": within,
    "within, not": lambda draw: within(draw, without=True),
    "nested distance": nested,
}


def _any(draw: Drawer, left: Query, right: Query, *, without: bool = False) -> Near:
    if draw.random.random() < 0.7:
        ordered = draw.random.random() < 0.4
        return Near(left, right, "word", draw.random.choice([0, 1, 3, 6, 15]), ordered=ordered, without=without)
    return Near(left, right, _unit(draw), draw.random.choice([0, 0, 1]), without=without)


def _unit(draw: Drawer) -> Unit:
    units: tuple[Unit, ...] = ("sentence", "sentence", "paragraph")
    return draw.random.choice(units)


class Library:
    """Every document's texts, tried one after another."""

    def __init__(self, documents: Sequence[Patent]) -> None:
        self.numbers = {patent.number for patent in documents}
        self._texts = [
            (patent.number, {field: [(text, fold(text)) for text in texts] for field, texts in values(patent).items()})
            for patent in documents
        ]

    def matching(self, asked: Near, *, every: bool) -> set[str]:
        """The numbers that match; without `every` a text that lacks a character, or what a word begins with, is passed over."""
        sides = (asked.left,) if asked.without else (asked.left, asked.right)
        return {
            number
            for number, texts in self._texts
            for field in fields_of(asked)
            for raw, folded in texts[field]
            if (every or all(_may(side, folded) for side in sides)) and holds(asked, _cut(raw))
        }


_cut = cache(Positions)


def _may(node: Query, folded: str) -> bool:
    match node:
        case Or():
            return any(_may(item, folded) for item in node.items)
        case Near():
            return _may(node.left, folded) and _may(node.right, folded)
        case Word() | Wild():
            return all(_beginning(unit) in folded for unit in sought(node))
    return True


def _beginning(unit: Sought) -> str:
    """What a text with the unit has: of a stem all but its last two letters, which its words may have otherwise."""
    text = unit.text.partition("#")[0]
    return {"stem": text[:-2] if len(text) > 3 else "", "pattern": text.split("*")[0].split("?")[0], "any": ""}.get(unit.kind, text)
