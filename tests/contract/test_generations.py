"""Generations: readers see the old or the new one. The names are the specification."""

from collections.abc import Sequence
from threading import Event, Thread

import pytest

from search.engine.errors import EngineError
from search.engine.model import WriteReport
from search.loads.ordinals import DatabaseOrdinals
from search.patent.model import Patent
from search.query.tree import All, Word
from tests.contract.conftest import Place
from tests.contract.library import titled
from tests.contract.shelf import Shelf


def pumps(*numbers: int, text: str = "水泵") -> list[Patent]:
    return [titled(f"CN{number}A", text) for number in numbers]


def rebuilt(shelf: Shelf, patents: Sequence[Patent] | None = None) -> None:
    """A new generation, of these or of all that is held, as `patentry rebuild` makes it; what it wrote is found before."""
    following = shelf.index.build()
    following.write([found.patent for found in shelf.scanned()] if patents is None else patents)
    shelf.flush()
    shelf.index.promote(following)


def test_a_generation_being_built_is_not_read(shelf: Shelf) -> None:
    shelf.put(*pumps(1))
    following = shelf.index.build()
    following.write(pumps(2, 3))
    shelf.flush()
    assert shelf.numbers(All()) == ["CN1A"]
    assert shelf.index.get(["CN2A"]) == [None]


def test_a_promoted_generation_is_read_alone(shelf: Shelf) -> None:
    shelf.put(*pumps(1))
    rebuilt(shelf, pumps(2, 3))
    assert shelf.numbers(All()) == ["CN2A", "CN3A"]
    assert shelf.index.get(["CN1A"]) == [None]


def test_a_generation_reports_what_was_written_into_it(shelf: Shelf) -> None:
    shelf.put(*pumps(1))
    following = shelf.index.build()
    assert following.write(pumps(1, 2)) == WriteReport(written=2)
    assert following.write(pumps(2)) == WriteReport(unchanged=1)
    assert following.write(pumps(2, text="阀门")) == WriteReport(merged=1)


def test_a_generation_refuses_as_the_index_does(shelf: Shelf) -> None:
    report = shelf.index.build().write([titled("CN灯A", "泵"), *pumps(1)])
    assert (report.written, [number for number, _ in report.refused]) == (1, ["CN灯A"])


def test_a_rebuilt_index_answers_the_same(shelf: Shelf) -> None:
    shelf.put(*pumps(3, 1, 2), *pumps(4, text="阀门"))
    shelf.put(*pumps(1, text="水泵和阀门"))
    before = shelf.numbers(Word("水泵")), shelf.numbers(Word("阀门")), shelf.facet("country")
    rebuilt(shelf)
    assert (shelf.numbers(Word("水泵")), shelf.numbers(Word("阀门")), shelf.facet("country")) == before


def test_ordinals_survive_a_rebuild(shelf: Shelf) -> None:
    shelf.put(*pumps(3, 1, 2))
    before = shelf.scanned()
    rebuilt(shelf)
    assert shelf.scanned() == before


def test_a_record_that_the_new_generation_has_otherwise_has_a_new_ordinal(shelf: Shelf) -> None:
    shelf.put(*pumps(1, 2))
    mark = shelf.ordinal("CN2A")
    following = shelf.index.build()
    following.write([*pumps(1, text="阀门"), *pumps(2)])
    shelf.index.promote(following)
    shelf.flush()
    assert [found.patent.number for found in shelf.scanned(after=mark)] == ["CN1A"]


def test_what_is_written_during_a_build_is_in_the_new_generation(shelf: Shelf) -> None:
    shelf.put(*pumps(1))
    following = shelf.index.build()
    following.write(pumps(1))
    shelf.put(*pumps(2))
    shelf.write(*pumps(3))
    shelf.index.promote(following)
    assert shelf.numbers(All()) == ["CN1A", "CN2A", "CN3A"]


def test_what_is_changed_during_a_build_is_in_the_new_generation_as_changed(shelf: Shelf) -> None:
    shelf.put(*pumps(1))
    following = shelf.index.build()
    following.write(pumps(1))
    shelf.put(*pumps(1, text="阀门"))
    shelf.index.promote(following)
    assert shelf.numbers(Word("阀门")) == ["CN1A"]
    assert shelf.numbers(Word("水泵")) == []


def test_what_is_deleted_during_a_build_is_not_in_the_new_generation(shelf: Shelf) -> None:
    shelf.put(*pumps(1, 2))
    following = shelf.index.build()
    following.write(pumps(1, 2))
    shelf.remove("CN2A")
    shelf.index.promote(following)
    assert shelf.numbers(All()) == ["CN1A"]


