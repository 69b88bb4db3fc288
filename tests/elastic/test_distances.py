"""Distances that Elasticsearch can't be asked for: how much is read, what is said of the rest, and views that stand."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from search.engine.elastic.index import ElasticIndex
from search.engine.elastic.reader import ElasticReader
from search.engine.errors import TooMuchText
from search.engine.model import Request
from search.query.tree import And, Near, Not, Word
from tests.contract.conftest import ordinals  # noqa: F401 - a fixture
from tests.contract.library import in_english
from tests.contract.shelf import Shelf, numbers
from tests.elastic.conftest import Settings

pytestmark = pytest.mark.elastic

A, B, C = (Word(text, "title") for text in ("alpha", "beta", "gamma"))
NESTED = Near(Near(A, B, "sentence"), C, ordered=True)
"""Of the documents of `filled` the odd ones match; in the others a gamma stands behind a beta but not behind both."""


@pytest.fixture
def filled(shelf: Shelf) -> Shelf:
    shelf.put(*(in_english(f"US{n}A", "alpha beta gamma" if n % 2 else "beta gamma alpha of") for n in range(100, 120)))
    return shelf


@pytest.fixture
def narrow(filled: Shelf, settings: Settings) -> Iterator[ElasticReader]:
    """Reads the characters of five documents, give or take one."""
    [document] = filled.index.get(["US119A"])
    reader = ElasticReader(settings(), characters=5 * len(document or b"") + 40)
    yield reader
    reader.close()


def found(reader: ElasticReader, request: Request) -> set[int]:
    return {int(number[2:-1]) for number in numbers(reader.search(request))}


def test_the_last_documents_are_read_and_the_answer_says_so(narrow: ElasticReader) -> None:
    assert found(narrow, Request(NESTED)) == {119, 117, 115}
    results = narrow.search(Request(NESTED, facets=("country",)))
    assert (results.total, results.checked) == (3, (5, 20))
    assert results.facets["country"].values == (("US", 3),)
    assert narrow.search(Request(And((NESTED, Word("of", "title"))))).checked == (5, 10)
    assert narrow.count(NESTED) == len(list(narrow.scan(NESTED))) == 10


def test_what_must_be_exact_reads_further_and_is_refused_beyond(filled: Shelf, settings: Settings) -> None:
    [document] = filled.index.get(["US119A"])
    with closing(ElasticReader(settings(), characters=len(document or b"") * 3 // 4)) as narrow:
        for asked in (narrow.count, lambda query: narrow.counts([query]), lambda query: list(narrow.scan(query))):
            with pytest.raises(TooMuchText, match="of 20"):
                asked(NESTED)
        assert narrow.count(And((NESTED, Word("of", "title")))) == 0


def test_what_was_not_read_is_never_answered_for_its_absence(narrow: ElasticReader) -> None:
    assert found(narrow, Request(And((A, Not(NESTED))))) == {118, 116}


def test_a_cursor_measures_what_its_view_holds(filled: Shelf, narrow: ElasticReader) -> None:
    page = narrow.search(Request(NESTED, size=1, after=""))
    filled.put(in_english("US119A", "alpha"), in_english("US117A", "alpha"), in_english("US300A", "alpha beta gamma"))
    seen = numbers(page)
    while page.after:
        page = narrow.search(Request(NESTED, size=1, after=page.after))
        assert page.checked == (5, 20)
        seen += numbers(page)
    assert sorted(seen) == ["US115A", "US117A", "US119A"]


def test_what_cannot_match_is_read_by_nobody(filled: Shelf, narrow: ElasticReader) -> None:
    filled.put(*(in_english(f"US{n}A", "alpha of beta of gamma") for n in range(200, 220)))
    assert found(narrow, Request(NESTED)) == {119, 117, 115}
    assert narrow.search(Request(NESTED)).checked == (5, 20)


@pytest.mark.parametrize(
    "asked",
    [
        Near(A, C, "word", 1, ordered=True),
        Near(Near(A, B), C, ordered=True),
        Near(A, Near(B, C, ordered=True), ordered=True),
        Near(Near(Near(A, B), C), Word("of", "title"), "sentence", without=True),
        Near(C, Near(A, B, "word", 1), "word", 0, ordered=True, without=True),
    ],
)
def test_what_elasticsearch_can_be_asked_is_read_by_nobody(narrow: ElasticReader, asked: Near) -> None:
    results = narrow.search(Request(And((asked, Not(Word("of", "title")))), size=20))
    assert (results.total, results.checked) == (10, None)


def test_more_ordinals_than_one_clause_takes(filled: Shelf) -> None:
    from search.engine.elastic.compile import compiled
    from search.engine.plan import Ordinals

    index = filled.index
    assert isinstance(index, ElasticIndex)
    held = tuple(line.ordinal for line in filled.scanned())
    query = compiled(Ordinals((*range(10**9, 10**9 + 70_000), *held)))
    answer = index._client.search(index=index.alias, query=query, size=0)
    assert answer["hits"]["total"]["value"] == 20
