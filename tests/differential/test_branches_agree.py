"""Collections with branches drawn over real documents: every cell of a crossing recounted from the records, both engines alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from search.analysis.model import Analysis, Ask
from search.analysis.service import Analyst
from search.engine.model import Request
from search.engine.port import PatentIndex
from search.patent.model import Patent
from search.query import parse
from search.query.tree import Query, Value
from search.saved.collections import trees
from search.saved.collections.divided import NOWHERE, Division
from search.saved.collections.model import OUTSIDE, Branch
from tests.differential import questions as drawn
from tests.differential.test_analysis_agrees import KEYS, TODAY, UNITS, counts

BY = (("application_year",), ("applicant",), ("group",), ("region",), ("country", "section"), ("kind", "publication_year"))
QUERIES = (
    "ipc:A",
    "ipc:H01",
    "ipc:G06F",
    "country:CN AND stage:granted",
    "装置",
    "method OR 方法",
    "type:utility_model",
    "title:电",
)

pytestmark = [pytest.mark.elastic, pytest.mark.data]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A collection, its branches, and a question about them."""

    whole: Query
    divisions: Sequence[Division]
    ask: Ask

    def answer(self, index: PatentIndex) -> Analysis:
        return Analyst(index, divided=self._divided).answer("branches", self.ask)

    def _divided(self, _user: str, _id: str, *, expand: bool) -> Sequence[Division]:
        assert expand
        return self.divisions


@pytest.fixture(scope="session")
def collections(documents: list[Patent]) -> list[Drawn]:
    draw = drawn.Drawer(documents, seed=9)
    numbers = [patent.number for patent in documents]
    return [_drawn(draw.random, numbers, by) for by in BY]


def _drawn(random: Any, numbers: list[str], by: tuple[str, ...]) -> Drawn:
    def some(most: int) -> list[str]:
        return sorted(random.sample(numbers, random.randint(0, most)))

    branches: dict[str, Branch] = {}
    for place in range(random.randint(3, 6)):
        parent = random.choice((None, *(code for code in branches if code.count(".") < 2)))
        code = f"{parent}.{place}" if parent else str(place)
        branches[code] = Branch(code, parent, place, code, canonical=parse(random.choice(QUERIES)).canonical)
    placed = {code: (some(20), some(200)) for code in branches if random.random() < 0.5}
    whole = trees.collection(parse("*").canonical, some(300), some(300))
    held = [(code, trees.branch(code, branches, placed, whole)) for code in branches]
    divisions = [Division(code, code, code, code.count(".") + 1, branches[code].parent, tree) for code, tree in held]
    outside = Division(OUTSIDE, *NOWHERE, 0, None, trees.outside(branches, placed, whole))
    ask = Ask(
        query=whole,
        said=Value("collection", "a"),
        unit=random.choice(UNITS),
        by=by,
        size=30,
        today=TODAY,
    )
    return Drawn(whole, (*divisions, outside), ask)


def test_every_cell_is_what_the_records_say(embedded: PatentIndex, documents: list[Patent], collections: list[Drawn]) -> None:
    held = {patent.number: patent for patent in documents}
    cells = 0
    for each in collections:
        table = each.answer(embedded)
        assert set(table.by[1:]) <= KEYS.keys()
        for division in each.divisions:
            assert division.tree is not None
            within = [held[number] for number in drawn.every(embedded, Request(division.tree, size=drawn.PAGE, whole=False))]
            rows = {row.keys[1:]: row.count for row in table.rows if row.keys[0] == division.code}
            recounted = counts(within, _without_branch(table))
            assert rows == {keys: recounted.get(keys, 0) for keys in rows}
            shown = {key for row in table.rows for key in row.keys[1:]}
            assert {keys for keys in recounted if shown.issuperset(keys)} <= rows.keys()
            cells += len(rows)
    print(f"{cells} cells")
    assert cells > 200


def test_both_engines_give_the_same_tables(embedded: PatentIndex, elastic: PatentIndex, collections: list[Drawn]) -> None:
    for each in collections[::2]:
        assert each.answer(elastic) == each.answer(embedded)


def _without_branch(table: Analysis) -> Analysis:
    return Analysis(table.name, table.by[1:], table.rows, table.columns, table.population, table.total, table.unit)
