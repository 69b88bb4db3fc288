"""Tables over the documents held and records beside them are what counting all of them one by one gives, on either engine."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from search.engine import layout
from search.engine.errors import TooManyCells
from search.engine.factory import open_index
from search.engine.joined import Beside, Joined
from search.engine.model import Question, Table, waiting
from search.engine.settings import EngineSettings
from search.loads.ordinals import DatabaseOrdinals
from search.patent.model import Patent
from search.query.tree import All, Query, Value, Word
from tests.contract import recount
from tests.contract.conftest import Place
from tests.contract.recount import Read
from tests.contract.shelf import Shelf, newer
from tests.contract.stock import UNITS, populations, questions, stock

EVERY = stock(240, seed=21)
RECORDS = EVERY[::4]
HELD = [patent for patent in EVERY if patent not in RECORDS]


@pytest.fixture(scope="module")
def shelf(place: Place, ordinals: DatabaseOrdinals) -> Iterator[Shelf]:
    opened = Shelf.open(place(), ordinals)
    opened.put(*HELD)
    yield opened
    opened.index.close()


@pytest.fixture(scope="module", params=["records", "held too"])
def beside(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Beside]:
    """The records, in an engine of their own; and where some of them have been loaded in the meantime."""
    records = [*RECORDS, *(HELD[:9] if request.param == "held too" else ())]
    shared = {unit: sharing(records, unit) for unit in UNITS}
    copied = {number for numbers in shared.values() for number in numbers}
    index = open_index(EngineSettings(data=tmp_path_factory.mktemp("beside")))
    index.write(records, merge=newer)
    index.write([patent for patent in HELD if patent.number in copied], merge=newer)
    index.flush()
    yield Beside(index, shared)
    index.close()


def sharing(records: Sequence[Patent], unit: str) -> tuple[str, ...]:
    """The documents held that are of a unit that one of the records is of."""
    of = {unit_of(record, unit) for record in records}
    return tuple(sorted(patent.number for patent in HELD if unit_of(patent, unit) in of))


def unit_of(patent: Patent, unit: str) -> object:
    return patent.number if unit == "publication" else layout.units(patent)[unit]  # type: ignore[index]


def matching(shelf: Shelf, beside: Beside, query: Query, filters: dict[str, Query]) -> tuple[list[Read], list[Read]]:
    """The documents held and the records that a query finds."""
    numbers = {hit.number for hit in shelf.ask(query, filters=filters, size=1_000).hits}
    records = Shelf(beside.records, shelf.settings, shelf.ordinals).numbers(query, filters=filters, size=1_000)  # type: ignore[arg-type]
    held = {patent.number for patent in HELD}
    return (
        [recount.read(patent) for patent in HELD if patent.number in numbers],
        [recount.read(patent) for patent in EVERY if patent.number in set(records) - held],
    )


def asked(seed: int) -> list[Question]:
    return [each for each in questions(10, seed=seed) if not (each.of and len(each.by) > 2)]


@pytest.mark.parametrize("seed", range(2))
def test_every_table_is_what_counting_one_by_one_gives(shelf: Shelf, beside: Beside, seed: int) -> None:
    for query, filters in populations():
        some = asked(seed)
        tables = Joined(shelf.index, beside).aggregate(query, some, filters=filters)
        for question, table in zip(some, tables, strict=True):
            narrowed = filters | ({"": question.within} if question.within else {})
            held, records = matching(shelf, beside, query, narrowed)
            whole = recount.table([*held, *records], question)
            assert table == whole, question
            assert waiting(table.total) == whole.total - recount.table(held, question).total, question
            alone = {cell.keys: cell.count for cell in recount.table(held, replace(question, size=())).cells}
            for cell in table.cells:
                assert waiting(cell.count) == cell.count - alone.get(cell.keys, 0), (question, cell)


def test_what_is_held_and_what_waits_is_counted_once(shelf: Shelf, beside: Beside) -> None:
    joined = Joined(shelf.index, beside)
    queries = [query for query, filters in populations() if not filters]
    found = [matching(shelf, beside, query, {}) for query in queries]
    assert joined.counts(queries) == [len(held) + len(records) for held, records in found]
    assert joined.aggregate(All(), [Question()])[0].total == len(EVERY)


def test_limits_are_those_of_one_engine(shelf: Shelf, beside: Beside) -> None:
    joined = Joined(shelf.index, beside)
    with pytest.raises(TooManyCells):
        joined.aggregate(All(), [Question(("applicant",), size=(10_001,))])
    with pytest.raises(ValueError, match="no keys are counted"):
        joined.aggregate(All(), [Question(("type", "stage", "country"), of="applicant")])
    assert joined.aggregate(Word("电池"), []) == []
    assert joined.aggregate(Value("country", "XX"), [Question(("type",))])[0] == Table((), 0, (0,))
