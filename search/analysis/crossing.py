"""Crossings: any one to three dimensions against each other, with the table of each by itself."""

from search.analysis import caveats, years
from search.analysis.counting import ranked
from search.analysis.errors import DimensionsAsked
from search.analysis.model import Analysis
from search.analysis.population import Population, Round, Steps, share

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
    alone = [population.question(dimension, size=(most,)) for dimension, most in zip(by, size, strict=True)]
    crossed, *sides = yield Round((population.question(*by, size=size), *alone))
    parts = [ranked(population, name, dimension, side) for dimension, side in zip(by, sides, strict=True)]
    if len(by) == 1:
        return parts[0]
    most = {dimension: {cell.keys[0]: cell.count for cell in side.cells} for dimension, side in zip(by, sides, strict=True)}
    cut = [
        caveats.cut(dimension, kept)
        for dimension, kept, side in zip(by, size, sides, strict=True)
        if kept is not None and len(side.cells) == kept
    ]
    return population.told(
        name,
        by,
        crossed,
        columns=("share", "of_first"),
        values=lambda cell: {
            "share": share(cell.count, crossed.total),
            "of_first": share(cell.count, most[by[0]][cell.keys[0]]),
        },
        parts=parts,
        notes=cut,
    )
