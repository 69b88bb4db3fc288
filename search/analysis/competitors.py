"""Two to eight applicants side by side: each one's numbers, years and classes, and what ground they share."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from search.analysis import caveats, years
from search.analysis.entities import LISTED, asked, listing
from search.analysis.errors import ApplicantsAsked
from search.analysis.model import Analysis, Row
from search.analysis.population import Population, Round, Steps, share
from search.engine.drill import clause
from search.engine.model import Cell, Table
from search.query.tree import Or, Query, both, either

NAME = "competitors"
FEWEST, MOST = 2, 8
_UNASKED = 5
"""So many, the first ones of the population, are compared where nobody is named."""


@dataclass(frozen=True, slots=True)
class _Rival:
    """What is known of an applicant: units in all, by year of filing, by class."""

    name: str
    query: Query
    total: int
    years: Mapping[str, int]
    classes: Mapping[str, int]


def competitors(population: Population) -> Steps[Analysis]:
    """The applicants named, or the first of the population; by classes of the level in `by`, or by subclasses. Raises
    `ApplicantsAsked`."""
    level = next(iter(population.ask.by), "subclass")
    queries = yield from _named(population)
    ground = population.narrowed(either(*queries.values())) if queries else population
    rivals = yield from _rivals(population, queries, level)
    pairs = list(combinations(rivals, 2))
    table, *joint = yield Round(
        (
            ground.question(level, size=(population.ask.size,)),
            *(population.narrowed(both(one.query, other.query)).question() for one, other in pairs),
        )
    )
    together = [(one, other, found.total) for (one, other), found in zip(pairs, joint, strict=True) if found.total]
    parts = (
        _trend(population, ground, rivals, table.total),
        _classes(population, ground, rivals, level, table),
        _ground(ground, rivals, level, table),
        _joint(population, ground, together, table.total),
    )
    rows = [_row(population, rival, rivals, table.total) for rival in rivals]
    notes = (caveats.merged(sum(isinstance(query, Or) for query in queries.values())),) if population.entities else ()
    columns = ("share", "first_year", "last_year", "classes", "own", "shared")
    return ground.told(NAME, ("applicant",), _whole(rows, table.total), rows=rows, columns=columns, parts=parts, notes=notes)


def _named(population: Population) -> Steps[dict[str, Query]]:
    parties = asked(population)
    if parties and not FEWEST <= len(parties) <= MOST:
        raise ApplicantsAsked(FEWEST, MOST)
    if parties:
        return {name: party.clause("applicant") for name, party in parties.items()}
    listed = yield from listing(population, "applicant", _UNASKED)
    return {party.names[0]: party.clause("applicant") for party in listed.parties}


def _rivals(population: Population, queries: Mapping[str, Query], level: str) -> Steps[list[_Rival]]:
    questions = [
        question
        for query in queries.values()
        for own in (population.narrowed(query),)
        for question in (own.question("application_year"), own.question(level, size=(LISTED,)))
    ]
    tables = yield Round(tuple(questions))
    return [
        _Rival(name, query, by_year.total, _counts(by_year), _counts(by_class))
        for (name, query), by_year, by_class in zip(queries.items(), tables[::2], tables[1::2], strict=True)
    ]


def _counts(table: Table) -> dict[str, int]:
    return {cell.keys[0]: cell.count for cell in table.cells}


def _row(population: Population, rival: _Rival, rivals: Sequence[_Rival], total: int) -> Row:
    """`own` is the number of its classes that no other has, `shared` that of the rest."""
    others = set().union(*(other.classes for other in rivals if other is not rival))
    values = {
        "share": share(rival.total, total),
        "first_year": int(min(rival.years)) if rival.years else None,
        "last_year": int(max(rival.years)) if rival.years else None,
        "classes": len(rival.classes),
        "own": len(rival.classes.keys() - others),
        "shared": len(rival.classes.keys() & others),
    }
    return population.row(("applicant",), Cell((rival.name,), rival.total), values, rival.query)


def _trend(population: Population, ground: Population, rivals: Sequence[_Rival], total: int) -> Analysis:
    by = ("applicant", "application_year")
    rows = [
        population.row(
            by, Cell((rival.name, year), count), {"growth": years.growth(counts, year)}, rival.query, clause(by[1], year)
        )
        for rival in rivals
        for counts in (years.filled(rival.years),)
        for year, count in counts.items()
    ]
    return ground.told("competitors.trend", by, _whole(rows, total), rows=rows, columns=("growth",))


def _classes(population: Population, ground: Population, rivals: Sequence[_Rival], level: str, table: Table) -> Analysis:
    """Each one's units in the first classes of all; `share` is of its own."""
    by = ("applicant", level)
    rows = [
        population.row(by, Cell((rival.name, key), count), {"share": share(count, rival.total)}, rival.query, clause(level, key))
        for rival in rivals
        for key in _counts(table)
        if (count := rival.classes.get(key, 0))
    ]
    return ground.told("competitors.classes", by, _whole(rows, table.total), rows=rows)


def _ground(ground: Population, rivals: Sequence[_Rival], level: str, table: Table) -> Analysis:
    """The first classes of all with how many of the applicants have them, and the one who has it alone."""
    holders: dict[str, list[str]] = defaultdict(list)
    for rival in rivals:
        for key in rival.classes:
            holders[key].append(rival.name)
    rows = [
        ground.row((level,), cell, {"holders": len(held), "alone": held[0] if len(held) == 1 else None})
        for cell in table.cells
        for held in (holders[cell.keys[0]],)
    ]
    cut = (caveats.cut(level, ground.ask.size),) if len(rows) == ground.ask.size else ()
    return ground.told("competitors.ground", (level,), table, rows=rows, columns=("holders", "alone"), notes=cut)


def _joint(population: Population, ground: Population, together: Sequence[tuple[_Rival, _Rival, int]], total: int) -> Analysis:
    """What two of them filed together."""
    by = ("applicant", "applicant")
    rows = [
        population.row(by, Cell((one.name, other.name), count), {"share": share(count, total)}, one.query, other.query)
        for one, other, count in together
    ]
    return ground.told("competitors.joint", by, _whole(rows, total), rows=rows)


def _whole(rows: Sequence[Row], total: int) -> Table:
    """A table put together of others; every document of the ground has one of the applicants."""
    return Table(tuple(Cell(row.keys, row.count) for row in rows), total, (total,))
