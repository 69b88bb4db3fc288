"""The normal form of a text read from a source: no blank at its ends, none beside another, control characters gone."""

import re
from collections.abc import Iterable

_BLANKS = re.compile(r"[\s\x00-\x1f\x7f\u200b\ufeff]+")


def line(text: str | None) -> str | None:
    """`text` on one line; ``None`` when nothing is left."""
    if not text:
        return None
    return _BLANKS.sub(" ", text).strip() or None


def lines(texts: Iterable[str | None]) -> tuple[str, ...]:
    """`line` of each that has one, in order: paragraphs, names."""
    return tuple(found for found in map(line, texts) if found)
