"""A population divided by the branches of the collection that it is of (技术分解表; S3 L154: 分支技术领域的专利分布).

A branch is one more condition, so that all branches are counted in the calls of the engine that one of them would take. A document
can stand in several branches, and a branch holds what those below it hold: no sum over branches is the total.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from search.analysis import caveats
from search.analysis.errors import BranchesAsked, NoBranches
from search.analysis.model import Analysis, Caveat, Number, Row
from search.analysis.population import Population, share
from search.engine.errors import TooManyCells
from search.engine.model import Cell, Table
from search.engine.tabling import MOST_CELLS
from search.query.tree import All, And, Not, Query, Value, both
from search.saved.collections.divided import Division
from search.saved.collections.model import OUTSIDE

DIMENSION = "branch"


@dataclass(frozen=True, slots=True)
class Part:
    """A branch, or what no branch holds, with its documents of the population: those that meet a further `condition`."""

    division: Division
    population: Population
    condition: Query

    def row(self, by: Sequence[str], cell: Cell, values: dict[str, Number], *conditions: Query) -> Row:
        """A row of the branch; of all of it, where nothing further is counted by."""
        made = self.population.row(by, cell, values, *conditions)
        return replace(made, keys=(self.division.code, *cell.keys))


@dataclass(frozen=True, slots=True)
class Divided:
    """`parts` in the order of the branches, what no branch holds last; `refused` can't be asked for."""

    population: Population
    parts: tuple[Part, ...]
    refused: tuple[Division, ...]

    @property
    def covered(self) -> Population | None:
        """What stands in any branch; ``None`` where it can't be asked for."""
        outside = next((part.condition for part in self.parts if part.division.code == OUTSIDE), None)
        return self.population.narrowed(Not(outside)) if outside else None

    def told(
        self,
        name: str,
        by: Sequence[str],
        rows: Sequence[Row],
        *,
        total: int,
        known: Sequence[int],
        columns: Sequence[str],
        notes: Sequence[Caveat] = (),
    ) -> Analysis:
        """A table by branch and by further dimensions, of whose values `known` units have one. Raises `TooManyCells`."""
        self.bounded(len(rows))
        table = self.population.told(
            name, (DIMENSION, *by), Table((), total, (total, *known)), rows=rows, columns=columns, notes=notes
        )
        refused = (caveats.branch_refused(each.zh, each.en, each.refused) for each in self.refused if each.refused)
        further = tuple(each for each in table.caveats if each.code != "counted_in_each")
        return self.named(replace(table, caveats=(*refused, caveats.BRANCHES, *further)))

    def named(self, table: Analysis) -> Analysis:
        """The table with the names of the branches."""
        return replace(table, branches={each.division.code: (each.division.zh, each.division.en) for each in self.parts})

    def bounded(self, rows: int) -> None:
        """Raises `TooManyCells` for so many rows."""
        if rows > MOST_CELLS:
            raise TooManyCells(MOST_CELLS)


def divided(population: Population) -> Divided:
    """Raises `BranchesAsked` for a population that is not of one collection, `NoBranches`."""
    ids = collections(population.said)
    if len(ids) != 1:
        raise BranchesAsked
    [id] = ids  # noqa: A001
    divisions = population.divided(id)
    if not divisions:
        raise NoBranches(id)
    parts = tuple(
        Part(each, replace(population.narrowed(condition, said=_said(population.said, id, each.code)), whole=population), condition)
        for each in divisions
        if each.tree is not None
        for condition in (_further(each.tree, population.ask.query),)
    )
    return Divided(population, parts, tuple(each for each in divisions if each.tree is None))


def collections(said: Query) -> set[str]:
    """The collections, by their ids, of which all that is said is a part; a snapshot has no branches."""
    named = [each.value for each in _items(said) if isinstance(each, Value) and each.field == "collection"]
    return {name.partition("/")[0] for name in named if "@" not in name}


def coverage(table: Analysis, covered: int | None) -> Analysis:
    """The table with how many units stand in any branch, where that is known."""
    return table if covered is None else replace(table, coverage={DIMENSION: share(covered, table.total), **_others(table)})


def _others(table: Analysis) -> dict[str, float]:
    return {name: known for name, known in table.coverage.items() if name != DIMENSION}


def _further(tree: Query, query: Query) -> Query:
    """What a branch asks beside `query`, which its documents meet anyhow: not its whole collection over and over."""
    met = set(_items(query))
    left = [each for each in _items(tree) if each not in met]
    return both(*left) if left else All()


def _items(query: Query) -> tuple[Query, ...]:
    return query.items if isinstance(query, And) else (query,)


def _said(said: Query, id: str, code: str) -> Query:  # noqa: A002
    """The branch in the place of its collection, which it is a part of; beside what is named otherwise."""
    whole, branch = Value("collection", id), Value("collection", f"{id}/{code}")
    items = _items(said)
    if whole not in items:
        return both(*items, branch)
    return both(*(branch if each == whole else each for each in items))
