"""T46: whatever is typed, Elasticsearch is sent only allow-listed clauses, and the text only as a value (no server needed)."""

import random
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from search.engine import layout
from search.engine.checking import Checked, Checking
from search.engine.elastic import distances
from search.engine.elastic.compile import CLAUSES, blamed, compiled, every, ranked
from search.engine.elastic.intervals import literal
from search.engine.plan import Bool, Days, Everything, Keys, Pattern, Piece, Pieces, Plan, Prefix, Proximity, Run
from search.engine.planner import plan
from search.query import QueryError, parse
from search.query.tree import And, Not, Or, Query, Value, Wild, Word
from tests import machine

STRINGS = 100_000 if machine.soaking() else 20_000

HOSTILE = [
    '"}},{"match_all":{}',
    '{"query":{"match_all":{}}}',
    "_exists_:title",
    "title:*",
    "field:*",
    "/.*a{1000}/",
    "script:\"doc['number']\"",
    "(" * 500,
    "a OR " * 5_000 + "a",
    "NOT " * 500 + "a",
    "x" * 1_000_000,
    "\x00\x01\x1f\x7f\u202e\ufeff",
    "ＡＮＤ（题名：灯）",
    'title:"a\\"}}"',
    "{{7*7}} ${jndi:ldap://x} <script>",
]
FRAGMENTS = [
    *"()\"'*?:/\\{}[]^~!&|+-,<>= \t\n",
    "AND",
    "OR",
    "NOT",
    "TO",
    "NEAR/3",
    "ADJ/0",
    "SENT",
    "PARA/1",
    "与",
    "或",
    "非",
    "title:",
    "标题=",
    "ipc:",
    "pd:",
    "国家:",
]
FRAGMENTS += [
    "lamp",
    "灯具",
    "锂电池",
    "H01M10/0525",
    "2020-01-01",
    "CN110330865B",
    "_source",
    "match_all",
    "𠮷",
    "％",
    "（",
    "）",
    "：",
    "“",
    "”",
]


PARTS = {
    "span_not": ("include", "exclude"),
    "span_field_masking": ("query",),
    "span_containing": ("big", "little"),
    "span_within": ("big", "little"),
}


def clauses(body: Any) -> Iterator[tuple[str, Any]]:
    """Every clause of a query, as Elasticsearch reads it."""
    kind, content = only(body)
    yield kind, content
    if kind == "bool":
        assert content.keys() <= {"must", "should", "filter", "must_not", "minimum_should_match"}
        for name in content.keys() - {"minimum_should_match"}:
            for item in content[name]:
                yield from clauses(item)
    for part in PARTS.get(kind, ()):
        yield from clauses(content[part])
    if kind in {"span_near", "span_or"}:
        for item in content["clauses"]:
            yield from clauses(item)
    if kind == "span_multi":
        yield from clauses(content["match"])
    if kind == "constant_score":
        assert content.keys() == {"filter", "boost"}
        yield from clauses(content["filter"])


def only(body: dict[str, Any]) -> tuple[str, Any]:
    assert len(body) == 1, body
    return next(iter(body.items()))


def check_allowed(body: Any) -> None:
    columns = {*layout.TOKENS, *layout.KEYWORDS, *layout.DATES, layout.ORDINAL}
    for kind, content in clauses(body):
        assert kind in CLAUSES, kind
        if kind in {"term", "terms", "match_phrase", "prefix", "wildcard", "intervals", "range", "span_term"}:
            column, value = only(content)
            assert column in columns
            check_value(kind, value)


def check_value(kind: str, value: Any) -> None:
    """What stands under a column is text, a list of texts, or a fixed set of keys with text or numbers."""
    if kind == "terms":
        assert all(isinstance(text, str | int) for text in value)
    elif kind == "range":
        assert value.keys() == {"gte", "lte"}
        assert all(isinstance(day, int) for day in value.values())
    elif kind == "intervals":
        check_rule(value)
    else:
        assert value.keys() <= {"value", "query", "boost"}
        assert isinstance(value.get("value", value.get("query")), str)


def check_rule(rule: dict[str, Any]) -> None:
    """A rule of intervals is one of five kinds; text stands only as what is matched."""
    kind, content = only(rule)
    fixed = {"ordered", "max_gaps", "use_field", "filter"}
    if kind in {"all_of", "any_of"}:
        assert content.keys() - fixed == {"intervals"}
        for item in content["intervals"]:
            check_rule(item)
        for around in content.get("filter", {}).values():
            check_rule(around)
    else:
        name = {"match": "query", "prefix": "prefix", "wildcard": "pattern"}[kind]
        assert content.keys() - fixed == {name}
        assert isinstance(content[name], str)


