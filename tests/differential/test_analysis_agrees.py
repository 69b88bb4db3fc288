"""Random tables over real documents: every cell recounted in plain loops from the records, every row opened, both engines alike."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from search.analysis.model import Analysis, Ask, Name
from search.analysis.service import Analyst
from search.engine import layout
from search.engine.model import Question, Request, Unit
from search.engine.port import PatentIndex
from search.patent.model import Patent
from search.query import parse
from search.query.tree import All, Query, Range, Value, Word, both
from tests import machine
from tests.differential import questions as drawn

COUNT = 300 if machine.soaking() else 40
TODAY = date(2026, 11, 24)
UNITS: tuple[Unit, ...] = ("publication", "application", "family")
NAMES: tuple[Name, ...] = ("trend", "parties", "classes", "regions", "legal", "matrix", "custom", "network")

pytestmark = [pytest.mark.elastic, pytest.mark.data]


def _names(parties: Sequence[Any]) -> set[str]:
    return {" ".join(party.name.split())[:500] for party in parties}


def _symbols(cut: Callable[[str], str]) -> Callable[[Patent], set[str]]:
    return lambda patent: {cut(symbol.symbol) for symbol in patent.ipc}


KEYS: Mapping[str, Callable[[Patent], set[str | None]]] = {
    "publication_year": lambda patent: {patent.publication_date and patent.publication_date[:4]},
    "application_year": lambda patent: {patent.application and patent.application.date and patent.application.date[:4]},
    "applicant": lambda patent: _names(patent.applicants),
    "inventor": lambda patent: _names(patent.inventors),
    "agent": lambda patent: _names((*patent.agents, *patent.agent_firms)),
    "section": _symbols(lambda symbol: symbol[0]),
    "class": _symbols(lambda symbol: symbol[:3]),
    "subclass": _symbols(lambda symbol: symbol[:4]),
    "group": _symbols(lambda symbol: symbol.replace(" ", "").partition("/")[0]),
    "subgroup": _symbols(lambda symbol: symbol.replace(" ", "")),
    "country": lambda patent: {patent.country},
    "kind": lambda patent: {patent.kind},
    "type": lambda patent: {patent.type},
    "stage": lambda patent: {patent.stage},
    "region": lambda patent: {party.region for party in patent.applicants},
    "locarno": lambda patent: {symbol.symbol for symbol in patent.locarno},
}
"""Each dimension again, from the record, without the index's own reading of it."""


@dataclass(frozen=True, slots=True)
class Asked:
    name: Name
    ask: Ask


@pytest.fixture(scope="session")
def asked(documents: list[Patent]) -> list[Asked]:
    draw = drawn.Drawer(documents, seed=6)
    return [_asked(draw) for _ in range(COUNT)]


def _asked(draw: drawn.Drawer) -> Asked:
    random = draw.random
    queries: list[Query] = [
        All(),
        Value("country", "CN"),
        Word("装置"),
        Word("method"),
        Word(draw.chinese(2, 3)),
        Word(draw.latin().lower(), exact=True),
        Range("publication_date", "2019-01-01", None),
        both(Word(draw.chinese(2, 2)), Value("country", "CN")),
    ]
    name = random.choice(NAMES)
    by: tuple[str, ...] = ()
    if name in ("matrix", "custom"):
        by = tuple(random.sample(sorted(KEYS), 2 if name == "matrix" else random.randint(1, 3)))
    if name == "network":
        by = (random.choice(("applicant", "inventor")),)
    filters = {"country": Value("country", random.choice(("CN", "US")))} if random.random() < 0.3 else {}
    size = random.choice((1, 5, 20, 50))
    return Asked(name, Ask(query=random.choice(queries), filters=filters, unit=random.choice(UNITS), by=by, size=size, today=TODAY))


@pytest.fixture(scope="session")
def expected(embedded: PatentIndex, asked: list[Asked]) -> list[Analysis]:
    analyst = Analyst(embedded)
    return [analyst.answer(each.name, each.ask) for each in asked]


def tables(analysis: Analysis) -> Iterator[Analysis]:
    yield analysis
    for part in analysis.parts:
        yield from tables(part)


def test_every_cell_is_what_the_records_say(embedded: PatentIndex, documents: list[Patent], expected: list[Analysis]) -> None:
    held = {patent.number: patent for patent in documents}
    populations: dict[str, list[Patent]] = {}
    counted = cells = 0
    for analysis in expected:
        for table in tables(analysis):
            if table.population not in populations:
                request = Request(parse(table.population, "native").tree, size=drawn.PAGE, whole=False)
                populations[table.population] = [held[number] for number in drawn.every(embedded, request)]
            population = populations[table.population]
            assert table.total == len({unit(patent, table.unit) for patent in population})
            if set(table.by) <= KEYS.keys():
                found = counts(population, table)
                assert {row.keys: row.count for row in table.rows} == {row.keys: found.get(row.keys, 0) for row in table.rows}
                counted, cells = counted + 1, cells + len(table.rows)
    print(f"{counted} tables of {cells} cells")
    assert counted > COUNT


def test_every_row_opens_what_it_counts(embedded: PatentIndex, expected: list[Analysis]) -> None:
    for analysis in expected:
        for table in tables(analysis):
            rows = table.rows if machine.soaking() else table.rows[:: 1 + len(table.rows) // 4]
            opened = [Question(unit=table.unit, within=parse(row.query, "native").tree) for row in rows]
            assert [row.count for row in rows] == [found.total for found in embedded.aggregate(All(), opened)]


def test_both_engines_give_the_same_tables(elastic: PatentIndex, asked: list[Asked], expected: list[Analysis]) -> None:
    analyst = Analyst(elastic)
    for each, ours in zip(asked, expected, strict=True):
        assert analyst.answer(each.name, each.ask) == ours


def unit(patent: Patent, kind: Unit) -> str:
    application = patent.application.number if patent.application else None
    named = {"publication": None, "application": application, "family": layout.family(patent)}[kind]
    return f"{kind} {named}" if named else patent.number


def counts(population: Sequence[Patent], table: Analysis) -> dict[tuple[str, ...], int]:
    """Units by keys."""
    units: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for patent in population:
        cells: list[tuple[str, ...]] = [()]
        for dimension in table.by:
            cells = [(*cell, key) for cell in cells for key in KEYS[dimension](patent) if key]
        for cell in cells:
            units[cell].add(unit(patent, table.unit))
    return {cell: len(found) for cell, found in units.items()}