def test_what_is_deleted_and_written_again_during_a_build_is_in_the_new_generation(shelf: Shelf) -> None:
    shelf.put(*pumps(1, 2))
    following = shelf.index.build()
    following.write(pumps(1, 2))
    shelf.remove("CN2A")
    shelf.put(*pumps(2, text="阀门"))
    shelf.index.promote(following)
    assert shelf.numbers(Word("阀门")) == ["CN2A"]


def test_writing_goes_on_after_a_promotion(shelf: Shelf) -> None:
    shelf.put(*pumps(1))
    rebuilt(shelf)
    assert shelf.put(*pumps(1, 2)) == WriteReport(written=1, unchanged=1)
    assert shelf.numbers(All()) == ["CN1A", "CN2A"]


def test_a_generation_is_promoted_after_another(shelf: Shelf) -> None:
    for number in (1, 2, 3):
        rebuilt(shelf, pumps(number))
        assert shelf.numbers(All()) == [f"CN{number}A"]


def test_rolling_back_serves_the_generation_before(shelf: Shelf) -> None:
    shelf.put(*pumps(1))
    rebuilt(shelf, pumps(2))
    shelf.index.roll_back()
    assert shelf.numbers(All()) == ["CN1A"]


def test_what_was_written_since_the_promotion_is_there_after_rolling_back(shelf: Shelf) -> None:
    shelf.put(*pumps(1))
    rebuilt(shelf, pumps(2))
    shelf.put(*pumps(3))
    shelf.write(*pumps(1, text="阀门"))
    shelf.index.roll_back()
    assert shelf.numbers(All()) == ["CN1A", "CN3A"]
    assert shelf.numbers(Word("阀门")) == ["CN1A"]


def test_what_was_deleted_since_the_promotion_is_gone_after_rolling_back(shelf: Shelf) -> None:
    shelf.put(*pumps(1, 2))
    rebuilt(shelf)
    shelf.remove("CN1A")
    shelf.index.roll_back()
    assert shelf.numbers(All()) == ["CN2A"]


def test_writing_goes_on_after_rolling_back(shelf: Shelf) -> None:
    shelf.put(*pumps(1))
    rebuilt(shelf)
    shelf.index.roll_back()
    assert shelf.put(*pumps(1, 2)) == WriteReport(written=1, unchanged=1)


def test_there_is_nothing_to_roll_back_to_at_first(shelf: Shelf) -> None:
    shelf.put(*pumps(1))
    with pytest.raises(EngineError):
        shelf.index.roll_back()
    assert shelf.put(*pumps(2)) == WriteReport(written=1)


def test_readers_see_the_old_or_the_new_generation_and_never_a_gap(shelf: Shelf) -> None:
    shelf.put(*pumps(*range(100, 140)))
    following = shelf.index.build()
    following.write(pumps(*range(200, 260), text="阀门"))
    totals: list[int] = []
    begun, stop = Event(), Event()

    def read() -> None:
        while not stop.is_set():
            totals.append(shelf.index.count(All()))
            begun.set()

    reading = Thread(target=read)
    reading.start()
    begun.wait(30)
    shelf.index.promote(following)
    stop.set()
    reading.join()
    assert set(totals) <= {40, 60}
    assert totals[0] == 40
    assert shelf.index.count(All()) == 60


def test_writers_lose_nothing_during_a_promotion(shelf: Shelf) -> None:
    shelf.put(*pumps(1))
    following = shelf.index.build()
    following.write(pumps(1))
    begun, stop = Event(), Event()
    written: list[int] = []

    def load() -> None:
        number = 1_000
        while not stop.is_set():
            shelf.write(*pumps(number))
            written.append(number)
            number += 1
            begun.set()

    loading = Thread(target=load)
    loading.start()
    begun.wait(30)
    shelf.index.promote(following)
    stop.set()
    loading.join()
    shelf.flush()
    assert shelf.index.count(All()) == 1 + len(written)


def test_a_parked_generation_is_promoted_by_a_later_process(place: Place, ordinals: DatabaseOrdinals) -> None:
    where = place()
    first = Shelf.open(where, ordinals)
    first.put(*pumps(1, 2))
    following = first.index.build()
    following.write(pumps(1, 2, 3))
    first.flush()
    first.index.park(following)
    first.put(*pumps(4))
    first.remove("CN2A")
    assert first.numbers(All()) == ["CN1A", "CN4A"]
    first.index.close()
    again = Shelf.open(where, ordinals)
    waiting = again.index.parked()
    assert waiting is not None
    assert waiting.name == following.name
    again.index.promote(waiting)
    again.flush()
    assert again.numbers(All()) == ["CN1A", "CN3A", "CN4A"]
    assert again.index.parked() is None
    again.index.close()


def test_a_new_build_ends_the_wait_of_a_parked_generation(shelf: Shelf) -> None:
    shelf.index.park(shelf.index.build())
    shelf.index.build()
    assert shelf.index.parked() is None
