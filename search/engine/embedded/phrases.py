"""A distance as phrases whose words stand at fixed places: exact however much text there is, where it is of whole words in one
column and its layouts are few.  They find more slowly than units are looked at, as long as these are not too many."""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import TypeAlias

import tantivy
from tantivy import Query

from search.engine import layout
from search.engine.chains import Chain, chains, width
from search.engine.embedded.schema import SCHEMA
from search.engine.plan import Proximity
from search.query.near import by_stem, sought
from search.query.tree import Wild, Word
from search.text import tokens

MOST = 400
"""Phrases of a distance."""

Placed: TypeAlias = tuple[tuple[int, str], ...]


def phrases(asked: Proximity) -> list[tuple[str, Placed]] | None:
    """Column and words of each phrase, any of which is enough; ``None`` where the distance can't be told so."""
    found = None if asked.near.without else chains(asked.near)
    if found is None:
        return None
    placed: dict[tuple[str, Placed], None] = {}
    for chain in found:
        for leaves in product(*chain.operands):
            column = _column(leaves, asked.field)
            if column is None:
                return None
            for words in _laid_out(chain, leaves):
                placed[column, words] = None
                if len(placed) > MOST:
                    return None
    return list(placed)


def compiled(asked: Proximity) -> Query:
    """The question for a distance that has `phrases`."""
    found = phrases(asked)
    if found is None:
        raise ValueError("a distance without phrases is checked before its plan is compiled")
    wanted = [Query.phrase_query(SCHEMA, column, list[str | tuple[int, str]](words)) for column, words in found]
    return Query.boolean_query([(tantivy.Occur.Should, phrase) for phrase in wanted], 1)


def _column(leaves: Sequence[Word | Wild], field: str) -> str | None:
    """Where all of them are sought as whole words."""
    columns: set[str] = set()
    for leaf in leaves:
        if isinstance(leaf, Wild) or any(kind != "token" for kind, _ in tokens.query_pieces(leaf.text)):
            return None
        columns.add(layout.stems(field) if by_stem(leaf) else field)
    return columns.pop() if len(columns) == 1 else None


def _laid_out(chain: Chain, leaves: Sequence[Word | Wild]) -> Iterator[Placed]:
    for gaps in chain.layouts:
        start = 0
        words: list[tuple[int, str]] = []
        for leaf, gap in zip(leaves, (*gaps, 0), strict=True):
            words += ((start + place, token) for place, token in enumerate(_tokens(leaf)))
            start += width(leaf) + gap
        yield tuple(words)


def _tokens(leaf: Word | Wild) -> list[str]:
    wanted = sought(leaf)
    if isinstance(leaf, Word) and wanted[0].kind != "stem":
        return [token for _, token in tokens.query_pieces(leaf.text)]
    return [unit.text for unit in wanted]
