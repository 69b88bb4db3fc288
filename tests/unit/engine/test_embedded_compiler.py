"""A compiled plan finds what the plan says, by a brute force over the entries; no text is anything but itself."""

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.engine import layout
from search.engine.embedded import ordering
from search.engine.embedded.compiler import compiled, regex, scored
from search.engine.embedded.index import EmbeddedIndex
from search.engine.embedded.schema import ROW
from search.engine.errors import TooManyExpansions
from search.engine.plan import Bool, Days, Everything, Keys, Pattern, Piece, Pieces, Plan, Prefix, Run
from search.patent.model import Party
from search.text.tokens import GAP
from tests.builders import a_patent
from tests.unit.engine.corpus import library, patents

NAMES = (
    "a.c",
    "abc",
    "a*c",
    "a?c",
    "a\\c",
    "a/c",
    "[a-c]",
    "(a|c)",
    "a{3}",
    "^a$",
    "a&&c",
    "a~c#",
    "a c",
    '"}},{"match_all":{}',
    "",
)
"""What would be syntax if it were not text (T46)."""

DOCUMENTS = [
    *patents(seed=11, count=60),
    *(a_patent(f"WO{place}A", applicants=(Party(name=name, region=name or None),)) for place, name in enumerate(NAMES, 100)),
]
ENTRIES = {place: layout.entry(patent, place) for place, patent in enumerate(DOCUMENTS, 1)}
Ask: TypeAlias = Callable[[Plan], set[int]]


@pytest.fixture(name="ask", scope="module")
def fixture_ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """The rows that an engine of several segments finds; documents were given their rows in order."""
    with library(tmp_path_factory.mktemp("plans"), DOCUMENTS) as index:
        yield lambda plan: found(index, plan)


def found(index: EmbeddedIndex, plan: Plan) -> set[int]:
    return {row for (row,) in ordering.columns(index._views.now().searcher, compiled(plan), ROW)}


def glob(pattern: str, text: str) -> bool:
    """``*`` any letters, ``?`` one, by another way than a regular expression."""
    if not pattern:
        return not text
    if pattern[0] == "*":
        return any(glob(pattern[1:], text[start:]) for start in range(len(text) + 1))
    return bool(text) and pattern[0] in {"?", text[0]} and glob(pattern[1:], text[1:])


def fits(piece: Piece, token: str) -> bool:
    if piece.kind == "pattern":
        return glob(piece.text, token)
    return token == piece.text if piece.kind == "token" else token.startswith(piece.text)


def values(row: int, column: str) -> list[str]:
    held = ENTRIES[row].get(column, [])
    if column in layout.TOKENS:
        return str(held).split()
    return [held] if isinstance(held, str) else [str(value) for value in held] if isinstance(held, list) else []


def stands(row: int, column: str, items: list[Piece]) -> bool:
    tokens = values(row, column)
    places = range(len(tokens) - len(items) + 1)
    return any(all(tokens[at + n] != GAP and fits(item, tokens[at + n]) for n, item in enumerate(items)) for at in places)


def matches(row: int, plan: Plan) -> bool:
    match plan:
        case Everything():
            return True
        case Run(column, tokens):
            return stands(row, column, [Piece("token", token) for token in tokens])
        case Pieces(column, items):
            return stands(row, column, list(items))
        case Prefix(column, text):
            return any(value.startswith(text) for value in values(row, column))
        case Pattern(column, text):
            return any(glob(text, value) for value in values(row, column))
        case Keys(column, keys):
            return not set(keys).isdisjoint(values(row, column))
        case Days(column, low, high):
            day = ENTRIES[row].get(column)
            return isinstance(day, int) and low <= day <= high
        case Bool(must, should, filters, must_not):
            wanted = all(matches(row, part) for part in (*must, *filters))
            return (
                wanted and (not should or any(matches(row, part) for part in should)) and not any(matches(row, p) for p in must_not)
            )


