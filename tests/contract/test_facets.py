"""Facets and filters. The names are the specification."""

from collections import Counter

import pytest

from search.engine.model import Sort
from search.query.tree import All, Or, Range, Value, Word
from tests.contract.conftest import MANY
from tests.contract.library import FILED, LIBRARY, paper, parties
from tests.contract.shelf import Shelf

FACETS: dict[str, list[tuple[str, int]]] = {
    "kind": [("A", 45), ("A1", 2), ("B", 2), ("B2", 1), ("S", 1), ("U", 1)],
    "type": [("invention", 4), ("design", 1), ("utility_model", 1)],
    "stage": [("granted", 4), ("published", 2)],
    "applicant": [("乙公司", 3), ("Acme, Inc.", 1), ("丙公司", 1), ("华为技术有限公司", 1), ("甲公司", 1), ("轴承有限公司", 1)],
    "inventor": [("Brown Ann", 1), ("Smith John", 1), ("王轴承", 1)],
    "agent": [("李代理", 1), ("轴承事务所", 1)],
    "region": [("广东省", 1), ("江苏省", 1)],
    "family": [("F1", 2), ("F2", 1)],
    "ipc": [("A01B", 2), ("H01M", 2)],
    "cpc": [("A01B", 1), ("H01M", 1), ("Y02E", 1)],
    "locarno": [("09-03", 1)],
    "year": [("2020", 3), ("2021", 2), ("1999", 1)],
}


@pytest.mark.parametrize(("name", "expected"), FACETS.items(), ids=FACETS.keys())
def test_values_with_their_counts_the_largest_first_equal_ones_by_value(
    library: Shelf, name: str, expected: list[tuple[str, int]]
) -> None:
    assert library.facet(name) == expected


def test_countries_are_counted(library: Shelf) -> None:
    counted = Counter(patent.country for patent in LIBRARY)
    assert library.facet("country") == sorted(counted.items(), key=lambda value: (-value[1], value[0]))


def test_a_facet_counts_the_hits_alone(library: Shelf) -> None:
    assert library.facet("kind", Value("family", "F1")) == [("B", 1), ("U", 1)]


def test_a_facet_of_no_hits_is_empty(library: Shelf) -> None:
    assert library.facet("kind", Word("不存在的词")) == []


def test_a_document_with_a_value_twice_is_counted_once(library: Shelf) -> None:
    assert dict(library.facet("ipc", Value("number", "US404A1"))) == {"A01B": 1}


def test_a_facet_gives_as_many_values_as_asked(library: Shelf) -> None:
    assert library.facet("kind", size=2) == FACETS["kind"][:2]


def test_a_facet_leaves_out_its_own_filter(library: Shelf) -> None:
    assert library.facet("kind", kind=Value("kind", "U")) == FACETS["kind"]


def test_a_facet_heeds_the_other_filters(library: Shelf) -> None:
    assert library.facet("kind", country=Value("country", "US"), year=Value("year", "2020")) == [("B2", 1)]


def test_each_of_several_facets_leaves_out_its_own_filter(library: Shelf) -> None:
    filters = {"kind": Value("kind", "B"), "year": Value("year", "2020"), "stage": Value("stage", "granted")}
    results = library.ask(All(), filters=filters, facets=("kind", "year", "type"))
    assert results.total == 1
    assert results.facets["kind"].values == (("B", 1), ("B2", 1), ("U", 1))
    assert results.facets["year"].values == (("2020", 1),)
    assert results.facets["type"].values == (("invention", 1),)


def test_facets_come_in_the_order_asked(library: Shelf) -> None:
    assert list(library.ask(All(), facets=("year", "country", "kind")).facets) == ["year", "country", "kind"]


def test_no_facet_is_given_unasked(library: Shelf) -> None:
    assert library.ask(All()).facets == {}


def test_a_filter_narrows_total_and_hits(library: Shelf) -> None:
    results = library.ask(Value("country", "CN"), filters={"kind": Value("kind", "U")})
    assert ([hit.number for hit in results.hits], results.total) == (["CN402U"], 1)


def test_a_filter_of_several_values_is_any_of_them(library: Shelf) -> None:
    chosen = Or((Value("kind", "U"), Value("kind", "S")))
    assert library.numbers(All(), filters={"kind": chosen}) == ["CN402U", "CN403S"]


def test_filters_of_several_fields_are_all_heeded(library: Shelf) -> None:
    filters = {"stage": Value("stage", "granted"), "publication_date": Range("publication_date", low="2021-01-01")}
    assert library.numbers(All(), filters=filters) == ["CN403S"]


def test_a_filter_whose_facet_is_asked_narrows_the_hits_all_the_same(library: Shelf) -> None:
    filters = {"kind": Value("kind", "U")}
    assert library.numbers(All(), filters=filters, facets=("kind",)) == ["CN402U"]


def test_a_filter_of_words_scores_nothing(library: Shelf) -> None:
    results = library.ask(All(), filters={"title": Word("电池", "title")})
    assert results.total == 5
    assert {hit.score for hit in results.hits} == {0.0}


def test_facets_do_not_depend_on_the_order_of_hits(library: Shelf) -> None:
    by_date = library.ask(All(), sort=Sort("publication_date"), facets=("year",)).facets
    assert by_date == library.ask(All(), facets=("year",)).facets


def test_facets_do_not_depend_on_the_page(library: Shelf) -> None:
    assert library.ask(All(), offset=20, facets=("year",)).facets == library.ask(All(), facets=("year",)).facets


def test_counts_are_exact_over_many_documents(many: Shelf) -> None:
    assert many.facet("year") == [("2020", MANY)]
    assert many.facet("kind", Word("阀门")) == [("A", -(-MANY // 3))]


def test_the_largest_of_thousands_of_values_are_exact(shelf: Shelf) -> None:
    shelf.put(*(paper(f"CN{n:05}A", applicants=parties(f"公司{n % 2500}", f"公司{n % 7}")) for n in range(3_000)))
    counted = Counter(name for n in range(3_000) for name in {f"公司{n % 2500}", f"公司{n % 7}"})
    expected = sorted(counted.items(), key=lambda value: (-value[1], value[0]))
    assert shelf.facet("applicant", size=20) == expected[:20]


def test_a_very_long_name_is_counted(shelf: Shelf) -> None:
    shelf.put(paper("CN501A", applicants=parties("长" * 20_000)))
    assert [count for _, count in shelf.facet("applicant")] == [1]


def test_the_value_of_a_facet_finds_what_it_counted(library: Shelf) -> None:
    for name in FACETS:
        for value, count in library.facet(name):
            assert library.index.count(Value(name, value)) == count, (name, value)


def test_documents_without_the_field_are_in_no_value(library: Shelf) -> None:
    assert sum(count for _, count in library.facet("year")) == len(FILED)
