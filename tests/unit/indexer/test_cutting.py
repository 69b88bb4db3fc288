"""Cutting files into records: every document once, at its true offset, whatever the size of the reads."""

import io
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from indexer.model import RawRecord, Rejected
from indexer.parsers.glued import documents
from indexer.parsers.lines import lines

DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
bodies = st.text("ab<?/ \n", max_size=30).map(lambda text: text.replace("<", "(").encode())


class Trickle(io.RawIOBase):
    """A stream that gives at most `most` bytes a read."""

    def __init__(self, data: bytes, most: int) -> None:
        self._inner = io.BytesIO(data)
        self._most = most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._inner.read(min(self._most, len(buffer)))
        buffer[: len(data)] = data
        return len(data)


@given(st.lists(st.tuples(bodies, st.booleans(), st.sampled_from([b"", b"\n", b"\r\n \n"])), max_size=8), st.integers(1, 60))
def test_glued_documents_with_and_without_a_declaration(parts: list[tuple[bytes, bool, bytes]], most: int) -> None:
    whole, expected = b"", []
    for body, declared, gap in parts:
        document = (DECLARATION if declared else b"") + b"<doc>" + body + b"</doc>"
        expected.append((len(whole), document))
        whole += document + gap
    stream = Trickle(whole, most)
    found = list(documents(stream, "weekly.xml"))  # type: ignore[arg-type]
    assert [(record.offset, record.data) for record in found] == expected
    assert all(isinstance(record, RawRecord) and record.file == "weekly.xml" for record in found)


def test_a_document_cut_short_takes_nothing_of_the_next() -> None:
    data = DECLARATION + b"<doc>one" + DECLARATION + b"<doc>two</doc>"
    assert [record.data for record in documents(io.BytesIO(data), "f")] == [
        DECLARATION + b"<doc>one",
        DECLARATION + b"<doc>two</doc>",
    ]


def test_a_byte_order_mark_is_no_part_of_the_first_document() -> None:
    found = list(documents(io.BytesIO(b"\xef\xbb\xbf" + DECLARATION + b"<doc/>"), "f"))
    assert [(record.offset, record.data) for record in found] == [(3, DECLARATION + b"<doc/>")]


def test_t49_a_document_above_the_limit_is_refused_and_the_next_is_found() -> None:
    giant, small = DECLARATION + b"<doc>" + b"x" * 5_000_000, DECLARATION + b"<doc>small</doc>"
    first, second, third = documents(io.BytesIO(small + giant + small), "f", limit=2_000_000)
    assert isinstance(second, Rejected)
    assert (second.offset, len(second.data)) == (len(small), 4096)
    assert (first.data, third.data) == (small, small)
    assert third.offset == len(small) + len(giant)


@given(st.lists(st.text("ab \t", max_size=8), max_size=10), st.sampled_from(["\n", "\r\n"]), st.booleans(), st.booleans())
def test_lines_are_those_that_say_something(texts: list[str], end: str, marked: bool, ended: bool) -> None:
    data = (b"\xef\xbb\xbf" if marked else b"") + end.join(texts).encode() + (end.encode() if ended else b"")
    found = list(lines(io.BytesIO(data), "f"))
    assert [record.data.decode() for record in found] == [text for text in texts if text.strip()]
    for record in found:
        assert data[record.offset :].removeprefix(b"\xef\xbb\xbf").startswith(record.data)
    assert all(one.offset < other.offset for one, other in pairwise(found))


def test_t49_a_line_above_the_limit_is_refused_and_the_next_is_read() -> None:
    data = b"short\n" + b"x" * 1000 + b"\nafter\n" + b"y" * 100 + b"\n"
    one, two, three, four = lines(io.BytesIO(data), "f", limit=100)
    assert isinstance(two, Rejected)
    assert (two.offset, two.data) == (6, b"x" * 101)
    assert [(one.data, one.offset), (three.data, three.offset)] == [(b"short", 0), (b"after", 1007)]
    assert (four.data, four.offset) == (b"y" * 100, 1013)
