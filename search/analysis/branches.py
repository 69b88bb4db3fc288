"""All branches of a collection at once: how many documents each has and since when, crossed with what is asked for, or any other
question asked of each.

The keys that branches are crossed with are the first ones of the whole population, so that a column can be read down; a question
that is asked of each branch (`Ask.each`) shows each one's own first keys.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from search.analysis import caveats, years
from search.analysis.abreast import abreast
from search.analysis.dividing import Divided, Part, coverage, divided
from search.analysis.each import of_each
from search.analysis.entities import Party, listing
from search.analysis.errors import DimensionsAsked
from search.analysis.model import Analysis, Caveat, Name, Number, Row
from search.analysis.population import Population, Round, Steps, share
from search.engine.drill import clause
from search.engine.model import Cell, Question, Table
from search.query.tree import Query

NAME = "branches"
BY = ("application_year", "applicant", "subclass", "region", "origin", "legal")
"""What branches are crossed with where nothing is asked for."""

_RECENT = 5
_YEAR = "application_year"

Questions = Mapping[Name, Callable[[Population], Steps[Analysis]]]


def branches(population: Population, questions: Questions) -> Steps[Analysis]:
    """By branch; crossed with one or two dimensions; or another of the `questions` asked of each branch. What was asked for stands
    first, the numbers by branch among its parts. Raises `BranchesAsked`, `NoBranches`, `DimensionsAsked`, `TooManyCells` and what
    the other question raises."""
    ask, whole = population.ask, divided(population)
    if ask.each is None and (len(ask.by) > 2 or len(set(ask.by)) < len(ask.by)):
        raise DimensionsAsked(0, 2)
    whole.bounded(len(whole.parts) * (ask.size if ask.by or ask.each else 1))
    if ask.each is not None:
        told = yield from of_each(whole, ask.each, questions[ask.each])
        totals = yield from _totals(whole, told.figures)
        return replace(told.tables[0], parts=(totals, *told.tables[1:]))
    wanted = [ask.by] if ask.by else [] if population.brief else [(each,) for each in BY]
    totals, *crossed = yield from abreast([_totals(whole, {}), *(_crossed(whole, by) for by in wanted)])
    found = [replace(each, coverage={**each.coverage, **_branch(totals)}) for each in crossed]
    return replace(found[0], parts=(totals,)) if ask.by else totals.with_parts(found)


def _branch(totals: Analysis) -> dict[str, float]:
    return {name: known for name, known in totals.coverage.items() if name == "branch"}


def _totals(whole: Divided, figures: Mapping[str, Mapping[str, Number]]) -> Steps[Analysis]:
    """Each branch with its years; `figures` are further ones of each by its code."""
    covered = whole.covered
    everything, *tables = yield Round(
        (
            whole.population.question(),
            *(part.population.question(_YEAR) for part in whole.parts),
            *((covered.question(),) if covered else ()),
        )
    )
    rows = [
        part.row((), Cell((), table.total), _spoken(part, table, everything.total) | dict(figures.get(part.division.code, {})))
        for part, table in zip(whole.parts, tables, strict=False)
    ]
    further = tuple(next(iter(figures.values()), {}))
    columns = ("share", "level", "parent", "first_year", "last_year", "recent", "growth", *further)
    told = whole.told(NAME, (), rows, total=everything.total, known=(), columns=columns)
    return coverage(told, tables[-1].total if covered else None)


def _spoken(part: Part, table: Table, total: int) -> dict[str, Number]:
    """`recent` is how many units were filed in the last five years, `growth` that of the last year that is complete."""
    counts = years.filled({cell.keys[0]: cell.count for cell in table.cells})
    day = part.population.day
    complete = [year for year in counts if not years.incomplete(_YEAR, year, day)]
    return {
        "share": share(table.total, total),
        "level": part.division.level or None,
        "parent": part.division.parent,
        "first_year": int(min(counts)) if counts else None,
        "last_year": int(max(counts)) if counts else None,
        "recent": sum(count for year, count in counts.items() if int(year) > day.year - _RECENT),
        "growth": years.growth(counts, complete[-1]) if complete else None,
    }


@dataclass(frozen=True, slots=True)
class _Keys:
    """What a crossing shows: keys of each dimension but years, `owners` those applicants that have several names."""

    by: tuple[str, ...]
    only: Mapping[str, tuple[str, ...]]
    owners: tuple[Party, ...]
    known: tuple[int, ...]
    total: int
    notes: tuple[Caveat, ...]

    def questions(self, part: Part) -> list[Question]:
        """Those of a branch: of the single names, and of each owner."""
        others = tuple(each for each in self.by if each != "applicant")
        only = {name: self.only[name] for name in others if name in self.only}
        owned = (part.population.narrowed(owner.clause("applicant")).question(*others, only=only) for owner in self.owners)
        return [part.population.question(*self.by, only=self.only), *owned]

    def cells(self, tables: Sequence[Table]) -> list[Cell]:
        """The answers to these questions as one table's cells."""
        first, *owned = tables
        found = list(first.cells)
        place = self.by.index("applicant") if owned else 0
        for owner, table in zip(self.owners, owned, strict=True):
            name = owner.names[0]
            cells = table.cells if len(self.by) > 1 else (Cell((), table.total),)
            found += [replace(cell, keys=(*cell.keys[:place], name, *cell.keys[place:])) for cell in cells if cell.count]
        if len(self.by) == 1:
            return sorted(found, key=lambda cell: (-cell.count, cell.keys))
        return sorted(found, key=lambda cell: cell.keys)

    def clauses(self, cell: Cell) -> list[Query]:
        owned = {owner.names[0]: owner.clause("applicant") for owner in self.owners}
        return [
            owned[key] if dimension == "applicant" and key in owned else clause(dimension, key)
            for dimension, key in zip(self.by, cell.keys, strict=True)
        ]


