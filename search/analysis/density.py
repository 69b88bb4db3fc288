"""有效发明专利拥有量 of 10,000 people: granted inventions in force on a day, by the addresses of a region or by a list of
enterprises (a park has no division code: 国知办发管字〔2017〕30号), as far as the documents held tell."""

from collections.abc import Mapping
from datetime import date, timedelta

from search.analysis import caveats
from search.analysis.entities import LISTED
from search.analysis.errors import ApplicantsAsked, DayAhead, DimensionsAsked
from search.analysis.grants import GRANTED, holders
from search.analysis.model import Analysis, Number
from search.analysis.population import Population, Round, Steps
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
    long = Range("application_date", None, at.replace(year=at.year - _LONG, day=min(at.day, 28)).isoformat())
    lasting = owned.narrowed(long)
    only = {by: ask.applicants} if ask.applicants else {by: tuple(name for name in ask.populations if name)}
    table, high, whole, high_whole = yield Round(
        (
            owned.question(by, size=(LISTED,), only=only if only[by] else None),
            lasting.question(by, size=(LISTED,), only=only if only[by] else None),
            owned.question(),
            lasting.question(),
        )
    )
    over = {cell.keys[0]: cell.count for cell in high.cells}
    columns = ("persons", "density", "over_10_years")
    rows = [
        owned.row((by,), cell, _values(cell.keys[0], cell.count, ask.populations) | {"over_10_years": over.get(cell.keys[0], 0)})
        for cell in table.cells
    ][: max(ask.size, len(only[by]))]
    figures: dict[str, Number] = {"at": at.isoformat(), "owned": whole.total, "over_10_years": high_whole.total}
    figures |= _values("", whole.total, ask.populations)
    return owned.told(NAME, (by,), table, rows=rows, columns=columns, figures=figures, notes=caveats.density(at, ask.today))


def _in_force(at: date) -> Query:
    """In force still, or ended after the day."""
    ended = either(*(Value("legal", state) for state in ("lapsed", "expired", "invalid")))
    return either(Value("legal", "in_force"), both(ended, Range("legal_since", (at + timedelta(days=1)).isoformat(), None)))


def _values(key: str, count: int, populations: Mapping[str, float]) -> dict[str, Number]:
    """`density` is for 10,000 people."""
    persons = populations.get(key)
    return {"persons": persons, "density": round(count * _TEN_THOUSAND / persons, 4) if persons else None}
