"""Tables: counts by any dimensions, in any unit, and the documents behind each cell. The names are the specification.

What is right is counted document by document (`tests.contract.recount`)."""

from collections.abc import Iterator, Mapping

import pytest

from search.engine import drill
from search.engine.errors import TooManyCells
from search.engine.model import Cell, Question, Table, Unit
from search.loads.ordinals import DatabaseOrdinals
from search.patent.model import Legal, Party, Reference
from search.query import parse
from search.query.render import render
from search.query.tree import All, And, Near, Not, Query, Value, Word, both
from tests import machine
from tests.contract import recount
from tests.contract.conftest import MANY, Place
from tests.contract.library import paper, parties, symbols
from tests.contract.shelf import Shelf
from tests.contract.stock import FIELDS, populations, questions, stock

HELD = stock(120, seed=1)
READ = {patent.number: recount.read(patent) for patent in HELD}
POPULATIONS = populations()
EACH = 60 if machine.soaking() else 25


@pytest.fixture(scope="module")
def stocked(place: Place, ordinals: DatabaseOrdinals) -> Iterator[Shelf]:
    """Documents in several segments, of which some were written again and some deleted."""
    opened = Shelf.open(place(), ordinals)
    opened.put(*stock(60, seed=2))
    opened.put(*HELD[:100])
    opened.put(*HELD[100:])
    opened.remove(*{found.patent.number for found in opened.scanned()} - READ.keys())
    yield opened
    opened.index.close()


def tables(shelf: Shelf, *asked: Question, query: Query | None = None) -> list[Table]:
    return shelf.index.aggregate(query or All(), asked)


def counts(table: Table) -> dict[str, int]:
    """Of one dimension, in the order of the table."""
    return {cell.keys[0]: cell.count for cell in table.cells}


def matching(shelf: Shelf, query: Query, filters: Mapping[str, Query]) -> list[recount.Read]:
    return [READ[number] for number in shelf.numbers(query, filters=filters, size=len(HELD))]


@pytest.mark.parametrize("population", range(len(POPULATIONS)))
def test_every_table_is_that_of_counting_document_by_document(stocked: Shelf, population: int) -> None:
    query, filters = POPULATIONS[population]
    asked = questions(EACH, seed=population)
    for question, table in zip(asked, stocked.index.aggregate(query, asked, filters=filters), strict=True):
        narrowed = filters | ({"within": question.within} if question.within else {})
        assert table == recount.table(matching(stocked, query, narrowed), question), question


def test_the_clauses_of_cells_find_what_they_count(stocked: Shelf) -> None:
    found = tables(stocked, *(Question((dimension,)) for dimension in FIELDS))
    assert all(table.cells for table in found)
    cells = [(name, cell) for name, table in zip(FIELDS, found, strict=True) for cell in table.cells]
    clauses = [drill.clause(name, cell.keys[0]) for name, cell in cells]
    assert [parse(render(clause)).tree for clause in clauses] == clauses
    assert stocked.index.counts(clauses) == [cell.count for _, cell in cells]


@pytest.mark.parametrize("unit", ["publication", "application", "family"])
def test_the_documents_of_a_crossing_are_of_as_many_units_as_it_counts(stocked: Shelf, unit: Unit) -> None:
    by = ("applicant", "publication_year")
    population = Not(Value("type", "design"))
    (table,) = tables(stocked, Question(by, unit, size=(3, 2)), query=population)
    assert table.cells
    for cell in table.cells:
        query = both(population, *(drill.clause(name, key) for name, key in zip(by, cell.keys, strict=True)))
        (opened,) = tables(stocked, Question((), unit), query=query)
        assert opened.total == cell.count


def test_a_unit_counts_once_in_a_cell_however_many_documents_it_has(shelf: Shelf) -> None:
    twice = Reference(number="US00000001", date="2019-01-01")
    shelf.put(
        paper("CN1A", application=twice, family="F", applicants=parties("甲"), ipc=symbols("H01M 10/04", "H01M 4/02")),
        paper("CN1B", application=twice, family="F", applicants=parties("甲", "乙")),
        paper("US2A", family="F", applicants=parties("甲")),
        paper("US3A", applicants=parties("甲")),
    )
    units: tuple[Unit, ...] = ("publication", "application", "family")
    found = tables(shelf, *(Question(("applicant",), unit) for unit in units))
    assert [(counts(table), table.total, table.known) for table in found] == [
        ({"甲": 4, "乙": 1}, 4, (4,)),
        ({"甲": 3, "乙": 1}, 3, (3,)),
        ({"甲": 2, "乙": 1}, 2, (2,)),
    ]
    subclass, group = tables(shelf, Question(("subclass",)), Question(("group",)))
    assert (counts(subclass), subclass.known) == ({"H01M": 1}, (1,))
    assert counts(group) == {"H01M10": 1, "H01M4": 1}


def test_first_keys_are_those_of_the_dimension_by_itself_and_ties_go_by_key(shelf: Shelf) -> None:
    shelf.put(
        paper("CN1A", applicants=parties("乙", "丙"), publication_date="2020-01-01"),
        paper("CN2A", applicants=parties("乙", "甲"), publication_date="2020-01-01"),
        paper("CN3A", applicants=parties("丁"), publication_date="2021-01-01"),
    )
    first, crossed, none = tables(
        shelf,
        Question(("applicant",), size=(3,)),
        Question(("applicant", "publication_year"), size=(2, 1), only={"applicant": ("丁", "甲")}),
        Question(("applicant",), size=(0,)),
    )
    assert list(counts(first).items()) == [("乙", 2), ("丁", 1), ("丙", 1)]
    assert crossed.cells == (Cell(("甲", "2020"), 1),)
    assert (none.cells, none.known) == ((), (3,))


