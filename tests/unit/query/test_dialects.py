"""What each language means where it differs from the native one, what is refused and where, what is told; docs/dialects.md has an
example of every form.
"""

import pytest

from search.query import QueryError, parse
from search.query.dialects import write
from search.query.tree import Near, Not, Query, Range, Ref, Value, Wild, Word, both, either

A, B, C, D = Word("a"), Word("b"), Word("c"), Word("d")


@pytest.mark.parametrize(
    ("dialect", "text", "read"),
    [
        ("cql", "a or b and c", both(either(A, B), C)),
        ("cql", "a and b or c", either(both(A, B), C)),
        ("cql", "a b not c", both(A, B, Not(C))),
        ("cql", "a prox b prox c", Near(Near(A, B), C)),
        ("ppubs", "a OR b AND c", either(A, both(B, C))),
        ("ppubs", "a b c", either(A, B, C)),
        ("ppubs", "a XOR b OR c", either(both(A, Not(B)), both(Not(A), B), C)),
        ("ppubs", "a AND b XOR c", either(both(A, B, Not(C)), both(Not(both(A, B)), C))),
        ("ppubs", "a SAME b AND c", both(Near(A, B, "paragraph"), C)),
        ("ppubs", "a WITH b SAME c", Near(Near(A, B, "sentence"), C, "paragraph")),
        ("ppubs", "a WITH b ADJ c", Near(A, Near(B, C, ordered=True), "sentence")),
        ("ppubs", "a AND NOT b", both(A, Not(B))),
        ("ppubs", "a NOT b NEAR2 c", both(A, Not(Near(B, C, distance=1)))),
        ("cprs", "a+b*c - d", either(A, both(B, C, Not(D)))),
        ("cprs", "(a+b)*c", both(either(A, B), C)),
        ("pss", "a OR b AND c NOT d", either(A, both(B, C, Not(D)))),
        ("pss", "a OR b 2W c", either(A, Near(B, C, distance=2, ordered=True))),
        ("google", "a OR b c", both(either(A, B), C)),
        ("google", "a b OR c", either(both(A, B), C)),
        ("google", "a -b c", both(A, Not(B), C)),
        ("google", "-(a OR b)", Not(either(A, B))),
    ],
)
def test_order_of_operators(dialect: str, text: str, read: Query) -> None:
    assert parse(text, dialect).tree == read


def _in(field: str, text: str) -> Word:
    return Word(text, field)


@pytest.mark.parametrize(
    ("dialect", "text", "read"),
    [
        ("cql", "colo?r", either(Word("color", exact=True), Wild("colo?r"))),
        ("cql", "c#t*", Wild("c?t*")),
        ("cql", "ti=C", _in("title", "C")),
        ("cql", "ipc=H01M 10/0525 a", both(Value("ipc", "H01M10/0525"), A)),
        ("cql", 'pd within "2000, 2005"', Range("publication_date", "2000-01-01", "2005-12-31")),
        (
            "cql",
            "ta=(a prox b)",
            either(Near(_in("title", "a"), _in("title", "b")), Near(_in("abstract", "a"), _in("abstract", "b"))),
        ),
        ("ppubs", "bat$2", either(Word("bat", exact=True), Wild("bat?"), Wild("bat??"))),
        ("ppubs", "bat$", Wild("bat*")),
        ("ppubs", "(a AND b.ab.).ti.", both(_in("title", "a"), _in("abstract", "b"))),
        ("ppubs", "@pd<=2020>=2019", Range("publication_date", "2019-01-01", "2020-12-31")),
        ("ppubs", "@ay<>2006", Not(Range("application_date", "2006-01-01", "2006-12-31"))),
        ("ppubs", "9,876,543.pn.", Value("number", "US9,876,543")),
        ("ppubs", "L12 # radar\nAND a", both(Ref(12), A)),
        ("ppubs", "AC/DC x.y", either(Word("AC/DC"), Word("x.y"))),
        ("cprs", "wi-fi-LED/TI", _in("title", "wi-fi-LED")),
        ("cprs", "wi-fi/TI-LED/TI", both(_in("title", "wi-fi"), Not(_in("title", "LED")))),
        ("cprs", "85107482/AN", Value("application", "CN85107482")),
        ("cprs", "20082/AN", Wild("CN20082*", "application")),
        ("cprs", "（００１）＊a", both(Ref(1), A)),
        ("cprs", "a b/TI", Word("a b", "title", exact=True)),
        ("cprs", "2019/GD", both(Range("publication_date", "2019-01-01", "2019-12-31"), Value("stage", "granted"))),
        ("cprs", "a @LX=DI", both(A, Value("type", "invention"), Value("stage", "published"))),
        ("pss", '发明名称=("a+b")', Word("a+b", "title", exact=True)),
        ("pss", "申请号=(+2019107+)", Wild("*2019107*", "application")),
        ("google", "assignee:a b assignee:c", both(either(_in("applicant", "a"), _in("applicant", "c")), B)),
        ("google", "assignee:(a c)", both(_in("applicant", "a"), _in("applicant", "c"))),
        ("google", "assignee:a (assignee:c)", both(_in("applicant", "a"), _in("applicant", "c"))),
        ("google", "before:filing:2021 after:filing:2019", Range("application_date", "2019-01-01", "2020-12-31")),
        ("google", "type:PATENT", Not(Value("type", "design"))),
    ],
)
def test_meanings(dialect: str, text: str, read: Query) -> None:
    assert parse(text, dialect).tree == read


