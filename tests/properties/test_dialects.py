"""A tree written in another language reads back as itself, or exactly what is not carried is told."""

import random

import pytest
from hypothesis import assume, given, settings

from search.query import Parsed, QueryError, parse
from search.query.check import check
from search.query.dialects import NAMES, auto, write
from search.query.render import render
from search.query.tree import Query
from tests import machine
from tests.properties.carried import CARRIED, SOFT, a_carried_tree, warnings
from tests.properties.fuzzed import fuzz
from tests.properties.queries import trees


@given(trees)
@settings(max_examples=500 if machine.soaking() else 200)
def test_a_tree_reads_back_or_what_is_lost_is_told(tree: Query) -> None:
    try:
        check(tree)
    except QueryError:
        assume(False)
    assert write(tree, "native").text == render(tree)
    for dialect in CARRIED:
        written = write(tree, dialect)
        told = {note.code for note in written.warnings}
        assert told == warnings(tree, dialect), (dialect, written.text)
        if told <= SOFT:
            assert parse(written.text, dialect).tree == tree, (dialect, written.text)
        if "unsupported" in told:
            _refused(written.text, dialect)
        assert all(note.zh and note.en and 0 <= note.position <= len(written.text) for note in written.warnings)


@pytest.mark.parametrize("dialect", CARRIED)
def test_a_tree_of_what_a_language_has_reads_back(dialect: str) -> None:
    for seed in range(500):
        tree = a_carried_tree(dialect, random.Random(seed))
        written = write(tree, dialect)
        assert {note.code for note in written.warnings} <= SOFT
        assert parse(written.text, dialect).tree == tree, written.text


def _refused(text: str, dialect: str) -> None:
    """What can't be said stands in braces, at which a reader stops."""
    with pytest.raises(QueryError) as refused:
        parse(text, dialect)
    assert text[refused.value.position] == "{"


def test_no_form_of_a_language_is_passed_over() -> None:
    """The quick look of `auto` sees whatever a form is found in."""
    for seed in range(3_000):
        text = fuzz("auto", seed)
        if any(all(form.search(text) for form in each) for sure in (True, False) for each in auto.forms(sure=sure).values()):
            assert auto.some().search(text)


def test_every_language_is_written() -> None:
    assert {*CARRIED, "native"} == set(NAMES)


@pytest.mark.parametrize("dialect", ["auto", *CARRIED])
def test_any_text_is_read_or_refused(dialect: str) -> None:
    """T46: 100,000 texts a language at full size: an answer within the limits, or a refusal with its place."""
    read = sum(_read(fuzz(dialect, seed), dialect) for seed in range(100_000 if machine.soaking() else 1_000))
    assert read > 50, "the fuzz must meet questions, not only refusals"


@pytest.mark.parametrize("dialect", ["auto", *NAMES])
@pytest.mark.parametrize(
    "text",
    [
        *("(" * 500 + "a" + ")" * 500, "(" * 1_000_000, '"' * 1_000_000, "a" * 1_000_000, "NOT " * 500 + "a", "-" * 500 + "a"),
        *(
            "a OR " * 1_500 + "a",
            "a XOR " * 300 + "a",
            "a " * 1_000,
            "a ADJ b " * 200,
            "a prox b " * 200,
            "a$9 " * 400,
            "a?b?c?d?" * 200,
        ),
        *("ti=" * 600, "a/TI*" * 400, ".ti." * 500, "@pd" * 600, "assignee:a " * 180, "=(+" * 600, "ta=(" * 400, "[ti]" * 500),
        *(
            "/TI" * 600,
            "@LX=" * 500,
            "prox/" * 400,
            "tac:(" * 20 + "a " * 400,
            "before:" * 280,
            "# " * 900,
            "txt=a prox " * 150 + "txt=a",
        ),
    ],
    ids=lambda text: f"{text[:6]}…{len(text)}",
)
def test_long_texts_are_read_or_refused(dialect: str, text: str) -> None:
    """T46: nothing nests, doubles or backtracks without end."""
    _read(text, dialect)


def _read(text: str, dialect: str) -> bool:
    """Whether `text` is a question; fails where it is neither read nor refused as promised."""
    try:
        parsed = parse(text, dialect)
    except QueryError as error:
        refusal = error
    else:
        _kept(parsed, text)
        return True
    assert 0 <= refusal.position <= len(text)
    assert refusal.zh
    assert refusal.en
    return False


def _kept(parsed: Parsed, text: str) -> None:
    """Within the limits, the canonical text its own, and written in every language."""
    check(parsed.tree)
    assert parse(parsed.canonical).tree == parsed.tree
    assert all(note.zh and note.en and 0 <= note.position <= len(text) for note in parsed.warnings)
    for name in NAMES:
        write(parsed.tree, name)
