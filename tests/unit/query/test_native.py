"""The native language: what each form means, and how it is written canonically."""

import pytest

from search.query import parse
from search.query.tree import All, And, Near, Not, Or, Query, Range, Ref, Value, Wild, Word, both, either

A, B, C = Word("a"), Word("b"), Word("c")


def tree(text: str) -> Query:
    return parse(text).tree


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("battery", Word("battery")),
        ('"battery pack"', Word("battery pack", exact=True)),
        ("“锂电池，正极”", Word("锂电池，正极", exact=True)),
        ("＂a  b＂", Word("a b", exact=True)),
        ('“say "so"”', Word('say "so"', exact=True)),
        ("lithium-ion", Word("lithium-ion")),
        ("1,2-dichloroethane", Word("1,2-dichloroethane")),
        ("a b", both(A, B)),
        ("a AND b", both(A, B)),
        ("a 与 b", both(A, B)),
        ("a ＡＮＤ b", both(A, B)),
        ("a，b、c；", both(A, B, C)),
        ("a, b; c", both(A, B, C)),
        ("a OR b", either(A, B)),
        ("a 或 b", either(A, B)),
        ("a OR b c", either(A, both(B, C))),
        ("(a OR b) c", both(either(A, B), C)),
        ("（a 或 b）与 c", both(either(A, B), C)),
        ("(a)与(b)", both(A, B)),
        ("“a”与“b”", both(Word("a", exact=True), Word("b", exact=True))),
        ("NOT a b", both(Not(A), B)),
        ("a NOT b", both(A, Not(B))),
        ("a 非 b OR c", either(both(A, Not(B)), C)),
        ("NOT NOT a", Not(Not(A))),
        ("NOT (a b)", Not(both(A, B))),
        ("a (b (c))", both(A, B, C)),
        ("非晶合金", Word("非晶合金")),
        ("与非门 或门", both(Word("与非门"), Word("或门"))),
        ("a and b", both(A, Word("and"), B)),
        ("\u200ba\u202c\u3000b", both(A, B)),
    ],
)
def test_words_and_operators(text: str, read: Query) -> None:
    assert tree(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a NEAR/3 b", Near(A, B, distance=3)),
        ("a 邻近/3 b", Near(A, B, distance=3)),
        ("a ＮＥＡＲ／３ b", Near(A, B, distance=3)),
        ("a NEAR/003 b", Near(A, B, distance=3)),
        ("a ADJ/0 b", Near(A, B, ordered=True)),
        ("a 顺序/0 b", Near(A, B, ordered=True)),
        ("a SENT b", Near(A, B, "sentence")),
        ("a 同句/0 b", Near(A, B, "sentence")),
        ("a PARA/2 b", Near(A, B, "paragraph", 2)),
        ("a同段 b", both(Word("a同段"), B)),
        ("(a)同段(b)", Near(A, B, "paragraph")),
        ("a NOT NEAR/1 b", Near(A, B, distance=1, without=True)),
        ("a 非 同句 b", Near(A, B, "sentence", without=True)),
        ("a NOT b NEAR/1 c", both(A, Not(Near(B, C, distance=1)))),
        ("a NEAR/1 b NOT c", both(Near(A, B, distance=1), Not(C))),
        ("a NEAR/1 b SENT c", Near(Near(A, B, distance=1), C, "sentence")),
        ("a NEAR/1 (b SENT c)", Near(A, Near(B, C, "sentence"), distance=1)),
        ("a OR b NEAR/1 c", either(A, Near(B, C, distance=1))),
        ("ti:(a SENT b)", Near(Word("a", "title"), Word("b", "title"), "sentence")),
        ('"NEAR/3" SENT "同句"', Near(Word("NEAR/3", exact=True), Word("同句", exact=True), "sentence")),
    ],
)
def test_closeness(text: str, read: Query) -> None:
    assert tree(text) == read


def test_references() -> None:
    assert tree("#3 AND #5 NOT ＃０２") == both(Ref(3), Ref(5), Not(Ref(2)))
    assert tree('"#3" C# #a') == both(Word("#3", exact=True), Word("C#"), Word("#a"))


@pytest.mark.parametrize("text", ["*:*", "*", "＊：＊", "全部", "(全部)"])
def test_everything(text: str) -> None:
    assert tree(text) == All()


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("ti:a", Word("a", "title")),
        ("TI=a", Word("a", "title")),
        ("标题：a", Word("a", "title")),
        ("標題 ： a", Word("a", "title")),
        ("发明名称=“a b”", Word("a b", "title", exact=True)),
        ("ti:a b", both(Word("a", "title"), B)),
        ("ti:(a OR b)", either(Word("a", "title"), Word("b", "title"))),
        ("ti:(a ab:b)", both(Word("a", "title"), Word("b", "abstract"))),
        ("NOT ti:a", Not(Word("a", "title"))),
        ("申请（专利权）人：（华为 或 中兴）", either(Word("华为", "applicant"), Word("中兴", "applicant"))),
        ('applicant=="华为技术有限公司"', Value("applicant", "华为技术有限公司")),
        ("country:cn", Value("country", "CN")),
        ("国家：中国", Value("country", "CN")),
        ("country:XX", Value("country", "XX")),
        ("kind:b2", Value("kind", "B2")),
        ("类型：实用新型", Value("type", "utility_model")),
        ("type:(invention OR 外观设计)", either(Value("type", "invention"), Value("type", "design"))),
        ("阶段：授权", Value("stage", "granted")),
        ("地区：广东", Value("region", "广东省")),
        ("region:guangdong", Value("region", "广东省")),
        ('region:"Inner Mongolia"', Value("region", "内蒙古自治区")),
        ("region:California", Value("region", "California")),
        ("pn:cn110330865b", Value("number", "CN110330865B")),
        ('pn:"US 7,318,131 B2"', Value("number", "US7,318,131B2")),
        ("申请号：２０１９１０７９２８７１．4", Value("application", "201910792871.4")),
    ],
)
def test_fields_and_values(text: str, read: Query) -> None:
    assert tree(text) == read


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("ipc:H", "H"),
        ("ipc:h01", "H01"),
        ("分类号：H01M", "H01M"),
        ("ipc:H01M10", "H01M10"),
        ("ipc:H01M10/0525", "H01M10/0525"),
        ("ipc:H01M 10/0525", "H01M10/0525"),
        ('ipc:"H01M 10/0525"', "H01M10/0525"),
        ("ipc:Ｈ０１Ｍ１０／０５２５", "H01M10/0525"),
        ("ipc:A47J02766", "A47J27/66"),
    ],
)
def test_a_class_at_any_level(text: str, key: str) -> None:
    assert tree(text) == Value("ipc", key)


