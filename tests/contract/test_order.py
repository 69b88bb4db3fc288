"""In which order hits come, their scores, and pages by offset. The names are the specification."""

import random

import pytest

from search.engine.model import Sort
from search.query.tree import All, And, Not, Or, Value, Wild, Word
from tests.contract.conftest import MANY
from tests.contract.library import LIBRARY, in_english, paper, titled
from tests.contract.shelf import Shelf, numbers

ALL_NUMBERS = sorted(patent.number for patent in LIBRARY)
DATES = {patent.number: patent.publication_date for patent in LIBRARY if patent.publication_date}


def test_a_word_in_the_title_weighs_more_than_in_abstract_claims_and_description(library: Shelf) -> None:
    assert library.numbers(Word("轴承")) == ["EP301A", "EP302A", "EP303A", "EP304A"]


def test_a_rare_word_weighs_more_than_a_common_one(shelf: Shelf) -> None:
    shelf.put(*(titled(f"CN50{n}A", "阀门") for n in range(5)), titled("CN509A", "水泵"))
    assert shelf.numbers(Or((Word("阀门"), Word("水泵"))))[0] == "CN509A"


def test_a_short_text_weighs_more_than_a_long_one(shelf: Shelf) -> None:
    shelf.put(titled("CN501A", "一种用于农业机械的水泵及其控制方法和控制系统"), titled("CN502A", "水泵"))
    assert shelf.numbers(Word("水泵")) == ["CN502A", "CN501A"]


def test_a_word_that_comes_twice_weighs_more(shelf: Shelf) -> None:
    shelf.put(in_english("US501A", "pump and valve"), in_english("US502A", "pump and pump"))
    assert shelf.numbers(Word("pump")) == ["US502A", "US501A"]


def test_two_of_the_words_weigh_more_than_one(shelf: Shelf) -> None:
    shelf.put(in_english("US501A", "pump motor"), in_english("US502A", "pump valve"), in_english("US503A", "valve motor"))
    assert shelf.numbers(Or((Word("pump"), Word("valve"))))[0] == "US502A"


def test_an_empty_field_weighs_nothing(shelf: Shelf) -> None:
    shelf.put(titled("CN501A", "水泵"), *(paper(f"CN6{n:02}A", abstracts={"zh": "阀门"}) for n in range(30)))
    assert shelf.numbers(Word("水泵")) == ["CN501A"]


def test_equal_scores_are_in_order_of_number_wherever_they_lie(shelf: Shelf) -> None:
    given = [f"CN{n}A" for n in random.Random(1).sample(range(100, 999), 60)]
    for start in range(0, 60, 20):  # each flush is another segment
        shelf.put(*(titled(number, "旋耕机的刀轴和机架") for number in given[start : start + 20]))
    asked = Or((Word("旋耕机"), Word("刀轴"), Word("机架")))
    assert shelf.numbers(asked) == sorted(given)
    assert len({hit.score for hit in shelf.ask(asked, size=60).hits}) == 1


def test_numbers_are_compared_character_by_character(shelf: Shelf) -> None:
    given = ["CN9A", "CN10A", "CN10B", "CN1A", "CN100A1", "US1A", "CN100A"]
    shelf.put(*(titled(number, "水泵") for number in given))
    assert shelf.numbers(Word("水泵")) == sorted(given)


def test_without_words_relevance_is_the_order_of_numbers(library: Shelf) -> None:
    assert library.numbers(All()) == ALL_NUMBERS


def test_values_score_nothing(library: Shelf) -> None:
    assert {hit.score for hit in library.ask(Value("country", "CN")).hits} == {0.0}


def test_a_not_scores_nothing(library: Shelf) -> None:
    assert {hit.score for hit in library.ask(Not(Word("电池"))).hits} == {0.0}


def test_a_value_beside_a_word_leaves_its_score(library: Shelf) -> None:
    alone = library.ask(Word("酶")).hits
    assert library.ask(And((Word("酶"), Value("country", "CN")))).hits == alone


def test_a_filter_leaves_scores(library: Shelf) -> None:
    assert library.ask(Word("酶"), filters={"country": Value("country", "CN")}).hits == library.ask(Word("酶")).hits


def test_a_wildcard_scores_the_weight_of_its_field(library: Shelf) -> None:
    assert {hit.score for hit in library.ask(Wild("batter*", "title")).hits} == {3.0}


def test_relevance_is_always_descending(library: Shelf) -> None:
    assert library.numbers(Word("轴承"), sort=Sort(descending=False)) == library.numbers(Word("轴承"))


@pytest.mark.parametrize("descending", [True, False])
def test_documents_in_order_of_a_date_those_of_a_day_by_number(library: Shelf, descending: bool) -> None:
    dated = sorted(DATES)
    dated.sort(key=DATES.__getitem__, reverse=descending)
    found = library.numbers(All(), sort=Sort("publication_date", descending=descending))
    assert found[: len(dated)] == dated


@pytest.mark.parametrize("descending", [True, False])
def test_documents_without_the_date_come_last_by_number(library: Shelf, descending: bool) -> None:
    found = library.numbers(All(), sort=Sort("publication_date", descending=descending))
    assert found[len(DATES) :] == [number for number in ALL_NUMBERS if number not in DATES]


def test_application_and_priority_dates_order_too(library: Shelf) -> None:
    assert library.numbers(All(), sort=Sort("application_date"))[0] == "CN401B"
    assert library.numbers(All(), sort=Sort("priority_date"))[0] == "CN401B"


def test_numbers_in_order(library: Shelf) -> None:
    assert library.numbers(All(), sort=Sort("number", descending=False)) == ALL_NUMBERS


def test_numbers_in_the_other_order(library: Shelf) -> None:
    assert library.numbers(All(), sort=Sort("number")) == ALL_NUMBERS[::-1]


@pytest.mark.parametrize("sort", [Sort(), Sort("publication_date"), Sort("number")], ids=["relevance", "date", "number"])
def test_pages_by_offset_meet_every_hit_once(library: Shelf, sort: Sort) -> None:
    asked = Or((Value("country", "CN"), Word("battery")))
    whole = library.numbers(asked, sort=sort)
    pages = [library.numbers(asked, sort=sort, offset=offset, size=7) for offset in range(0, len(whole) + 7, 7)]
    assert [number for page in pages for number in page] == whole


def test_a_page_behind_the_end_is_empty_and_tells_the_total(library: Shelf) -> None:
    results = library.ask(All(), offset=500)
    assert (results.hits, results.total) == ((), len(LIBRARY))


def test_a_page_by_offset_has_no_cursor(library: Shelf) -> None:
    assert library.ask(All()).after is None


def test_the_total_is_exact_above_ten_thousand(many: Shelf) -> None:
    assert many.ask(All()).total == MANY
    assert many.index.count(All()) == MANY


@pytest.mark.parametrize("sort", [Sort(), Sort("publication_date"), Sort("number")], ids=["relevance", "date", "number"])
def test_the_page_that_ends_at_ten_thousand(many: Shelf, sort: Sort) -> None:
    results = many.ask(All(), offset=9_990, size=10, sort=sort)
    assert len(results.hits) == 10
    assert numbers(results) == many.every(All(), size=5_000, sort=sort)[9_990:10_000]


def test_a_deep_page_of_many_equal_scores(many: Shelf) -> None:
    assert many.numbers(Word("阀门"), offset=3_000, size=5) == [f"CN{3 * n:06}A" for n in range(3_000, 3_005)]
