"""Texts to try the cut, the pieces and the highlight with, and the slow matcher they are held against."""

import re
from collections.abc import Sequence

from hypothesis import strategies as st

from search.text import tokens
from search.text.stems import stem

_CHARACTERS = "锂电池灯電𬭛カ전々"
_WORDS = ("led", "LED", "battery", "batteries", "Battery's", "ion", "a", "5", "wi-fi", "Ａ", "größe", "x" * 130)
_BETWEEN = ("", "", " ", "，", ". ", "-", "\n", "·", "∅", "　")

texts = st.lists(
    st.tuples(st.one_of(st.text(_CHARACTERS, min_size=1, max_size=4), st.sampled_from(_WORDS)), st.sampled_from(_BETWEEN)),
    max_size=8,
).map(lambda parts: "".join(word + between for word, between in parts))
"""Short texts of few letters, so that one is often found in another."""


def found(pieces: Sequence[tokens.Piece], text: str, *, by_stem: bool = False) -> list[tuple[int, int]]:
    """Every place where `pieces` stand at consecutive tokens of `text`, as an engine sees them: (start, end) in the raw text."""
    cut = tokens.spans(text)
    starts = range(len(cut) - len(pieces) + 1) if pieces else range(0)
    places = []
    for start in starts:
        window = cut[start : start + len(pieces)]
        if all(_fits(piece, token, by_stem=by_stem) for piece, (token, _, _) in zip(pieces, window, strict=True)):
            places.append((window[0][1], _end(pieces[-1], window[-1])))
    return places


def _fits(piece: tokens.Piece, token: str, *, by_stem: bool) -> bool:
    kind, text = piece
    if kind == "prefix":
        return token.startswith(text)
    if kind == "pattern":
        return re.fullmatch(re.escape(text).replace(r"\*", ".*").replace(r"\?", "."), token) is not None
    return not tokens.has_chinese(token) and stem(token) == text if by_stem else token == text


def _end(piece: tokens.Piece, span: tuple[str, int, int]) -> int:
    """A single Chinese character is the start of a bigram and ends after itself."""
    kind, text = piece
    _, start, end = span
    return start + len(text) if kind == "prefix" and tokens.has_chinese(text) else end
