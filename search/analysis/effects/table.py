"""Means by effects as a table like the others, for charts, files and reports."""

from search.analysis.effects.caveats import caveats
from search.analysis.effects.service import Matrix
from search.analysis.model import Analysis, Row

NAME = "effects"
MEANS, EFFECT = "means", "effect"
"""Its dimensions; the key of a means that is not named is empty."""


def table(matrix: Matrix, population: str) -> Analysis:
    """The crossing; its `total` are the documents that were read, and the coverage of effects is the share that says one. What a
    row counts is known by its sentences and by no query, so it has none."""
    rows = tuple(Row((cell.means, cell.effect), cell.count, "", {"sentences": cell.sentences}) for cell in matrix.cells)
    return Analysis(
        name=NAME,
        by=(MEANS, EFFECT),
        rows=rows,
        columns=("sentences",),
        population=population,
        total=matrix.looked_at,
        unit="publication",
        coverage={EFFECT: 1 - matrix.silent / matrix.looked_at} if matrix.looked_at else {},
        caveats=caveats(matrix),
        figures={"matching": matrix.total},
    )
