"""Words that mean the same, as what else a leaf of a question may be (`search.query.widen`).

A word is met by the words of a group as the engines would seek it: bare Latin words by their stem, everything else as it
stands. A quoted text is met by a group only as a whole, never by a word inside it; a pattern by the words that it matches.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from search.query import fields
from search.query.dialects.lexer import is_word
from search.query.tree import Leaf, Wild, Word
from search.text import stems, tokens
from search.text.fold import fold

Key = tuple[str, ...]


class Synonyms:
    """Groups of words to look leaves up in: `synonyms(leaf)` are the other words of each group that the leaf's word is in, in
    the leaf's field."""

    def __init__(self, groups: Iterable[Sequence[str]]) -> None:
        self._groups = [tuple(group) for group in groups]
        self._by_tokens: dict[Key, list[int]] = {}
        self._by_stems: dict[Key, list[int]] = {}
        folded: dict[str, list[int]] = {}
        for number, group in enumerate(self._groups):
            for term in group:
                self._by_tokens.setdefault(_tokens(term), []).append(number)
                self._by_stems.setdefault(_stems(term), []).append(number)
                folded.setdefault(fold(term), []).append(number)
        self._folded = sorted(folded.items())

    def __call__(self, leaf: Leaf) -> list[Word]:
        if not isinstance(leaf, Word | Wild) or leaf.field not in (None, *fields.DEFAULT):
            return []
        return self._of_word(leaf) if isinstance(leaf, Word) else self._of_pattern(leaf)

    def _of_word(self, word: Word) -> list[Word]:
        by_stems = not word.exact and not tokens.has_chinese(word.text)
        key, index = (_stems, self._by_stems) if by_stems else (_tokens, self._by_tokens)
        same = key(word.text)
        return [_word(term, word.field) for term in self._terms(index.get(same, ())) if key(term) != same]

    def _of_pattern(self, wild: Wild) -> list[Word]:
        folded = fold(wild.pattern)
        pattern = re.compile("".join({"*": ".*", "?": "."}.get(sign, re.escape(sign)) for sign in re.sub(r"\*+", "*", folded)))
        start = re.split(r"[*?]", folded, maxsplit=1)[0]
        met: list[int] = []
        for term, numbers in self._folded[bisect_left(self._folded, (start,)) :]:
            if not term.startswith(start):
                break
            if pattern.fullmatch(term):
                met.extend(numbers)
        return [_word(term, wild.field) for term in self._terms(met) if not pattern.fullmatch(fold(term))]

    def _terms(self, numbers: Iterable[int]) -> Iterator[str]:
        for number in dict.fromkeys(numbers):
            yield from self._groups[number]


def _word(term: str, field: str | None) -> Word:
    """One word is sought with its inflections, as if typed bare; several in order, as if quoted."""
    return Word(term, field, exact=not is_word(term))


def _tokens(text: str) -> Key:
    return tuple(tokens.tokens(text))


def _stems(text: str) -> Key:
    return tuple(map(stems.stem, tokens.tokens(text)))
