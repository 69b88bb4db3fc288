"""State of loading, the same on SQLite and PostgreSQL: marks, refusals, numbers met, runs, blocks of ordinals."""

import threading
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from auth.database import Database
from search.loads import runs
from search.loads.model import Counts, LoadedFile, Progress, Refusal, Run, Seen
from search.loads.ordinals import DatabaseOrdinals
from search.loads.store import Loads

AT = datetime(2026, 1, 2, tzinfo=UTC)
FILE = LoadedFile("/d/a.zip!b.xml", "a.zip!b.xml", "/d/a.zip", 10, 20, "uspto-xml", mark=7, run="r", read=2, refused=1)
REFUSAL = Refusal(FILE.key, FILE.name, 5, "uspto-xml", "why", 3, AT)
RUN = Run("r", "load", "me", 0, AT)


@pytest.fixture
def loads(database: Database) -> Loads:
    return Loads(database)


def test_a_commit_moves_counts_mark_and_refusals_together(loads: Loads) -> None:
    loads.begin(RUN)
    counts = Counts(read=2, written=1, refused=1)
    loads.commit("r", counts, [Progress(FILE, True, (Seen("CN1A", 0, b"d"),), (REFUSAL,))])
    assert loads.file(FILE.key) == FILE
    assert loads.refusals() == [REFUSAL]
    assert loads.last(1)[0].counts == counts
    assert loads.met(FILE.key, ["CN1A", "CN2A"]) == {"CN1A": Seen("CN1A", 0, b"d")}
    assert loads.met("/other", ["CN1A"]) == {}


def test_a_commit_that_fails_leaves_nothing(loads: Loads) -> None:
    loads.begin(RUN)
    twice = (Seen("CN1A", 0, b"d"), Seen("CN1A", 1, b"e"))
    with pytest.raises(Exception, match=r"UNIQUE|unique"):
        loads.commit("r", Counts(read=9), [Progress(FILE, True, twice, (REFUSAL,))])
    assert (loads.file(FILE.key), loads.refusals(), loads.last(1)[0].counts) == (None, [], Counts())


def test_a_file_read_anew_forgets_its_earlier_reading_a_done_one_the_numbers_met(loads: Loads) -> None:
    loads.commit("r", Counts(), [Progress(FILE, True, (Seen("CN1A", 0, b"d"),), (REFUSAL,))])
    done = replace(FILE, done=True, mark=9)
    loads.commit("r", Counts(), [Progress(done, False, (Seen("CN2A", 8, b"d"),))])
    assert loads.file(FILE.key) == done
    assert loads.met(FILE.key, ["CN1A", "CN2A"]) == {}
    assert loads.refusals() == [REFUSAL]
    loads.commit("s", Counts(), [Progress(replace(FILE, mark=0, read=0, refused=0), True)])
    assert loads.refusals() == []


def test_only_what_changed_on_disk_is_forgotten(loads: Loads) -> None:
    other = replace(FILE, key="/d/a.zip!", name="a.zip!", disk="/d/a.zip!")
    loads.commit("r", Counts(), [Progress(FILE, True, (), (REFUSAL,)), Progress(other, True)])
    loads.forget_changed("/d/a.zip", size=10, modified=20)
    assert loads.file(FILE.key) == FILE
    loads.forget_changed("/d/a.zip", size=10, modified=21)
    assert loads.file(FILE.key) is None
    assert loads.refusals() == []
    assert loads.file(other.key) == other


def test_the_same_place_is_refused_once_and_mended_once(loads: Loads) -> None:
    again = replace(REFUSAL, reason="another")
    loads.commit("r", Counts(), [Progress(FILE, True, (), (REFUSAL,))])
    loads.commit("r", Counts(), [Progress(FILE, False, (), (again,))])
    assert (loads.refusals(), loads.refused()) == ([again], 1)
    loads.mended(again)
    assert loads.refused() == 0


def test_runs_take_slots_and_end_as_they_end(loads: Loads) -> None:
    with runs.run(loads, "load") as first, runs.run(loads, "load") as second:
        assert first.slot != second.slot
        assert {run.id for run in runs.LiveRuns(loads).all()} == {first.id, second.id}
        assert loads.outcome(first.id) is None
    assert loads.outcome(first.id) == "finished"
    with pytest.raises(KeyError), runs.run(loads, "load") as third:
        raise KeyError
    assert loads.outcome(third.id) == "interrupted"
    assert runs.LiveRuns(loads).all() == []


def test_a_dead_run_is_known_by_its_free_lock(loads: Loads) -> None:
    loads.begin(replace(RUN, id="dead", slot=3))
    live = runs.LiveRuns(loads)
    assert not live.lives("dead")
    assert loads.outcome("dead") == "dead"


def test_who_takes_the_slot_of_a_dead_run_buries_it(loads: Loads) -> None:
    loads.begin(replace(RUN, id="dead", slot=0))
    with runs.run(loads, "load") as run:
        assert run.slot == 0
        assert loads.outcome("dead") == "dead"


def test_ordinals_are_never_given_twice(loads: Loads) -> None:
    taken: list[int] = []
    guard = threading.Lock()

    def take() -> None:
        ordinals = DatabaseOrdinals(loads.database, "r")
        for count in (1, 5, 2):
            block = ordinals.take(count)
            with guard:
                taken.extend(block)

    threads = [threading.Thread(target=take) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == list(range(1, 6 * 8 + 1))


def test_the_floor_is_the_lowest_ordinal_not_found_yet(loads: Loads) -> None:
    reader = DatabaseOrdinals(loads.database)
    assert reader.floor() == 1
    with runs.run(loads, "load") as one, runs.run(loads, "load") as other:
        mine, theirs = DatabaseOrdinals(loads.database, one.id), DatabaseOrdinals(loads.database, other.id)
        assert (mine.take(3), theirs.take(2), mine.take(1)) == (range(1, 4), range(4, 6), range(6, 7))
        assert reader.floor() == 1
        mine.found()
        assert reader.floor() == 4
        theirs.found()
        assert reader.floor() == 7


def test_blocks_of_the_dead_hold_nobody_up(loads: Loads) -> None:
    loads.begin(replace(RUN, id="dead", slot=5))
    DatabaseOrdinals(loads.database, "dead").take(10)
    with runs.run(loads, "load") as run:
        DatabaseOrdinals(loads.database, run.id).take(1)
        assert DatabaseOrdinals(loads.database).floor() == 11
    assert DatabaseOrdinals(loads.database).floor() == 12
