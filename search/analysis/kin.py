"""Families that reach abroad: documents of a population of whose family another office has published a member that is held.

A family is what documents count by (`search.engine.layout.family`): what the source names so, else a first filing in common.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from search.analysis.population import Population
from search.engine import layout
from search.engine.every import every
from search.engine.model import Request
from search.engine.port import PatentReader
from search.patent.model import Kin, kin
from search.query.tree import All, Expanded, Not, Query, Value, both

LOOKED_AT = 20_000
"""Documents of a population whose families are looked up."""

HOME = ("CN", "HK", "MO", "TW")
"""Neither abroad nor, in CNIPA's statistics, countries of origin of 来华: Hong Kong, Macao and Taiwan too."""

_AT_ONCE = 1_000
_NAMED, _FILED = "family ", "filing "
"""How `search.engine.layout.family` begins: a family by its name, or by its first filing."""


def abroad(population: Population) -> tuple[str, ...] | None:
    """Numbers of its documents, ascending, with a member abroad; ``None`` where there are more than `LOOKED_AT` of them. Looked up
    once a request."""
    if population.within not in population.reached:
        population.reached[population.within] = _abroad(population)
    return population.reached[population.within]


def _abroad(population: Population) -> tuple[str, ...] | None:
    ask, reader = population.ask, population.reader
    whole = ask.query if population.within is None else both(ask.query, population.within)
    if reader.search(Request(whole, ask.filters, size=0)).total > LOOKED_AT:
        return None
    families = {each.number: layout.family(each) for each in _found(reader, whole, ask.filters)}
    reached = _reached(reader, {family for family in families.values() if family})
    return tuple(number for number, family in families.items() if family in reached)


def _reached(reader: PatentReader, families: Collection[str]) -> set[str]:
    """Those of the families that have a member abroad."""
    named = sorted(family.removeprefix(_NAMED) for family in families if family.startswith(_NAMED))
    filed = sorted(family.removeprefix(_FILED) for family in families if family.startswith(_FILED))
    away: Query = both(All(), *(Not(Value("country", office)) for office in HOME))
    members: list[Kin] = []
    for some in _parts(named):
        members += _found(reader, both(Expanded("family", "", tuple(some)), away), {})
    for some in _parts(filed):
        claiming, filings = (reader.resolve(some, of=kind) for kind in ("priority", "application"))
        numbers = [number for number in dict.fromkeys((*claiming, *filings)) if not number.startswith(HOME)]
        members += [kin(line) for line in reader.get(numbers) if line is not None]
    return {family for each in members if (family := layout.family(each))} & set(families)


def _found(reader: PatentReader, query: Query, filters: Mapping[str, Query]) -> Iterator[Kin]:
    """The documents, by number, in a stable view."""
    return (kin(hit.document) for hit in every(reader, query, filters) if hit.document is not None)


def _parts(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    return (keys[start : start + _AT_ONCE] for start in range(0, len(keys), _AT_ONCE))
