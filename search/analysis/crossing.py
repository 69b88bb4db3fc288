"""Crossings: any one to three dimensions against each other, with the table of each by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from search.analysis import caveats, years
from search.analysis.counting import ranked
from search.analysis.entities import listing
from search.analysis.errors import DimensionsAsked
from search.analysis.model import Analysis
from search.analysis.population import Population, Round, Steps, share
from search.engine.drill import clause
from search.engine.model import Cell, Table
from search.query.tree import Query

MATRIX, CUSTOM = "matrix", "custom"


def matrix(population: Population) -> Steps[Analysis]:
    """Two dimensions, unless told first applicants against subclasses. Raises `DimensionsAsked`."""
    by = population.ask.by or ("applicant", "subclass")
    if len(by) != 2:
        raise DimensionsAsked(2, 2)
    return _crossed(population, MATRIX, by)


def custom(population: Population) -> Steps[Analysis]:
    """One to three dimensions. Raises `DimensionsAsked`."""
    if not 1 <= len(population.ask.by) <= 3:
        raise DimensionsAsked(1, 3)
    return _crossed(population, CUSTOM, population.ask.by)


def _crossed(population: Population, name: str, by: tuple[str, ...]) -> Steps[Analysis]:
    """The cells of the first keys of each dimension; years are all there."""
    if len(set(by)) < len(by):
        raise DimensionsAsked(1, 3)
    size = [None if dimension in years.DATES else population.ask.size for dimension in by]
    crossed, *sides = yield Round((population.question(*by, size=size), *map(population.first, by)))
    parts = [ranked(population, name, dimension, side) for dimension, side in zip(by, sides, strict=True)]
    if population.entities and "applicant" in by:
        return (yield from _together(population, name, by, parts))
    return _told(population, name, by, crossed, parts)


def _together(population: Population, name: str, by: tuple[str, ...], parts: list[Analysis]) -> Steps[Analysis]:
    """With all names of an applicant as one: those of several are crossed with the other dimensions by themselves."""
    place = by.index("applicant")
    listed = yield from listing(population, "applicant", population.ask.size)
    owners = {party.names[0]: party.clause("applicant") for party in listed.parties}
    several = [party for party in listed.parties if len(party.names) > 1]
    only = {part.by[0]: tuple(row.keys[0] for row in part.rows) for part in parts}
    others = {dimension: keys for dimension, keys in only.items() if dimension != "applicant"}
    single = tuple(party.names[0] for party in listed.parties if len(party.names) == 1)
    crossed, *tables = yield Round(
        (
            population.question(*by, only={**others, "applicant": single}),
            *(population.narrowed(owners[party.names[0]]).question(*others, only=others) for party in several),
        )
    )
    cells = [*crossed.cells]
    for party, table in zip(several, tables, strict=True):
        found = table.cells if others else (Cell((), table.total),)
        cells += [Cell((*cell.keys[:place], party.names[0], *cell.keys[place:]), cell.count) for cell in found]
    rows = [
        population.row(("applicant",), Cell((party.names[0],), party.count), {"share": share(party.count, crossed.total)}, query)
        for party, query in zip(listed.parties, owners.values(), strict=True)
    ]
    notes = (caveats.merged(len(several)), *((caveats.cut("applicant", len(rows)),) if len(rows) < len(listed.counts) else ()))
    parts[place] = population.told(name, ("applicant",), listed.table, rows=rows, notes=notes)
    whole = replace(crossed, cells=tuple(sorted(cells, key=lambda cell: cell.keys)))
    return _told(population, name, by, whole, parts, owners=owners)


def _told(
    population: Population,
    name: str,
    by: tuple[str, ...],
    crossed: Table,
    parts: Sequence[Analysis],
    *,
    owners: Mapping[str, Query] = MappingProxyType({}),
) -> Analysis:
    """`of_first` is the share of a row's first key; `owners` are applicants of several names."""
    if len(by) == 1:
        return parts[0]
    most = {row.keys[0]: row.count for row in parts[0].rows}
    rows = [
        population.row(
            by,
            cell,
            {"share": share(cell.count, crossed.total), "of_first": share(cell.count, most[cell.keys[0]])},
            *(
                owners[key] if dimension == "applicant" and key in owners else clause(dimension, key)
                for dimension, key in zip(by, cell.keys, strict=True)
            ),
        )
        for cell in crossed.cells
    ]
    notes = [caveat for part in parts for caveat in part.caveats if caveat.code in ("cut", "merged")]
    return population.told(name, by, crossed, rows=rows, columns=("share", "of_first"), parts=parts, notes=notes)
