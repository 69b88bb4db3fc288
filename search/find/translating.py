"""A query as it was read, and written in every language; no engine is asked."""

from dataclasses import asdict
from functools import lru_cache
from typing import Any

from search.find.answers import ParsedQuery, Remark, Translation
from search.query import Parsed, dialects, parse
from search.query.dialects.frame import Written
from search.query.tree import And, Near, Not, Or, Query

parsed = lru_cache(maxsize=512)(parse)
"""A page after the first, another order, another facet: the same query comes again. Reading is pure and its result frozen."""


@lru_cache(maxsize=512)
def _written(text: str, dialect: str) -> tuple[tuple[str, Written], ...]:
    tree = parsed(text, dialect).tree
    return tuple((name, dialects.write(tree, name)) for name in dialects.NAMES)


def translations(text: str, dialect: str, lang: str) -> dict[str, Translation]:
    """A query that was read, in each language, with what that language does not carry; the words in `lang` (zh or en)."""
    return {
        name: Translation(text=written.text, warnings=[getattr(note, lang) for note in written.warnings])
        for name, written in _written(text, dialect)
    }


def explained(text: str, dialect: str, lang: str) -> ParsedQuery:
    """Everything that is known of a query by its text alone; raises `QueryError`."""
    read: Parsed = parsed(text, dialect)
    return ParsedQuery(
        tree=as_json(read.tree),
        canonical=read.canonical,
        dialect=read.dialect,
        warnings=[Remark(code=note.code, position=note.position, message=getattr(note, lang)) for note in read.warnings],
        translations=translations(text, dialect, lang),
    )


def as_json(tree: Query) -> dict[str, Any]:
    """The tree as JSON: `node` is the kind of each, its other keys are what it holds."""
    node = {"node": type(tree).__name__.lower()}
    match tree:
        case And() | Or():
            return node | {"items": [as_json(item) for item in tree.items]}
        case Not():
            return node | {"item": as_json(tree.item)}
        case Near():
            said = {"unit": tree.unit, "distance": tree.distance, "ordered": tree.ordered, "without": tree.without}
            return node | {"left": as_json(tree.left), "right": as_json(tree.right)} | said
    return node | asdict(tree)
