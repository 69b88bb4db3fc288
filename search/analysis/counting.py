"""Tables of one dimension, the most frequent keys first."""

from collections.abc import Iterable, Sequence

from search.analysis import caveats, years
from search.analysis.model import Analysis, Caveat
from search.analysis.population import Population, Round, Steps
from search.analysis.trend import by_year
from search.engine.model import Table


def ranked_each(population: Population, name: str, by: Sequence[str], *, notes: Iterable[Caveat] = ()) -> Steps[Analysis]:
    """A table by each dimension, the first with the others as its parts; of a brief population the first alone."""
    wanted = by[:1] if population.brief else by
    tables = yield Round(tuple(population.first(each) for each in wanted))
    first, *parts = (ranked(population, name, each, table, notes) for each, table in zip(wanted, tables, strict=True))
    return first.with_parts(parts)


def ranked(population: Population, name: str, dimension: str, table: Table, notes: Iterable[Caveat] = ()) -> Analysis:
    """A table of first keys."""
    if dimension in years.DATES:
        return by_year(population, name, dimension, table)
    size = population.ask.size
    cut = (caveats.cut(dimension, size),) if len(table.cells) == size else ()
    return population.told(name, (dimension,), table, notes=(*notes, *cut))
