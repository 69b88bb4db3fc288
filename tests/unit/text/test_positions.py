"""A text unit by unit, and where its sentences and paragraphs begin."""

import pytest

from search.text.positions import Begin, Positions, streams
from search.text.tokens import FILLER, GAP, VALUE_GAP


def test_a_unit_is_a_chinese_character_or_a_word() -> None:
    cut = Positions("鋰电池，LED-灯 of５")
    assert cut.units == ["锂", "电", "池", "led", "灯", "of5"]
    assert cut.joined == [False, True, True, False, False, False]
    assert cut.offsets() == [(0, 1), (1, 2), (2, 3), (4, 7), (8, 9), (10, 13)]


def test_sentences_and_paragraphs_are_numbered_by_their_units() -> None:
    cut = Positions("…\nIt is. So a。b\n——\n\n灯")
    assert cut.units == ["it", "is", "so", "a", "b", "灯"]
    assert cut.sentences == [1, 1, 2, 2, 3, 4]
    assert cut.paragraphs == [1, 1, 1, 1, 1, 2]


def test_a_character_that_is_a_letter_only_when_folded() -> None:
    assert Positions("㊤。㊤").sentences == [1, 2]


def test_nothing_has_no_units() -> None:
    assert Positions("。\n…").units == []


def test_streams_are_aligned() -> None:
    exact, stems, begins = streams(["LED灯泡 batteries", "电池"])
    between = f" {GAP}" * VALUE_GAP
    assert exact == f"led 灯泡 泡 batteries{between} 电池 池"
    assert stems == f"led {GAP} {GAP} batteri{between} {GAP} {GAP}"
    assert begins == [0 << 2 | Begin.TEXT, 4 << 2 | Begin.TEXT]


@pytest.mark.parametrize(
    ("values", "exact", "stems"),
    [
        ([], FILLER, FILLER),
        (["", "。"], FILLER, FILLER),
        (["电池"], "电池 池", FILLER),
        (["cells"], "cells", "cell"),
        (["电" * 3], "电电 电电 电", FILLER),
    ],
)
def test_a_stream_without_a_word_is_the_filler(values: list[str], exact: str, stems: str) -> None:
    assert streams(values)[:2] == (exact, stems)


def test_a_long_run_has_as_many_gaps_as_characters() -> None:
    exact, stems, _ = streams(["电" * 1000 + "a"])
    assert len(exact.split()) == len(stems.split()) == 1001
