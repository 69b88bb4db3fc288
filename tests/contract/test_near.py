"""What a distance finds, in one field or several, with filters, facets, order and cursors. The names are the specification."""

from collections.abc import Iterator

import pytest

from search.engine.model import Sort
from search.loads.ordinals import DatabaseOrdinals
from search.patent.model import Claim, Patent
from search.query.highlight import highlight
from search.query.tree import And, Near, Not, Or, Query, Value, Wild, Word
from tests.contract.conftest import Place
from tests.contract.library import paper, parties
from tests.contract.shelf import Shelf
from tests.unit.query.test_near import CASES


def _titled(number: int, text: str) -> Patent:
    """Beside the text a word that only it has."""
    return paper(f"CN{number}A", titles={"zh": text}, country="CN" if number % 2 else "US")


TEXTS = tuple(dict.fromkeys(text for _, text, _ in CASES.values()))

DOCUMENTS = (
    *(_titled(1000 + place, text) for place, text in enumerate(TEXTS)),
    paper("EP1A", titles={"en": "alpha gamma", "de": "beta"}, abstracts={"en": "beta"}),
    paper("EP2A", abstracts={"en": "Alpha beta. Gamma."}),
    paper("EP3A", claims=(Claim(number=1, text="an alpha", lang="en"), Claim(number=2, text="beta of it", lang="en"))),
    paper("EP4A", description={"en": ("Alpha here.", "Nothing.", "A beta.")}),
    paper("EP5A", applicants=parties("Alpha Works", "Beta Gmbh"), inventors=parties("Alpha Beta")),
    paper("EP6A", titles={"en": "beta alpha"}, publication_date="2020-05-05"),
    paper("EP7A", titles={"en": "alpha " * 3 + "beta"}, publication_date="2021-05-05"),
    paper("EP8A", titles={"en": "alpha " + "delta " * 99 + "beta"}),
    paper("EP9A", titles={"en": "alpha", "fr": "beta"}),
)

A, B = Word("alpha"), Word("beta")


def of(field: str, *words: str) -> list[Query]:
    return [Word(word, field) for word in words]


FINDS: dict[str, tuple[Query, set[str]]] = {
    "without a field each default field is measured by itself": (Near(A, B), {"EP2A", "EP3A", "EP6A", "EP7A"}),
    "in order": (Near(A, B, ordered=True), {"EP2A", "EP3A", "EP7A"}),
    "in one field": (Near(*of("abstract", "alpha", "beta")), {"EP2A"}),
    "claims of one language follow each other": (Near(*of("claims", "alpha", "beta")), {"EP3A"}),
    "no distance reaches from one value into another": (
        Near(A, B, "word", 99),
        {"EP2A", "EP3A", "EP4A", "EP6A", "EP7A", "EP8A"},
    ),
    "the farthest distance": (Near(A, B, "word", 98), {"EP2A", "EP3A", "EP4A", "EP6A", "EP7A"}),
    "the same sentence": (Near(A, B, "sentence"), {"EP2A", "EP6A", "EP7A", "EP8A"}),
    "a claim is a paragraph": (Near(*of("claims", "alpha", "beta"), "paragraph"), set()),
    "the next claim": (Near(*of("claims", "alpha", "beta"), "paragraph", 1), {"EP3A"}),
    "two paragraphs on": (Near(*of("description", "alpha", "beta"), "paragraph", 2), {"EP4A"}),
    "one paragraph on is too near": (Near(*of("description", "alpha", "beta"), "paragraph", 1), set()),
    "more paragraphs than there are": (Near(*of("description", "alpha", "beta"), "paragraph", 20), {"EP4A"}),
    "more sentences than there are": (Near(*of("title", "alpha", "beta"), "sentence", 4), {"EP6A", "EP7A", "EP8A"}),
    "a party's name": (Near(*of("inventor", "alpha", "beta")), {"EP5A"}),
    "two parties' names are apart": (Near(*of("applicant", "alpha", "beta"), "word", 99), set()),
    "without": (Near(*of("title", "alpha", "beta"), without=True), {"EP1A", "EP7A", "EP8A", "EP9A"}),
    "with a wildcard": (Near(Wild("alph*"), Wild("b?ta"), ordered=True), {"EP2A", "EP3A", "EP7A"}),
    "a word that stands nowhere": (Near(A, Word("omega")), set()),
    "a word without a letter": (Near(A, Word("，")), set()),
    "nothing to be without": (Near(Word("alpha", "inventor"), Word("，", "inventor"), "word", 3, without=True), {"EP5A"}),
    "not a distance": (And((Word("alpha", "title"), Not(Near(*of("title", "alpha", "beta"))))), {"EP1A", "EP8A", "EP9A"}),
    "two distances": (And((Near(A, B), Not(Near(A, B, ordered=True)))), {"EP6A"}),
    "either of two distances": (
        Or((Near(*of("inventor", "alpha", "beta")), Near(*of("abstract", "alpha", "beta")))),
        {"EP2A", "EP5A"},
    ),
}


