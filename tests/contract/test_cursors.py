"""Cursors: a stable view in which every hit is met once. The names are the specification."""

from threading import Event, Thread

import pytest

from search.engine.errors import CursorExpired
from search.engine.factory import open_reader
from search.engine.model import Request, Sort
from search.patent.model import Patent, decode
from search.query.tree import All, Or, Value, Word
from tests.contract.conftest import MANY
from tests.contract.library import LIBRARY, titled
from tests.contract.shelf import Shelf, numbers

SORTS = [Sort(), Sort("publication_date"), Sort("publication_date", descending=False), Sort("number"), Sort("priority_date")]


def pumps(count: int, start: int = 0) -> list[Patent]:
    return [titled(f"CN{n:04}A", "水泵") for n in range(start, start + count)]


@pytest.mark.parametrize("sort", SORTS, ids=lambda sort: f"{sort.by} {'descending' if sort.descending else 'ascending'}")
def test_a_cursor_meets_every_hit_once_in_order(library: Shelf, sort: Sort) -> None:
    asked = Or((Value("country", "CN"), Value("country", "US")))
    assert library.every(asked, size=4, sort=sort) == library.numbers(asked, sort=sort)


def test_a_cursor_in_order_of_relevance_with_differing_scores(library: Shelf) -> None:
    asked = Or((Word("电池"), Word("battery"), Word("轴承"), Word("方法")))
    assert library.every(asked, size=3) == library.numbers(asked)


def test_a_cursor_goes_past_ten_thousand(many: Shelf) -> None:
    found = many.every(All(), size=3_000)
    assert len(found) == len(set(found)) == MANY


def test_each_page_of_a_cursor_tells_the_total(library: Shelf) -> None:
    first = library.ask(All(), size=20, after="")
    second = library.ask(All(), size=20, after=first.after)
    assert first.total == second.total == len(LIBRARY)


def test_a_view_that_fits_one_page_has_no_cursor(library: Shelf) -> None:
    assert library.ask(Word("轴承"), after="").after is None


def test_the_last_page_has_no_cursor_even_when_it_is_full(library: Shelf) -> None:
    first = library.ask(Word("轴承"), size=2, after="")
    assert first.after is not None
    assert library.ask(Word("轴承"), size=2, after=first.after).after is None


def test_a_view_of_no_hits_has_no_cursor(library: Shelf) -> None:
    results = library.ask(Word("不存在的词"), after="")
    assert (results.total, results.hits, results.after) == (0, (), None)


def test_a_cursor_can_be_asked_again(library: Shelf) -> None:
    first = library.ask(All(), size=5, after="")
    assert numbers(library.ask(All(), size=5, after=first.after)) == numbers(library.ask(All(), size=5, after=first.after))


def test_pages_of_one_cursor_may_differ_in_size(library: Shelf) -> None:
    first = library.ask(All(), size=5, after="")
    second = library.ask(All(), size=20, after=first.after)
    assert [*numbers(first), *numbers(second)] == library.numbers(All(), size=25)


def test_a_cursor_heeds_filters(library: Shelf) -> None:
    filters = {"country": Value("country", "US")}
    assert library.every(All(), size=4, filters=filters) == library.numbers(All(), filters=filters)


def test_a_cursor_heeds_the_filter_of_a_facet_that_is_asked(library: Shelf) -> None:
    filters = {"country": Value("country", "US")}
    assert library.every(All(), size=4, filters=filters, facets=("country",)) == library.numbers(All(), filters=filters)


def test_a_cursor_gives_facets_where_they_are_asked(library: Shelf) -> None:
    assert library.ask(All(), size=5, after="", facets=("year",)).facets == library.ask(All(), facets=("year",)).facets


def test_documents_that_come_later_are_not_in_the_view(shelf: Shelf) -> None:
    shelf.put(*pumps(10))
    first = shelf.ask(Word("水泵"), size=4, after="")
    shelf.put(*pumps(10, start=100))
    second = shelf.ask(Word("水泵"), size=50, after=first.after)
    assert [*numbers(first), *numbers(second)] == [patent.number for patent in pumps(10)]
    assert second.total == 10


def test_documents_that_change_keep_their_place_and_are_given_as_they_are_now(shelf: Shelf) -> None:
    shelf.put(*pumps(10))
    first = shelf.ask(Word("水泵"), size=4, after="")
    shelf.put(titled("CN0007A", "阀门"))
    rest = shelf.ask(Word("水泵"), size=50, after=first.after).hits
    changed = next(hit for hit in rest if hit.number == "CN0007A")
    assert len(rest) == 6
    assert changed.document is not None
    assert decode(changed.document).titles == {"zh": "阀门"}


def test_documents_that_are_deleted_keep_their_place_and_are_given_as_gone(shelf: Shelf) -> None:
    shelf.put(*pumps(10))
    first = shelf.ask(Word("水泵"), size=4, after="")
    shelf.remove("CN0007A")
    rest = shelf.ask(Word("水泵"), size=50, after=first.after)
    assert rest.total == 10
    assert [hit.number for hit in rest.hits if hit.document is None] == ["CN0007A"]


def test_a_cursor_meets_every_hit_once_while_documents_are_loaded_and_deleted(shelf: Shelf) -> None:
    shelf.put(*pumps(300))
    results = shelf.ask(Word("水泵"), size=20, after="")
    found = numbers(results)
    stop, begun = Event(), Event()

    def load() -> None:
        start = 1_000
        while not stop.is_set():
            shelf.put(*pumps(20, start=start))
            shelf.remove(f"CN{start - 900:04}A")
            start += 20
            begun.set()

    loading = Thread(target=load)
    loading.start()
    begun.wait(30)
    while results.after:
        results = shelf.ask(Word("水泵"), size=20, after=results.after)
        found.extend(numbers(results))
    stop.set()
    loading.join()
    assert found == [patent.number for patent in pumps(300)]
    assert shelf.index.count(Word("水泵")) > 300


def test_a_cursor_is_good_in_another_process(shelf: Shelf) -> None:
    shelf.put(*pumps(10))
    first = shelf.ask(Word("水泵"), size=4, after="")
    reader = open_reader(shelf.settings)
    second = reader.search(Request(Word("水泵"), size=50, after=first.after))
    reader.close()
    assert len(second.hits) == 6


@pytest.mark.parametrize(
    "cursor", ["x", "AAAA", "eyJwaXQiOiAieCJ9", "🙂", "../../etc/passwd", "0" * 5_000, "null", "W10="], ids=str.__len__
)
def test_what_is_no_cursor_is_refused_as_expired(library: Shelf, cursor: str) -> None:
    with pytest.raises(CursorExpired):
        library.ask(All(), after=cursor)


def test_a_cursor_of_another_index_is_refused_or_gives_its_own_view(shelf: Shelf, library: Shelf) -> None:
    cursor = library.ask(All(), size=5, after="").after
    shelf.put(titled("CN501A", "水泵"))
    try:
        results = shelf.ask(All(), after=cursor)
    except CursorExpired:
        return
    assert "CN501A" not in numbers(results)


def test_a_cursor_of_a_generation_that_is_gone_is_refused(shelf: Shelf) -> None:
    shelf.put(*pumps(10))
    cursor = shelf.ask(All(), size=4, after="").after
    for _ in range(2):
        following = shelf.index.build()
        following.write(pumps(10))
        shelf.index.promote(following)
    with pytest.raises(CursorExpired):
        shelf.ask(All(), size=4, after=cursor)
