"""Why nothing was found: what each part of the question has alone."""

from collections.abc import Iterator

from search.engine.model import Request
from search.engine.port import PatentReader
from search.find.answers import Clause
from search.find.question import Question
from search.query.render import render
from search.query.tree import And, Expanded, Or, Query, Range, Value

_MOST = 20
"""Parts that are counted; each costs a question to the engine, and a distance with too many candidates is left out."""


def why(reader: PatentReader, question: Question, tree: Query) -> list[Clause]:
    """The clauses that must all hold, in the order asked, then the filters, each with its own count."""
    parts = tree.items if isinstance(tree, And) else (tree,)
    asked: list[tuple[str, Query]] = [(render(part), part) for part in parts]
    asked += [(" | ".join(_shown(narrowed)), narrowed) for narrowed in question.filters.values()]
    if len(asked) == 1:
        return [Clause(clause=asked[0][0], count=0)]
    counted = ((text, reader.search(Request(part, size=1))) for text, part in asked[:_MOST])
    return [Clause(clause=text, count=found.total) for text, found in counted if found.checked is None]


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
