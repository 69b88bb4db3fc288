"""Strict JSON: what RFC 8259 allows is read, what would fail or mislead further in is refused (T14)."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auth.http.json import MAX_DEPTH, JsonRefused, loads, unfit

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
SCALARS = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False) | TEXT
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner), max_leaves=30)


@given(VALUES, st.booleans())
def test_what_is_sound_reads_as_the_standard_library_reads_it(value: object, ascii_only: bool) -> None:
    assert loads(json.dumps(value, ensure_ascii=ascii_only).encode()) == value


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"NaN", "json_number"),
        (b'{"a": -Infinity}', "json_number"),
        (b"[1e999]", "json_number"),
        (b"-1e400", "json_number"),
        (b"1" + b"0" * 400, "json_number"),
        (b"9" * 5000, "json_number"),
        (b'{"a": 1, "a": 1}', "json_duplicate_key"),
        (b'[{"b": {"a": 1, "\\u0061": 2}}]', "json_duplicate_key"),
        (b'"\\ud800"', "json_character"),
        (b'{"\\udfff": 1}', "json_character"),
        (b'["\\u0000"]', "json_character"),
        (b'"\xff"', "json_utf8"),
        (b'"\xed\xa0\x80"', "json_utf8"),
        (b"\xef\xbb\xbf1", "json_invalid"),
        ('{"a": 1}'.encode("utf-16-le"), "json_invalid"),
        (b'"a\x00b"', "json_invalid"),
        (b"", "json_invalid"),
        (b"{} {}", "json_invalid"),
        (b"[1,]", "json_invalid"),
        (b"{'a': 1}", "json_invalid"),
        (b"[" * 100_000, "json_depth"),
        (b'{"a":' * 100_000, "json_depth"),
        (b"[" * 65 + b"]" * 65, "json_depth"),
    ],
)
def test_what_is_refused_and_under_which_name(data: bytes, code: str) -> None:
    with pytest.raises(JsonRefused) as caught:
        loads(data)
    assert caught.value.code == code


def test_depth_counts_levels_not_brackets_or_brackets_in_text() -> None:
    deep = b"[" * MAX_DEPTH + b"]" * MAX_DEPTH
    assert loads(deep)
    assert len(loads(b"[" + b",".join([b"[]"] * 1000) + b"]")) == 1000
    assert loads(json.dumps(['["\\' + "[" * 1000]).encode())


@given(st.binary(max_size=200) | st.text('[]{}",:\\u0d8 1eE-+.NaInfity', max_size=60).map(str.encode))
def test_nothing_but_a_refusal_is_raised(data: bytes) -> None:
    with contextlib.suppress(JsonRefused):
        loads(data)


def test_a_pair_of_surrogate_escapes_is_one_character() -> None:
    assert loads(b'"\\ud83d\\ude00"') == "\U0001f600"


@pytest.mark.parametrize(("text", "bad"), [("", False), ("文\U0001f600", False), ("a\0", True), ("文\0", True), ("\udc80", True)])
def test_unfit_text(text: str, bad: bool) -> None:
    assert unfit(text) is bad
