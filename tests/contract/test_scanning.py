"""Scans: every match once, in order of its last change. The names are the specification."""

from search.loads.ordinals import DatabaseOrdinals
from search.patent.model import Patent
from search.query.tree import Value, Word
from tests.contract.conftest import Place
from tests.contract.library import titled
from tests.contract.shelf import Shelf


def pumps(*numbers: int, text: str = "水泵") -> list[Patent]:
    return [titled(f"CN{number}A", text) for number in numbers]


def changed(shelf: Shelf, after: int = 0) -> list[str]:
    return [found.patent.number for found in shelf.scanned(after=after)]


def test_a_scan_gives_the_records(shelf: Shelf) -> None:
    shelf.put(*pumps(3, 1, 2))
    assert [found.patent for found in shelf.scanned()] == pumps(3, 1, 2)


def test_a_scan_is_in_order_of_writing(shelf: Shelf) -> None:
    for number in (7, 3, 9, 1):
        shelf.put(*pumps(number))
    assert changed(shelf) == ["CN7A", "CN3A", "CN9A", "CN1A"]


def test_ordinals_ascend_and_are_not_shared(shelf: Shelf) -> None:
    shelf.put(*pumps(*range(100, 160)))
    ordinals = [found.ordinal for found in shelf.scanned()]
    assert ordinals == sorted(set(ordinals))
    assert ordinals[0] > 0


def test_a_scan_after_an_ordinal_gives_what_came_later(shelf: Shelf) -> None:
    shelf.put(*pumps(1, 2, 3))
    assert changed(shelf, after=shelf.ordinal("CN2A")) == ["CN3A"]


def test_a_scan_after_the_last_ordinal_gives_nothing(shelf: Shelf) -> None:
    shelf.put(*pumps(1, 2))
    assert changed(shelf, after=shelf.ordinal("CN2A")) == []


def test_a_scan_of_a_question_gives_its_matches(shelf: Shelf) -> None:
    shelf.put(*pumps(1, 2), *pumps(3, text="阀门"))
    assert [found.patent.number for found in shelf.scanned(Word("阀门"))] == ["CN3A"]
    assert shelf.scanned(Value("country", "US")) == []


def test_an_unchanged_record_keeps_its_ordinal(shelf: Shelf) -> None:
    shelf.put(*pumps(1, 2))
    before = shelf.ordinal("CN1A")
    shelf.put(*pumps(1))
    assert shelf.ordinal("CN1A") == before


def test_a_merged_record_has_a_new_ordinal(shelf: Shelf) -> None:
    shelf.put(*pumps(1, 2))
    mark = shelf.ordinal("CN2A")
    shelf.put(*pumps(1, text="阀门"))
    assert changed(shelf, after=mark) == ["CN1A"]
    assert changed(shelf) == ["CN2A", "CN1A"]


def test_a_deleted_record_is_in_no_scan(shelf: Shelf) -> None:
    shelf.put(*pumps(1, 2, 3))
    shelf.remove("CN2A")
    assert changed(shelf) == ["CN1A", "CN3A"]


def test_a_record_written_again_after_its_deletion_has_a_new_ordinal(shelf: Shelf) -> None:
    shelf.put(*pumps(1, 2))
    mark = shelf.ordinal("CN2A")
    shelf.remove("CN1A")
    shelf.put(*pumps(1))
    assert changed(shelf, after=mark) == ["CN1A"]


def test_ordinals_go_on_after_closing_and_opening(place: Place, ordinals: DatabaseOrdinals) -> None:
    where = place()
    first = Shelf.open(where, ordinals)
    first.put(*pumps(1))
    mark = first.ordinal("CN1A")
    first.index.close()
    again = Shelf.open(where, ordinals)
    again.put(*pumps(2))
    assert changed(again, after=mark) == ["CN2A"]
    again.index.close()


def test_a_scan_that_has_begun_does_not_see_later_changes(shelf: Shelf) -> None:
    shelf.put(*pumps(*range(1_000, 1_600)))
    scan = shelf.index.scan(Word("水泵"))
    first = next(scan)
    shelf.put(*pumps(*range(2_000, 2_050)))
    rest = list(scan)
    numbers = [found.patent.number for found in (first, *rest)]
    assert numbers == [f"CN{n}A" for n in range(1_000, 1_600)]


def test_a_scan_may_be_left_before_its_end(shelf: Shelf) -> None:
    shelf.put(*pumps(*range(1_000, 1_400)))
    scan = shelf.index.scan(Word("水泵"))
    assert next(scan).patent.number == "CN1000A"
    scan.close()
    assert len(shelf.scanned()) == 400


def test_a_scan_meets_more_than_ten_thousand_once(many: Shelf) -> None:
    found = many.scanned()
    assert len({each.patent.number for each in found}) == len(found) == many.index.count(Value("country", "CN"))


def test_what_is_not_flushed_is_in_no_scan(shelf: Shelf) -> None:
    shelf.put(*pumps(1))
    shelf.write(*pumps(2))
    assert changed(shelf) == ["CN1A"]
    shelf.flush()
    assert changed(shelf) == ["CN1A", "CN2A"]
