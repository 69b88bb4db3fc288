"""A question's pieces stand in a document's tokens exactly when the document holds its text, unit by unit."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from search.text import tokens
from search.text.fold import fold
from search.text.positions import Begin, Positions, streams
from search.text.tokens import FILLER, GAP, VALUE_GAP
from tests.properties.texts import found, texts


def _holds(document: str, question: str) -> bool:
    """By the words of the rule alone: a word whole, a run inside a run and at its end where another unit follows."""
    asked = [unit for unit, _, _ in tokens.units(question)]
    cells = _cells(document)
    wanted = _cells(question)
    for start in range(len(cells) - len(wanted) + 1):
        window = cells[start : start + len(wanted)]
        same = all(cell[0] == want[0] for cell, want in zip(window, wanted, strict=True))
        inner = zip(window[:-1], wanted[:-1], strict=True)
        if asked and same and all(cell[1] == want[1] for cell, want in inner):
            return True
    return False


def _cells(text: str) -> list[tuple[str, bool]]:
    """Each Chinese character and each other word, and whether its run goes on behind it."""
    cells = []
    for unit, _, _ in tokens.units(text):
        parts = list(unit) if tokens.has_chinese(unit) else [unit]
        cells += [(part, number < len(parts)) for number, part in enumerate(parts, 1)]
    return cells


@given(texts, texts)
def test_pieces_find_what_the_text_holds(document: str, question: str) -> None:
    assert bool(found(tokens.query_pieces(question), document)) == _holds(document, question)


@given(texts, st.data())
def test_a_text_holds_each_of_its_parts(text: str, data: st.DataObject) -> None:
    """Recall: what is cut out of a text between whole words is found in it."""
    units = tokens.units(text)
    if not units:
        return
    first = data.draw(st.integers(0, len(units) - 1))
    last = data.draw(st.integers(first, len(units) - 1))
    end = units[last][2]
    start = units[first][1]
    if tokens.has_chinese(units[first][0]):
        start = data.draw(st.integers(start, units[first][2] - 1))
    assert found(tokens.query_pieces(text[start:end]), text)


@given(st.text(max_size=60))
def test_any_text_is_cut_without_loss(text: str) -> None:
    """One token a character or word, whole offsets, and the folded text has the raw one's length."""
    assert len(fold(text)) == len(text)
    cut = tokens.spans(text)
    assert [token for token, _, _ in cut] == tokens.tokens(text)
    assert all(tokens.shorten(fold(text)[start:end]) == token for token, start, end in cut)
    assert not any(character in token for token, _, _ in cut for character in f"{GAP}{FILLER} \n")


@given(st.lists(texts, max_size=3))
def test_streams_are_the_tokens_with_gaps_between_values(values: list[str]) -> None:
    cut_streams = streams(values)
    exact, stems = cut_streams.exact.split(), cut_streams.stems.split()
    cut = [tokens.tokens(value) for value in values]
    words = [token for value in cut for token in value]
    assert [token for token in exact if token != GAP] == (words or [FILLER])
    if words:
        assert len(exact) == len(words) + VALUE_GAP * (len(values) - 1)
    if not all(tokens.has_chinese(word) for word in words):
        assert len(stems) == len(exact)
        assert all(
            (stemmed == GAP) == (token == GAP or tokens.has_chinese(token)) for token, stemmed in zip(exact, stems, strict=True)
        )


@given(st.lists(texts, max_size=3))
def test_sentences_begin_in_streams_where_they_do_in_texts(values: list[str]) -> None:
    begins = [begin for value in values for begin in _begins(Positions(value))]
    assert streams(values).begins == [place << 2 | begin for place, begin in enumerate(begins) if begin]


def _begins(cut: Positions) -> Iterator[Begin]:
    before = (0, 0)
    for sentence, paragraph in zip(cut.sentences, cut.paragraphs, strict=True):
        begin = Begin.PARAGRAPH if paragraph != before[1] else Begin.SENTENCE if sentence != before[0] else Begin.NOTHING
        yield begin if before != (0, 0) else Begin.TEXT
        before = (sentence, paragraph)


@given(texts)
def test_a_question_survives_folding(text: str) -> None:
    assert tokens.query_pieces(fold(text)) == tokens.query_pieces(text)