def measured(asked: Proximity, _among: Sequence[Plan], *, wanted: bool) -> Checked | None:
    """Says of a distance that Elasticsearch can't be asked for that two documents match."""
    assert isinstance(wanted, bool)
    return Checked((1, 2), (3,), 3) if distances.clause(asked) is None else None


def sent(query: Query) -> dict[str, Any]:
    return ranked(Checking(measured).plan(plan(query)))


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:20].encode("unicode_escape").decode())
def test_t46_hostile_text_is_refused_with_its_place_or_is_words(text: str) -> None:
    place = 0
    try:
        check_allowed(sent(parse(text).tree))
    except QueryError as error:
        place = error.position
    assert 0 <= place <= len(text)


def test_t46_no_typed_text_reaches_elasticsearch_but_as_a_value() -> None:
    draw = random.Random(46)
    read = 0
    for _ in range(STRINGS):
        text = draw.choice(["", " "]).join(draw.choice(FRAGMENTS) for _ in range(draw.randint(1, 12)))
        try:
            found = parse(text)
        except QueryError:
            continue
        read += 1
        check_allowed(sent(found.tree))
    assert read > STRINGS / 20


def test_t46_no_tree_reaches_elasticsearch_but_as_values() -> None:
    draw = random.Random(47)
    texts = [*HOSTILE[:7], *FRAGMENTS]

    def tree(depth: int) -> Query:
        kind = draw.randrange(7 if depth else 4)
        text = "".join(draw.choice(texts) for _ in range(draw.randint(1, 4)))
        match kind:
            case 0 | 1:
                return Word(text, draw.choice([None, "title", "applicant"]), exact=draw.random() < 0.5)
            case 2:
                return Wild(text, draw.choice([None, "title", "number", "ipc"]))
            case 3:
                return Value(draw.choice(["number", "ipc", "applicant", "country", "application"]), text)
            case 4:
                return Not(tree(depth - 1))
            case 5:
                return And((tree(depth - 1), tree(depth - 1)))
        return Or((tree(depth - 1), tree(depth - 1)))

    for _ in range(STRINGS // 5):
        check_allowed(ranked(plan(tree(4))))


def test_each_part_of_a_plan_is_one_clause() -> None:
    compiling = {
        Everything(): {"match_all": {"boost": 0.0}},
        Run("title", ("锂电", "电池"), 3.0): {"match_phrase": {"title": {"query": "锂电 电池", "boost": 3.0}}},
        Run("title", ("led",)): {"term": {"title": {"value": "led", "boost": 1.0}}},
        Prefix("title", "池", 3.0): {"constant_score": {"filter": {"prefix": {"title": {"value": "池"}}}, "boost": 3.0}},
        Pattern("number_keys", "CN*1"): {
            "constant_score": {"filter": {"wildcard": {"number_keys": {"value": "CN*1"}}}, "boost": 0.0}
        },
        Keys("country", ("CN",)): {"constant_score": {"filter": {"terms": {"country": ["CN"]}}, "boost": 0.0}},
        Days("publication_date", 1, 2): {
            "constant_score": {"filter": {"range": {"publication_date": {"gte": 1, "lte": 2}}}, "boost": 0.0}
        },
    }
    assert {part: compiled(part) for part in compiling} == compiling


def test_truncated_words_of_a_phrase_are_intervals_side_by_side() -> None:
    pieces = Pieces("title", (Piece("token", "led"), Piece("prefix", "灯"), Piece("pattern", "a?b\\*")), 2.0)
    assert compiled(pieces) == {
        "constant_score": {
            "filter": {
                "intervals": {
                    "title": {
                        "all_of": {
                            "ordered": True,
                            "max_gaps": 0,
                            "intervals": [
                                {"match": {"query": "led"}},
                                {"prefix": {"prefix": "灯"}},
                                {"wildcard": {"pattern": "a?b\\\\*"}},
                            ],
                        }
                    }
                }
            },
            "boost": 2.0,
        }
    }


def test_one_of_the_alternatives_must_match() -> None:
    either = Bool(should=(Run("title", ("a",)), Run("title", ("b",))), must_not=(Keys("country", ("CN",)),))
    assert compiled(either)["bool"]["minimum_should_match"] == 1
    assert set(compiled(either)["bool"]) == {"should", "must_not", "minimum_should_match"}


def test_only_the_escape_sign_of_a_pattern_is_escaped() -> None:
    assert literal("a\\b*c?d.e") == "a\\\\b*c?d.e"


def test_no_filters_are_every_document() -> None:
    assert every([]) == {"match_all": {}}


def test_the_pattern_that_stands_for_too_many_words_is_named() -> None:
    asked = Bool(must=(Prefix("title", "a"), Pieces("title", (Piece("token", "led"), Piece("prefix", "灯")))))
    assert blamed(asked, "Automaton [灯*] expanded to too many terms (limit 8192)") == "灯*"
    assert blamed(asked, "no pattern is named") == "a*"
