"""Passages: what is shown of a text in which the query was found, with spans relative to what is shown.

A short text is shown whole; of a long one at most `PASSAGES` windows of about `WINDOW` characters, in the order of the text.
What was found in one piece longer than a window (a quoted paragraph) is shown and marked as far as the window goes.
"""

from collections.abc import Iterable, Iterator, Sequence

from search.find.answers import Passage

Span = tuple[int, int]

WHOLE = 600
"""Up to this many characters a title or an abstract is shown whole."""
PASSAGES = 3
"""The most windows of one field of one document."""
WINDOW = 160
"""The characters of a window, give or take the words at its ends."""
_REACH = 12
"""How far an end of a window moves to spare a word of Latin letters."""


def passages(texts: Iterable[tuple[str | None, str]], spans: Sequence[Sequence[Span]], *, whole: int = 0) -> list[Passage]:
    """The passages of the `(language, text)`s that have spans; one of at most `whole` characters is one passage."""
    found: list[Passage] = []
    for (lang, text), marked in zip(texts, spans, strict=True):
        if not marked:
            continue
        if len(text) <= whole:
            found.append(Passage(text=text, spans=list(marked), lang=lang))
            continue
        for inside in _windows(marked):
            found.append(_cut(text, inside, lang))
            if len(found) >= PASSAGES:
                return found
    return found


def _windows(spans: Sequence[Span]) -> Iterator[list[Span]]:
    """Neighbouring spans that fit into one window together."""
    group = [spans[0]]
    for span in spans[1:]:
        if span[1] - group[0][0] > WINDOW:
            yield group
            group = []
        group.append(span)
    yield group


def _cut(text: str, spans: list[Span], lang: str | None) -> Passage:
    first = spans[0][0]
    last = min(spans[-1][1], first + WINDOW)
    margin = max(WINDOW - (last - first), 0) // 2
    start = _at_blank(text, max(first - margin, 0), towards=first)
    end = _at_blank(text, min(last + margin, len(text)), towards=last)
    return Passage(text=text[start:end], spans=[(a - start, min(b, last) - start) for a, b in spans], lang=lang)


def _at_blank(text: str, at: int, *, towards: int) -> int:
    """`at`, moved `towards` what was found to the nearest end of a word, unless that is far off (Chinese has no blanks)."""
    if at in (0, len(text)) or _ends_word(text, at):
        return at
    step = 1 if towards > at else -1
    for moved in range(at, at + step * min(abs(towards - at), _REACH) + step, step):
        if _ends_word(text, moved):
            return moved
    return at


def _ends_word(text: str, at: int) -> bool:
    return at in (0, len(text)) or not (_latin(text[at - 1]) and _latin(text[at]))


def _latin(letter: str) -> bool:
    return letter.isalnum() and letter < "\u2e80"