def _crossed(whole: Divided, by: tuple[str, ...]) -> Steps[Analysis]:
    """Each branch by the first keys of the population; by years all of them, each with its growth."""
    keys = yield from _keys(whole.population, by)
    asked = [keys.questions(part) for part in whole.parts]
    tables = yield Round(tuple(question for each in asked for question in each))
    each = 1 + len(keys.owners)
    rows: list[Row] = []
    for place, part in enumerate(whole.parts):
        own = tables[place * each : (place + 1) * each]
        rows += _rows(part, keys, keys.cells(own), own[0].total)
        whole.bounded(len(rows))
    columns = ("of_first", "growth") if _is_trend(by) else ("share", "of_first")
    return whole.told(NAME, by, rows, total=keys.total, known=keys.known, columns=columns, notes=keys.notes)


def _rows(part: Part, keys: _Keys, cells: Sequence[Cell], total: int) -> list[Row]:
    if not _is_trend(keys.by):
        return [
            part.row(keys.by, cell, {"share": share(cell.count, keys.total), "of_first": share(cell.count, total)}, *met)
            for cell in cells
            for met in (keys.clauses(cell),)
        ]
    counts = years.filled({cell.keys[0]: cell.count for cell in cells})
    return [
        part.row(keys.by, Cell((year,), count), {"of_first": share(count, total), "growth": years.growth(counts, year)})
        for year, count in counts.items()
    ]


def _is_trend(by: Sequence[str]) -> bool:
    return len(by) == 1 and by[0] in years.DATES


def _keys(population: Population, by: tuple[str, ...]) -> Steps[_Keys]:
    """The first keys of each dimension in the population, applicants by all their names where these count together."""
    sides = yield Round(tuple(population.first(dimension) for dimension in by))
    only = {
        dimension: tuple(cell.keys[0] for cell in side.cells)
        for dimension, side in zip(by, sides, strict=True)
        if dimension not in years.DATES
    }
    notes = [caveats.cut(dimension, len(keys)) for dimension, keys in only.items() if len(keys) == population.ask.size]
    owners: tuple[Party, ...] = ()
    if "applicant" in only and population.entities:
        listed = yield from listing(population, "applicant", population.ask.size)
        owners = tuple(party for party in listed.parties if len(party.names) > 1)
        only["applicant"] = tuple(party.names[0] for party in listed.parties if len(party.names) == 1)
        notes.append(caveats.merged(len(owners)))
    return _Keys(by, only, owners, tuple(side.known[0] for side in sides), sides[0].total, tuple(notes))
