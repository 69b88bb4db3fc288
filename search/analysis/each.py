"""Another question asked of each branch: its tables, with the rows of each branch behind its code."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from search.analysis import caveats
from search.analysis.abreast import abreast
from search.analysis.dividing import DIMENSION, Divided
from search.analysis.model import Analysis, Name, Number, Row
from search.analysis.population import Population, Steps

Place = tuple[str, tuple[str, ...], int]
"""Name of a table, what it counts by, and which of those of that name and kind it is."""


@dataclass(frozen=True, slots=True)
class Each:
    """A table for each of those that the question has, and the numbers of the whole of each branch by its code."""

    tables: tuple[Analysis, ...]
    figures: Mapping[str, Mapping[str, Number]]


def of_each(whole: Divided, name: Name, question: Callable[[Population], Steps[Analysis]]) -> Steps[Each]:
    """The question asked of the population, which tells of coverage and total, and of each branch. Raises what it raises, and
    `TooManyCells`."""
    populations = (whole.population, *(part.population for part in whole.parts))
    all_of_it, *answers = yield from abreast([question(each) for each in populations])
    each = [_placed(answer) for answer in answers]
    tables = [_merged(whole, table, [found.get(place) for found in each]) for place, table in _placed(all_of_it).items()]
    figures = {part.division.code: answer.figures for part, answer in zip(whole.parts, answers, strict=True)}
    return Each(tuple(tables), figures)


def _placed(answer: Analysis) -> dict[Place, Analysis]:
    """The table and all below it."""
    found: dict[Place, Analysis] = {}
    for table in _all(answer):
        nth = next(number for number in count() if (table.name, table.by, number) not in found)
        found[table.name, table.by, nth] = table
    return found


def _all(answer: Analysis) -> Iterable[Analysis]:
    yield answer
    for part in answer.parts:
        yield from _all(part)


def _merged(whole: Divided, table: Analysis, each: Sequence[Analysis | None]) -> Analysis:
    """What is to know of a table of one branch is told once a kind."""
    rows: list[Row] = []
    for part, own in zip(whole.parts, each, strict=True):
        rows += [replace(row, keys=(part.division.code, *row.keys)) for row in (own.rows if own else ())]
        whole.bounded(len(rows))
    told = {caveat.code: caveat for own in each if own for caveat in own.caveats}
    further = (caveat for code, caveat in told.items() if code not in {each.code for each in table.caveats})
    made = replace(table, by=(DIMENSION, *table.by), rows=tuple(rows), parts=(), figures={})
    each_own = () if made.crossed else (caveats.OWN_FIRST,)
    return whole.named(replace(made, caveats=(caveats.BRANCHES, *each_own, *table.caveats, *further)))
