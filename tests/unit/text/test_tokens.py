"""The cut of documents and of questions, by examples."""

import pytest

from search.text import tokens
from search.text.tokens import FILLER, GAP, VALUE_GAP, query_pieces, spans, streams, wild_pieces


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


def test_streams_are_aligned() -> None:
    exact, stems = streams(["LED灯泡 batteries", "电池"])
    between = f" {GAP}" * VALUE_GAP
    assert exact == f"led 灯泡 泡 batteries{between} 电池 池"
    assert stems == f"led {GAP} {GAP} batteri{between} {GAP} {GAP}"


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
    assert streams(values) == (exact, stems)


def test_a_long_run_has_as_many_gaps_as_characters() -> None:
    exact, stems = streams(["电" * 1000 + "a"])
    assert len(exact.split()) == len(stems.split()) == 1001


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
