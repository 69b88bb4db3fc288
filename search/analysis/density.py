"""有效发明专利拥有量 of 10,000 people: granted inventions in force on a day, by the addresses of a region or by a list of
enterprises (a park has no division code: 国知办发管字〔2017〕30号, lines 28 and 29), as far as the documents held tell."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from search.analysis import caveats, highvalue
from search.analysis.abreast import abreast
from search.analysis.entities import LISTED, Party, asked, counted
from search.analysis.errors import ApplicantsAsked, DayAhead, DimensionsAsked
from search.analysis.grants import GRANTED
from search.analysis.kept import WRITTEN, keep_names
from search.analysis.model import Analysis, Caveat, Number, Row
from search.analysis.population import Population, Round, Steps
from search.engine import layout
from search.engine.model import Cell, Question, Table, waiting
from search.query.tree import All, Expanded, Query, Range, Ref, Value, both, either

NAME, UNKNOWN = "density", "density.unknown"
PLACES = ("region", "city")
MOST = 5_000
"""Enterprises of a list."""
_TEN_THOUSAND = 10_000
_INVENTION = both(Value("country", "CN"), Value("type", "invention"), GRANTED)
Counts = Mapping[str, int]


def density(population: Population) -> Steps[Analysis]:
    """By province, or the place in `by`, or by the enterprises named, with the high-value ones as a part, and as another the names
    without any document. Raises `DayAhead`, `ApplicantsAsked`, `DimensionsAsked`, `StrategicUnreadable`."""
    ask = population.ask
    at = date.fromisoformat(ask.at) if ask.at else population.day
    if at > ask.today:
        raise DayAhead
    if len(ask.applicants) > MOST:
        raise ApplicantsAsked(1, MOST)
    by = "applicant" if ask.applicants else next(iter(ask.by), PLACES[0])
    if by not in (*PLACES, "applicant") or len(ask.by) > 1:
        raise DimensionsAsked(1, 1)
    parties = _parties(population)
    owned = _owned(population, at, parties)
    high = highvalue.kinds(owned, at, among=_owned(population.whole, at, parties) if population.whole else owned)
    asked_for = (population, owned, *high.told.values())
    every, whole, *totals = (table.total for table in (yield Round(tuple(each.question() for each in asked_for))))
    figures: dict[str, Number] = {"at": at.isoformat(), "owned": whole, **_density("", whole, ask.populations)}
    figures |= high.figures(totals)
    figures["high_value_density"] = _density("", totals[-1], ask.populations)["density"] if high.whole else None
    parts = [high.table(whole, totals)]
    if parties:
        table, rows = yield from _enterprises(owned, high, parties, whole)
        unknown = yield from _unknown(population, parties)
        figures |= {"named": len(parties), "without": len(parties) - len(rows), "unknown": len(unknown.rows)}
        parts += [unknown] if unknown.rows else []
        remarks = [caveats.UNKNOWN] if unknown.rows else []
    else:
        table, rows = yield from _places(owned, high, by)
        remarks = []
    records = [caveats.without_status(waiting(every), ask.unit)] if waiting(every) else []
    notes = [*caveats.density(at, ask.today), *records, *_notes(population, high, rows, parties), *remarks]
    notes += [caveats.cut(by, len(rows))] if len(rows) < len(table.cells) else []
    columns = ("persons", "density", "over_10_years", "high_value")
    told = owned.told(NAME, (by,), table, rows=rows, columns=columns, figures=figures, notes=notes)
    return told.with_parts(() if population.brief else parts)


def _parties(population: Population) -> dict[str, Party]:
    """The enterprises, spelled as the index has them."""
    names = tuple(dict.fromkeys(map(layout.spelled, population.ask.applicants)))
    return asked(replace(population, ask=replace(population.ask, applicants=names)))


def _owned(population: Population, at: date, parties: Mapping[str, Party]) -> Population:
    """Inventions in force on the day, of the enterprises where these are named."""
    owned = population.narrowed(both(_INVENTION, Range("publication_date", None, at.isoformat()), _in_force(at)))
    return _held_by(owned, parties) if parties else owned


def _held_by(population: Population, parties: Mapping[str, Party]) -> Population:
    """The documents of any of them, said by their names where these are few, else by the number of the list."""
    names = tuple(dict.fromkeys(name for party in parties.values() for name in party.names))
    ask, kept = population.ask, population.kept
    said: Query = either(*(Value("applicant", name) for name in names))
    if ask.listed is not None and set(names) == set(map(layout.spelled, ask.applicants)):
        said = Ref(ask.listed)
    elif len(names) > WRITTEN and kept is not None:
        said = Ref(keep_names(kept, ask.user, names))
    text = said if population.said == All() else both(population.said, said)
    return population.narrowed(Expanded("applicant", "", names), said=text)


def _places(owned: Population, high: highvalue.Kinds, by: str) -> Steps[tuple[Table, list[Row]]]:
    """The places whose people are told, or the first ones."""
    ask = owned.ask
    named = tuple(name for name in ask.populations if name)
    only = {by: named} if named else None
    several = (owned, high.told["over_10_years"], high.told[highvalue.UNION])
    table, *further = yield Round(tuple(each.question(by, size=(LISTED,), only=only) for each in several))
    over, best = ({cell.keys[0]: cell.count for cell in each.cells} for each in further)
    shown = table.cells[: max(ask.size, len(named))]
    return table, [owned.row((by,), cell, _values(owned, high, cell, over, best)) for cell in shown]


def _enterprises(
    owned: Population, high: highvalue.Kinds, parties: Mapping[str, Party], total: int
) -> Steps[tuple[Table, list[Row]]]:
    """Those asked for that own any, each under all its names where these are merged."""
    groups = [party.names for party in parties.values()]
    several = (owned, high.told["over_10_years"], high.told[highvalue.UNION])
    numbers = yield from abreast([counted(each, "applicant", groups) for each in several])
    first, over, best = (dict(zip(parties, each, strict=True)) for each in numbers)
    cells = sorted((Cell((name,), count) for name, count in first.items() if count), key=lambda cell: (-cell.count, cell.keys))
    rows = [
        owned.row(("applicant",), cell, _values(owned, high, cell, over, best), parties[cell.keys[0]].clause("applicant"))
        for cell in cells
    ]
    return Table(tuple(cells), total, (total,)), rows


def _unknown(population: Population, parties: Mapping[str, Party]) -> Steps[Analysis]:
    """The names under which nothing at all is held, in the order given: misspelled, or without a document."""
    everything = replace(population, said=All(), text="", within=None)
    theirs = _held_by(everything, parties)
    names = tuple(dict.fromkeys(name for party in parties.values() for name in party.names))
    (table,) = yield Round((Question(("applicant",), only={"applicant": names}, within=theirs.within),), everything=True)
    known = {cell.keys[0] for cell in table.cells if waiting(cell.count) < cell.count}
    missing = [name for name, party in parties.items() if known.isdisjoint(party.names)]
    rows = [everything.row(("applicant",), Cell((name,), 0), {}, parties[name].clause("applicant")) for name in missing]
    counted_by = replace(theirs, ask=replace(theirs.ask, unit="publication"))
    return counted_by.told(UNKNOWN, ("applicant",), Table((), table.total, ()), rows=rows, columns=(), notes=(caveats.UNKNOWN,))


def _notes(population: Population, high: highvalue.Kinds, rows: Sequence[Row], parties: Mapping[str, Party]) -> list[Caveat]:
    notes = [caveats.FAMILY_ABROAD] if high.whole else [] if population.brief else [caveats.FAMILIES_MANY]
    if parties and population.entities:
        notes.append(caveats.merged(sum(len(party.names) > 1 for party in parties.values())))
    there = {row.keys[0] for row in rows}
    absent = [] if parties else [name for name in population.ask.populations if name and name not in there]
    return [*notes, *([caveats.places_absent(absent)] if absent else [])]


def _in_force(at: date) -> Query:
    """In force still, or ended after the day."""
    ended = either(*(Value("legal", state) for state in ("lapsed", "expired", "invalid")))
    return either(Value("legal", "in_force"), both(ended, Range("legal_since", (at + timedelta(days=1)).isoformat(), None)))


def _values(owned: Population, high: highvalue.Kinds, cell: Cell, over: Counts, best: Counts) -> dict[str, Number]:
    """What is known of the high-value ones of a row: of any kind only where families were looked up."""
    key = cell.keys[0]
    best_known = best.get(key, 0) if high.whole else None
    return _density(key, cell.count, owned.ask.populations) | {"over_10_years": over.get(key, 0), "high_value": best_known}


def _density(key: str, count: int, populations: Mapping[str, float]) -> dict[str, Number]:
    """`density` is for 10,000 people."""
    persons = populations.get(key)
    return {"persons": persons, "density": round(count * _TEN_THOUSAND / persons, 4) if persons else None}
