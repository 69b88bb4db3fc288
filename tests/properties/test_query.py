"""Any tree reads back from its canonical text, and any text is read or refused with a place in it."""

import dataclasses
from collections.abc import Iterator
from typing import get_args

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from search.engine.plan import Piece, Plan
from search.engine.planner import plan
from search.query import QueryError, parse
from search.query.check import check
from search.query.render import render
from search.query.tree import Near, Query, Ref
from tests import machine
from tests.properties.queries import fuzz, trees

_PRIMITIVES = {*get_args(Plan), Piece}


@given(trees)
def test_canonical_text_reads_back(tree: Query) -> None:
    try:
        check(tree)
    except QueryError:
        assume(False)
    parsed = parse(render(tree))
    assert parsed.tree == tree
    assert parsed.canonical == render(tree)


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    _read(text)


def test_any_mixture_of_the_grammar_is_read_or_refused() -> None:
    """T46: grammar fuzz; what is read becomes a plan of the known primitives and nothing else."""
    read = sum(_read(fuzz(seed)) for seed in range(100_000 if machine.soaking() else 3_000))
    assert read > 200, "the fuzz must meet questions, not only refusals"


@pytest.mark.parametrize(
    "text",
    [
        '"}},{"match_all":{}',
        "_exists_:title",
        "field:*",
        "title:*",
        "/.*a{1000}/",
        "a OR " * 5_000 + "a",
        "(" * 500 + "a" + ")" * 500,
        "NOT " * 500 + "a",
        "a" * 1_000_000,
        "(" * 1_000_000,
        '"' * 1_000_000,
        "a\x00b",
        "\x1b[31m",
        "（ＮＯＴ　" * 300,
        "＊：" * 300,
    ],
)
def test_attacks_are_refused_or_sought_as_words(text: str) -> None:
    """T46: the table's own attacks."""
    _read(text)


def _read(text: str) -> bool:
    """Whether `text` is a question; fails where it is neither read nor refused as promised."""
    try:
        parsed = parse(text)
    except QueryError as error:
        refusal = error
    else:
        assert parse(parsed.canonical).tree == parsed.tree
        if not {Near, Ref} & {type(node) for node in _nodes(parsed.tree)}:
            assert {type(node) for node in _nodes(plan(parsed.tree))} <= _PRIMITIVES
        return True
    assert 0 <= refusal.position <= len(text)
    assert refusal.zh
    assert refusal.en
    return False


def _nodes(node: object) -> Iterator[object]:
    """Every dataclass in a plan or tree."""
    if dataclasses.is_dataclass(node):
        yield node
        for field in dataclasses.fields(node):
            yield from _nodes(getattr(node, field.name))
    elif isinstance(node, tuple):
        for item in node:
            yield from _nodes(item)
