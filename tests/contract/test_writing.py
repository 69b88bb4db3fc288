"""Writing, merging and deleting. The names are the specification."""

import msgspec

from search.engine.factory import open_reader
from search.engine.model import WriteReport
from search.loads.ordinals import DatabaseOrdinals
from search.patent.model import Patent, decode, encode
from search.query.tree import All, Word
from tests.contract.conftest import Place
from tests.contract.library import in_english, paper, titled
from tests.contract.shelf import Shelf, newer

PUMP = titled("CN501A", "水泵")
VALVE = titled("CN501A", "阀门")


def total(report: WriteReport) -> int:
    return report.written + report.merged + report.unchanged + len(report.refused)


def test_a_new_record_is_written(shelf: Shelf) -> None:
    assert shelf.put(PUMP) == WriteReport(written=1)
    assert shelf.numbers(Word("水泵")) == ["CN501A"]


def test_an_equal_record_is_unchanged(shelf: Shelf) -> None:
    shelf.put(PUMP)
    assert shelf.put(PUMP) == WriteReport(unchanged=1)


def test_a_record_is_unchanged_before_it_is_found_too(shelf: Shelf) -> None:
    shelf.write(PUMP)
    assert shelf.write(PUMP) == WriteReport(unchanged=1)


def test_a_changed_record_is_merged(shelf: Shelf) -> None:
    shelf.put(PUMP)
    assert shelf.put(VALVE) == WriteReport(merged=1)
    assert shelf.numbers(Word("阀门")) == ["CN501A"]
    assert shelf.numbers(Word("水泵")) == []
    assert shelf.index.count(All()) == 1


def test_the_merge_is_given_what_is_held_and_what_is_new(shelf: Shelf) -> None:
    met: list[tuple[Patent, Patent]] = []

    def merge(held: Patent, new: Patent) -> Patent:
        met.append((held, new))
        return new

    shelf.put(PUMP)
    shelf.index.write([VALVE], merge=merge)
    assert met == [(PUMP, VALVE)]


def test_what_the_merge_returns_is_stored(shelf: Shelf) -> None:
    def both(held: Patent, new: Patent) -> Patent:
        return msgspec.structs.replace(held, titles=held.titles | new.titles, version=held.version + 1)

    shelf.put(PUMP)
    shelf.index.write([in_english("CN501A", "Pump")], merge=both)
    stored = shelf.index.get(["CN501A"])[0]
    assert stored is not None
    assert decode(stored) == msgspec.structs.replace(PUMP, titles={"zh": "水泵", "en": "Pump"}, version=2)


def test_a_merge_that_keeps_what_is_held_changes_nothing(shelf: Shelf) -> None:
    shelf.put(PUMP)
    assert shelf.index.write([VALVE], merge=lambda held, _new: held) == WriteReport(unchanged=1)
    assert shelf.index.get(["CN501A"]) == [encode(PUMP)]


def test_a_merge_sees_what_was_written_but_is_not_found_yet(shelf: Shelf) -> None:
    shelf.write(PUMP)
    assert shelf.write(VALVE) == WriteReport(merged=1)


def test_two_records_of_one_number_in_a_batch_are_merged(shelf: Shelf) -> None:
    assert shelf.put(PUMP, VALVE) == WriteReport(written=1, merged=1)
    assert shelf.numbers(All()) == ["CN501A"]
    assert shelf.numbers(Word("阀门")) == ["CN501A"]


def test_the_same_record_twice_in_a_batch_is_unchanged_the_second_time(shelf: Shelf) -> None:
    assert shelf.put(PUMP, PUMP) == WriteReport(written=1, unchanged=1)


def test_the_report_counts_every_record(shelf: Shelf) -> None:
    shelf.put(PUMP, titled("CN502A", "泵"))
    batch = (VALVE, titled("CN502A", "泵"), titled("CN503A", "泵"), titled("CN503A", "阀"), titled("CN504a", "泵"))
    report = shelf.put(*batch)
    assert (report.written, report.merged, report.unchanged, len(report.refused)) == (1, 2, 1, 1)
    assert total(report) == len(batch)


def test_an_empty_batch_is_an_empty_report(shelf: Shelf) -> None:
    assert shelf.write() == WriteReport()


def test_a_number_of_other_characters_is_refused_by_name(shelf: Shelf) -> None:
    report = shelf.put(titled("CN灯A", "泵"), PUMP)
    assert report.written == 1
    assert [number for number, _ in report.refused] == ["CN灯A"]
    assert all(reason for _, reason in report.refused)


