"""What is cut out of a text around what was found, for any text and any spans."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from search.find.answers import Passage
from search.find.passages import PASSAGES, WINDOW, passages

_LETTERS = st.text(alphabet="电池的x𠮷 .，a1\n", min_size=1, max_size=900)
_ROOM = 30  # an end may move to the end of a word, on either side


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    """A text and spans in order that neither touch nor overlap."""
    text = draw(_LETTERS)
    ends = sorted(draw(st.sets(st.integers(0, len(text)), max_size=20)))
    return text, [(start, end) for start, end in zip(ends[::2], ends[1::2], strict=False)]


def found(text: str, passage: Passage) -> Iterator[tuple[int, str]]:
    """Each marked piece with its place in the whole text, the passage being the one at which all pieces agree."""
    start = text.find(passage.text)
    while any(passage.text[a:b] != text[start + a : start + b] for a, b in passage.spans):
        start = text.find(passage.text, start + 1)
    return ((start + a, passage.text[a:b]) for a, b in passage.spans)


@given(marked_texts())
def test_a_passage_is_a_piece_of_the_text_and_its_spans_are_what_was_found(given_text: tuple[str, list[tuple[int, int]]]) -> None:
    text, spans = given_text
    pieces = [text[a:b] for a, b in spans]
    shown = passages([("zh", text)], [spans])
    marked = [passage.text[a:b] for passage in shown for a, b in passage.spans]
    assert all(piece.startswith(mark) for mark, piece in zip(marked, pieces, strict=False))
    assert [mark for mark in marked if len(mark) < WINDOW] == [piece for piece in pieces[: len(marked)] if len(piece) < WINDOW]
    for passage in shown:
        assert passage.text in text
        assert passage.lang == "zh"
        assert all(0 <= a < b <= len(passage.text) for a, b in passage.spans)
        assert list(found(text, passage))


@given(marked_texts())
def test_passages_are_bounded_in_number_and_size(given_text: tuple[str, list[tuple[int, int]]]) -> None:
    text, spans = given_text
    shown = passages([(None, text), (None, text)], [spans, spans])
    assert len(shown) <= PASSAGES
    assert all(len(passage.text) <= WINDOW + _ROOM for passage in shown)
    assert bool(shown) == bool(spans)


@given(marked_texts())
def test_a_short_text_is_shown_whole(given_text: tuple[str, list[tuple[int, int]]]) -> None:
    text, spans = given_text
    assert passages([("zh", text)], [spans], whole=len(text)) == ([Passage(text=text, spans=spans, lang="zh")] if spans else [])


def test_a_window_does_not_cut_a_word() -> None:
    text = "prismatic " * 40 + "battery" + " cylindrical" * 40
    at = text.index("battery")
    [passage] = passages([("en", text)], [[(at, at + 7)]])
    assert set(passage.text.split()) == {"prismatic", "battery", "cylindrical"}
