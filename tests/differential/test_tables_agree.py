"""Tables of random questions over real documents: the embedded engine's are those of Elasticsearch, on one shard and on three."""

from dataclasses import replace

import pytest

from search.engine.errors import TooManyCells
from search.engine.model import Question, Table
from search.engine.port import PatentIndex
from search.query.tree import All, Query, Range, Word
from tests.contract.stock import questions

COUNT = 40
POPULATIONS: list[Query] = [All(), Word("装置"), Word("method"), Range("publication_date", low="2019-01-01")]

pytestmark = [pytest.mark.elastic, pytest.mark.data]


@pytest.fixture(scope="session")
def asked() -> list[list[Question]]:
    """Of the whole populations; which keys they have is not known here."""
    return [[replace(each, only={}, within=None) for each in questions(COUNT, seed=number)] for number in range(len(POPULATIONS))]


@pytest.fixture(scope="session")
def expected(embedded: PatentIndex, asked: list[list[Question]]) -> list[list[Table | None]]:
    return [answers(embedded, query, some) for query, some in zip(POPULATIONS, asked, strict=True)]


def test_both_engines_count_the_same(elastic: PatentIndex, asked: list[list[Question]], expected: list[list[Table | None]]) -> None:
    for query, some, ours in zip(POPULATIONS, asked, expected, strict=True):
        for question, table, theirs in zip(some, ours, answers(elastic, query, some), strict=True):
            assert table == theirs, f"{question} over {query}"


def test_the_tables_tell_something(expected: list[list[Table | None]]) -> None:
    cells = [len(table.cells) for tables in expected for table in tables if table]
    print(f"{len(cells)} tables of {sum(cells)} cells")
    assert sum(cells) > 5_000


def answers(index: PatentIndex, query: Query, asked: list[Question]) -> list[Table | None]:
    """Each table, ``None`` where it has too many cells."""
    found: list[Table | None] = []
    for question in asked:
        try:
            found += index.aggregate(query, [question])
        except TooManyCells:
            found.append(None)
    return found
