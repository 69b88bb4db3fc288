"""Folding keeps every offset, and puts every spelling of a character in one."""

import hashlib
import sys
import unicodedata

import pytest

from search.text.fold import fold
from tests.unit.text import table


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("LED", "led"),
        ("ＬＥＤ灯，１２Ｖ", "led灯,12v"),
        ("鋰電池與發電機", "锂电池与发电机"),
        ("裏裡後臺", "里里后台"),
        ("H₂O²", "h2o2"),
        ("ｶﾀｶﾅ", "カタカナ"),
        ("⽔", "水"),
        ("ΑΣ ς", "ασ σ"),
        ("İstanbul", "istanbul"),
        ("Straße 20℃ ㎜ ﬁn", "straße 20℃ ㎜ ﬁn"),
        ("𠮷䶮𬭛", "𠮷䶮𬭛"),
        ("𝐀𝟏", "a1"),
        ("\ud800A", "\ud800a"),
    ],
)
def test_folds_width_case_and_script(raw: str, folded: str) -> None:
    assert fold(raw) == folded


def test_three_spellings_of_one_plant_meet() -> None:
    assert fold("薴") == fold("苧") == fold("苎")


def test_every_character_is_folded_as_the_rule_says() -> None:
    """Over all assigned characters: `fold.txt` is what OpenCC and Unicode say (`python -m tests.unit.text.table` writes it), and
    folding twice changes nothing. A later Python knows characters that the file need not hold; it never changes one."""
    every = [one for one in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(one) not in {"Cn", "Co", "Cs"}]
    folded = fold("".join(every))
    assert len(folded) == len(every)
    assert fold(folded) == folded
    held, made = dict(table.held()), dict(table.pairs())
    assert held.items() <= made.items()
    assert made == held or unicodedata.unidata_version > "14.0.0"
    lowered = (one.lower() for one in every)
    wrong = [one for one, lower, got in zip(every, lowered, folded, strict=True) if got != held.get(lower, lower)]
    assert wrong == ["İ"]
    assert fold("İ") == "i"


def test_the_table_is_the_one_that_indexes_hold() -> None:
    """Over the characters of Unicode 3.2, which no release of Python or OpenCC should touch. Where this fails, every index must
    be built again: take a character that changed into the probe of `search.engine.layout`, then the new digest here."""
    old = "".join(one for one in map(chr, range(0x30000)) if unicodedata.ucd_3_2_0.category(one) not in {"Cn", "Co", "Cs"})
    assert hashlib.sha256(fold(old).encode()).hexdigest()[:16] == "01d4b253af353e4e"