def test_keys_that_nothing_has_and_dimensions_that_nobody_filled_count_nothing(shelf: Shelf) -> None:
    shelf.put(paper("CN1A", legal=Legal(status="in_force", version=1)))
    unknown, empty, nowhere = tables(
        shelf,
        Question(("legal", "country"), only={"legal": ("lapsed", "in_force\nCN")}),
        Question(("city", "country"), "family"),
        Question(("legal",), "application", within=Word("不存在的词")),
    )
    assert unknown == Table((), 1, (1, 1))
    assert empty == Table((), 1, (0, 1))
    assert nowhere == Table((), 0, (0,))


def test_different_keys_are_counted_where_a_dimension_is(shelf: Shelf) -> None:
    shelf.put(
        paper("CN1A", applicants=parties("甲", "乙"), publication_date="2020-01-01"),
        paper("CN2A", applicants=parties("甲"), publication_date="2020-01-01"),
        paper("CN3A", applicants=parties("甲"), publication_date="2021-01-01"),
        paper("CN4A", applicants=parties("丙")),
    )
    (table,) = tables(shelf, Question(("publication_year",), of="applicant"))
    assert (counts(table), table.total, table.known) == ({"2020": 2, "2021": 1}, 3, (2,))


def test_a_dimension_crossed_with_itself_tells_what_stands_together(shelf: Shelf) -> None:
    shelf.put(paper("CN1A", inventors=parties("甲", "乙")), paper("CN2A", inventors=parties("甲")))
    (table,) = tables(shelf, Question(("inventor", "inventor")))
    assert table.cells == (Cell(("乙", "乙"), 1), Cell(("乙", "甲"), 1), Cell(("甲", "乙"), 1), Cell(("甲", "甲"), 2))


def test_the_origin_is_the_first_applicants_and_places_are_everybodys(shelf: Shelf) -> None:
    shelf.put(
        paper(
            "CN1A",
            applicants=(
                Party(name="Acme", country="US"),
                Party(name="甲", country="CN", region="江苏", city="苏州市"),
                Party(name="乙", country="CN", region="广东省"),
            ),
        )
    )
    origin, region, city = tables(shelf, *(Question((name,)) for name in ("origin", "region", "city")))
    assert [counts(table) for table in (origin, region, city)] == [{"US": 1}, {"广东省": 1, "江苏省": 1}, {"苏州市": 1}]


def test_distances_are_measured_in_the_population_and_in_a_questions_own(shelf: Shelf) -> None:
    shelf.put(
        *(paper(f"CN{n}A", titles={"zh": "锂电池的充电方法" if n % 2 else "锂电池组及其快速充电的方法"}) for n in range(8)),
        *(paper(f"US{n}A", titles={"zh": "锂电池的充电方法"}) for n in range(3)),
    )
    close = Near(Word("锂电池", "title"), Word("充电", "title"), distance=1, ordered=True)
    nested = Near(Near(Word("锂电池", "title"), Word("充电", "title"), distance=1), Word("方法", "title"), distance=0)
    for query in (close, nested, And((close, nested))):
        assert counts(tables(shelf, Question(("country",)), query=query)[0]) == {"CN": 4, "US": 3}
        assert counts(tables(shelf, Question(("country",), within=query))[0]) == {"CN": 4, "US": 3}


def test_tables_follow_what_is_written_and_deleted(shelf: Shelf) -> None:
    shelf.put(paper("CN1A", applicants=parties("甲")), paper("CN2A", applicants=parties("甲")))
    shelf.put(paper("CN1A", applicants=parties("乙")))
    assert counts(tables(shelf, Question(("applicant",)))[0]) == {"乙": 1, "甲": 1}
    shelf.remove("CN2A")
    assert tables(shelf, Question(("applicant",))) == [Table((Cell(("乙",), 1),), 1, (1,))]


def test_more_than_ten_thousand_units_are_counted(many: Shelf) -> None:
    (family,) = tables(many, Question(("publication_year",), "family"))
    assert family == Table((Cell(("2020",), MANY),), MANY, (MANY,))


def test_more_first_keys_than_are_counted_at_once_are_refused(library: Shelf) -> None:
    with pytest.raises(TooManyCells):
        tables(library, Question(("applicant", "country"), size=(10_001,)))


def test_a_dimension_that_is_none_is_no_question(library: Shelf) -> None:
    for wrong in (Question(("colour",)), Question(("country",), of="colour"), Question(("country",) * 4)):
        with pytest.raises(ValueError, match="no table"):
            tables(library, wrong)


def test_all_keys_of_a_large_dimension_are_counted_and_too_many_cells_refused(shelf: Shelf) -> None:
    names = [parties(*(f"{n:04}" for n in range(start, start + 260))) for start in range(0, 1_300, 260)]
    shelf.put(*(paper(f"CN{n}A", inventors=some) for n, some in enumerate(names)))
    one, first, crossed = tables(
        shelf,
        Question(("inventor",)),
        Question(("inventor",), size=(2,)),
        Question(("inventor", "country"), "application"),
    )
    assert [cell.keys[0] for cell in one.cells] == [f"{n:04}" for n in range(1_300)]
    assert first.cells == one.cells[:2]
    assert len(crossed.cells) == 1_300
    for unit in ("publication", "family"):
        with pytest.raises(TooManyCells):
            tables(shelf, Question(("inventor", "inventor"), unit))  # 5 * 260 * 260
