"""Analysis by all branches at once, over either engine: recounted document by document, and held against each branch by itself."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

import pytest

from search.analysis.errors import BranchesAsked, DimensionsAsked, NoBranches
from search.analysis.model import Analysis, Ask, Name, Row
from search.analysis.service import QUESTIONS, Analyst
from search.analysis.years import DATES
from search.engine.errors import TooManyCells
from search.engine.model import Question
from search.loads.ordinals import DatabaseOrdinals
from search.query import parse
from search.query.errors import QueryError
from search.query.sets import resolve
from search.query.tree import All, Query, Value, both
from search.saved.collections import trees
from search.saved.collections.divided import NOWHERE, Division
from search.saved.collections.model import OUTSIDE, Branch
from tests.contract import recount
from tests.contract.conftest import Place
from tests.contract.shelf import Shelf
from tests.contract.stock import UNITS, stock

TODAY = date(2026, 11, 24)
ID = "0123456789abcdef"
HELD = {patent.number: patent for patent in stock(120, seed=3)}
READ = {number: recount.read(patent) for number, patent in HELD.items()}
CLAUSES = (("country", "CN"), ("country", "US"), ("type", "design"), ("stage", "granted"), ("legal", "pending"), ("origin", "US"))
BY = (
    ("application_year",), ("publication_year",), ("grant_year",), ("applicant",), ("inventor",), ("origin",), ("region",),
    ("city",),
    ("subclass",), ("field",), ("legal",), ("kind",), ("applicant", "application_year"), ("type", "subclass"),
)  # fmt: skip
NEEDED: Mapping[Name, Mapping[str, Any]] = {
    "custom": {"by": ("origin", "section")},
    "grants": {"applicants": ("甲公司", "Acme, Inc.")},
    "competitors": {"applicants": ("甲公司", "Acme, Inc.", "OR")},
    "density": {"populations": {"江苏省": 10_000, "": 50_000}},
}


@pytest.fixture(scope="module")
def shelf(place: Place, ordinals: DatabaseOrdinals) -> Iterator[Shelf]:
    opened = Shelf.open(place(), ordinals)
    opened.put(*list(HELD.values())[:70])
    opened.put(*list(HELD.values())[70:])
    yield opened
    opened.index.close()


class Drawn:
    """A collection with branches to three levels, as people might have made it; what each holds also by sets of numbers."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.clause = self.chance.choice((None, *CLAUSES))
        self.put_in, self.put_out = self.some(30), self.some(10)
        self.branches: dict[str, Branch] = {}
        self.asked: dict[str, tuple[str, str] | None] = {}
        for place in range(self.chance.randint(2, 7)):
            parent = self.chance.choice((None, *(code for code in self.branches if code.count(".") < 2)))
            code = f"{parent}.{place}" if parent else str(place)
            self.asked[code] = self.chance.choice((None, *CLAUSES))
            self.branches[code] = Branch(code, parent, place, f"分支 {code}", canonical=_text(self.asked[code]))
        self.placed = {code: (self.some(8), self.some(8)) for code in self.branches if self.chance.random() < 0.6}

    def some(self, most: int) -> list[str]:
        return sorted(self.chance.sample(list(HELD), self.chance.randint(0, most)))

    @cached_property
    def whole(self) -> Query:
        return trees.collection(_text(self.clause), self.put_in, self.put_out)

    def tree(self, code: str) -> Query:
        if code == OUTSIDE:
            return trees.outside(self.branches, self.placed, self.whole)
        return trees.branch(code, self.branches, self.placed, self.whole)

    def divided(self, _user: str, id: str, *, expand: bool = True) -> list[Division]:  # noqa: A002
        assert id == ID
        found = [
            Division(code, each.name, each.name, code.count(".") + 1, each.parent, self.tree(code))
            for code, each in self.branches.items()
        ]
        return [*found, Division(OUTSIDE, *NOWHERE, 0, None, self.tree(OUTSIDE))]

    @property
    def codes(self) -> list[str]:
        return [*self.branches, OUTSIDE]

    def numbers(self, code: str = "") -> set[str]:
        """By sets: the trees of the questions are not asked."""
        held = (_having(self.clause) | set(self.put_in)) - set(self.put_out)
        if code == OUTSIDE:
            return held.difference(*(self.numbers(each) for each in self.branches))
        if not code:
            return held
        held &= self.own(code)
        while above := self.branches[code].parent:
            held -= set(self.placed.get(above, ((), ()))[1])
            code = above
        return held

    def own(self, code: str) -> set[str]:
        put_in, put_out = self.placed.get(code, ((), ()))
        held = _having(self.asked[code]) | set(put_in)
        for each in self.branches.values():
            held |= self.own(each.code) if each.parent == code else set()
        return held - set(put_out)

    def resolved(self, text: str) -> Query:
        """What a text opens, its collections written out."""
        return resolve(parse(text, "native").tree, lambda _number: None, self._named)

    def _named(self, name: str) -> Query | None:
        assert name.startswith(ID)
        return self.tree(name.partition("/")[2]) if "/" in name else self.whole


