"""What is rising: classes and words of titles that the last years' publications have more of than all of the population, and what
sets the population apart from everything held.

Significance is JLH, the measure of Elasticsearch's significant terms: the difference of the two shares times their ratio, here over
exact counts; a key of less than `FEWEST` units, or of no greater share than in the background, is not listed, nor is a function
word of titles (一种, *for*), which says nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from search.analysis import caveats
from search.analysis.model import Analysis, Caveat, Number, Row
from search.analysis.population import Population, Round, Steps, share
from search.engine.model import Cell, Table
from search.patent.terms import after
from search.query.tree import Range
from search.text.content import is_function

NAME, APART = "hot", "hot.apart"
WORD = "word"
BY = ("group", WORD)
YEARS = 3
"""The last so many years of publication are held against as many before them."""

FEWEST = 3
_CANDIDATES = 2_000
"""First keys of the foreground of which the significance is reckoned."""

Counts = Mapping[str, int]


def hot(population: Population) -> Steps[Analysis]:
    """Rising keys of the dimensions in `by`, or of main groups and words; then the keys that set the population apart."""
    rising: list[Analysis] = []
    apart: list[Analysis] = []
    for dimension in population.ask.by or BY:
        rising.append((yield from _rising(population, dimension)))
        apart.append((yield from _apart(population, dimension)))
    return rising[0].with_parts((*rising[1:], *apart))


def significance(count: int, total: int, background: int, whole: int) -> float:
    """JLH of `count` of `total` against `background` of `whole`; 0 where the share is no greater."""
    if not (count and background and total and whole):
        return 0.0
    own, other = count / total, background / whole
    return (own - other) * own / other if own > other else 0.0


def _rising(population: Population, dimension: str) -> Steps[Analysis]:
    recent, before = (population.narrowed(period) for period in _periods(population.day))
    (table,) = yield Round((recent.question(dimension, size=(_CANDIDATES,)),))
    only = {dimension: _keys(table)}
    whole, earlier = yield Round((population.question(dimension, only=only), before.question(dimension, only=only)))
    counts = _counts(earlier)

    def further(cell: Cell) -> dict[str, Number]:
        past = counts.get(cell.keys[0], 0)
        return {"before": past, "growth": round(cell.count / past - 1, 4) if past else None}

    rows = _significant(recent, dimension, table, whole, further)
    notes = (caveats.rising(YEARS, population.day, FEWEST), *_cut(population, dimension, rows))
    columns = ("significance", "share", "background", "before", "growth")
    return recent.told(NAME, (dimension,), table, rows=rows, columns=columns, notes=notes)


def _apart(population: Population, dimension: str) -> Steps[Analysis]:
    (table,) = yield Round((population.question(dimension, size=(_CANDIDATES,)),))
    background = replace(population, within=None)
    (whole,) = yield Round((background.question(dimension, only={dimension: _keys(table)}),), everything=True)
    rows = _significant(population, dimension, table, whole, lambda _cell: {})
    notes = (caveats.apart(FEWEST), *_cut(population, dimension, rows))
    columns = ("significance", "share", "background")
    return population.told(APART, (dimension,), table, rows=rows, columns=columns, notes=notes)


def _significant(
    population: Population, dimension: str, table: Table, whole: Table, further: Callable[[Cell], Mapping[str, Number]]
) -> list[Row]:
    background = _counts(whole)
    measured = []
    for cell in table.cells:
        key = cell.keys[0]
        value = significance(cell.count, table.total, background.get(key, 0), whole.total)
        if value and cell.count >= FEWEST and not (dimension == WORD and is_function(key)):
            measured.append((-value, key, cell))
    return [
        population.row(
            (dimension,),
            cell,
            {
                "significance": round(-value, 6),
                "share": share(cell.count, table.total),
                "background": share(background[key], whole.total),
                **further(cell),
            },
        )
        for value, key, cell in sorted(measured)[: population.ask.size]
    ]


def _cut(population: Population, dimension: str, rows: Sequence[Row]) -> tuple[Caveat, ...]:
    size = population.ask.size
    return (caveats.cut(dimension, size),) if len(rows) == size else ()


def _periods(day: date) -> tuple[Range, Range]:
    """The last `YEARS` years up to the day, and as many before them."""
    first, before = (after(day, years=-back) for back in (YEARS, 2 * YEARS))
    recent = Range("publication_date", (first + timedelta(days=1)).isoformat(), day.isoformat())
    return recent, Range("publication_date", (before + timedelta(days=1)).isoformat(), first.isoformat())


def _keys(table: Table) -> tuple[str, ...]:
    return tuple(cell.keys[0] for cell in table.cells)


def _counts(table: Table) -> Counts:
    return {cell.keys[0]: cell.count for cell in table.cells}