def test_a_class_and_the_word_behind_it() -> None:
    assert tree("ipc:H01M 电池") == both(Value("ipc", "H01M"), Word("电池"))
    assert tree("lc:14-03") == Value("locarno", "14-03")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("batter*", Wild("batter*")),
        ("col？r", Wild("col?r")),
        ("*ation", Wild("*ation")),
        ("电*", Wild("电*")),
        ("锂?池", Wild("锂?池")),
        ("ti:wi-fi*", Wild("wi-fi*", "title")),
        ('"lithium batter*"', Wild("lithium batter*")),
        ("ipc:h01m10*", Wild("H01M10*", "ipc")),
        ('ipc:"H01M 10*"', Wild("H01M10*", "ipc")),
        ("an:201910792871.*", Wild("CN201910792871*", "application")),
        ("an:ZL2019*", Wild("CN2019*", "application")),
        ("pn:us2015/03*", Wild("US201503*", "number")),
        ("pn:*0865b", Wild("*0865B", "number")),
        ("kind:b*", Wild("B*", "kind")),
        ("region:广*", Wild("广*", "region")),
    ],
)
def test_wildcards(text: str, read: Query) -> None:
    assert tree(text) == read


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("pd:2019", "2019-01-01", "2019-12-31"),
        ("pd:201902", "2019-02-01", "2019-02-28"),
        ("公开日=2020年2月", "2020-02-01", "2020-02-29"),
        ("pd:2019/7/9", "2019-07-09", "2019-07-09"),
        ("pd:[20190101 TO 20201231]", "2019-01-01", "2020-12-31"),
        ("pd:［2019 至 2020］", "2019-01-01", "2020-12-31"),
        ("pd:2019..2020", "2019-01-01", "2020-12-31"),
        ("pd:２０１９．．２０２０", "2019-01-01", "2020-12-31"),
        ("pd:2019..", "2019-01-01", None),
        ("pd:..2019", None, "2019-12-31"),
        ("pd:[* TO 2019]", None, "2019-12-31"),
        ("pd:[2019-03 TO *]", "2019-03-01", None),
        ("pd>=2019", "2019-01-01", None),
        ("pd ≥ 2019", "2019-01-01", None),
        ("pd>2019", "2020-01-01", None),
        ("pd<=2019-06", None, "2019-06-30"),
        ("pd＜2019-06", None, "2019-05-31"),
    ],
)
def test_dates(text: str, low: str | None, high: str | None) -> None:
    assert tree(text) == Range("publication_date", low, high)


def test_a_group_of_dates() -> None:
    read = tree("ad:(2019 OR [2021 TO 2022])")
    assert read == Or(
        (Range("application_date", "2019-01-01", "2019-12-31"), Range("application_date", "2021-01-01", "2022-12-31"))
    )


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("battery 锂电池", "battery AND 锂电池"),
        ("ti：（a 或 b） 非 c", "(title:a OR title:b) AND NOT c"),
        ('"battery" pd:2019', '"battery" AND publication_date:[2019-01-01 TO 2019-12-31]'),
        ("pd>2019", "publication_date>=2020-01-01"),
        ("NOT (a b)", "NOT (a AND b)"),
        ('pn:"US 7,318,131 B2"', "number:US7,318,131B2"),
        ('“a "b"”', '“a "b"”'),
        ("全部", "*:*"),
        ("申请人==“甲*”", 'applicant=="甲*"'),
        ('family:"a*"', 'family:"a*"'),
    ],
)
def test_canonical_text_shows_how_it_was_read(text: str, canonical: str) -> None:
    assert parse(text).canonical == canonical
    assert parse(canonical).canonical == canonical


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        ("a and b", "lower_case", 2),
        ("ti:(a or b)", "lower_case", 6),
        ("cell -nickel", "minus", 5),
        ("a us2015322651a1", "no_field", 2),
        ('x "what is a cell?"', "quoted_wildcard", 2),
    ],
)
def test_notes_of_what_may_not_be_meant(text: str, code: str, position: int) -> None:
    (note,) = parse(text).warnings
    assert (note.code, note.position) == (code, position)
    assert note.zh
    assert note.en


def test_nodes_are_flat() -> None:
    assert tree("a (b c) AND (a OR (b OR c))") == And((A, B, C, Or((A, B, C))))
