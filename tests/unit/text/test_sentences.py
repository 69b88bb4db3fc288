"""Where sentences and paragraphs end."""

import pytest

from search.text import sentences


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("本发明公开一种电池。其包括：正极；负极。", ["本发明公开一种电池。", "其包括：正极；", "负极。"]),
        ("“可以吗？”他问。", ["“可以吗？”", "他问。"]),
        ("It works. The cell is flat.", ["It works.", "The cell is flat."]),
        ("See Fig. 3 and U.S. Pat. No. 5. A cell.", ["See Fig. 3 and U.S. Pat. No. 5. A cell."]),
        ("of 12.5 V, e.g. Cu; Then (a) stop!", ["of 12.5 V, e.g. Cu;", "Then (a) stop!"]),
        ("pressure. 中文 follows", ["pressure.", "中文 follows"]),
        ("one line\n\n two", ["one line", "two"]),
        ("file.txt and a.b are names", ["file.txt and a.b are names"]),
        ("  \n ", []),
        ("", []),
    ],
)
def test_sentences(text: str, cut: list[str]) -> None:
    assert [text[start:end] for start, end in sentences.bounds(text)] == cut


def test_paragraphs_are_lines() -> None:
    text = "一。二\n\n three. Four \n"
    assert [text[start:end] for start, end in sentences.paragraphs(text)] == ["一。二", "three. Four"]
