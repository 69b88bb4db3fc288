"""Which distances Elasticsearch is asked for, and how."""

import pytest

from search.engine.elastic import distances
from search.engine.plan import Proximity
from search.query.tree import Near, Or, Query, Wild, Word

A, B, C = (Word(text, "title", exact=True) for text in ("alpha", "beta", "gamma"))
LEAVES = Or((A, Word("beta gamma", "title", exact=True)))
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
        Near(NEAR, C),
        Near(Or((A, NEAR)), C, without=True),
        Near(Near(NEAR, C), A, "sentence"),
        Near(A, Near(NEAR, C), "paragraph", without=True),
        Near(Wild("锂电?", "title"), C),
    ],
)
def test_it_is_asked_for(near: Near) -> None:
    assert clause(near) is not None


@pytest.mark.parametrize(
    "near",
    [
        Near(C, SENT, "word", 9),
        Near(NEAR, SENT, "sentence", without=True),
        Near(Or((A, SENT)), C),
        Near(A, B, "sentence", 1, without=True),
        Near(A, B, "paragraph", 5),
        Near(A, Near(B, C, "paragraph", 1), "paragraph"),
        Near(A, Near(B, C, "word", 99), without=True),
        Near(Near(Near(Near(LEAVES, LEAVES, "word", 1), LEAVES, "word", 2), LEAVES, "word", 3), LEAVES, "word", 4),
    ],
)
def test_it_is_measured_document_by_document(near: Near) -> None:
    assert clause(near) is None


def term(text: str) -> dict[str, object]:
    return {"span_term": {"title": {"value": text}}}


GAP = {"span_gap": {"title": 1}}


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


def test_spans_take_up_all_positions_too() -> None:
    found = clause(Near(Word("锂电", "title"), Or((A, Word("池灯", "title"))), "word", 2, without=True))
    lithium, lamp = ({"span_near": {"clauses": [term(t), GAP], "slop": 0, "in_order": True}} for t in ("锂电", "池灯"))
    kept = {"include": lithium, "exclude": {"span_or": {"clauses": [term("alpha"), lamp]}}, "pre": 3, "post": 3}
    assert found == {"bool": {"should": [{"span_not": kept}]}}


def test_a_distance_of_a_distance_is_read_from_the_right() -> None:
    found = clause(Near(Near(A, B, "word", 1, ordered=True), C, "word", 2, ordered=True))
    inner = {"span_near": {"clauses": [term("beta"), term("gamma")], "slop": 2, "in_order": True}}
    assert found == {"bool": {"should": [{"span_near": {"clauses": [term("alpha"), inner], "slop": 1, "in_order": True}}]}}


def test_what_is_needed_for_a_distance_that_is_measured() -> None:
    """Of the sentence, and of one of its words beside the other."""
    near = Near(SENT, C, "word", 2, ordered=True)
    either = Near(Or((A, B)), C, "word", 2, ordered=True)
    assert distances.needed(Proximity("title", near)) == [clause(SENT), clause(either)]
    assert distances.needed(Proximity("title", Near(Near(SENT, C), A, without=True))) == [
        clause(SENT),
        clause(Near(Or((A, B)), C)),
    ]


def test_equal_operands_in_a_sentence_are_one() -> None:
    found = clause(Near(A, A, "sentence"))
    assert found is not None
    assert found["bool"]["should"][0]["intervals"]["title"]["all_of"]["intervals"] == [word("alpha")]
