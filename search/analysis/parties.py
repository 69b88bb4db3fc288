"""Who: applicants or inventors, their shares and years, how concentrated they are, and who is new."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from search.analysis import caveats
from search.analysis.entities import LISTED, Listing, Party, concentration, counted, listing, together
from search.analysis.model import Analysis, Caveat, Number
from search.analysis.population import Population, Round, Steps, share
from search.engine.model import Cell, Table
from search.query.tree import Range

NAME, NEWCOMERS = "parties", "parties.newcomers"
_BY = ("applicant", "inventor")
_NEW = 3
"""Years of filing in which somebody is new who has none before."""

_LOOKED_AT = 1_000
"""Parties with most recent documents, of which it is looked up who is new."""

Active = Mapping[str, int]
"""Year of filing -> units."""


def parties(population: Population) -> Steps[Analysis]:
    """By whom is asked for, or applicants with inventors and newcomers as parts."""
    if population.brief:
        return (yield from _who(population, (population.ask.by or _BY)[0]))
    first, *more = population.ask.by or _BY
    found = yield from _who(population, first)
    parts = []
    for dimension in more:
        part = yield from _who(population, dimension)
        parts.append(part)
    new = yield from _newcomers(population, first)
    return found.with_parts((*parts, new))


def _who(population: Population, dimension: str) -> Steps[Analysis]:
    size = population.ask.size
    alone = population.brief and not population.entities
    first = min(size + 1, LISTED) if alone else LISTED
    table, by_year, *number = yield Round(
        (
            population.question(dimension, size=(first,)),
            population.question(dimension, "application_year", size=(size, None)),
            *((population.question(of=dimension),) if not population.entities else ()),
        )
    )
    listed = yield from together(population, dimension, table, size)
    shown = listed.parties
    active = yield from _active(population, dimension, shown, by_year)
    refused = any(each.refused for each in number)
    listed_all = len(listed.counts) if len(table.cells) < first else None
    figures: dict[str, Number] = {"parties": number[0].total if number and not refused else listed_all}
    figures |= {} if alone else concentration(listed.counts, complete=listed.complete)
    rows = [
        population.row(
            (dimension,),
            Cell((party.names[0],), party.count),
            _values(party, table.total, found, population.day),
            party.clause(dimension),
        )
        for party, found in zip(shown, active, strict=True)
    ]
    columns = ("share", "first_year", "last_year", "years", "recent", "names")
    notes = _notes(population, dimension, listed)
    notes += [caveats.too_many_to_tell(dimension)] if refused and listed_all is None else []
    return population.told(NAME, (dimension,), table, rows=rows, columns=columns, figures=figures, notes=notes)


def _active(population: Population, dimension: str, shown: Sequence[Party], by_year: Table) -> Steps[list[Active]]:
    """Each one's units by year of filing; those of several names, or pushed up by them, are asked for by themselves."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for cell in by_year.cells:
        found[cell.keys[0]][cell.keys[1]] = cell.count
    missing = [party for party in shown if len(party.names) > 1 or (population.entities and party.names[0] not in found)]
    if missing:
        tables = yield Round(tuple(population.narrowed(party.clause(dimension)).question("application_year") for party in missing))
        for party, table in zip(missing, tables, strict=True):
            found[party.names[0]] = {cell.keys[0]: cell.count for cell in table.cells}
    return [found.get(party.names[0], {}) for party in shown]


def _values(party: Party, total: int, active: Active, day: date) -> dict[str, Number]:
    """`years` is in how many somebody filed, `recent` how many units were filed in the last five years."""
    return {
        "share": share(party.count, total),
        "first_year": int(min(active)) if active else None,
        "last_year": int(max(active)) if active else None,
        "years": len(active),
        "recent": sum(count for year, count in active.items() if int(year) > day.year - 5),
        "names": len(party.names),
    }


def _notes(population: Population, dimension: str, listed: Listing) -> list[Caveat]:
    notes = []
    if dimension == "applicant" and population.entities:
        notes.append(caveats.merged(sum(len(party.names) > 1 for party in listed.parties)))
    if len(listed.counts) > population.ask.size:
        notes.append(caveats.cut(dimension, population.ask.size))
    if not listed.complete:
        notes.append(caveats.not_all_listed(dimension, LISTED))
    return notes


def _newcomers(population: Population, dimension: str) -> Steps[Analysis]:
    """Those all of whose documents were filed in the last `_NEW` years."""
    first = date(population.day.year - _NEW + 1, 1, 1).isoformat()
    late = population.narrowed(Range("application_date", first, None))
    recent = yield from listing(late, dimension, _LOOKED_AT)
    candidates = recent.parties
    whole = yield from counted(population, dimension, [_names(population, dimension, party) for party in candidates])
    found = [party for party, count in zip(candidates, whole, strict=True) if party.count == count]
    new = found[: population.ask.size]
    rows = [
        late.row(
            (dimension,),
            Cell((party.names[0],), party.count),
            {"share": share(party.count, recent.table.total)},
            party.clause(dimension),
        )
        for party in new
    ]
    notes = (caveats.newcomers(first, _LOOKED_AT), *((caveats.cut(dimension, len(new)),) if len(found) > len(new) else ()))
    return late.told(NEWCOMERS, (dimension,), recent.table, rows=rows, notes=notes)


def _names(population: Population, dimension: str, party: Party) -> tuple[str, ...]:
    """All names of the party, those without a recent document too."""
    known = [name for each in party.names for name in population.entities.get(each, (each,))] if dimension == "applicant" else []
    return tuple(dict.fromkeys((*party.names, *known)))
