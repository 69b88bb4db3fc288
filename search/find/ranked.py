"""Free words, and documents like a text: both become a question of which any word may be missing, in the native language.

The score adds up over its words and over title, abstract, claims and description, each by itself (`search.engine.planner`), so
the question, its counts, cursors and highlights are those of any other.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from search.engine.port import PatentReader
from search.find.documents import document, published
from search.find.question import Mode
from search.patent.model import Patent, decode
from search.query import LONGEST, QueryError
from search.query.dialects.lexer import is_word
from search.query.fields import DEFAULT, field
from search.query.render import render
from search.query.tree import All, And, Not, Query, Value, Word, either
from search.text import content

FREE = 60
"""Words of a free text that are sought, the first ones."""

CHOSEN = 40
"""Words that stand for a document."""

_WEIGHED = 120
"""Words whose documents are counted, the most frequent of the text."""

_PARAGRAPH = 20_000
"""Code points of a text to find the like of."""

_NUMBER = 40
"""A longer text is no number."""

_READ = 20_000
"""Code points of a document's claims, and of its description, that are read."""

_SATURATES = 2.0
"""A word's weight in a text is n / (n + this) of n times: the tenth time says little."""


def question(reader: PatentReader, text: str, mode: Mode) -> str:
    """The question in the native language. Raises `QueryError` for a text without a word, or too long."""
    return free(text) if mode == "text" else similar(reader, text)


def free(text: str) -> str:
    """Documents with any of the words of the text."""
    if len(text) > LONGEST:
        raise QueryError("too_long", LONGEST, limit=LONGEST)
    return render(_any(_sought(content.words(text), FREE)))


def similar(reader: PatentReader, text: str) -> str:
    """Documents with the words that stand for the document of that number, itself left out, or for the text."""
    if len(text) > _PARAGRAPH:
        raise QueryError("too_long", _PARAGRAPH, limit=_PARAGRAPH)
    if len(text) <= _NUMBER and published(reader, text):
        held = decode(document(reader, text)[0])
        words = chosen(reader, _weights(held))
        return render(And((_any(words), Not(Value("number", held.number)))) if words else Not(All()))
    return render(_any(chosen(reader, _counted([(text, 1.0)]))))


def chosen(reader: PatentReader, weights: Mapping[str, float]) -> list[str]:
    """The words that tell a text from others: by how often they stand in it and in how few documents, the weightiest first."""
    candidates = sorted(weights, key=lambda word: -weights[word])[:_WEIGHED]
    every, *held = reader.counts([All(), *map(_word, candidates)])
    weighed = [
        (-weights[word] / (weights[word] + _SATURATES) * math.log(1 + (every - count + 0.5) / (count + 0.5)), place, word)
        for place, (word, count) in enumerate(zip(candidates, held, strict=True))
        if count
    ]
    return [word for _, _, word in sorted(weighed)[:CHOSEN]] or candidates[:CHOSEN]


def _weights(held: Patent) -> dict[str, float]:
    """The words of a document, each counted by the weight of the field where it stands."""
    claims = "\n".join(claim.text for claim in held.claims)[:_READ]
    description = "\n".join("\n".join(paragraphs) for paragraphs in held.description.values())[:_READ]
    texts: Sequence[Iterable[str]] = (held.titles.values(), held.abstracts.values(), [claims], [description])
    boosts = [known.boost for name in DEFAULT if (known := field(name))]
    return _counted([(text, boost) for some, boost in zip(texts, boosts, strict=True) for text in some])


def _counted(texts: Iterable[tuple[str, float]]) -> dict[str, float]:
    """How often each word stands in texts of these weights, inflections together under the one met first."""
    spelled: dict[str, str] = {}
    found: dict[str, float] = {}
    for text, weight in texts:
        for word in content.words(text):
            first = spelled.setdefault(content.root(word), word)
            found[first] = found.get(first, 0.0) + weight
    return found


def _sought(words: Sequence[str], most: int) -> list[str]:
    """Each word once, inflections together under the first."""
    spelled: dict[str, str] = {}
    for word in words:
        spelled.setdefault(content.root(word), word)
    return list(islice(spelled.values(), most))


def _any(words: Sequence[str]) -> Query:
    if not words:
        raise QueryError("empty", 0)
    return either(*map(_word, words))


def _word(word: str) -> Word:
    """Quoted where the language would read it as something else (顺序)."""
    return Word(word, exact=not is_word(word))
