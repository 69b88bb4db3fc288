"""The cut of documents and of questions, by examples."""

import pytest

from search.text import tokens
from search.text.tokens import query_pieces, spans, wild_pieces


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("锂电池", "锂电 电池 池"),
        ("灯", "灯"),
        ("LED灯泡", "led 灯泡 泡"),
        ("锂电，池", "锂电 电 池"),
        ("lithium-ion LiFePO4", "lithium ion lifepo4"),
        ("2019年pH7.4", "2019 年 ph7 4"),
        ("snake_case", "snake case"),
        ("𬭛𠮷䶮", "𬭛𠮷 𠮷䶮 䶮"),
        ("リチウム電池", "リチ チウ ウム ム电 电池 池"),
        ("리튬 전지", "리튬 튬 전지 지"),
        ("カー・ラジオ", "カー ー ラジ ジオ オ"),
        ("々〇", "々〇 〇"),
        ("，。！ -_", ""),
        ("", ""),
    ],
)
def test_tokens(text: str, cut: str) -> None:
    assert tokens.tokens(text) == cut.split()


def test_a_long_word_is_its_start_and_a_digest() -> None:
    one, other = tokens.tokens("a" * 500), tokens.tokens("a" * 499 + "b")
    assert one != other
    assert one[0].startswith("a" * 120 + "#")
    assert max(len(token.encode("utf-16-le")) // 2 for token in tokens.tokens("\U00010400" * 500)) <= 255
    assert tokens.tokens("a" * 120) == ["a" * 120]


def test_spans_are_offsets_of_the_raw_text() -> None:
    assert spans("Ａ級 LED燈泡") == [("a", 0, 1), ("级", 1, 2), ("led", 3, 6), ("灯泡", 6, 8), ("泡", 7, 8)]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("锂电池", "=锂电 =电池"),
        ("灯", "^灯"),
        ("LED灯", "=led ^灯"),
        ("灯LED", "=灯 =led"),
        ("锂电，池", "=锂电 =电 ^池"),
        ("battery", "=battery"),
        ("，", ""),
    ],
)
def test_query_pieces(text: str, pieces: str) -> None:
    assert _shown(query_pieces(text)) == pieces


@pytest.mark.parametrize(
    ("pattern", "pieces"),
    [
        ("abc*", "^abc"),
        ("col*r", "~col*r"),
        ("*ation", "~*ation"),
        ("a??b**", "~a??b*"),
        ("wi-fi*", "=wi ^fi"),
        ("lithium batter*", "=lithium ^batter"),
        ("锂电池*", "=锂电 =电池"),
        ("*灯*", "^灯"),
        ("锂?池", "~锂? ~?池"),
        ("灯？LED", "~灯? ~? =led"),
        ("LED灯*", "=led ^灯"),
        ("ＢＡＴ＊", "^bat"),
    ],
)
def test_wild_pieces(pattern: str, pieces: str) -> None:
    assert _shown(wild_pieces(pattern)) == pieces


@pytest.mark.parametrize(("text", "has"), [("LED", False), ("LED灯", True), ("⽔", True), ("ｶﾅ", True), ("é", False), ("𬭛", True)])
def test_has_chinese(text: str, has: bool) -> None:
    assert tokens.has_chinese(text) is has


def _shown(pieces: list[tokens.Piece]) -> str:
    return " ".join({"token": "=", "prefix": "^", "pattern": "~"}[kind] + text for kind, text in pieces)
