"""Trees that a text can say, and texts that may or may not be questions."""

import random

from hypothesis import strategies as st

from search.query import fields
from search.query.tree import All, Leaf, Near, Not, Query, Range, Ref, Value, Wild, Word, both, either

_LETTERS = "abcAB锂电池灯1２ß𬭛非与.-/&'+"
_TEXT_FIELDS = st.sampled_from([None, *(field.name for field in fields.FIELDS if field.kind == "text")])
_PARTIES = st.sampled_from([field.name for field in fields.FIELDS if field.kind == "text" and field.facet])
_OPERATORS = {"AND", "OR", "NOT", "TO", "SENT", "PARA", "与", "或", "非", "至", "同句", "同段"}


def _has_word(text: str) -> bool:
    return any(character.isalnum() for character in text)


_bare = st.text(_LETTERS, min_size=1, max_size=6).filter(lambda text: _has_word(text) and text not in _OPERATORS)
_quoted = (
    st.sampled_from(['"', "“”"])
    .flatmap(lambda marks: st.text(_LETTERS + "()（）:：，；。[]= " + marks, min_size=1, max_size=8))
    .map(lambda text: " ".join(text.split()))
    .filter(_has_word)
)
_words = st.builds(Word, _bare, _TEXT_FIELDS) | st.builds(Word, _quoted, _TEXT_FIELDS, exact=st.just(True))
_patterns = st.sampled_from(
    ["ab*", "a?c", "*abc", "wi-fi*", "灯*", "锂?池", "LED灯*", "lithium batter*", "a, bc*", "(ab) cd*", "TO*"]
)
_keys = {
    "country": ("CN", "US", "ZZ", "OR", "TO"),
    "kind": ("A", "B2", "与"),
    "type": ("invention", "utility_model"),
    "stage": ("granted", "pre_grant"),
    "region": ("广东省", "New York", "全部"),
    "family": ("123", "a:b", "a*b", "x(y)", '"', "“", "NOT"),
    "ipc": ("A", "H01M", "H01M10/0525"),
    "cpc": ("Y02E60/10",),
    "locarno": ("14", "14-03"),
    "number": ("CN110330865B", "US7,318,131B2"),
    "application": ("201910792871.4",),
    "cites": ("CN110330865B",),
    "legal": ("in_force", "expired"),
}
_values = st.sampled_from([Value(field, value) for field, values in _keys.items() for value in values])
_wild_keys = st.sampled_from([Wild("H01M10*", "ipc"), Wild("B*", "kind"), Wild("CN1103*", "number"), Wild("广*", "region")])
_days = st.dates().filter(lambda day: 1800 <= day.year <= 2099).map(str)
_date_fields = st.sampled_from([field.name for field in fields.FIELDS if field.kind == "date"])


@st.composite
def _ranges(draw: st.DrawFn) -> Range:
    low, high = sorted((draw(_days), draw(_days)))
    open_end = draw(st.sampled_from(["none", "low", "high"]))
    return Range(draw(_date_fields), None if open_end == "low" else low, None if open_end == "high" else high)


leaves: st.SearchStrategy[Leaf] = st.one_of(
    st.just(All()),
    _words,
    st.builds(Wild, _patterns, _TEXT_FIELDS),
    _wild_keys,
    _values,
    st.builds(Value, _PARTIES, _quoted),
    _ranges(),
)


def _close(left: st.SearchStrategy[Query], right: st.SearchStrategy[Query], *, without: bool) -> st.SearchStrategy[Query]:
    shapes = st.sampled_from([("word", False), ("word", True), ("sentence", False), ("paragraph", False)])
    return st.builds(
        lambda one, other, shape, distance, wanting: Near(one, other, shape[0], distance, shape[1], wanting),
        *(left, right, shapes, st.integers(0, 20), st.booleans() if without else st.just(False)),
    )


def _nears(field: str | None) -> st.SearchStrategy[Query]:
    """Trees of proximity whose leaves are all of one field."""
    words = st.builds(Word, _bare, st.just(field)) | st.builds(Word, _quoted, st.just(field), exact=st.just(True))
    operands: st.SearchStrategy[Query] = st.recursive(
        words | st.builds(Wild, _patterns, st.just(field)),
        lambda inner: (
            st.lists(inner, min_size=2, max_size=3).map(lambda items: either(*items)) | _close(inner, inner, without=False)
        ),
        max_leaves=4,
    )
    return _close(operands, operands, without=True)


nears = _TEXT_FIELDS.flatmap(_nears)

trees: st.SearchStrategy[Query] = st.recursive(
    leaves
    | nears
    | st.builds(Ref, st.integers(1, 999_999))
    | st.sampled_from([Value("collection", "4f0a/1.2"), Value("entity", "华为技术（有限）公司")]),
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.lists(inner, min_size=2, max_size=4).map(lambda items: both(*items)),
        st.lists(inner, min_size=2, max_size=4).map(lambda items: either(*items)),
    ),
    max_leaves=12,
)

_ATOMS = (
    *("AND", "OR", "NOT", "与", "或", "非", "TO", "至", "and", "全部", "*:*"),
    *("NEAR/5", "ADJ/0", "SENT", "同段/2", "邻近/1", "NEAR", "NEAR/x", "near/5", "#3", "#0", "＃１２"),
    *("(", ")", "（", "）", "[", "]", "［", "］", '"', "“", "”", "＂", ",", ";", "，", "、", "-", "&", "/", "\\"),
    *("*", "?", "＊", "？", ":", "：", "=", "＝", "==", ">=", "<=", ">", "<", "≤", "＞", ".."),
    *("ti", "标题", "TITLE", "pd", "公开日", "ipc", "pn", "type", "region", "country", "applicant", "kind", "family", "xx"),
    *("H01M", "H01M10/05", "CN110330865B", "发明", "2019", "20190709", "1999-13", "2019..2020", "１９"),
    *("锂电池", "灯", "battery", "a", "LED灯", "wi-fi", "ß", "İ", "𬭛", "batter*", "锂?池", '"lithium ion"', "“锂 电池”"),
    *(" ", "　", "\n", "\t", "\x00", "\u200b", "\ud800", "\x85", "申请（专利权）人："),
    *('"}},{"match_all":{}', "/.*a{1000}/", "_exists_:title", "field:*", "${jndi:x}", "';--", "<script>", "~2^3", "{!x}"),
)


def fuzz(seed: int) -> str:
    """A text of the grammar's pieces in any order; the same seed gives the same text."""
    chance = random.Random(seed)
    atoms = [chance.choice(_ATOMS) for _ in range(chance.choice([1, 2, 3, 4, 6, 9, 14, 40]))]
    return chance.choice(["", " "]).join(atoms)
