"""Tables in Elasticsearch: counted from copies of columns, which are read once and never go stale; too many documents are counted
by the server, as publications, or refused."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from search.analysis.model import Ask
from search.analysis.service import Analyst
from search.engine.elastic.bounds import Bounds
from search.engine.elastic.index import ElasticIndex
from search.engine.errors import EngineUnavailable, StillReading, TooManyDocuments
from search.engine.joined import Beside, Joined
from search.engine.model import Cell, Question, Table
from search.engine.port import PatentIndex
from search.loads.ordinals import DatabaseOrdinals
from search.patent.model import Patent, Reference
from search.query.tree import All, Query, Value, Word
from tests.contract import recount
from tests.contract.library import paper, parties
from tests.contract.shelf import Shelf
from tests.contract.stock import UNITS, populations, questions, stock
from tests.elastic.conftest import Settings

pytestmark = pytest.mark.elastic

HELD = stock(70, seed=5)

Opened = Callable[..., Shelf]


@pytest.fixture
def opened(settings: Settings, ordinals: DatabaseOrdinals) -> Iterator[Opened]:
    """The index of this test, of three shards where it is new, as a process with these bounds sees it."""
    made: list[Shelf] = []

    def one(*documents: Patent, **bounds: Any) -> Shelf:
        index = ElasticIndex(settings(), ordinals=ordinals, shards=3, bounds=Bounds(**bounds))
        made.append(Shelf(index, settings(), ordinals))
        made[-1].put(*documents)
        return made[-1]

    yield one
    for each in made:
        each.index.close()


class Reading:
    """Counts the documents whose columns an index reads, which lasts until it `may_end`."""

    def __init__(self, index: PatentIndex) -> None:
        assert isinstance(index, ElasticIndex)
        self.documents = 0
        self.begun, self.may_end = Event(), Event()
        self.may_end.set()
        self._ask = index._ask
        index._ask = self.ask  # type: ignore[method-assign]  # what passes is counted and passed on

    def ask(self, *asked: Any, **body: Any) -> Any:
        if "docvalue_fields" in body:
            self.begun.set()
            assert self.may_end.wait(60)
        answer = self._ask(*asked, **body)
        self.documents += len(answer["hits"]["hits"]) if "docvalue_fields" in body else 0
        return answer


def expected(shelf: Shelf, question: Question, query: Query, filters: dict[str, Query]) -> Table:
    narrowed = filters | ({"within": question.within} if question.within else {})
    numbers = shelf.numbers(query, filters=narrowed)
    return recount.table([recount.read(patent) for patent in HELD if patent.number in numbers], question)


def test_publications_are_counted_by_the_server_where_there_are_too_many(opened: Opened) -> None:
    """With nothing copied at all; what would need it is refused: a call for other units, a table of different keys by itself."""
    shelf = opened(*HELD, counted=0)
    for number, (query, filters) in enumerate(populations()):
        some = [each for each in questions(40, seed=number) if each.unit == "publication" and not each.of]
        assert len(some) > 5
        for question, table in zip(some, shelf.index.aggregate(query, some, filters=filters), strict=True):
            assert table == expected(shelf, question, query, filters), question
        if shelf.index.count(query):
            with pytest.raises(TooManyDocuments):
                shelf.index.aggregate(query, [Question(()), Question((), "family")])
            found, refused = shelf.index.aggregate(query, [Question(()), Question(("country",), of="applicant")])
            assert found == expected(shelf, Question(()), query, {})
            assert refused == Table((), 0, (0,), refused=True)


def test_a_page_of_too_many_publications_leaves_out_how_many_applicants_there_are(opened: Opened) -> None:
    """Nothing else: in publications all of it stands, the curve of the life cycle too."""
    papers = [
        paper(f"CN{n}A", applicants=parties(f"公司{n % 9}"), application=Reference(number=f"CN{n}", date=f"{2001 + n % 12}-01-01"))
        for n in range(60)
    ]
    shelf = opened(*papers)
    ask = Ask(query=All(), today=date(2026, 11, 24), unit="publication", size=5)
    whole = {table.name: table for table in Analyst(shelf.index).page(ask)}
    bounded = Analyst(opened(counted=3).index)
    page = {table.name: table for table in bounded.page(ask)}
    assert page.keys() == whole.keys()
    assert whole["parties"].figures["parties"] == 9
    assert page["parties"].figures == whole["parties"].figures | {"parties": None}
    assert page["parties"].rows == whole["parties"].rows
    lifecycle = page["lifecycle"]
    assert [row.keys for row in lifecycle.rows] == [row.keys for row in whole["lifecycle"].rows]
    assert [row.count for row in lifecycle.rows] == [row.count for row in whole["lifecycle"].rows]
    assert lifecycle.columns == ("cumulative", "fitted")
    assert lifecycle.figures == whole["lifecycle"].figures | {"stage_by_applicants": None}
    for name, table in page.items():
        said = "too_many_to_tell" in {caveat.code for caveat in table.caveats}
        assert said == (name in ("parties", "lifecycle")), name
    assert bounded.answer("parties", replace(ask, size=9)).figures["parties"] == 9  # all of them are listed


def test_what_is_refused_stays_refused_beside_records(opened: Opened) -> None:
    beside = Beside(opened(*HELD).index, dict.fromkeys(UNITS, ()))
    joined = Joined(opened(counted=3).index, beside)
    refused = Table((), 0, (0,), refused=True)
    different = [Question(("application_year",), of="applicant"), Question(("country",), of="applicant", size=(2,))]
    *keys, documents = joined.aggregate(All(), [*different, Question()])
    assert keys == [refused, refused]
    assert documents.total == 2 * len(HELD)


def test_a_table_of_few_among_too_many_is_counted(opened: Opened) -> None:
    shelf = opened(*(paper(f"CN{n}A", applicants=parties("甲" if n < 3 else "乙")) for n in range(9)), counted=3)
    applicant = Question(("applicant",), "application", within=Value("applicant", "甲"))
    everything = Question(("applicant",))
    few, many = shelf.index.aggregate(All(), [applicant, everything])
    assert few == Table((Cell(("甲",), 3),), 3, (3,))
    assert many.cells == (Cell(("乙",), 6), Cell(("甲",), 3))
    second = Question(("applicant",), "application", within=Value("number", "CN8A"))
    with pytest.raises(TooManyDocuments):  # four documents together
        shelf.index.aggregate(All(), [applicant, second])


def test_what_was_read_is_not_read_again_and_what_has_changed_is(opened: Opened) -> None:
    shelf = opened(*HELD)
    reading = Reading(shelf.index)
    question = Question(("applicant",), "application")
    (first,) = shelf.index.aggregate(All(), [question])
    assert reading.documents == len(HELD)
    assert shelf.index.aggregate(All(), [question]) == [first]
    for query in (Word("电池"), Word("不存在的词"), Word("电池")):
        shelf.index.aggregate(query, [question])
    assert reading.documents == len(HELD)
    shelf.put(paper(HELD[0].number, applicants=parties("丁公司")))
    shelf.remove(HELD[1].number)
    (after,) = shelf.index.aggregate(All(), [question])
    assert reading.documents == len(HELD) + 1
    assert after.total < first.total or after != first
    assert Cell(("丁公司",), 1) in after.cells


def test_a_call_reads_only_so_many_and_the_next_goes_on(opened: Opened) -> None:
    shelf = opened(*HELD, read=30)
    reading = Reading(shelf.index)
    told: list[tuple[int, int]] = []
    while True:
        try:
            found = shelf.index.aggregate(All(), [Question((), "application")])
            break
        except StillReading as error:
            told.append((error.read, error.of))
    assert told == [(30, 70), (60, 70)]
    assert reading.documents == 70
    assert found == [expected(shelf, Question((), "application"), All(), {})]


def test_nobody_waits_for_what_another_call_reads(opened: Opened) -> None:
    """Whose documents are there is answered; whoever needs others is told to call again, and the reading goes on."""
    shelf = opened(*HELD, waits_s=0)
    reading = Reading(shelf.index)
    total = Question((), "application")
    (chinese,) = shelf.index.aggregate(Value("country", "CN"), [total])
    there = reading.documents
    reading.begun.clear()
    reading.may_end.clear()
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(shelf.index.aggregate, All(), [total])
        try:
            assert reading.begun.wait(60)
            with pytest.raises(StillReading) as told:
                shelf.index.aggregate(All(), [total])
            assert shelf.index.aggregate(Value("country", "CN"), [total]) == [chinese]
        finally:
            reading.may_end.set()
        assert (told.value.read, told.value.of) == (there, len(HELD))
        assert first.result() == [expected(shelf, total, All(), {})]
    assert reading.documents == len(HELD)


def test_so_many_documents_are_counted_at_once(opened: Opened) -> None:
    """Of all calls: whoever finds no room is told to call again, and finds it when the others are done."""
    shelf = opened(*HELD, at_once=100, waits_s=0)
    assert isinstance(shelf.index, ElasticIndex)
    total, room = Question((), "application"), shelf.index._tables._room
    with room.of(31):
        with pytest.raises(StillReading) as told:
            shelf.index.aggregate(All(), [total])
        assert (told.value.read, told.value.of) == (len(HELD), len(HELD))
        assert shelf.index.aggregate(Value("country", "US"), [total])[0].total
    assert shelf.index.aggregate(All(), [total]) == [expected(shelf, total, All(), {})]
    with room.of(1_000), pytest.raises(StillReading):  # more than there is, alone
        shelf.index.aggregate(Value("country", "US"), [total])
    with room.of(30):
        assert shelf.index.aggregate(All(), [total]) == [expected(shelf, total, All(), {})]


def test_copies_begin_anew_above_what_is_held(opened: Opened) -> None:
    shelf = opened(*HELD, held=50, counted=40)
    halves: list[Query] = [Value("country", "CN"), Value("country", "US"), Value("country", "EP")]
    for query in halves * 2:
        (table,) = shelf.index.aggregate(query, [Question(("kind",), "family")])
        assert table == expected(shelf, Question(("kind",), "family"), query, {})


def test_a_generation_made_anew_is_counted_as_it_is(opened: Opened) -> None:
    shelf = opened(paper("CN1A", applicants=parties("甲")), paper("CN2A", applicants=parties("乙")))
    question = Question(("applicant",), "application")
    assert len(shelf.index.aggregate(All(), [question])[0].cells) == 2
    built = shelf.index.build()
    built.write([paper("CN1A", applicants=parties("丙"))])
    shelf.index.promote(built)
    shelf.remove("CN2A")
    counted = shelf.index.aggregate(All(), [question])
    assert counted == [Table((Cell(("丙",), 1),), 1, (1,))]
    assert shelf.index.aggregate(Word("不存在的词"), [question]) == [Table((), 0, (0,))]


def test_a_copy_that_somebody_tidied_away_is_made_anew(opened: Opened, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Systems clear their folder for passing files of what is old."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    shelf = opened(paper("CN1A"))
    total = Question((), "application")
    assert shelf.index.aggregate(All(), [total])[0].total == 1
    for file in tmp_path.rglob("rows"):
        file.unlink()
    shelf.put(paper("CN2A"))
    with pytest.raises(EngineUnavailable):
        shelf.index.aggregate(All(), [total])
    assert shelf.index.aggregate(All(), [total])[0].total == 2
    shelf.index.close()
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_is_cleared(opened: Opened, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """And nothing that another process uses."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    begin = "from search.engine.folder import PassingFolder; folder = PassingFolder('columns')"
    kill = "; import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    assert subprocess.run([sys.executable, "-c", begin + kill], env=environment, check=False).returncode == -signal.SIGKILL
    (left,) = tmp_path.iterdir()
    with subprocess.Popen(
        [sys.executable, "-c", f"{begin}; print('begun', flush=True); input()"],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == b"begun\n"
        (used,) = tmp_path.iterdir()
        assert used != left
        shelf = opened(paper("CN1A"))
        assert shelf.index.aggregate(All(), [Question((), "application")])[0].total == 1
        assert used in tmp_path.iterdir()
        assert len(list(tmp_path.iterdir())) == 2
        other.communicate(b"\n")
    shelf.index.close()
    assert list(tmp_path.iterdir()) == []


def test_more_ordinals_than_an_answer_has_buckets(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server allows 65,536; that many blocks of fifty would take minutes to write."""
    monkeypatch.setattr("search.engine.elastic.matching._BUCKETS", 2)
    shelf = opened()
    for document in HELD[:6]:
        shelf.write(document)
        shelf.ordinals.take(70)
    shelf.flush()
    assert shelf.index.aggregate(All(), [Question()])[0].total == 6
