"""Limits, on trees that no text was."""

import pytest

from search.query import QueryError
from search.query.check import CLAUSES, DEPTH, check
from search.query.tree import Not, Query, Value, Wild, Word, both, either


def _deep(levels: int) -> Query:
    tree: Query = Word("a")
    for level in range(levels):
        tree = (both if level % 2 else either)(Word("b"), tree)
    return tree


@pytest.mark.parametrize(
    "tree",
    [
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
