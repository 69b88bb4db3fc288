"""What both engines keep to when they count tables: the limits, the sizes, the order of cells."""

from collections.abc import Iterable, Sequence

from search.engine import layout
from search.engine.errors import TooManyCells
from search.engine.model import Cell, Question

MOST_CELLS = 65_000
"""Of a table."""

MOST_FIRST = 10_000
"""The largest size of a dimension."""

MOST_DIMENSIONS = 3


def check(questions: Sequence[Question]) -> None:
    """Raises `TooManyCells` for a size beyond `MOST_FIRST`, and `ValueError` for a dimension that is none."""
    for question in questions:
        named = {*question.by, *question.only, *((question.of,) if question.of else ())}
        if len(question.by) > MOST_DIMENSIONS or not named <= layout.DIMENSIONS.keys() or len(question.size) > len(question.by):
            raise ValueError(f"no table is counted by {question}")
        if any(size is not None and size > MOST_FIRST for size in question.size):
            raise TooManyCells(MOST_FIRST)


def sizes(question: Question) -> tuple[int | None, ...]:
    """One a dimension."""
    return (*question.size, *(None,) * (len(question.by) - len(question.size)))


def in_order(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """As `search.engine.model.Table` has them."""
    return tuple(sorted(cells, key=lambda cell: (-cell.count if len(cell.keys) == 1 else 0, cell.keys)))
