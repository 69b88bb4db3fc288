"""Order, paging and scores of the embedded engine against a brute force, over several segments."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import pytest

from search.engine import layout
from search.engine.embedded import ordering
from search.engine.embedded.compiler import compiled
from search.engine.embedded.index import EmbeddedIndex
from search.engine.embedded.schema import ROW
from search.engine.model import Order, Request, Sort
from search.engine.planner import plan
from search.engine.ties import ordered
from search.patent.model import Patent
from search.query.tree import All, And, Not, Or, Query, Range, Value, Wild, Word
from tests.unit.engine.corpus import bm25, library, patents

DOCUMENTS = patents(seed=7, count=230)


@pytest.fixture(name="index", scope="module")
def fixture_index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedIndex]:
    with library(tmp_path_factory.mktemp("order"), DOCUMENTS) as index:
        assert index._views.now().searcher.num_segments > 2  # or nothing here is about segments
        yield index


def numbers(index: EmbeddedIndex, request: Request) -> list[str]:
    return [hit.number for hit in index.search(request).hits]


def by_date(documents: Sequence[Patent], order: Order, *, descending: bool) -> list[str]:
    def day(patent: Patent) -> str | None:
        if order == "publication_date":
            return patent.publication_date
        return patent.application.date if patent.application else None

    dated = sorted((patent for patent in documents if day(patent)), key=lambda patent: patent.number)
    dated.sort(key=lambda patent: day(patent) or "", reverse=descending)
    undated = sorted(patent.number for patent in documents if not day(patent))
    return [*(patent.number for patent in dated), *undated]


@pytest.mark.parametrize("window", [1, 7, len(DOCUMENTS), 1_000])
def test_windows_of_a_scan_are_the_whole_in_order(index: EmbeddedIndex, window: int) -> None:
    searcher = index._views.now().searcher
    whole = sorted(ordering.columns(searcher, compiled(plan(All())), layout.ORDINAL, ROW))
    for after in (0, whole[100][0]):
        windows = list(ordering.onward(searcher, compiled(plan(All())), after=after, window=window))
        assert [pair for pairs in windows for pair in pairs] == [pair for pair in whole if pair[0] > after]
        assert all(len(pairs) == window for pairs in windows[:-1])


def test_scores_are_bm25_of_each_field_with_its_boost(index: EmbeddedIndex) -> None:
    expected: dict[str, float] = defaultdict(float)
    for column, boost in (("title_s", 3.0), ("abstract_s", 2.0), ("claims_s", 1.5), ("description_s", 1.0)):
        for number, score in bm25(DOCUMENTS, column, "tiller", boost).items():
            expected[number] += score
    results = index.search(Request(Word("tillers"), size=len(DOCUMENTS)))
    assert {hit.number: hit.score for hit in results.hits} == pytest.approx(expected, abs=2**-9)
    assert [hit.number for hit in results.hits] == sorted(expected, key=lambda number: (-ordered(expected[number]), number))


@pytest.mark.parametrize(
    "query",
    [Word("tiller"), Word("旋耕机"), Word("灯"), Wild("t*"), Or((Word("blade"), Word("刀轴"))), And((Word("motor"), Word("电机")))],
    ids=repr,
)
@pytest.mark.parametrize("size", [1, 3, 10])
def test_pages_by_relevance_are_pieces_of_one_order(index: EmbeddedIndex, query: Query, size: int) -> None:
    whole = index.search(Request(query, size=1000))
    keys = [(-hit.score, hit.number) for hit in whole.hits]
    assert keys == sorted(keys)
    assert len(keys) == whole.total > size
    pages = [numbers(index, Request(query, size=size, offset=offset)) for offset in range(0, whole.total, size)]
    assert [number for page in pages for number in page] == [number for _, number in keys]


@pytest.mark.parametrize("order", ["publication_date", "application_date"])
@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("size", [1, 7, 300])
def test_pages_by_date_end_in_the_number_and_the_undated(index: EmbeddedIndex, order: Order, descending: bool, size: int) -> None:
    expected = by_date(DOCUMENTS, order, descending=descending)
    request = Request(All(), sort=Sort(order, descending), size=size)
    pages = [
        numbers(index, Request(All(), sort=request.sort, size=size, offset=offset)) for offset in range(0, len(expected), size)
    ]
    assert [number for page in pages for number in page] == expected


@pytest.mark.parametrize(
    "query", [All(), Value("country", "CN"), Range("publication_date", "2020-01-01"), Not(Word("tiller"))], ids=repr
)
def test_hits_that_do_not_differ_in_score_stand_by_number(index: EmbeddedIndex, query: Query) -> None:
    results = index.search(Request(query, size=1000))
    found = [hit.number for hit in results.hits]
    assert found == sorted(found)
    assert {hit.score for hit in results.hits} == {0.0}
    assert numbers(index, Request(query, size=7, offset=20)) == found[20:27]
    assert numbers(index, Request(query, size=9, sort=Sort("number"))) == found[::-1][:9]
    assert numbers(index, Request(query, size=9, sort=Sort("number", descending=False))) == found[:9]


@pytest.mark.parametrize("sort", [Sort(), Sort("publication_date"), Sort("application_date", descending=False), Sort("number")])
@pytest.mark.parametrize("query", [Word("tiller"), Word("灯"), All()], ids=repr)
def test_a_cursor_meets_every_hit_once_in_the_order_of_pages(index: EmbeddedIndex, query: Query, sort: Sort) -> None:
    expected = index.search(Request(query, sort=sort, size=1000)).hits
    after: str | None = ""
    found = []
    while after is not None:
        results = index.search(Request(query, sort=sort, size=13, after=after))
        assert results.total == len(expected)
        found += results.hits
        after = results.after
    assert [(hit.number, hit.document) for hit in found] == [(hit.number, hit.document) for hit in expected]
    assert [hit.score for hit in found] == pytest.approx([hit.score for hit in expected])


def test_a_facet_counts_what_its_own_filter_leaves_out(index: EmbeddedIndex) -> None:
    filters: dict[str, Query] = {"country": Value("country", "CN"), "region": Value("region", "江苏省")}
    results = index.search(Request(All(), filters=filters, facets=("country", "region", "ipc", "year")))

    def counts(values: Sequence[str | None]) -> tuple[tuple[str, int], ...]:
        return tuple(sorted(Counter(value for value in values if value).items(), key=lambda item: (-item[1], item[0])))

    jiangsu = [patent for patent in DOCUMENTS if patent.applicants[0].region == "江苏省"]
    chinese = [patent for patent in DOCUMENTS if patent.country == "CN"]
    both = [patent for patent in jiangsu if patent.country == "CN"]
    assert results.total == len(both)
    assert results.facets["country"].values == counts([patent.country for patent in jiangsu])
    assert results.facets["region"].values == counts([patent.applicants[0].region for patent in chinese])
    assert results.facets["ipc"].values == counts([patent.ipc[0].symbol[:4] for patent in both])
    assert results.facets["year"].values == counts([(patent.publication_date or "")[:4] for patent in both])


def test_filters_do_not_score(index: EmbeddedIndex) -> None:
    plain = {hit.number: hit.score for hit in index.search(Request(Word("tiller"), size=1000)).hits}
    filtered = index.search(Request(Word("tiller"), filters={"x": Word("blade"), "country": Value("country", "CN")}, size=1000))
    assert filtered.hits
    assert {hit.number: hit.score for hit in filtered.hits} == pytest.approx(
        {hit.number: plain[hit.number] for hit in filtered.hits}
    )


def test_a_scan_gives_every_match_once_in_the_order_of_changes(index: EmbeddedIndex) -> None:
    scanned = list(index.scan(Value("country", "CN"), after=40))
    ordinals = [line.ordinal for line in scanned]
    assert ordinals == sorted(set(ordinals))
    assert [line.patent for line in scanned] == [patent for patent in DOCUMENTS[40:] if patent.country == "CN"]
