"""Distances in the embedded engine: how much text a search looks at, and the unit store through crashes and damage."""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from search.engine.embedded import current, units
from search.engine.embedded.index import EmbeddedIndex
from search.engine.embedded.reader import EmbeddedReader
from search.engine.errors import EngineUnavailable, TooMuchText
from search.engine.model import Question, Request
from search.patent.model import Patent
from search.query.tree import And, Near, Not, Or, Wild, Word
from tests.unit.engine.corpus import newer

NEAR = Near(Wild("alph*", "title"), Word("beta", "title"))
WHOLE = Near(Word("alpha", "title"), Word("beta", "title"))


def a_title(number: int, text: str) -> Patent:
    return Patent(number=f"CN{number}A", country="CN", doc_number=str(number), titles={"en": text})


def library(count: int = 20) -> list[Patent]:
    """Titles of four units; every other one matches `NEAR`."""
    return [a_title(100 + n, "alpha beta of it" if n % 2 else "alpha of a beta") for n in range(count)]


def written(data: Path, patents: list[Patent]) -> None:
    index = EmbeddedIndex(data)
    index.write(patents, merge=newer)
    index.flush()
    index.close()


@pytest.fixture
def small(tmp_path: Path) -> Iterator[EmbeddedReader]:
    """Twenty documents, and a search looks at 20 units: those of five."""
    written(tmp_path, library())
    reader = EmbeddedReader(tmp_path, units=20)
    yield reader
    reader.close()


def numbers(reader: EmbeddedReader, request: Request) -> set[int]:
    return {int(hit.number[2:-1]) for hit in reader.search(request).hits}


def test_the_last_documents_are_looked_at_and_the_answer_says_so(small: EmbeddedReader) -> None:
    results = small.search(Request(NEAR, facets=("country",)))
    assert results.checked == (5, 20)
    assert numbers(small, Request(NEAR)) == {119, 117, 115}
    assert results.total == 3
    assert results.facets["country"].values == (("CN", 3),)


def test_whole_words_are_found_however_much_there_is(small: EmbeddedReader) -> None:
    results = small.search(Request(WHOLE, facets=("country",)))
    assert (results.total, results.checked) == (10, None)
    assert results.facets["country"].values == (("CN", 10),)
    assert numbers(small, Request(And((Word("alpha"), Not(WHOLE))))) == set(range(100, 120, 2))
    assert small.search(Request(Near(WHOLE, Word("of", "title"), ordered=True))).total == 10


def test_what_must_be_exact_looks_further_and_is_refused_beyond(small: EmbeddedReader, tmp_path: Path) -> None:
    assert small.count(NEAR) == len(list(small.scan(NEAR))) == 10
    with closing(EmbeddedReader(tmp_path, units=3)) as narrow:
        for asked in (narrow.count, narrow.scan, lambda query: narrow.aggregate(query, [Question(())])):
            with pytest.raises(TooMuchText, match="15 of 20"):
                asked(NEAR)
        assert narrow.count(WHOLE) == 10


def test_what_was_not_looked_at_is_never_answered_for_its_absence(small: EmbeddedReader) -> None:
    asked = And((Word("alpha"), Not(NEAR)))
    results = small.search(Request(asked))
    assert results.checked == (5, 20)
    assert numbers(small, Request(asked)) == {118, 116}
    twice = And((Word("alpha"), Not(Not(NEAR))))
    assert numbers(small, Request(twice)) == {119, 117, 115}


def test_other_terms_and_filters_come_first(small: EmbeddedReader) -> None:
    number = Word("it", "title")
    assert small.search(Request(And((NEAR, number)))).checked == (5, 10)
    assert small.search(Request(NEAR, filters={"it": And((number, Word("of", "title")))})).checked == (5, 10)
    assert small.search(Request(And((NEAR, Word("nothing"))))).checked is None


def test_counts_and_scans_look_at_all(small: EmbeddedReader) -> None:
    assert small.count(NEAR) == 10
    assert len(list(small.scan(NEAR))) == 10


def test_a_cursor_says_it_on_every_page(small: EmbeddedReader) -> None:
    page = small.search(Request(NEAR, size=2, after=""))
    assert (len(page.hits), page.checked) == (2, (5, 20))
    rest = small.search(Request(NEAR, size=2, after=page.after))
    assert (len(rest.hits), rest.checked, rest.after) == (1, (5, 20), None)


def test_several_distances_are_counted_together(small: EmbeddedReader) -> None:
    other = Near(Wild("alph*", "title"), Word("beta", "title"), "word", 3)
    assert small.search(Request(Or((NEAR, other)))).checked == (10, 40)


def store(data: Path) -> Path:
    return units.folder(current.index_folder(data, current.read(data).serving))


@pytest.mark.parametrize("name", ["title", "words", "starts", "lengths", ""])
def test_a_lost_part_of_the_store_is_made_anew(tmp_path: Path, name: str) -> None:
    written(tmp_path, library())
    if name:
        (store(tmp_path) / name).unlink()
    else:
        shutil.rmtree(store(tmp_path))
    reader = EmbeddedReader(tmp_path)
    assert reader.count(NEAR) == 10
    reader.close()


def test_a_shortened_file_is_made_anew(tmp_path: Path) -> None:
    written(tmp_path, library())
    os.truncate(store(tmp_path) / "title", 40)
    written(tmp_path, [a_title(900, "beta alpha")])
    reader = EmbeddedReader(tmp_path)
    assert reader.count(NEAR) == 11
    reader.close()


def test_what_was_written_without_a_commit_is_cut_off(tmp_path: Path) -> None:
    """As a killed process leaves it: half a word, half a block, a start that leads nowhere."""
    written(tmp_path, library())
    for name in ("title", "words", "starts"):
        with (store(tmp_path) / name).open("ab") as file:
            file.write(b"\xff\x7f" * 30 + b"\xff")
    written(tmp_path, [a_title(900, "gamma alpha beta gamma")])
    reader = EmbeddedReader(tmp_path)
    assert reader.count(NEAR) == 11
    assert reader.count(Near(Word("beta", "title"), Word("gamma", "title", exact=True))) == 1
    reader.close()


def test_a_reader_keeps_what_it_read_while_the_store_grows(tmp_path: Path) -> None:
    written(tmp_path, library())
    reader = EmbeddedReader(tmp_path)
    assert reader.count(NEAR) == 10
    index = EmbeddedIndex(tmp_path)
    index.write([a_title(101, "alpha of no beta"), a_title(900, "alpha, beta")], merge=newer)
    index.delete(["CN103A"])
    index.flush()
    assert index.count(NEAR) == 9
    index.close()
    reader.close()


def test_a_store_that_cannot_be_written_is_caught_up_with(tmp_path: Path) -> None:
    index = EmbeddedIndex(tmp_path)
    index.write(library(2), merge=newer)
    moved = store(tmp_path).rename(tmp_path / "moved")
    with pytest.raises(EngineUnavailable):
        index.flush()
    moved.rename(store(tmp_path))
    index.flush()
    assert index.count(NEAR) == 1
    index.close()
