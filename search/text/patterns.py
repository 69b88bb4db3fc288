"""Patterns over one word: ``*`` is any letters, ``?`` exactly one."""

import re
from collections.abc import Callable
from functools import lru_cache


def is_pattern(word: str) -> bool:
    return "*" in word or "?" in word


@lru_cache(maxsize=512)
def whole(pattern: str) -> Callable[[str], re.Match[str] | None]:
    """Tells of a word whether it is of the pattern."""
    return re.compile(expression(pattern)).fullmatch


def expression(pattern: str, *, letter: str = ".") -> str:
    """The pattern as a regular expression over a whole word, in which `letter` stands for any letter. Each part between stars is
    taken where it first stands, atomically, so that no pattern takes more than linear time."""
    first, *parts = (re.escape(part).replace(r"\?", letter) for part in pattern.split("*"))
    if not parts:
        return first
    middle = "".join(f"(?>{letter}*?{part})" for part in parts[:-1])
    return f"{first}{middle}{letter}*{parts[-1]}"
