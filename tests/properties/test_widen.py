"""Widening adds what was offered and nothing that was left out; what comes of it is a question that can be asked again."""

from collections.abc import Sequence

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from search.query import QueryError, parse
from search.query.check import check
from search.query.render import render
from search.query.synonyms import Synonyms
from search.query.tree import And, Leaf, Near, Not, Or, Query, Word, leaves
from search.query.widen import Added, Widened, said, widen
from search.text.fold import fold
from tests.properties.queries import nears, trees

_TERMS = ["a", "A1", "锂", "电池", "锂电池", "ab", "lithium battery", "c++", "灯 1", "NOT", "b.a", "池"]
_groups = st.lists(st.lists(st.sampled_from(_TERMS), min_size=2, max_size=4, unique=True), max_size=4)
_left_out = st.lists(st.sampled_from(_TERMS), max_size=4)


def _widened(tree: Query, groups: Sequence[Sequence[str]], left_out: Sequence[str] = ()) -> tuple[Query, tuple[Widened, ...]]:
    """Of questions within the limits, and widened within them."""
    try:
        check(tree)
        return widen(tree, Synonyms(groups), left_out)
    except QueryError:
        reject()


def _without(groups: Sequence[Sequence[str]], left_out: Sequence[str]) -> "_Fewer":
    return _Fewer(Synonyms(groups), {fold(text) for text in left_out})


class _Fewer:
    """As the synonyms, but never any of these."""

    def __init__(self, synonyms: Synonyms, left_out: set[str]) -> None:
        self._synonyms = synonyms
        self._left_out = left_out

    def __call__(self, leaf: Leaf) -> list[Word]:
        return [word for word in self._synonyms(leaf) if fold(said(word)) not in self._left_out]


@given(trees | nears, _groups, _left_out)
def test_leaving_out_is_as_if_it_had_never_been_offered(tree: Query, groups: list[list[str]], left_out: list[str]) -> None:
    wide, made = _widened(tree, groups, left_out)
    assert wide == widen(tree, _without(groups, left_out))[0]
    hidden = {fold(text) for text in left_out}
    assert not any(fold(said(word)) in hidden for each in made for word in each.added)
    assert all(fold(said(word)) in hidden for each in made for word in each.left_out)


@given(trees | nears, _groups)
def test_nothing_but_choices_is_added(tree: Query, groups: list[list[str]]) -> None:
    wide, made = _widened(tree, groups)
    assert len(leaves(wide)) == len(leaves(tree)) + sum(len(each.added) for each in made)
    assert (wide == tree) == (not any(each.added for each in made))
    assert parse(render(wide)).tree == wide
    added = {word for each in made for word in each.added}
    if added.isdisjoint(leaves(tree)):  # else what was added to one leaf could not be told from another leaf that was written so
        assert _shape(wide, added) == _shape(tree, set())


def _shape(tree: Query, added: set[Added]) -> object:
    """The tree without what was added; a choice that comes down to one item is that item."""
    match tree:
        case Or():
            kept = tuple(_shape(item, added) for item in tree.items if item not in added)
            return kept[0] if len(kept) == 1 else ("or", *kept)
        case And():
            return ("and", *(_shape(item, added) for item in tree.items))
        case Not():
            return ("not", _shape(tree.item, added))
        case Near():
            return ("near", _shape(tree.left, added), _shape(tree.right, added))
    return tree


@pytest.mark.parametrize(
    ("text", "wide"),
    [
        ("batteries", "batteries OR 电池"),
        ('"batteries"', '"batteries"'),
        ("锂电池", "锂电池"),
        ("NOT battery", "NOT (battery OR 电池)"),
        ("battery OR 电池", "battery OR 电池"),
        ("(battery OR cell) NEAR/3 lead", "(battery OR 电池 OR cell) NEAR/3 lead"),
        ("battery SENT lead", "(battery OR 电池) SENT lead"),
        ("abstract:b?tter*", "abstract:b?tter* OR abstract:电池"),
        ("inventor:battery", "inventor:battery"),
        ("#1 AND battery", "#1 AND (battery OR 电池)"),
    ],
)
def test_what_is_widened(text: str, wide: str) -> None:
    assert render(widen(parse(text).tree, Synonyms([["battery", "电池"]]))[0]) == wide
