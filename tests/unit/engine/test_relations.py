"""Counting over arrays, held against plain loops: whole or in parts, sorted or marked, with codes that have to be packed."""

from collections import defaultdict
from itertools import product
from random import Random

import numpy as np
import pytest

from search.engine.columns.relations import Limits, Relation, counted, runs
from search.engine.errors import TooManyCells

DOCUMENTS = 60
LIMITS = {
    "as they are": Limits(),
    "sorted": Limits(marked=0),
    "in parts": Limits(joined=40),
    "packed": Limits(codes=1 << 12, marked=0),
    "in parts, packed": Limits(joined=7, codes=1 << 10),
}


def relation(random: Random, count: int, most: int, *, least: int = 0) -> tuple[Relation, list[list[int]]]:
    """Up to `most` different numbers below `count` of each document."""
    held = [random.sample(range(count), min(count, random.randint(least, most))) for _ in range(DOCUMENTS)]
    sizes, numbers = [len(some) for some in held], [number for some in held for number in some]
    return Relation(np.array(sizes), np.array(numbers, dtype=np.int64), count), held


def plainly(units: list[list[int]], dimensions: list[list[list[int]]]) -> dict[tuple[int, ...], int]:
    found: dict[tuple[int, ...], set[int]] = defaultdict(set)
    for document, of in enumerate(units):
        for cell in product(*(keys[document] for keys in dimensions)):
            if of:
                found[cell].update(of)
    return {cell: len(owners) for cell, owners in found.items()}


@pytest.mark.parametrize("limits", LIMITS.values(), ids=LIMITS)
@pytest.mark.parametrize("dimensions", [1, 2, 3])
def test_cells_are_those_of_plain_loops(limits: Limits, dimensions: int) -> None:
    random = Random(dimensions)
    for turn in range(30):
        several = turn % 3 == 2
        units, of = relation(random, random.choice((1, 25, 200)), 3 if several else 1, least=0 if several else 1)
        made = [relation(random, random.choice((1, 4, 30)), random.choice((1, 3)) if turn % 5 else 1) for _ in range(dimensions)]
        numbers, counts = counted(units, [each for each, _ in made], limits=limits)
        cells = zip(*(each.tolist() for each in numbers), strict=True)
        assert dict(zip(cells, counts.tolist(), strict=True)) == plainly(of, [held for _, held in made])


@pytest.mark.parametrize("limits", LIMITS.values(), ids=LIMITS)
def test_too_many_cells_are_refused_however_they_are_counted(limits: Limits) -> None:
    random = Random(0)
    units = Relation(np.ones(DOCUMENTS, dtype=np.int64), np.arange(DOCUMENTS), DOCUMENTS)
    made = [relation(random, 20, 3)[0] for _ in range(3)]
    cells = len(counted(units, made)[1])
    assert len(counted(units, made, most=cells, limits=limits)[1]) == cells
    with pytest.raises(TooManyCells):
        counted(units, made, most=cells - 1, limits=limits)


def test_only_some_numbers_take_their_places() -> None:
    whole = Relation(np.array([2, 0, 3]), np.array([4, 1, 0, 4, 3]), 5)
    some = whole.only(np.array([4, 3]))
    assert (some.sizes.tolist(), some.numbers.tolist(), some.count) == ([1, 0, 2], [0, 0, 1], 2)
    assert whole.different(np.array([True, True, False])) == 2


def test_runs() -> None:
    different, times = runs(np.array([3, 1, 3, 3, 2]))
    assert (different.tolist(), times.tolist()) == ([1, 2, 3], [1, 1, 3])
    assert [each.tolist() for each in runs(np.array([], dtype=np.int64))] == [[], []]
