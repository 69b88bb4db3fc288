"""An address is read as the standard library reads it, and raw UTF-8 in it as what it says."""

from urllib.parse import parse_qsl, quote, urlencode

from hypothesis import given
from hypothesis import strategies as st

from search.api.addresses import _pairs


@given(st.text(alphabet="ab=&+%2C3e;# \u007f", max_size=40))
def test_pairs_are_those_of_the_standard_library(query: str) -> None:
    assert list(_pairs(query.encode())) == parse_qsl(query, keep_blank_values=True)


@given(st.lists(st.tuples(st.text(min_size=1), st.text()), max_size=4))
def test_what_was_written_is_read(pairs: list[tuple[str, str]]) -> None:
    written = urlencode([(name.encode("utf-8", "replace"), value.encode("utf-8", "replace")) for name, value in pairs])
    expected = [tuple(text.encode("utf-8", "replace").decode() for text in pair) for pair in pairs]
    assert list(_pairs(written.encode())) == expected


def test_letters_that_were_not_encoded_are_themselves() -> None:
    assert list(_pairs("q=电池&q=".encode() + quote("电池").encode())) == [("q", "电池"), ("q", "电池")]
    assert list(_pairs(b"q=\xff%ff")) == [("q", "\ufffd\ufffd")]
