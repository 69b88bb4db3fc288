"""A question: its one tree (`tree`), the languages it is written in (`dialects`), its limits, its canonical text."""

from dataclasses import dataclass

from search.query import dialects
from search.query.check import check
from search.query.dialects import auto, native
from search.query.errors import Note, QueryError
from search.query.render import render
from search.query.tree import Leaf, Query, Value, Wild, Word, leaves

__all__ = ["DIALECTS", "LONGEST", "Note", "Parsed", "QueryError", "parse"]

LONGEST = 2_000
"""Code points of a typed question. The canonical text of one, where short names stand in full, may be longer and is read too,
so that what we wrote can always be asked again."""

_LONGEST_CANONICAL = 8_000
"""More than a hundred terms of 2,000 code points can have, each with the longest field name, an operator and brackets."""

DIALECTS = ("auto", *dialects.NAMES)
"""What `parse` takes for its language."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A question that was read and passed the limits; `canonical` reads back to the equal `tree`."""

    tree: Query
    canonical: str
    dialect: str
    warnings: tuple[Note, ...] = ()


def parse(text: str, dialect: str = "native") -> Parsed:
    """Reads `text` in a language of `search.query.dialects.NAMES`, or with ``auto`` in the one it is in, and checks its limits;
    raises `QueryError`, and nothing else, whatever is typed. `Parsed.dialect` is the language it was read in."""
    if dialect not in DIALECTS:
        raise QueryError("dialect", 0, expected=DIALECTS, found=dialect[:40])
    if len(text) > _LONGEST_CANONICAL:
        raise QueryError("too_long", LONGEST, limit=LONGEST)
    if dialect == "auto":
        question, dialect = auto.read(text)
    else:
        question = native.read(text) if dialect == "native" else dialects.dialect(dialect).read(text)
        check(question.tree, question.starts)
    canonical = render(question.tree)
    if len(text) > LONGEST and not _written(text, canonical, question.tree, dialect):
        raise QueryError("too_long", LONGEST, limit=LONGEST)
    return Parsed(question.tree, canonical, dialect, question.notes)


def _written(text: str, canonical: str, tree: Query, dialect: str) -> bool:
    """Whether a text longer than `LONGEST` is what we write of a tree that can be said within it."""
    ours = text == (canonical if dialect == "native" else dialects.write(tree, dialect).text)
    return ours and sum(map(_length, leaves(tree))) <= LONGEST


def _length(leaf: Leaf) -> int:
    match leaf:
        case Word():
            return len(leaf.text)
        case Wild():
            return len(leaf.pattern)
        case Value():
            return len(leaf.value)
    return 0
