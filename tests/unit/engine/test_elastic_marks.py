"""Where sentences and paragraphs begin and end, as marks at the positions of the words."""

import pytest

from search.engine.elastic import marks
from search.text.positions import streams
from search.text.tokens import VALUE_GAP


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["Of a cell. It is"], "p0 · 0s s0 0p"),
        (["锂电。池"], "p0 0s sp"),
        (["灯"], "pp"),
        (["a is。b\nc"], "p0 0s sp pp"),
        (["灯。灯\n灯。灯 a"], "ps sp ps s0 0p"),
    ],
)
def test_marks(values: list[str], expected: str) -> None:
    cut = streams(values)
    assert marks.stream(cut.exact, cut.begins) == expected


def test_a_value_ends_a_paragraph_and_gaps_keep_their_places() -> None:
    cut = streams(["", "灯 a", "", "灯"])
    gap = ["·"] * VALUE_GAP
    assert marks.stream(cut.exact, cut.begins).split() == [*gap, "p0", "0p", *gap, *gap, "pp"]
