"""The answer's language by Accept-Language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auth.http.lang import language


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "zh"),
        ("*", "zh"),
        ("en", "en"),
        ("en-GB,en;q=0.8", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-US,en;q=0.9,zh-CN;q=0.8", "en"),
        ("en;q=0.5, zh;q=0.7", "zh"),
        ("en, zh", "zh"),
        ("de,fr;q=0.5", "zh"),
        ("en;q=0", "zh"),
        ("en;q=nan", "zh"),
        ("EN", "en"),
    ],
)
def test_chinese_unless_english_is_preferred(accept: str, expected: str) -> None:
    assert language(accept) == expected


@given(st.text(max_size=300))
def test_any_header_gives_a_language(accept: str) -> None:
    assert language(accept) in ("zh", "en")