TOKENS = st.sampled_from(("tiller", "blade", "旋耕", "耕机", "机", "刀轴", "轴", "灯", "absent", "∅"))
COLUMNS = st.sampled_from(("title", "abstract", "description"))
PIECES = st.one_of(
    st.builds(Piece, st.just("token"), TOKENS),
    st.builds(Piece, st.just("prefix"), st.sampled_from(("t", "b", "旋", "机", "灯"))),
    st.builds(Piece, st.just("pattern"), st.sampled_from(("*e*", "?l*", "*机", "t????r", "?"))),
)
LEAVES = st.one_of(
    st.just(Everything()),
    st.builds(Run, COLUMNS, st.lists(TOKENS, min_size=1, max_size=3).map(tuple)),
    st.builds(Pieces, COLUMNS, st.tuples(PIECES, st.builds(Piece, st.just("prefix"), st.sampled_from(("t", "机", "灯"))))),
    st.builds(Prefix, COLUMNS, st.sampled_from(("t", "bl", "旋", "灯"))),
    st.builds(Pattern, COLUMNS, st.sampled_from(("*r", "?ille*", "*"))),
    st.builds(Keys, st.just("country"), st.lists(st.sampled_from(("CN", "US", "XX")), max_size=2).map(tuple)),
    st.builds(Keys, st.just("ipc"), st.sampled_from((("A01B",), ("H",), ("H02K7/14", "A01B1")))),
    st.builds(Days, st.just("publication_date"), st.sampled_from((0, 20200101, 20200102)), st.sampled_from((20200101, 99991231))),
)
PLANS = st.recursive(
    LEAVES,
    lambda plans: (
        st.builds(
            Bool,
            must=st.lists(plans, min_size=1, max_size=2).map(tuple),
            should=st.lists(plans, max_size=2).map(tuple),
            filters=st.lists(plans, max_size=1).map(tuple),
            must_not=st.lists(plans, max_size=1).map(tuple),
        )
        | st.builds(Bool, should=st.lists(plans, min_size=1, max_size=3).map(tuple))
    ),
    max_leaves=6,
)


@given(plan=PLANS)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_plan_finds_what_it_says(ask: Ask, plan: Plan) -> None:
    assert ask(plan) == {row for row in ENTRIES if matches(row, plan)}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("around", ["{}", "{}*", "*{}", "?{}"])
def test_what_looks_like_syntax_is_text(ask: Ask, name: str, around: str) -> None:
    """T46."""
    for plan in (Pattern("region", around.format(name)), Prefix("applicant_k", name), Keys("region", (name,))):
        assert ask(plan) == {row for row in ENTRIES if matches(row, plan)}


@given(st.text(max_size=20), st.text(max_size=20))
def test_a_prefix_and_a_token_are_taken_literally(text: str, other: str) -> None:
    assert re.fullmatch(regex(Piece("token", text)), text, re.DOTALL)
    assert bool(re.fullmatch(regex(Piece("token", text)), other, re.DOTALL)) == (text == other)
    assert re.fullmatch(regex(Piece("prefix", text)), text + other, re.DOTALL)


def test_a_pattern_too_large_for_an_automaton_is_named() -> None:
    with pytest.raises(TooManyExpansions) as raised:
        compiled(Pattern("title", "?" * 1500, 3.0))
    assert raised.value.pattern == "?" * 1500


@pytest.mark.parametrize(
    ("plan", "differ"),
    [
        (Run("title", ("a",)), True),
        (Bool(must=(Everything(),), filters=(Run("title", ("a",)),)), False),
        (Bool(must=(Keys("country", ("CN",)),), must_not=(Run("title", ("a",)),)), False),
        (Bool(should=(Keys("country", ("CN",)), Prefix("title", "a", 3.0))), True),
        (Prefix("number_keys", "CN"), False),
    ],
)
def test_only_words_outside_filters_make_scores_differ(plan: Plan, differ: bool) -> None:
    assert scored(plan) == differ
