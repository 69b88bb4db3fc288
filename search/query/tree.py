"""`Query`: a question as one frozen tree, whatever dialect it was written in.

Invariants: `And` and `Or` hold at least two items and never directly an item of their own class (use `both` and `either`,
which flatten); a leaf's `field` is a name of `search.query.fields` or ``None``, which means title, abstract, claims and
description together.  Every node is hashable, and canonical text (`search.query.render`) reads back to the equal tree.
The operands of a `Near` are words, patterns, choices (`Or`) of such and further `Near` without `without`, all of one field.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Unit: TypeAlias = Literal["word", "sentence", "paragraph"]


@dataclass(frozen=True, slots=True)
class All:
    """Every document."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word or run of words in a text field, none of them with ``*`` or ``?``. `exact` (it was quoted): its tokens in order
    and nothing else; otherwise, typed bare and so without a blank, bracket or quotation mark, Latin words match by their stem,
    and a text with any Chinese character is taken exactly."""

    text: str
    field: str | None = None
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Wild:
    """A pattern: ``*`` any letters of a word, ``?`` exactly one. In a text field it may span several words, as a `Word` does
    (`search.text.tokens.wild_pieces`); in the others it is a pattern over one key."""

    pattern: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """A keyword field holds this value, normalised by the field (country, kind, number, class symbol …), or a party field this
    whole name, spelled as its facet shows it."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Range:
    """A date field lies in ``low`` … ``high``, both ends included, ISO days; ``None`` is open. One end at least is given."""

    field: str
    low: str | None = None
    high: str | None = None


@dataclass(frozen=True, slots=True)
class Not:
    """Documents that do not match `item`."""

    item: "Query"


@dataclass(frozen=True, slots=True)
class And:
    """Documents that match every item."""

    items: tuple["Query", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Documents that match at least one item."""

    items: tuple["Query", ...]


@dataclass(frozen=True, slots=True)
class Near:
    """`left` and `right` stand close together in one text. A distance in words is how many units, Chinese characters and words of
    other scripts, may stand between the nearest ends of two operands that don't overlap (0: next to each other), `ordered` if
    `left` comes first; a distance in sentences or paragraphs is how many further on the other may lie (0: the same one, where
    they may overlap). `without`: some `left` has no `right` so close to it. What it means exactly: `search.query.near`."""

    left: "Query"
    right: "Query"
    unit: Unit = "word"
    distance: int = 0
    ordered: bool = False
    without: bool = False


@dataclass(frozen=True, slots=True)
class Ref:
    """The question of that number in the asker's history, ``#3``; replaced by its tree before anything is planned."""

    number: int


@dataclass(frozen=True, slots=True)
class Listed:
    """The documents of these canonical numbers: a set that somebody put together, one leaf however many there are. No dialect
    writes it; it takes the place of a `Ref`."""

    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expanded:
    """A class, as `Value`, with what a scheme has below it or a reclassification tied to it, an applicant under all names, or a
    list of applicants: the keys that are sought. No dialect writes it; it takes the place of a `Value` or a `Ref` before the
    question is planned, and is written as a `Value`."""

    field: str
    value: str
    keys: tuple[str, ...]


Query: TypeAlias = All | Word | Wild | Value | Range | Not | And | Or | Near | Ref | Listed | Expanded
Leaf: TypeAlias = All | Word | Wild | Value | Range | Ref | Listed | Expanded


def both(*items: Query) -> Query:
    """The conjunction, flattened; one item is itself."""
    return _join(And, items)


def either(*items: Query) -> Query:
    """The disjunction, flattened; one item is itself."""
    return _join(Or, items)


def _join(kind: type[And] | type[Or], items: tuple[Query, ...]) -> Query:
    flat: list[Query] = []
    for item in items:
        flat.extend(item.items if isinstance(item, kind) else (item,))
    if not flat:
        raise ValueError("a conjunction or disjunction needs an item")
    return flat[0] if len(flat) == 1 else kind(tuple(flat))


def leaves(query: Query) -> list[Leaf]:
    """The leaves from left to right, those under `Not` and `Near` included."""
    found: list[Leaf] = []
    todo = [query]
    while todo:
        node = todo.pop()
        if isinstance(node, Not):
            todo.append(node.item)
        elif isinstance(node, And | Or):
            todo.extend(reversed(node.items))
        elif isinstance(node, Near):
            todo += (node.right, node.left)
        else:
            found.append(node)
    return found
