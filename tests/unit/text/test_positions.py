"""A text unit by unit, and where its sentences and paragraphs begin."""

from search.text.positions import Begin, Positions


def test_a_unit_is_a_chinese_character_or_a_word() -> None:
    cut = Positions("鋰电池，LED-灯 of５")
    assert cut.units == ["锂", "电", "池", "led", "灯", "of5"]
    assert cut.joined == [False, True, True, False, False, False]
    assert cut.offsets == [(0, 1), (1, 2), (2, 3), (4, 7), (8, 9), (10, 13)]


def test_sentences_and_paragraphs_are_numbered_by_their_units() -> None:
    cut = Positions("…\nIt is. So a。b\n——\n\n灯")
    assert cut.units == ["it", "is", "so", "a", "b", "灯"]
    assert cut.sentences == [1, 1, 2, 2, 3, 4]
    assert cut.paragraphs == [1, 1, 1, 1, 1, 2]
    assert cut.begins == [Begin.TEXT, 0, Begin.SENTENCE, 0, Begin.SENTENCE, Begin.PARAGRAPH]


def test_a_character_that_is_a_letter_only_when_folded() -> None:
    assert Positions("㊤。㊤").sentences == [1, 2]


def test_nothing_has_no_units() -> None:
    assert Positions("。\n…").units == []
