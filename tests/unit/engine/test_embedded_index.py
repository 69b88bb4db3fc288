"""What the embedded engine adds to the contract of every engine: what stays, what is seen when, and what its libraries throw."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import pytest
import tantivy

from search.engine.embedded import current
from search.engine.embedded.index import EmbeddedIndex
from search.engine.embedded.reader import EmbeddedReader
from search.engine.embedded.schema import SCHEMA
from search.engine.embedded.translation import translated
from search.engine.errors import CursorExpired, EngineError, EngineUnavailable, TooManyExpansions
from search.engine.model import Request, WriteReport
from search.patent.model import Party, Patent, Symbol
from search.query.tree import All, Or, Wild, Word
from tests.builders import a_patent
from tests.unit.engine.corpus import SetClock, library, newer, patents


@pytest.fixture(name="index")
def fixture_index(tmp_path: Path) -> Iterator[EmbeddedIndex]:
    index = EmbeddedIndex(tmp_path, clock=SetClock())
    yield index
    index.close()


def some(count: int) -> list[Patent]:
    return [a_patent(f"CN{number}A") for number in range(100, 100 + count)]


def ordinals(reader: EmbeddedReader) -> dict[str, int]:
    return {line.patent.number: line.ordinal for line in reader.scan(All())}


def test_equal_content_is_not_merged_again(index: EmbeddedIndex) -> None:
    def never(_held: Patent, _new: Patent) -> Patent:
        raise AssertionError("an equal record needs no merging")

    index.write(some(3), merge=never)
    assert index.write(some(3), merge=never) == WriteReport(unchanged=3)


def test_two_records_of_one_number_in_a_batch_are_merged(index: EmbeddedIndex) -> None:
    first, second = a_patent("CN1A"), a_patent("CN1A", titles={"zh": "新"})
    assert index.write([first, second, second], merge=newer) == WriteReport(written=1, merged=1, unchanged=1)
    index.flush()
    assert index.count(Word("新", "title")) == index.count(All()) == 1


def test_a_record_that_cannot_be_indexed_is_refused_and_the_rest_is_written(index: EmbeddedIndex) -> None:
    bad = [a_patent("CN1A", publication_date="2020-13-01"), Patent(number="cn?", country="CN", doc_number="1")]
    surrogate = a_patent("CN2A", titles={"zh": "\ud800"})
    report = index.write([*bad, a_patent("CN3A"), surrogate], merge=newer)
    assert (report.written, [number for number, _ in report.refused]) == (1, ["CN1A", "cn?", "CN2A"])
    index.flush()
    assert [hit.number for hit in index.search(Request(All())).hits] == ["CN3A"]


def test_a_symbol_that_is_none_is_no_reason_to_stop(index: EmbeddedIndex) -> None:
    report = index.write([a_patent("CN1A", ipc=(Symbol(symbol=""), Symbol(symbol="A")))], merge=newer)
    assert report == WriteReport(written=1)


def test_a_reader_looks_for_a_new_commit_once_a_second(tmp_path: Path) -> None:
    clock = SetClock()
    with library(tmp_path, some(2)) as index:
        reader = EmbeddedReader(tmp_path, clock=clock)
        index.write([a_patent("CN9A")], merge=newer)
        index.flush()
        assert (index.count(All()), reader.count(All())) == (3, 2)
        clock.go(seconds=0.9)
        assert reader.count(All()) == 2
        clock.go(seconds=0.1)
        assert reader.count(All()) == 3
        reader.close()


def test_a_long_load_shows_up_without_a_flush(tmp_path: Path) -> None:
    clock = SetClock()
    index = EmbeddedIndex(tmp_path, clock=clock)
    index.write(some(2), merge=newer)
    assert index.count(All()) == 0
    clock.go(seconds=10)
    index.write([a_patent("CN1A")], merge=newer)
    assert index.count(All()) == 3
    index.close()


def test_a_rebuilt_generation_keeps_ordinals_of_what_is_equal(tmp_path: Path) -> None:
    with library(tmp_path, some(5)) as index:
        before = ordinals(index)
        generation = index.build()
        changed = a_patent("CN102A", titles={"zh": "新"})
        generation.write([*some(2), changed])
        index.write([a_patent("CN200A")], merge=newer)
        index.delete(["CN101A"])
        index.promote(generation)
        after = ordinals(index)
        assert after.keys() == {"CN100A", "CN102A", "CN200A"}
        assert after["CN100A"] == before["CN100A"]
        assert after["CN102A"] > max(before.values())
        assert index.get(["CN101A", "CN103A"]) == [None, None]


def test_no_ordinal_is_given_twice_over_generations(tmp_path: Path) -> None:
    seen: set[int] = set()
    with library(tmp_path, some(3)) as index:
        for turn in count(1):
            generation = index.build()
            generation.write([a_patent(f"CN{turn}A")])
            index.promote(generation)
            if turn % 2:
                index.roll_back()
            index.write([a_patent(f"US{turn}A")], merge=newer)
            index.flush()
            new = ordinals(index)[f"US{turn}A"]
            assert new not in seen
            assert new > max(seen, default=0)
            seen.add(new)
            if turn == 6:
                break


def test_only_the_serving_generation_and_the_one_before_stay_on_disk(tmp_path: Path) -> None:
    with library(tmp_path, some(3)) as index:
        for _ in range(3):
            index.build()  # abandoned
            index.promote(index.build())
        named = current.read(tmp_path)
        assert named.previous
        held = {folder.name for folder in (tmp_path / "generations").iterdir()}
        assert held == {named.serving.generation, named.previous.generation}


def test_there_is_no_way_back_from_the_first_generation(index: EmbeddedIndex) -> None:
    with pytest.raises(EngineError, match="no earlier generation"):
        index.roll_back()


def test_a_cursor_ends_with_its_generation(tmp_path: Path) -> None:
    with library(tmp_path, some(5)) as index:
        after = index.search(Request(All(), size=2, after="")).after
        assert after
        index.promote(index.build())
        with pytest.raises(CursorExpired):
            index.search(Request(All(), size=2, after=after))


def test_a_cursor_shows_a_deleted_record_as_gone(tmp_path: Path) -> None:
    with library(tmp_path, some(5)) as index:
        after = index.search(Request(All(), size=2, after="")).after
        index.delete(["CN103A"])
        index.flush()
        results = index.search(Request(All(), size=3, after=after))
        assert [(hit.number, hit.document is None) for hit in results.hits] == [
            ("CN102A", False),
            ("CN103A", True),
            ("CN104A", False),
        ]
        assert results.total == 5


def test_a_scan_is_a_view_that_stands(tmp_path: Path) -> None:
    with library(tmp_path, some(6)) as index:
        scan = index.scan(All())
        index.delete(["CN102A"])
        index.write([a_patent("CN103A", titles={"zh": "新"}), a_patent("CN900A")], merge=newer)
        index.flush()
        scanned = list(scan)
        assert [line.patent.number for line in scanned] == ["CN100A", "CN101A", "CN103A", "CN104A", "CN105A"]
        assert [line.ordinal for line in scanned] == [1, 2, 4, 5, 6]


def test_the_pattern_that_stands_for_too_many_words_is_named(index: EmbeddedIndex) -> None:
    """Of a phrase in which a truncated word has more than 16,384 forms."""
    words = [" ".join(f"q{page}x{word}" for word in range(1000)) for page in range(17)]
    index.write([a_patent(f"CN{page}A", titles={"en": f"lamp {text}"}) for page, text in enumerate(words, 10)], merge=newer)
    index.flush()
    with pytest.raises(TooManyExpansions) as raised:
        index.count(Or((Wild("lamp x*", "title"), Wild("lamp q*", "title"))))
    assert raised.value.pattern == "q"
    assert index.count(Wild("q*", "title")) == 17


def test_a_facet_of_more_values_than_are_counted_says_so(index: EmbeddedIndex) -> None:
    people = [tuple(Party(name=f"{page}-{person}") for person in range(1000)) for page in range(66)]
    index.write([a_patent(f"CN{page}A", inventors=names) for page, names in enumerate(people, 10)], merge=newer)
    index.flush()
    results = index.search(Request(All(), facets=("inventor", "country"), facet_size=3))
    assert not results.facets["inventor"].exact
    assert results.facets["country"].exact


def test_many_threads_search_while_one_writes(tmp_path: Path) -> None:
    """No answer is an error, and the number of documents never falls."""
    with library(tmp_path, patents(3, 60)) as index, ThreadPoolExecutor(4) as pool:

        def search(_: int) -> int:
            results = index.search(Request(Word("tiller"), facets=("country",), size=5))
            assert all(hit.document for hit in results.hits)
            return index.count(All())

        counts = pool.map(search, range(120))
        for number in range(30):
            index.write([a_patent(f"WO{number}A")], merge=newer)
            index.flush()
        seen = list(counts)
        assert 60 <= min(seen) <= max(seen) <= 90
        assert index.count(All()) == 90


def test_a_panic_of_the_library_is_an_error_of_the_port() -> None:
    with pytest.raises(EngineUnavailable, match="more than one term"), translated("searching"):
        tantivy.Query.phrase_query(SCHEMA, "title", ["one"])


def test_an_interrupt_is_not_an_error_of_the_engine() -> None:
    with pytest.raises(KeyboardInterrupt), translated("searching"):
        raise KeyboardInterrupt


def test_a_folder_that_cannot_be_made_is_an_error_of_the_port(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(EngineUnavailable, match="data folder"):
        EmbeddedReader(tmp_path / "file" / "data")
    with pytest.raises(EngineUnavailable, match="data folder"):
        EmbeddedIndex(tmp_path / "file" / "data")
