"""Function words of titles: left out where words are ranked, and no word of the art with them."""

from collections import Counter
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import pytest

from search.engine.layout import entry
from search.patent.model import Patent
from search.text.content import is_function
from tests.differential import documents

FUNCTION = """
一种 及其 用于 基于 具有 法及 的制 和装 种新 法以 以及 包括 the for and of a having comprising 1 x
therefor thereto thereon thereafter thereupon
therethrough herein hereby whereby wherefore non related
"""
ART = """
有机 等离 对称 对流 并联 在线 从动 自由 有源 饱和 中和 规则 种子 种植 以太 电池 方法 装置 led method device tire 5g co2
"""


@pytest.mark.parametrize("token", FUNCTION.split())
def test_a_function_word(token: str) -> None:
    assert is_function(token)


@pytest.mark.parametrize("token", ART.split())
def test_a_word_of_the_art_is_none(token: str) -> None:
    assert not is_function(token)


def words(patents: Iterable[Patent]) -> list[str]:
    """Those of titles as the index has them, the most frequent first."""
    counts = Counter(word for patent in patents for word in entry(patent, 0).get("words", ()))  # type: ignore[union-attr]
    return [word for word, _ in counts.most_common()]


@pytest.mark.data
def test_of_real_titles_the_words_that_say_something_are_left(real_data: Path) -> None:
    """The first words of 20,000 Chinese titles of a gazette's week, and of 640 American ones."""
    chinese = words(islice(documents.gazette(real_data), 20_000))
    english = words(documents.full_texts(real_data))
    assert {"一种", "及其", "用于", "法及", "的方"} <= set(filter(is_function, chinese[:15]))
    first = [word for word in chinese if not is_function(word)][:20]
    assert {"方法", "装置", "系统", "制备", "控制", "检测", "智能", "自动"} <= set(first)
    assert {"有机", "种植", "在线", "等离"} <= {word for word in chinese if not is_function(word)}
    assert [word for word in english if not is_function(word)][:6] == [
        "tire",
        "wheel",
        "vehicle",
        "pneumatic",
        "method",
        "assembly",
    ]
