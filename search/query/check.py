"""Limits of a question, asked before any engine is: each is a refusal with its place, never a slow search.

The figures are those that keep the dearest question both engines are asked under a second (security: exhaustion by search).
"""

from collections.abc import Sequence

from search.query import fields
from search.query.errors import QueryError
from search.query.tree import And, Not, Or, Query, Wild, leaves
from search.text import tokens

CLAUSES = 100
DEPTH = 20
WILDCARDS = 5
LEADING = 2
LETTERS, LETTERS_AFTER_WILDCARD = 2, 3
"""Letters and digits that a Latin pattern needs; one that begins with a wildcard is looked for among all words. One Chinese
character says as much as a word and suffices."""


def check(query: Query, starts: Sequence[int] = ()) -> None:
    """Raises `QueryError` for a question beyond the limits; `starts` are the offsets of its leaves from left to right, without
    them every position is 0."""
    _check_depth(query, starts)
    found = leaves(query)
    if len(found) > CLAUSES:
        raise QueryError("too_many_clauses", _at(starts, CLAUSES), limit=CLAUSES)
    wild = [(leaf, _at(starts, number)) for number, leaf in enumerate(found) if isinstance(leaf, Wild)]
    for leaf, start in wild:
        _check_pattern(leaf, start)
    if len(wild) > WILDCARDS:
        raise QueryError("too_many_wildcards", wild[WILDCARDS][1], limit=WILDCARDS)
    leading = [start for leaf, start in wild if leaf.pattern[0] in "*?"]
    if len(leading) > LEADING:
        raise QueryError("too_many_leading", leading[LEADING], limit=LEADING)


def _check_depth(query: Query, starts: Sequence[int]) -> None:
    """Depth is how many AND, OR and NOT stand above a leaf."""
    passed = 0
    todo = [(query, 0)]
    while todo:
        node, depth = todo.pop()
        if isinstance(node, Not):
            todo.append((node.item, depth + 1))
        elif isinstance(node, And | Or):
            todo.extend((item, depth + 1) for item in reversed(node.items))
        elif depth > DEPTH:
            raise QueryError("too_deep", _at(starts, passed), limit=DEPTH)
        else:
            passed += 1


def _check_pattern(leaf: Wild, start: int) -> None:
    field = fields.field(leaf.field) if leaf.field else None
    if field and field.kind != "text":
        if not leaf.pattern.strip("*?"):
            raise QueryError("wildcard_short", start, found=leaf.pattern, limit=1)
        return
    units = tokens.wild_units(leaf.pattern)
    for number, (unit, offset) in enumerate(units):
        if not tokens.has_chinese(unit):
            least = LETTERS_AFTER_WILDCARD if unit[0] in "*?" else LETTERS
            wild = "*" in unit or "?" in unit
            if wild and sum(character not in "*?" for character in unit) < least:
                raise QueryError("wildcard_short", start, found=leaf.pattern[:40], limit=least)
            glued = wild and number + 1 < len(units) and units[number + 1][1] == offset + len(unit)
        else:
            first, last = number == 0, number == len(units) - 1
            inside = unit.lstrip("*") if first else unit
            glued = "*" in (inside.rstrip("*") if last else inside)
        if glued:
            raise QueryError("wildcard_place", start, found=leaf.pattern[:40])


def _at(starts: Sequence[int], number: int) -> int:
    return starts[number] if number < len(starts) else 0
