"""What is suggested while somebody types, and many counts at once. The names are the specification."""

import pytest

from search.query.tree import All, And, Near, Not, Query, Value, Word
from tests.contract.library import in_english, paper, parties, symbols, titled
from tests.contract.shelf import Shelf

SUGGESTS: dict[str, tuple[str, str, list[tuple[str, int]]]] = {
    "words of titles that start so, the commonest first": ("batt", "word", [("battery", 4), ("batteries", 1)]),
    "equal counts by value": ("gener", "word", [("generating", 1), ("generation", 1), ("generator", 1)]),
    "two chinese characters, of which the first was typed": ("电", "word", [("电池", 5), ("电方", 1)]),
    "the last character of a run is no word": ("承", "word", []),
    "a word of two characters is found by the first": ("轴", "word", [("轴承", 1)]),
    "a sign of patterns is a letter like others": ("b*", "word", []),
    "a word that nothing starts with": ("zzz", "word", []),
    "symbols at every level": (
        "H01M1",
        "ipc",
        [("H01M10", 1), ("H01M10/04", 1), ("H01M10/0525", 1)],
    ),
    "a section counts a document once": ("H", "ipc", [("H", 2), ("H01", 2), ("H01M", 2), ("H01M10", 1), ("H01M10/04", 1)]),
    "symbols of another scheme": ("Y02E6", "cpc", [("Y02E60", 1), ("Y02E60/10", 1)]),
}


@pytest.mark.parametrize(("prefix", "field", "expected"), SUGGESTS.values(), ids=SUGGESTS.keys())
def test_suggestions(library: Shelf, prefix: str, field: str, expected: list[tuple[str, int]]) -> None:
    assert library.index.suggest(prefix, field, size=5) == expected


def test_a_deleted_document_is_not_counted(shelf: Shelf) -> None:
    shelf.put(*(in_english(f"US{n}A", "lamp lantern" if n > 2 else "lamp") for n in range(1, 6)))
    assert shelf.remove("US1A", "US5A", "US4A") == 3
    assert shelf.index.suggest("la", "word") == [("lamp", 2), ("lantern", 1)]
    assert shelf.remove("US3A") == 1
    assert shelf.index.suggest("la", "word") == [("lamp", 1)]


def test_the_commonest_is_found_among_very_many(shelf: Shelf) -> None:
    shelf.put(*(titled(f"CN{n}A", f"a{n:03} a{n // 100}x") for n in range(300)))
    assert shelf.index.suggest("a", "word", size=4) == [("a0x", 100), ("a1x", 100), ("a2x", 100), ("a000", 1)]


def test_symbols_are_suggested_as_they_are_spelled(shelf: Shelf) -> None:
    shelf.put(paper("CN1A", ipc=symbols("A01B 1/02")), paper("CN2A", ipc=symbols("A01B 1/04"), applicants=parties("甲")))
    assert shelf.index.suggest("A01B1/0", "ipc") == [("A01B1/02", 1), ("A01B1/04", 1)]


def test_many_counts_are_those_of_each(library: Shelf) -> None:
    asked: list[Query] = [
        Word("电池"),
        Word("nothing"),
        All(),
        And((Word("battery"), Not(Word("pack")))),
        Value("ipc", "H01M"),
        Near(Word("pack"), Word("battery"), distance=3),
        *(Word(f"none{n}") for n in range(1_200)),
    ]
    assert library.index.counts(asked) == [library.index.count(query) for query in asked]
    assert library.index.counts([]) == []
