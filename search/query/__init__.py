"""A question: its one tree (`tree`), the languages it is written in (`dialects`), its limits, its canonical text."""

from dataclasses import dataclass

from search.query.check import check
from search.query.dialects import native
from search.query.errors import Note, QueryError
from search.query.render import render
from search.query.tree import Leaf, Query, Value, Wild, Word, leaves

__all__ = ["LONGEST", "Note", "Parsed", "QueryError", "parse"]

LONGEST = 2_000
"""Code points of a typed question. The canonical text of one, where short names stand in full, may be longer and is read too,
so that what we wrote can always be asked again."""

_LONGEST_CANONICAL = 8_000
"""More than a hundred terms of 2,000 code points can have, each with the longest field name, an operator and brackets."""

_DIALECTS = {"native": native.read}


@dataclass(frozen=True, slots=True)
class Parsed:
    """A question that was read and passed the limits; `canonical` reads back to the equal `tree`."""

    tree: Query
    canonical: str
    dialect: str
    warnings: tuple[Note, ...] = ()


def parse(text: str, dialect: str = "native") -> Parsed:
    """Reads `text` and checks its limits; raises `QueryError`, and nothing else, whatever is typed."""
    read = _DIALECTS.get(dialect)
    if read is None:
        raise QueryError("dialect", 0, expected=tuple(_DIALECTS), found=dialect[:40])
    if len(text) > _LONGEST_CANONICAL:
        raise QueryError("too_long", LONGEST, limit=LONGEST)
    question = read(text)
    check(question.tree, question.starts)
    canonical = render(question.tree)
    if len(text) > LONGEST and (text != canonical or sum(map(_length, leaves(question.tree))) > LONGEST):
        raise QueryError("too_long", LONGEST, limit=LONGEST)
    return Parsed(question.tree, canonical, dialect, question.notes)


def _length(leaf: Leaf) -> int:
    match leaf:
        case Word():
            return len(leaf.text)
        case Wild():
            return len(leaf.pattern)
        case Value():
            return len(leaf.value)
    return 0
