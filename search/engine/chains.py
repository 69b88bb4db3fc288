"""A distance of distances as chains: words in this order, with at most so many units from each to the next.

What an operand takes up goes from the first of its words to the last, and operands do not overlap; so where a distance is
measured from another one, only the neighbours count, and ``(A NEAR/1 B) ADJ/2 C`` is A, at most one unit, B, at most two, C,
or the same with A and B changed over.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, product
from typing import TypeAlias

from search.query.near import sought
from search.query.tree import Near, Or, Query, Wild, Word

Operand: TypeAlias = tuple[Word | Wild, ...]
"""Any of these leaves; all take up as many units."""

MOST = 128
"""Chains of a distance; what has more is measured document by document."""


@dataclass(frozen=True, slots=True)
class Chain:
    """`gaps` has one figure less than there are `operands`: how many units may stand between an operand and the next."""

    operands: tuple[Operand, ...]
    gaps: tuple[int, ...] = ()

    @property
    def layouts(self) -> Iterator[tuple[int, ...]]:
        """Every choice of exact gaps."""
        return product(*(range(gap + 1) for gap in self.gaps))


def width(leaf: Word | Wild) -> int:
    """How many units a leaf takes up."""
    return len(sought(leaf))


def chains(node: Query) -> list[Chain] | None:
    """Those of an operand or a distance in words, any of which is enough; ``None`` where it is no such, or they are too many."""
    found: list[Chain] | None
    match node:
        case Word() | Wild():
            found = [Chain(((node,),))] if width(node) else []
        case Or():
            found = _choice(node)
        case Near(unit="word", without=False):
            found = _joined(node)
        case _:
            found = None
    return None if found is None or len(found) > MOST else list(dict.fromkeys(found))


def _choice(node: Or) -> list[Chain] | None:
    """Leaves of one width are one operand."""
    leaves = sorted(
        {item for item in node.items if isinstance(item, Word | Wild) and width(item)}, key=lambda leaf: (width(leaf), str(leaf))
    )
    found = [Chain((tuple(alike),)) for _, alike in groupby(leaves, width)]
    for item in node.items:
        if not isinstance(item, Word | Wild):
            inner = chains(item)
            if inner is None:
                return None
            found += inner
    return found


def _joined(near: Near) -> list[Chain] | None:
    left, right = chains(near.left), chains(near.right)
    if left is None or right is None or len(left) * len(right) > MOST:
        return None
    orders = [(left, right)] if near.ordered else [(left, right), (right, left)]
    return [
        Chain(first.operands + then.operands, (*first.gaps, near.distance, *then.gaps))
        for before, behind in orders
        for first, then in product(before, behind)
    ]