def _text(clause: tuple[str, str] | None) -> str | None:
    return f"{clause[0]}:{clause[1]}" if clause else None


def _having(clause: tuple[str, str] | None) -> set[str]:
    return {number for number, read in READ.items() if clause and clause[1] in read.keys[clause[0]]}


def asked(shelf: Shelf, drawn: Drawn, said: Query | None = None, **ask: Any) -> Analysis:
    """The table of all branches, over the collection or what of it is `said`."""
    said = said or Value("collection", ID)
    query = resolve(said, lambda _number: None, drawn._named)
    analyst = Analyst(shelf.index, divided=drawn.divided, entities=lambda _user: [("甲公司", "Acme, Inc.")])
    return analyst.answer("branches", Ask(query=query, said=said, today=TODAY, **ask))


def tables(analysis: Analysis) -> Iterator[Analysis]:
    yield analysis
    for part in analysis.parts:
        yield from tables(part)


def of(table: Analysis, code: str) -> list[tuple[tuple[str, ...], int]]:
    return [(row.keys[1:], row.count) for row in table.rows if row.keys[0] == code and row.count]


def opened(shelf: Shelf, drawn: Drawn, rows: Sequence[Row], unit: Any) -> list[int]:
    """How many units each row's own query finds."""
    questions = [Question(unit=unit, within=drawn.resolved(row.query)) for row in rows]
    return [table.total for table in shelf.index.aggregate(All(), questions)]


