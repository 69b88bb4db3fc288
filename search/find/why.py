"""Why nothing was found: what each part of the question has alone, and what could be asked instead of it."""

from collections.abc import Callable, Iterator, Sequence

from search.engine.errors import TooManyExpansions
from search.engine.model import Request
from search.engine.port import PatentReader
from search.find.answers import Clause, Instead
from search.find.instead import Alternatives
from search.find.question import Question
from search.query.render import render
from search.query.tree import And, Expanded, Or, Query, Range, Value

_MENDED = 3
"""Parts without a document for which something else is looked for."""

_LEFT_OUT = 10
"""Parts that are left out by turns, where each has documents and nothing has them all."""

_MOST = 20
"""Parts that are counted; each costs a question to the engine, and a distance with too many candidates is left out."""


def why(reader: PatentReader, question: Question, tree: Query, *, reached: Callable[[Query], Query]) -> list[Clause]:
    """The clauses that must all hold, in the order asked, then the filters, each with its own count; `reached` is as in
    `Alternatives`."""
    parts = tree.items if isinstance(tree, And) else (tree,)
    asked: list[tuple[str, Query]] = [(render(part), part) for part in parts]
    asked += [(" | ".join(_shown(narrowed)), narrowed) for narrowed in question.filters.values()]
    counts = [0] if len(asked) == 1 else [_count(reader, part) for _, part in asked[:_MOST]]
    offers = Alternatives(reader, parts, tuple(question.filters.values()), reached=reached)
    instead = _instead(offers, len(parts), counts)
    return [
        Clause(clause=text, count=count, instead=instead.get(place, []))
        for place, ((text, _), count) in enumerate(zip(asked, counts, strict=False))
        if count is not None
    ]


def _count(reader: PatentReader, part: Query) -> int | None:
    found = reader.search(Request(part, size=1, whole=False))
    return None if found.checked else found.total


def _instead(offers: Alternatives, parts: int, counts: Sequence[int | None]) -> dict[int, list[Instead]]:
    """By the place of a part, what could be asked instead: of those without a document, or where there is none, of all."""
    dead = [place for place in range(parts) if place < len(counts) and counts[place] == 0][:_MENDED]
    try:
        return {place: offers.instead(place, dead=place in dead) for place in dead or range(min(parts, _LEFT_OUT))}
    except TooManyExpansions:  # a pattern that stands for few words in its own field and for too many in another
        return {}


def _shown(narrowed: Query) -> Iterator[str]:
    """A filter as an address writes it (`search.find.schemas.SearchParams`)."""
    match narrowed:
        case Or():
            for item in narrowed.items:
                yield from _shown(item)
        case Value() | Expanded():
            yield f"{narrowed.field}:{narrowed.value}"
        case Range():
            yield f"{narrowed.field}:{narrowed.low or ''}..{narrowed.high or ''}"
