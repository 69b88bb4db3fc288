"""Tables: counts by any dimensions, in any unit, and the documents behind each cell. The names are the specification.

What is right is counted document by document (`tests.contract.recount`)."""

from collections.abc import Iterator

import pytest

from search.engine import drill
from search.engine.model import Question
from search.loads.ordinals import DatabaseOrdinals
from search.patent.model import Patent
from search.query import parse
from search.query.render import render
from search.query.tree import All, Query, both
from tests.contract import recount
from tests.contract.conftest import Place
from tests.contract.shelf import Shelf
from tests.contract.stock import FIELDS, populations, questions, stock

HELD = stock(160, seed=1)
POPULATIONS = populations()


@pytest.fixture(scope="module")
def stocked(place: Place, ordinals: DatabaseOrdinals) -> Iterator[Shelf]:
    """Documents in several segments, of which some were written again and some deleted."""
    opened = Shelf.open(place(), ordinals)
    opened.put(*stock(160, seed=2)[:90])
    opened.put(*HELD[:100], *stock(170, seed=3)[160:])
    opened.put(*HELD[100:])
    stale = {found.patent.number for found in opened.scanned()} - {patent.number for patent in HELD}
    opened.remove(*stale)
    yield opened
    opened.index.close()


def matching(shelf: Shelf, query: Query, filters: dict[str, Query]) -> list[Patent]:
    return [found.patent for found in shelf.scanned(both(query, *filters.values()))]


@pytest.mark.parametrize("population", range(len(POPULATIONS)))
def test_every_table_is_that_of_counting_document_by_document(stocked: Shelf, population: int) -> None:
    query, filters = POPULATIONS[population]
    asked = questions(60, seed=population)
    for question, table in zip(asked, stocked.index.aggregate(query, asked, filters=filters), strict=True):
        narrowed = filters | ({"within": question.within} if question.within else {})
        assert table == recount.table(matching(stocked, query, narrowed), question), question


@pytest.mark.parametrize("dimension", FIELDS)
def test_the_clause_of_a_cell_finds_what_it_counts(stocked: Shelf, dimension: str) -> None:
    (table,) = stocked.index.aggregate(All(), [Question((dimension,))])
    assert table.cells
    clauses = [drill.clause(dimension, cell.keys[0]) for cell in table.cells]
    assert stocked.index.counts(clauses) == [cell.count for cell in table.cells]
    for clause in clauses:
        assert parse(render(clause)).tree == clause