def test_a_number_too_long_to_be_one_is_refused(shelf: Shelf) -> None:
    assert len(shelf.put(titled("CN" + "1" * 30, "泵")).refused) == 1


def test_half_a_character_is_refused_and_the_rest_of_the_batch_written(shelf: Shelf) -> None:
    report = shelf.put(titled("CN502A", "泵\ud800"), PUMP)
    assert (report.written, [number for number, _ in report.refused]) == (1, ["CN502A"])
    assert shelf.numbers(All()) == ["CN501A"]


def test_a_batch_of_more_than_a_request_takes(shelf: Shelf) -> None:
    report = shelf.put(*(titled(f"CN{n:05}A", "水泵") for n in range(1_300)))
    assert report == WriteReport(written=1_300)
    assert shelf.index.count(Word("水泵")) == 1_300


def test_a_record_larger_than_a_request_should_be(shelf: Shelf) -> None:
    long = paper("CN501A", description={"zh": tuple(f"第{n}段描述了水泵的结构。" for n in range(50_000))})
    assert shelf.put(long) == WriteReport(written=1)
    assert shelf.numbers(Word("第49999段", exact=True)) == ["CN501A"]
    assert shelf.index.get(["CN501A"]) == [encode(long)]


def test_an_old_value_is_not_found_any_more(shelf: Shelf) -> None:
    shelf.put(paper("CN501A", publication_date="2020-01-01", family="F1"))
    shelf.put(paper("CN501A", publication_date="2021-01-01"))
    assert shelf.facet("year") == [("2021", 1)]
    assert shelf.facet("family") == []


def test_what_is_not_flushed_is_not_found(shelf: Shelf) -> None:
    shelf.write(PUMP)
    assert shelf.index.count(All()) in (0, 1)  # it may be found earlier, never half
    shelf.flush()
    assert shelf.index.count(All()) == 1


def test_a_reader_finds_what_was_flushed_before_it_opened(shelf: Shelf) -> None:
    shelf.put(PUMP)
    reader = open_reader(shelf.settings)
    assert reader.count(Word("水泵")) == 1
    reader.close()


def test_a_flush_without_a_change_is_nothing(shelf: Shelf) -> None:
    shelf.flush()
    shelf.flush()
    assert shelf.index.count(All()) == 0


def test_a_merged_record_is_found_once_after_many_changes(shelf: Shelf) -> None:
    for n in range(20):
        shelf.put(titled("CN501A", f"水泵第{n}版"))
    assert shelf.numbers(Word("水泵")) == ["CN501A"]
    assert shelf.numbers(Word("第19版", exact=True)) == ["CN501A"]


def test_a_deleted_record_is_gone(shelf: Shelf) -> None:
    shelf.put(PUMP, titled("CN502A", "水泵"))
    assert shelf.remove("CN501A") == 1
    assert shelf.numbers(Word("水泵")) == ["CN502A"]
    assert shelf.index.get(["CN501A"]) == [None]
    assert shelf.index.resolve(["CN501A"]) == []
    assert shelf.index.near_numbers("CN") == ["CN502A"]


def test_deleting_counts_what_was_held(shelf: Shelf) -> None:
    shelf.put(PUMP)
    assert shelf.remove("CN501A", "CN999A", "CN501A", "") == 1
    assert shelf.remove("CN501A") == 0
    assert shelf.remove() == 0


def test_a_deleted_record_can_be_written_again(shelf: Shelf) -> None:
    shelf.put(PUMP)
    shelf.remove("CN501A")
    assert shelf.put(PUMP) == WriteReport(written=1)
    assert shelf.numbers(Word("水泵")) == ["CN501A"]


def test_a_record_can_be_deleted_before_it_is_found(shelf: Shelf) -> None:
    shelf.write(PUMP)
    assert shelf.remove("CN501A") == 1
    assert shelf.index.count(All()) == 0


def test_everything_is_there_after_closing_and_opening(place: Place, ordinals: DatabaseOrdinals) -> None:
    where = place()
    first = Shelf.open(where, ordinals)
    first.put(*(titled(f"CN{n}A", "水泵") for n in range(100, 130)))
    first.index.close()
    again = Shelf.open(where, ordinals)
    assert again.index.count(Word("水泵")) == 30
    assert again.put(titled("CN100A", "水泵")) == WriteReport(unchanged=1)
    again.index.close()


def test_the_merge_of_these_tests_is_idempotent() -> None:
    assert newer(PUMP, PUMP) is PUMP
