"""Titles of classes as words to be found: of English the stems, of Chinese the text; what a title says in brackets, of other
classes, is no word of it."""

import re

from search.text.fold import fold
from search.text.stems import stem
from search.text.tokens import has_chinese

_ASIDE = re.compile(r" ?[(（][^()（）]*[)）]")
_WORDS = re.compile(r"[^\W_]+")
_RUNS = re.compile(r"[0-9a-z]+|[^\W0-9a-z_]+")


def english(title: str) -> str:
    """The stems between blanks, one at either end too."""
    return " ".join(("", *(stem(word) for word in _WORDS.findall(plain(fold(title)))), ""))


def joined(title: str) -> str:
    """The text without blanks and signs."""
    return "".join(_WORDS.findall(plain(fold(title))))


def asked(typed: str, *, typing: bool) -> list[tuple[str, list[str]]]:
    """What each typed word asks: in which language's words, and which texts it may be there. While one is `typing`, words may
    go on."""
    found: list[tuple[str, list[str]]] = []
    for run in _RUNS.findall(fold(typed)):
        if has_chinese(run):
            found.append(("zh", [run]))
        else:
            found.append(("en", [f" {stem(run)} ", *([f" {run}"] if typing else ())]))
    return found


def plain(title: str) -> str:
    """Without what stands in brackets, nested ones included."""
    while (shorter := _ASIDE.sub("", title)) != title:
        title = shorter
    return title.strip()