@pytest.mark.parametrize(
    ("dialect", "text", "code", "position"),
    [
        ("cql", "ti=a and", "expected", 8),
        ("cql", "a prox/distance>3 b", "proximity", 2),
        ("cql", "a prox/unit=sentence/ordered b", "proximity", 2),
        ("cql", "ti=a and xx=b", "field", 9),
        ("cql", "ti>a", "relation", 2),
        ("cql", 'pd within "2000"', "date", 10),
        ("cql", "a and {kind:B}", "sign", 6),
        ("ppubs", "a ADJ0 b", "proximity", 2),
        ("ppubs", "a SAME26 b", "proximity", 2),
        ("ppubs", "a.zz.", "field", 1),
        ("ppubs", "138/26.ccls.", "field_absent", 6),
        ("ppubs", "@pd", "expected", 3),
        ("ppubs", "@ti=a", "field_absent", 0),
        ("ppubs", "a XOR " * 9 + "a", "too_many_clauses", 0),
        ("ppubs", "a.ti. AND bat$9", "too_many_wildcards", 10),
        ("cprs", "a/TI b", "expected", 5),
        ("cprs", "a/TI*", "expected", 5),
        ("cprs", "a/ZZ", "field", 1),
        ("cprs", "深圳/DZ", "value", 0),
        ("cprs", "a/TI*201910792871.5/AN", "check_digit", 5),
        ("cprs", "a/TI @LX=QQ", "tail", 5),
        ("pss", "发明名称=(a", "bracket", 5),
        ("pss", "优先权号=a", "field_absent", 0),
        ("pss", "a 99999W b", "proximity", 2),
        ("google", "before:xx:2019", "tail", 7),
        ("google", "a NEAR b", "proximity", 2),
        ("google", "tac:(a", "bracket", 4),
    ],
)
def test_refusals(dialect: str, text: str, code: str, position: int) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text, dialect)
    assert (caught.value.code, caught.value.position) == (code, position)


@pytest.mark.parametrize(
    ("dialect", "text", "notes"),
    [
        ("ppubs", "a NEAR2 b ADJ c", [("across_sentences", 2)]),
        ("ppubs", "a.bsum.", [("field_for", 1)]),
        ("cprs", "a/TI+b/TI*c/TI", [("mixed_order", 9)]),
        ("cprs", "a/TI+(b/TI*c/TI)", []),
        ("cprs", "H01M/MC", [("field_for", 4)]),
        ("pss", "a b", [("implicit", 2)]),
        ("google", "a and b", [("lower_case", 2)]),
    ],
)
def test_notes(dialect: str, text: str, notes: list[tuple[str, int]]) -> None:
    assert [(note.code, note.position) for note in parse(text, dialect).warnings] == notes


