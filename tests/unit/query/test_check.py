"""Limits, on trees that no text was."""

import pytest

from search.query import QueryError
from search.query.check import CLAUSES, DEPTH, DISTANCES, FARTHEST, NESTED, check
from search.query.tree import All, Near, Not, Query, Value, Wild, Word, both, either


def _deep(levels: int) -> Query:
    tree: Query = Word("a")
    for level in range(levels):
        tree = (both if level % 2 else either)(Word("b"), tree)
    return tree


A, B = Word("a"), Word("b")


def _nested(levels: int) -> Query:
    tree: Query = A
    for _ in range(levels):
        tree = Near(tree, B)
    return tree


@pytest.mark.parametrize(
    "tree",
    [
        _nested(NESTED),
        both(*(Near(A, B) for _ in range(DISTANCES))),
        Near(A, B, "word", FARTHEST["word"], ordered=True),
        Near(A, B, "paragraph", FARTHEST["paragraph"], without=True),
        Near(either(Word("a", "claims"), Near(Wild("bc*", "claims"), Word("d", "claims"))), Word("e", "claims")),
        Not(Near(Word("王", "inventor"), Word("明", "inventor"))),
        both(*(Word(f"w{number}") for number in range(CLAUSES))),
        _deep(DEPTH),
        Wild("a*", "kind"),
        Wild("*b", "number"),
        both(Wild("ab*cd*ef*"), Wild("gh*ij*")),
        Wild("*灯*"),
        Wild("灯?LED"),
        Wild("?abc"),
    ],
)
def test_within(tree: Query) -> None:
    check(tree)


@pytest.mark.parametrize(
    ("tree", "code"),
    [
        (both(*(Word(f"w{number}") for number in range(CLAUSES + 1))), "too_many_clauses"),
        (_deep(DEPTH + 1), "too_deep"),
        (Not(_deep(DEPTH)), "too_deep"),
        (both(Wild("ab*cd*ef*"), Wild("gh*ij*kl*")), "too_many_wildcards"),
        (either(Wild("*abc"), Wild("?abc", "title"), Wild("*B", "kind")), "too_many_leading"),
        (_nested(NESTED + 1), "too_many_distances"),
        (both(*(Near(A, B) for _ in range(DISTANCES + 1))), "too_many_distances"),
        (Near(A, B, "word", FARTHEST["word"] + 1), "near_far"),
        (Near(A, B, "sentence", FARTHEST["sentence"] + 1), "near_far"),
        (Near(A, B, "sentence", ordered=True), "near_order"),
        (Near(A, both(A, B)), "near_operand"),
        (Near(A, either(A, Not(B))), "near_operand"),
        (Near(Near(A, B, without=True), B), "near_operand"),
        (Near(A, Value("country", "CN")), "near_operand"),
        (Near(Wild("H01*", "ipc"), Wild("H02*", "ipc")), "near_operand"),
        (Near(A, All()), "near_operand"),
        (Near(Word("a", "title"), B), "near_field"),
        (Near(Word("a", "title"), either(Word("b", "title"), Word("c", "claims"))), "near_field"),
        (Wild("**", "country"), "wildcard_short"),
        (Wild("a*"), "wildcard_short"),
        (Wild("?ab"), "wildcard_short"),
        (Wild("battery * pack"), "wildcard_short"),
        (Wild("LED*灯"), "wildcard_place"),
        (Wild("battery *灯"), "wildcard_place"),
        (Wild("锂*电"), "wildcard_place"),
        (Wild("??电"), "wildcard_place"),
    ],
)
def test_beyond(tree: Query, code: str) -> None:
    with pytest.raises(QueryError) as caught:
        check(tree)
    assert (caught.value.code, caught.value.position) == (code, 0)


def test_the_place_of_the_leaf_that_is_too_much() -> None:
    with pytest.raises(QueryError) as caught:
        check(both(Value("country", "CN"), Wild("锂*电")), starts=(0, 11))
    assert caught.value.position == 11


def test_a_tree_of_any_depth_is_refused_without_recursion() -> None:
    with pytest.raises(QueryError):
        check(_deep(20_000))


def test_the_place_of_a_distance_and_of_its_operand() -> None:
    starts = (0, 5, 9, 20)
    for tree, place in [
        (both(A, Near(B, A, "word", 100)), 5),
        (both(A, Near(B, Word("c", "title"))), 9),
        (both(A, Near(either(B, A), Value("kind", "A"))), 20),
    ]:
        with pytest.raises(QueryError) as caught:
            check(tree, starts)
        assert caught.value.position == place
