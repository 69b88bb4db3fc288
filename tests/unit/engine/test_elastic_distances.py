"""Which distances Elasticsearch is asked for, and how."""

import pytest

from search.engine.elastic import distances
from search.engine.plan import Proximity
from search.query.tree import Near, Or, Query, Wild, Word

A, B, C = (Word(text, "title", exact=True) for text in ("alpha", "beta", "gamma"))
NEAR, SENT = Near(A, B, "word", 3), Near(A, B, "sentence")


def clause(near: Near) -> distances.Clause | None:
    return distances.clause(Proximity("title", near))


@pytest.mark.parametrize(
    "near",
    [
        Near(Or((A, B)), C),
        Near(A, B, ordered=True, without=True),
        Near(NEAR, C, "sentence"),
        Near(SENT, Or((C, NEAR)), "paragraph"),
        Near(A, B, "sentence", 4),
        Near(NEAR, SENT, "sentence", without=True),
    ],
)
def test_it_is_asked_for(near: Near) -> None:
    assert clause(near) is not None


@pytest.mark.parametrize(
    "near",
    [
        Near(NEAR, C),
        Near(C, SENT, "word", 9),
        Near(Or((A, NEAR)), C, without=True),
        Near(Near(NEAR, C), A, "sentence"),
        Near(A, B, "sentence", 1, without=True),
        Near(A, B, "paragraph", 5),
        Near(A, Near(B, C, "paragraph", 1), "paragraph"),
        Near(Wild("锂电?", "title"), C),
    ],
)
def test_it_is_measured_document_by_document(near: Near) -> None:
    assert clause(near) is None


def word(text: str) -> dict[str, object]:
    return {"match": {"query": text}}


@pytest.mark.parametrize(
    ("leaf", "rule"),
    [
        (Word("Charging", "title"), {"match": {"query": "charg", "ordered": True, "max_gaps": 0, "use_field": "title_s"}}),
        (Word("灯", "title"), {"prefix": {"prefix": "灯"}}),
        (Wild("bat*", "title"), {"prefix": {"prefix": "bat"}}),
        (
            Word("锂电池", "title"),
            {"all_of": {"ordered": True, "max_gaps": 0, "intervals": [word("锂电"), word("电池"), {"prefix": {"prefix": "池"}}]}},
        ),
    ],
)
def test_a_leaf_takes_up_all_its_positions(leaf: Query, rule: object) -> None:
    ordered = {"ordered": True, "max_gaps": 2, "intervals": [rule, word("alpha")]}
    assert clause(Near(leaf, A, "word", 2, ordered=True)) == {"intervals": {"title": {"all_of": ordered}}}


def test_a_choice_on_the_right_is_taken_away_one_by_one() -> None:
    found = clause(Near(Word("锂电", "title"), Or((A, Word("池灯", "title"))), "word", 2, without=True))
    first = {"include": {"span_term": {"title": {"value": "锂电"}}}, "exclude": {"span_term": {"title": {"value": "alpha"}}}}
    second = {"include": {"span_not": first | {"pre": 3, "post": 4}}, "exclude": {"span_term": {"title": {"value": "池灯"}}}}
    assert found == {"bool": {"should": [{"span_not": second | {"pre": 4, "post": 4}}]}}


def test_equal_operands_in_a_sentence_are_one() -> None:
    found = clause(Near(A, A, "sentence"))
    assert found is not None
    assert found["bool"]["should"][0]["intervals"]["title"]["all_of"]["intervals"] == [word("alpha")]
