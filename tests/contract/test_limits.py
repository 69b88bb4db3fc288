"""Questions at the edge of what is allowed, and threads. The names are the specification."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from search.engine.errors import TooManyExpansions
from search.query.tree import All, And, Not, Or, Query, Value, Wild, Word
from search.text.tokens import is_run
from tests.contract.library import paper, titled
from tests.contract.shelf import Shelf


def test_a_hundred_clauses_are_answered(library: Shelf) -> None:
    asked = Or((*(Word(f"词{n}") for n in range(99)), Word("酶")))
    assert library.numbers(asked) == ["CN110A", "CN111A"]


def test_a_question_twenty_deep_is_answered(library: Shelf) -> None:
    asked: Query = Word("酶")
    for depth in range(20):
        asked = Not(asked) if depth % 2 else Or((asked, Word("不存在的词")))
    assert library.index.count(asked) == len(library.numbers(asked)) > 0


def test_a_thousand_values_are_answered(library: Shelf) -> None:
    asked = Or(tuple(Value("family", f"F{n}") for n in range(1_000)))
    assert library.numbers(asked) == ["CN401B", "CN402U", "CN403S"]


def test_a_long_phrase_is_answered(shelf: Shelf) -> None:
    text = "".join(chr(0x4E00 + n) for n in range(1_000))
    shelf.put(titled("CN501A", text), titled("CN502A", text[:-1]))
    assert shelf.numbers(Word(text, exact=True)) == ["CN501A"]


def test_a_wildcard_that_stands_for_many_words_is_answered(shelf: Shelf) -> None:
    shelf.put(paper("CN501A", description={"en": (" ".join(f"word{n}" for n in range(20_000)),)}), titled("CN502A", "水泵"))
    assert shelf.numbers(Wild("word*")) == ["CN501A"]
    assert shelf.numbers(And((Wild("*rd1*"), Not(Wild("word*"))))) == []


def test_a_phrase_whose_end_stands_for_too_many_words_is_refused_by_name(shelf: Shelf) -> None:
    seconds = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0x9FFF)) if is_run(chr(code))]
    text = "LED。" + "。".join(f"灯{second}" for second in seconds)
    shelf.put(paper("CN501A", description={"zh": (text,)}), titled("CN502A", "LED灯具"))
    with pytest.raises(TooManyExpansions) as refused:
        shelf.ask(Word("LED灯", "description"))
    assert "灯" in refused.value.pattern


def test_after_a_refusal_other_questions_are_answered(library: Shelf) -> None:
    assert library.index.count(Word("酶")) == 2


@pytest.mark.parametrize(
    "text",
    [
        '"}},{"match_all":{}',
        "_exists_:title",
        "title:*",
        "/.*a{1000}/",
        "\x00\x01\x1f",
        "＊：（）",
        "🙂" * 1000,
        "a" * 100_000,
        "{{7*7}}",
    ],
    ids=["json", "exists", "field", "regexp", "controls", "full width", "emoji", "long", "template"],
)
def test_text_that_means_something_elsewhere_is_words_here(library: Shelf, text: str) -> None:
    assert library.index.count(Word(text)) == 0
    assert library.index.count(Word(text, exact=True)) == 0
    assert library.index.count(Value("applicant", text)) == 0


def test_threads_are_answered_as_one_is(library: Shelf) -> None:
    asked = [Word("电池"), Word("battery"), Value("country", "CN"), All(), Wild("batter*"), Word("LED灯")] * 10
    alone = [library.ask(query, facets=("country",)) for query in asked]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lambda query: library.ask(query, facets=("country",)), asked)) == alone


def test_a_question_asked_twice_is_answered_the_same(library: Shelf) -> None:
    assert library.ask(Word("电池"), facets=("country",)) == library.ask(Word("电池"), facets=("country",))
