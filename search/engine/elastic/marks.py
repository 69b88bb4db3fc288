"""Marks: at the positions of a text's words, where its sentences and paragraphs begin and end.

A mark has two signs, for what begins at its unit and what ends with it: ``0`` nothing, ``s`` a sentence, ``p`` a paragraph.
Units without either have none, and most have not.
"""

from collections.abc import Sequence
from itertools import pairwise

from search.text.positions import Begin
from search.text.tokens import GAP

BOUNDS = {
    "sentence": (("s0", "p0"), ("0s", "0p"), ("ss", "sp", "ps", "pp")),
    "paragraph": (("p0", "ps"), ("0p", "sp"), ("pp",)),
}
"""Marks that begin one, that end one, and those of one that is a single unit."""

_SIGNS = {Begin.SENTENCE: "s", Begin.PARAGRAPH: "p", Begin.TEXT: "p"}


def column(field: str) -> str:
    """Column of the marks of a text."""
    return f"{field}_m"


def stream(exact: str, begins: Sequence[int]) -> str:
    """The marks of an exact stream and the beginnings of its sentences (`search.text.positions.Streams`), position by position,
    `GAP` where there is none."""
    places = [place for place, token in enumerate(exact.split(" ")) if token != GAP]
    marks = [GAP] * (places[-1] + 1)
    sentences = [(packed >> 2, Begin(packed & 3)) for packed in begins]
    for (first, begin), (following, after) in pairwise([*sentences, (len(places), Begin.TEXT)]):
        starts, ends, last = _SIGNS[begin], _SIGNS[after], following - 1
        if first == last:
            marks[places[first]] = starts + ends
        else:
            marks[places[first]], marks[places[last]] = f"{starts}0", f"0{ends}"
    return " ".join(marks)
