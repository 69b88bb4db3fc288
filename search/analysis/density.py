"""有效发明专利拥有量 of 10,000 people: granted inventions in force on a day, by the addresses of a region or by a list of
enterprises (a park has no division code: 国知办发管字〔2017〕30号), as far as the documents held tell."""

from collections.abc import Mapping
from datetime import date, timedelta

from search.analysis import caveats
from search.analysis.entities import LISTED, asked
from search.analysis.errors import ApplicantsAsked, DayAhead, DimensionsAsked
from search.analysis.grants import GRANTED, holders
from search.analysis.model import Analysis, Number, Row
from search.analysis.population import Population, Round, Steps
from search.engine.model import Cell, Table
from search.patent.terms import after
from search.query.tree import Query, Range, Value, both, either

NAME = "density"
PLACES = ("region", "city")
MOST = 60
"""Enterprises of a list; a query has no more than some clauses."""

_TEN_THOUSAND = 10_000
_INVENTION = both(Value("country", "CN"), Value("type", "invention"), GRANTED)
_LONG = 10
"""Years from filing beyond which an invention in force counts as one of high value (维持年限超过10年, 国家知识产权局 2021)."""


def density(population: Population) -> Steps[Analysis]:
    """By province, or the place in `by`, or by the enterprises named. Raises `DayAhead`, `ApplicantsAsked`, `DimensionsAsked`."""
    ask = population.ask
    at = date.fromisoformat(ask.at) if ask.at else population.day
    if at > ask.today:
        raise DayAhead
    if len(ask.applicants) > MOST:
        raise ApplicantsAsked(1, MOST)
    by = "applicant" if ask.applicants else next(iter(ask.by), PLACES[0])
    if by not in (*PLACES, "applicant") or len(ask.by) > 1:
        raise DimensionsAsked(1, 1)
    owned = population.narrowed(both(_INVENTION, Range("publication_date", None, at.isoformat()), _in_force(at)))
    if ask.applicants:
        owned = owned.narrowed(holders(population))
    lasting = owned.narrowed(Range("application_date", None, after(at, years=-_LONG).isoformat()))
    whole, high_whole = yield Round((owned.question(), lasting.question()))
    table, rows = yield from (_enterprises(owned, lasting, whole.total) if ask.applicants else _places(owned, lasting, by))
    figures: dict[str, Number] = {"at": at.isoformat(), "owned": whole.total, "over_10_years": high_whole.total}
    figures |= _density("", whole.total, ask.populations)
    notes = [*caveats.density(at, ask.today)]
    if ask.applicants and population.entities:
        notes.append(caveats.merged(sum(len(party.names) > 1 for party in asked(population).values())))
    if len(rows) < len(table.cells):
        notes.append(caveats.cut(by, len(rows)))
    columns = ("persons", "density", "over_10_years")
    return owned.told(NAME, (by,), table, rows=rows, columns=columns, figures=figures, notes=notes)


def _places(owned: Population, lasting: Population, by: str) -> Steps[tuple[Table, list[Row]]]:
    """The places whose people are told, or the first ones."""
    ask = owned.ask
    named = tuple(name for name in ask.populations if name)
    only = {by: named} if named else None
    table, high = yield Round(tuple(each.question(by, size=(LISTED,), only=only) for each in (owned, lasting)))
    over = {cell.keys[0]: cell.count for cell in high.cells}
    shown = table.cells[: max(ask.size, len(named))]
    return table, [owned.row((by,), cell, _values(owned, cell, over)) for cell in shown]


def _enterprises(owned: Population, lasting: Population, total: int) -> Steps[tuple[Table, list[Row]]]:
    """Those asked for, each under all its names where these are merged."""
    parties = asked(owned)
    questions = (each.narrowed(party.clause("applicant")).question() for party in parties.values() for each in (owned, lasting))
    tables = yield Round(tuple(questions))
    cells = [Cell((name,), table.total) for name, table in zip(parties, tables[::2], strict=True) if table.total]
    over = {name: table.total for name, table in zip(parties, tables[1::2], strict=True)}
    cells.sort(key=lambda cell: (-cell.count, cell.keys))
    rows = [
        owned.row(("applicant",), cell, _values(owned, cell, over), parties[cell.keys[0]].clause("applicant")) for cell in cells
    ]
    return Table(tuple(cells), total, (total,)), rows


def _in_force(at: date) -> Query:
    """In force still, or ended after the day."""
    ended = either(*(Value("legal", state) for state in ("lapsed", "expired", "invalid")))
    return either(Value("legal", "in_force"), both(ended, Range("legal_since", (at + timedelta(days=1)).isoformat(), None)))


def _values(population: Population, cell: Cell, over: Mapping[str, int]) -> dict[str, Number]:
    return _density(cell.keys[0], cell.count, population.ask.populations) | {"over_10_years": over.get(cell.keys[0], 0)}


def _density(key: str, count: int, populations: Mapping[str, float]) -> dict[str, Number]:
    """`density` is for 10,000 people."""
    persons = populations.get(key)
    return {"persons": persons, "density": round(count * _TEN_THOUSAND / persons, 4) if persons else None}