@pytest.fixture(scope="module")
def shelf(place: Place, ordinals: DatabaseOrdinals) -> Iterator[Shelf]:
    opened = Shelf.open(place(), ordinals)
    opened.put(*DOCUMENTS)
    yield opened
    opened.index.close()


@pytest.mark.parametrize("name", FINDS)
def test_a_distance_finds(shelf: Shelf, name: str) -> None:
    asked, expected = FINDS[name]
    found = {number for number in shelf.numbers(asked, size=1000) if number.startswith("EP")}
    assert found == expected
    assert shelf.index.count(asked) == len(shelf.every(asked)) == len(shelf.scanned(asked))


@pytest.mark.parametrize("name", CASES)
def test_what_the_definition_says(shelf: Shelf, name: str) -> None:
    """Each case of `tests.unit.query.test_near` among all of its texts; what is found is marked, and nothing else."""
    asked = CASES[name][0]
    marked = [
        place for place, text in enumerate(TEXTS) if any(highlight(asked, {f: [text] for f in ("title", "applicant")})["title"])
    ]
    found = [number for number in shelf.numbers(asked, size=1000) if number.startswith("CN")]
    assert found == [] if name == "a party's words are not stemmed" else sorted(found) == [f"CN{1000 + place}A" for place in marked]


def test_a_distance_is_scored_by_its_words_narrowed_counted_and_sorted(shelf: Shelf) -> None:
    near = Near(*of("title", "alpha", "beta"), "word", 99)
    plain = And((Word("alpha", "title"), Word("beta", "title")))
    scores = {hit.number: hit.score for hit in shelf.ask(plain).hits}
    assert {hit.number: hit.score for hit in shelf.ask(near).hits} == {n: scores[n] for n in ("EP6A", "EP7A", "EP8A")}
    assert shelf.numbers(near, sort=Sort("publication_date")) == ["EP7A", "EP6A", "EP8A"]
    assert shelf.numbers(near, filters={"year": Value("year", "2021")}) == ["EP7A"]
    assert shelf.facet("year", near) == [("2020", 1), ("2021", 1)]
    assert shelf.facet("year", near, year=Value("year", "2021")) == [("2020", 1), ("2021", 1)]


def test_a_cursor_over_a_nested_distance(shelf: Shelf) -> None:
    nested = Near(Near(*of("title", "alpha", "beta")), Word("alpha", "title"), "word", 2)
    assert shelf.every(nested, size=1) == ["EP7A"]
    either = Or((nested, *of("title", "beta")))
    assert sorted(shelf.every(either, size=1)) == ["EP1A", "EP6A", "EP7A", "EP8A", "EP9A"]
    assert shelf.ask(nested).checked is None


def test_a_changed_document_is_measured_anew(place: Place, ordinals: DatabaseOrdinals) -> None:
    shelf = Shelf.open(place(), ordinals)
    shelf.put(paper("EP1A", titles={"en": "alpha beta"}), paper("EP2A", titles={"en": "alpha beta"}))
    shelf.put(paper("EP1A", titles={"en": "alpha or beta"}))
    shelf.remove("EP2A")
    assert shelf.numbers(Near(A, B)) == []
    assert shelf.numbers(Near(A, B, "word", 1)) == ["EP1A"]
    shelf.index.close()
