"""Families: one hit of each, and how many there are. The names are the specification."""

from collections.abc import Iterator

import pytest

from search.engine.model import Sort
from search.loads.ordinals import DatabaseOrdinals
from search.patent.model import Patent, Reference
from search.patent.numbers import application
from search.query.tree import All, Or, Query, Range, Value, Word
from tests.contract.conftest import MANY, Place
from tests.contract.library import paper
from tests.contract.shelf import Shelf

SORTS = [Sort(), Sort("publication_date"), Sort("publication_date", descending=False), Sort("number", descending=False)]
ASKED: list[Query] = [
    All(),
    Or((Word("水泵"), Word("阀门"))),
    Word("阀门", "title"),
    Range("publication_date", low="2014-01-01"),
]


def member(n: int) -> Patent:
    """Of one of a dozen families, every seventh of none; the titles weigh differently."""
    return paper(
        f"CN{n:04}A",
        titles={"zh": "水泵" * (n % 5 + 1) + "阀门" * (n % 3)},
        publication_date=f"20{10 + n % 9}-0{n % 9 + 1}-01",
        family=None if n % 7 == 0 else f"F{n * n % 23}",
    )


MEMBERS = {patent.number: patent for patent in map(member, range(70))}


def firsts(numbers: list[str]) -> list[str]:
    """The first of each family, in order."""
    seen: dict[str, str] = {}
    for number in numbers:
        seen.setdefault(MEMBERS[number].family or number, number)
    return list(seen.values())


@pytest.fixture(scope="module")
def families(place: Place, ordinals: DatabaseOrdinals) -> Iterator[Shelf]:
    opened = Shelf.open(place(), ordinals)
    opened.put(*list(MEMBERS.values())[:40])
    opened.put(*list(MEMBERS.values())[40:])  # families reach over two segments
    yield opened
    opened.index.close()


@pytest.mark.parametrize("sort", SORTS, ids=lambda sort: f"{sort.by} {'descending' if sort.descending else 'ascending'}")
@pytest.mark.parametrize("asked", ASKED, ids=["all", "words", "field", "dates"])
def test_each_family_is_answered_by_its_best_hit_in_order(families: Shelf, asked: Query, sort: Sort) -> None:
    everyone = families.numbers(asked, sort=sort)
    results = families.ask(asked, sort=sort, size=100, collapse="family")
    assert [hit.number for hit in results.hits] == firsts(everyone)
    assert (results.total, results.units["family"]) == (len(everyone), len(firsts(everyone)))


@pytest.mark.parametrize("sort", SORTS[:2], ids=["relevance", "date"])
def test_pages_count_families_and_meet_each_once(families: Shelf, sort: Sort) -> None:
    whole = families.numbers(All(), sort=sort, collapse="family")
    pages = [families.numbers(All(), sort=sort, collapse="family", offset=start, size=5) for start in range(0, len(whole) + 5, 5)]
    assert [number for page in pages for number in page] == whole
    assert pages[-1] == []


@pytest.mark.parametrize("size", [1, 7, 300])
@pytest.mark.parametrize("sort", SORTS, ids=lambda sort: f"{sort.by} {'descending' if sort.descending else 'ascending'}")
def test_a_cursor_meets_each_family_once(families: Shelf, sort: Sort, size: int) -> None:
    asked, filters = Or((Word("水泵"), Word("阀门"))), {"year": Value("year", "2012")}
    whole = families.ask(asked, sort=sort, size=100, collapse="family")
    page = families.ask(asked, sort=sort, size=size, collapse="family", after="")
    seen = [hit.number for hit in page.hits]
    while page.after:
        assert (page.total, page.units) == (whole.total, whole.units)
        page = families.ask(asked, sort=sort, size=size, collapse="family", after=page.after)
        seen += [hit.number for hit in page.hits]
    assert seen == [hit.number for hit in whole.hits]
    narrowed = families.ask(asked, sort=sort, size=3, filters=filters, facets=("year",), collapse="family", after="")
    assert [hit.number for hit in narrowed.hits] == families.numbers(asked, sort=sort, size=3, filters=filters, collapse="family")
    assert narrowed.facets == families.ask(asked, facets=("year",)).facets