@pytest.mark.parametrize("seed", range(3))
def test_a_crossing_is_what_counting_document_by_document_gives_and_what_it_opens(shelf: Shelf, seed: int) -> None:
    drawn = Drawn(seed)
    units = {code: {READ[number].units[UNITS[seed % 3]] for number in drawn.numbers(code)} for code in ("", *drawn.codes)}
    for place, by in enumerate(BY[seed % 2 :: 2]):
        unit, size = UNITS[seed % 3], (50, 3)[place % 2]
        table = asked(shelf, drawn, unit=unit, by=by, size=size)
        documents = [READ[number] for number in drawn.numbers()]
        only = {
            name: tuple(cell.keys[0] for cell in recount.table(documents, Question((name,), unit=unit, size=(size,))).cells)
            for name in by
            if name not in DATES
        }
        for code in drawn.codes:
            within = [READ[number] for number in drawn.numbers(code)]
            cells = recount.table(within, Question(by, unit=unit, only=only)).cells
            assert sorted(of(table, code)) == sorted((cell.keys, cell.count) for cell in cells), (by, code)
            first, *_ = table.parts
            assert [row.count for row in first.rows if row.keys == (code,)] == [len(units[code])]
        assert table.total == len(units[""])
        if units[""]:
            assert table.coverage["branch"] == round(
                len(set().union(*(units[code] for code in drawn.branches))) / len(units[""]), 6
            )
        rows = [*table.parts[0].rows, *table.rows[:: 1 + len(table.rows) // 8]]
        assert opened(shelf, drawn, rows, unit) == [row.count for row in rows]


@pytest.mark.parametrize("name", [name for name in QUESTIONS if name != "branches"])
def test_a_question_asked_of_each_branch_is_that_question_of_the_branch(shelf: Shelf, name: Name) -> None:
    drawn = next(each for each in map(Drawn, range(99)) if len(each.branches) == 3)
    further: dict[str, Any] = {"unit": "application", "size": 4, "merged": name in ("parties", "matrix", "network")} | dict(
        NEEDED.get(name, {})
    )
    together = asked(shelf, drawn, each=name, **further)
    analyst = Analyst(shelf.index, entities=lambda _user: [("甲公司", "Acme, Inc.")])
    alone = {
        code: list(
            tables(
                analyst.answer(name, Ask(query=drawn.tree(code), said=Value("collection", f"{ID}/{code}"), today=TODAY, **further))
            )
        )
        for code in drawn.codes
    }
    assert (together.name, together.crossed) == (name, together.by[1:] == ("application_year",))
    first, totals, *more = together, together.parts[0], *together.parts[1:]
    assert totals.by == ("branch",)
    for code in drawn.codes:
        found = [[replace(row, keys=row.keys[1:]) for row in table.rows if row.keys[0] == code] for table in (first, *more)]
        assert [each for each in found if each] == [[*table.rows] for table in alone[code] if table.rows], code
        row = next(row for row in totals.rows if row.keys == (code,))
        assert {key: row.values.get(key) for key in alone[code][0].figures} == alone[code][0].figures
    rows = [row for table in (first, *more) for row in table.rows[:: 1 + len(table.rows) // 5]]
    assert opened(shelf, drawn, rows, "application") == [row.count for row in rows]


def test_with_further_conditions_and_filters_a_branch_is_what_it_has_of_them(shelf: Shelf) -> None:
    drawn = Drawn(5)
    said = both(Value("collection", ID), Value("country", "CN"))
    table = asked(shelf, drawn, said, filters={"type": Value("type", "invention")}, unit="publication")
    wanted = _having(("country", "CN")) & _having(("type", "invention"))
    assert {row.keys[0]: row.count for row in table.rows} == {code: len(drawn.numbers(code) & wanted) for code in drawn.codes}
    assert opened(shelf, drawn, table.rows, "publication") == [row.count for row in table.rows]
    code = next(code for code in drawn.branches if "." in code)
    within = asked(shelf, drawn, Value("collection", f"{ID}/{code}"), unit="publication")
    assert {row.keys[0]: row.count for row in within.rows} == {
        each: len(drawn.numbers(each) & drawn.numbers(code)) for each in drawn.codes
    }


def test_names_that_belong_together_count_once_in_each_branch(shelf: Shelf) -> None:
    drawn = Drawn(2)
    table = asked(shelf, drawn, by=("applicant", "type"), size=50, merged=True)
    plain = asked(shelf, drawn, by=("applicant",), size=50, merged=True)
    pair = {"甲公司", "Acme, Inc."}
    held = {row.keys[1] for row in plain.rows}
    assert len(held & pair) == 1
    [name] = held & pair
    for code in drawn.codes:
        documents = [READ[number] for number in drawn.numbers(code)]
        both_of_them = {each.units["application"] for each in documents if pair & set(each.keys["applicant"])}
        assert dict(of(plain, code)).get((name,), 0) == len(both_of_them)
        for kind in ("invention", "design"):
            wanted = {
                each.units["application"] for each in documents if pair & set(each.keys["applicant"]) and kind in each.keys["type"]
            }
            assert dict(of(table, code)).get((name, kind), 0) == len(wanted)
    rows = [row for row in (*table.rows, *plain.rows) if name in row.keys]
    assert opened(shelf, drawn, rows, "application") == [row.count for row in rows]


def test_it_says_that_branches_overlap_and_what_was_not_counted(shelf: Shelf) -> None:
    drawn = Drawn(0)
    table = asked(shelf, drawn)
    assert [each.code for each in table.caveats].count("branches") == 1
    assert [part.by[1] for part in table.parts] == ["application_year", "applicant", "subclass", "region", "origin", "legal"]
    assert table.branches[OUTSIDE] == ("未入分支", "in no branch")
    assert {row.keys[0]: row.values["parent"] for row in table.rows} == {
        OUTSIDE: None, **{code: each.parent for code, each in drawn.branches.items()}
    }  # fmt: skip
    gone = next(iter(drawn.branches))

    def refusing(user: str, id: str, *, expand: bool) -> list[Division]:  # noqa: A002
        why = QueryError("too_many_clauses", 0, limit=500)
        return [
            replace(each, tree=None, refused=why) if each.code == gone else each for each in drawn.divided(user, id, expand=expand)
        ]

    said = Value("collection", ID)
    part = Analyst(shelf.index, divided=refusing).answer("branches", Ask(query=drawn.whole, said=said, today=TODAY))
    assert gone not in {row.keys[0] for row in part.rows}
    assert [drawn.branches[gone].name in each.zh for each in part.caveats if each.code == "branch_refused"] == [True]


@pytest.mark.parametrize(
    ("said", "ask", "error"),
    [
        (Value("country", "CN"), {}, BranchesAsked),
        (both(Value("collection", ID), Value("collection", "another")), {}, BranchesAsked),
        (Value("collection", ID), {"by": ("type", "legal", "region")}, DimensionsAsked),
        (Value("collection", ID), {"by": ("type", "type")}, DimensionsAsked),
        (Value("collection", ID), {"by": ("applicant",), "size": 10_000}, TooManyCells),
        (Value("collection", ID), {"each": "parties", "size": 10_000}, TooManyCells),
    ],
)
def test_what_is_refused(shelf: Shelf, said: Query, ask: Mapping[str, Any], error: type[Exception]) -> None:
    drawn = next(each for each in map(Drawn, range(99)) if len(each.branches) > 5)
    analyst = Analyst(shelf.index, divided=drawn.divided)
    with pytest.raises(error):
        analyst.answer("branches", Ask(query=drawn.whole, said=said, today=TODAY, **ask))


def test_a_collection_without_branches_says_what_to_do(shelf: Shelf) -> None:
    with pytest.raises(NoBranches, match=f"/collections/{ID}/branches"):
        Analyst(shelf.index).answer("branches", Ask(query=All(), said=Value("collection", ID), today=TODAY))
