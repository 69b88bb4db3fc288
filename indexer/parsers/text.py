"""The normal form of a text read from a source: no blank at its ends, none beside another, control characters gone."""

import re
from collections.abc import Iterable

_BLANKS = re.compile(r"[\s\x00-\x1f\x7f\u200b\ufeff]+")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def line(text: str | None) -> str | None:
    """`text` on one line; ``None`` when nothing is left."""
    if not text:
        return None
    if text.isprintable() and "  " not in text:  # the blank itself is the only blank that is printable
        return text.strip() or None
    return _BLANKS.sub(" ", text).strip() or None


def lines(texts: Iterable[str | None]) -> tuple[str, ...]:
    """`line` of each that has one, in order: paragraphs, names."""
    return tuple(found for found in map(line, texts) if found)


def language(tag: str | None) -> str | None:
    """The primary tag of BCP 47: ``zh`` of ``zh-CN``; ``None`` for what is no tag."""
    primary = (tag or "").partition("-")[0].lower()
    return primary if _LANGUAGE.fullmatch(primary) else None