def test_the_view_of_a_cursor_keeps_its_families(shelf: Shelf) -> None:
    shelf.put(*(paper(f"CN{n}A", family=f"F{n % 3}") for n in range(100, 109)))
    page = shelf.ask(All(), size=2, collapse="family", after="")
    shelf.put(paper("CN099A", family="F9"))
    assert [hit.number for hit in page.hits] == ["CN100A", "CN101A"]
    assert page.after is not None
    rest = shelf.ask(All(), size=2, collapse="family", after=page.after)
    assert ([hit.number for hit in rest.hits], rest.after, rest.units) == (["CN102A"], None, {"family": 3})


def test_without_a_family_the_first_filing_is_shared(shelf: Shelf) -> None:
    """The application itself, what claims it as its earliest priority, and the stages of one application."""
    first = Reference(number=application("CN201810000001"), date="2018-01-02")
    spelled, later = Reference(number="CN201810000001", date="2018-01-02"), Reference(number="US62000001", date="2018-12-31")
    shelf.put(
        paper("CN1A", application=first),
        paper("CN1B", application=first),
        paper("US2A1", application=Reference(number="US16000001"), priorities=(later, first)),
        paper("EP3A", application=Reference(number="EP18000001"), priorities=(spelled,)),
        paper("JP4A", application=Reference(number="JP2019000001"), priorities=(later,)),
        paper("KR5A", family="F", priorities=(first,)),
        paper("DE6A"),
        paper("DE7A"),
    )
    found = shelf.ask(All(), sort=Sort("number", descending=False), collapse="family", size=20)
    assert [hit.number for hit in found.hits] == ["CN1A", "DE6A", "DE7A", "JP4A", "KR5A"]
    assert found.units == {"family": 5}


def test_a_document_without_a_family_is_one_of_its_own(families: Shelf) -> None:
    alone = {number for number, patent in MEMBERS.items() if patent.family is None}
    assert alone <= set(families.numbers(All(), collapse="family"))


def test_a_family_is_none_of_the_number_that_names_it(shelf: Shelf) -> None:
    shelf.put(paper("CN1A", family="CN9A"), paper("CN2A", family="CN9A"), paper("CN9A"))
    assert shelf.numbers(All(), collapse="family") == ["CN1A", "CN9A"]


def test_families_are_counted_without_collapse_where_asked(families: Shelf) -> None:
    results = families.ask(Word("阀门"), size=3, units=("family",))
    assert len(results.hits) == 3
    assert results.units["family"] == len(firsts(families.numbers(Word("阀门"))))


def test_families_are_not_counted_unasked(families: Shelf) -> None:
    assert families.ask(All()).units == {}


@pytest.mark.parametrize("facets", [(), ("year",), ("country",)], ids=["none", "its own", "another"])
def test_a_filter_narrows_families_whether_or_not_its_facet_is_asked(families: Shelf, facets: tuple[str, ...]) -> None:
    filters = {"year": Value("year", "2012")}
    everyone = families.numbers(All(), filters=filters)
    results = families.ask(All(), filters=filters, facets=facets, size=100, collapse="family")
    assert [hit.number for hit in results.hits] == firsts(everyone)
    assert results.units["family"] == len(firsts(everyone))


def test_facets_go_on_counting_documents(families: Shelf) -> None:
    assert families.ask(All(), facets=("year",), collapse="family").facets == families.ask(All(), facets=("year",)).facets


def test_no_hit_is_of_no_family(families: Shelf) -> None:
    results = families.ask(Word("不存在的词"), collapse="family")
    assert (results.total, results.units["family"], results.hits) == (0, 0, ())


def test_more_than_ten_thousand_families_are_counted(many: Shelf) -> None:
    results = many.ask(All(), size=1, units=("family",))
    assert (results.total, results.units["family"]) == (MANY, MANY)


def test_the_last_page_that_can_be_reached(many: Shelf) -> None:
    assert len(many.ask(All(), offset=9_900, size=100, collapse="family").hits) == 100


def test_documents_are_found_by_the_keys_of_their_priorities(shelf: Shelf) -> None:
    first, second = Reference(number="US62000001", date="2018-12-31"), Reference(number=application("CN201810000001"))
    shelf.put(paper("CN1A", priorities=(first, second)), paper("EP2A", priorities=(first,)), paper("JP3A", application=first))
    assert shelf.index.resolve(["US62000001"], of="priority") == ["CN1A", "EP2A"]
    assert shelf.index.resolve(["CN201810000001"], of="priority") == ["CN1A"]
    assert shelf.index.resolve(["US9"], of="priority") == []