@pytest.mark.parametrize(
    ("text", "dialect", "notes"),
    [
        ("电池 AND 正极", "native", []),
        ("title:a AND publication_date>=2019-01-01", "native", []),
        ("计算机/TI-（应用/TI*系统/TI）", "cprs", ["read_as"]),
        ("计算机/TI", "cprs", ["read_as"]),
        ("radar.ti.", "ppubs", ["read_as"]),
        ("TTL/radar", "ppubs", ["read_as"]),
        ("ti=battery and pa=siemens", "cql", ["read_as"]),
        ("mouse prox/distance<3 trap", "cql", ["read_as"]),
        ("公开日=20190101:20201231", "pss", ["read_as"]),
        ("before:2020 battery", "google", ["read_as"]),
        ("发明名称=(电池) AND 申请人=(华为)", "native", []),
        ("ti=battery AND pa=siemens", "native", []),
        ("ap=CN201910792871", "native", ["other_reading"]),
        ("battery -lead", "native", ["minus", "other_reading"]),
        ("L3 AND L5", "native", ["other_reading"]),
        ("assignee:a assignee:b", "native", ["other_reading"]),
        ("radar.ti. AND x.zz.", "native", ["other_failed"]),
        ("AC/DC 转换器", "native", []),
        ("ia=apple", "cql", ["read_as"]),
    ],
)
def test_a_language_is_found_out_and_said(text: str, dialect: str, notes: list[str]) -> None:
    parsed = parse(text, "auto")
    assert (parsed.dialect, [note.code for note in parsed.warnings]) == (dialect, notes)


def test_where_nothing_can_be_read_the_error_is_that_of_the_language_it_looks_like() -> None:
    with pytest.raises(QueryError) as caught:
        parse("电脑/TI*(系统/AB", "auto")
    assert (caught.value.code, caught.value.position) == ("bracket", 6)


def test_a_translation_with_a_hole_is_not_asked_natively() -> None:
    with pytest.raises(QueryError) as caught:
        parse("{a NEAR/0 b}*c/TI", "auto")
    assert (caught.value.code, caught.value.position) == ("sign", 0)


@pytest.mark.parametrize(
    ("dialect", "tree", "text", "notes"),
    [
        ("cql", both(A, Value("kind", "B")), "a and {kind:B}", [("unsupported", 6)]),
        ("cql", both(Not(A), B), "(not a) and b", [("bare_not", 1)]),
        ("cql", Wild("*oxide", "title"), "ti=*oxide", [("left_truncation", 0)]),
        ("ppubs", Near(A, B, distance=2, ordered=True), "a ADJ3 b", [("within_sentence", 0)]),
        ("ppubs", either(both(A, Not(B)), both(Not(A), B)), "a XOR b", []),
        ("ppubs", either(both(A, B, Not(C)), both(Not(both(A, B)), C)), "(a AND b) XOR c", []),
        ("cprs", Near(A, B), "{a NEAR/0 b}", [("unsupported", 0)]),
        ("cprs", Range("application_date", "2019-01-01"), "20190101>20991231/AD", [("open_range", 0)]),
        ("cprs", Word("a+b", "title"), '"a+b"/TI', [("quoted_word", 0)]),
        ("pss", Value("applicant", "华为"), '申请（专利权）人=("华为")', [("whole_name", 0)]),
        ("google", both(_in("applicant", "a"), B, _in("applicant", "c")), "assignee:a b (assignee:c)", []),
    ],
)
def test_what_is_not_carried_stays_in_sight(dialect: str, tree: Query, text: str, notes: list[tuple[str, int]]) -> None:
    written = write(tree, dialect)
    assert written.text == text
    assert [(note.code, note.position) for note in written.warnings] == notes


def test_what_we_wrote_can_be_asked_again_though_it_is_long() -> None:
    tree = either(*(Word(f"word{number:010}", "description", exact=True) for number in range(90)))
    written = write(tree, "pss").text
    assert len(written) > 2_000
    assert parse(written, "pss").tree == tree
    with pytest.raises(QueryError) as caught:
        parse(written + " " * 2_000, "pss")
    assert caught.value.code == "too_long"
