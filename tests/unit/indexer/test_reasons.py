"""Every reason that parsers and sources give has its Chinese words."""

import re
from pathlib import Path

import pytest

from indexer import reasons

ROOT = Path(reasons.__file__).parent
GIVEN = re.compile(r"(?:ParseError|NotAPatent|SourceError|unreadable)\(\s*(f?)\"((?:[^\"\\]|\\.)*)\"")


def given() -> list[str]:
    """The reasons as they stand in the code, what is filled in replaced by 7."""
    found = []
    for path in ROOT.rglob("*.py"):
        for formatted, text in GIVEN.findall(path.read_text("utf-8")):
            found.append(re.sub(r"\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}", "7", text) if formatted else text)
    return found


@pytest.mark.parametrize("reason", given())
def test_a_reason_has_chinese_words(reason: str) -> None:
    assert re.search(r"[一-鿿]", reasons.in_chinese(reason))


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("no known format", "不是可识别的格式；若确知其格式，请用 --format 指定"),
        ("CN1A stands at offset 12 already, with other content", "CN1A 已在偏移 12 处出现，内容不同；保留前者"),
        ("not UTF-8: invalid start byte at byte 6", "不是 UTF-8 编码：第 6 字节处 invalid start byte"),
        ("ends too early (Compressed file ended)", "文件不完整 (Compressed file ended)；请重新获取"),
        ("号码为空 the number is empty", "号码为空 the number is empty"),
    ],
)
def test_what_it_quotes_stays(english: str, chinese: str) -> None:
    assert reasons.in_chinese(english) == chinese
    assert len(given()) > 25
