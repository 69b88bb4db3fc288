"""Limits of a question, asked before any engine is: each is a refusal with its place, never a slow search.

The figures are those that keep the dearest question both engines are asked under a second (security: exhaustion by search).
"""

import re
from collections.abc import Sequence

from search.query import fields
from search.query.errors import QueryError
from search.query.tree import And, Leaf, Near, Not, Or, Query, Wild, Word, leaves
from search.text import tokens

CLAUSES = 100
"""Leaves."""

KEPT = 500
"""Leaves of what the collections hold that a question names: their branches together have more than anybody types, and are counted
together with every page of a collection."""

DEPTH = 20
"""Operators above a leaf; Elasticsearch refuses 30."""

DISTANCES, NESTED = 10, 4
"""Operators of distance in a question, and above one leaf."""

FARTHEST = {"word": 99, "sentence": 20, "paragraph": 20}
"""The largest distance; a hundred positions keep the values of a field apart (`search.text.tokens.VALUE_GAP`)."""

WILDCARDS, LEADING = 5, 2
"""Signs ``*`` and ``?`` in all patterns, neighbours counted once, and how many patterns may begin with one."""

LETTERS, LETTERS_AFTER_WILDCARD = 2, 3
"""Letters and digits that a Latin word with a wildcard needs, and one that begins with it, which is looked for among all
words. One Chinese character says as much as a word and suffices."""

_SIGNS = re.compile(r"[*?]+")


def check(query: Query, starts: Sequence[int] = (), *, clauses: int = CLAUSES) -> None:
    """Raises `QueryError` for a question beyond the limits; `starts` are the offsets of its leaves from left to right, without
    them every position is 0."""
    _check_depth(query, starts)
    found = leaves(query)
    if len(found) > clauses:
        raise QueryError("too_many_clauses", _at(starts, clauses), limit=clauses)
    _check_distances(query, starts)
    signs = leading = 0
    for number, leaf in enumerate(found):
        if isinstance(leaf, Wild):
            start = _at(starts, number)
            signs += len(_SIGNS.findall(leaf.pattern))
            leading += leaf.pattern[0] in "*?"
            if signs > WILDCARDS:
                raise QueryError("too_many_wildcards", start, limit=WILDCARDS)
            if leading > LEADING:
                raise QueryError("too_many_leading", start, limit=LEADING)
            _check_pattern(leaf, start)


def _check_depth(query: Query, starts: Sequence[int]) -> None:
    """Depth is how many operators stand above a leaf."""
    passed = 0
    todo = [(query, 0)]
    while todo:
        node, depth = todo.pop()
        if isinstance(node, Not):
            todo.append((node.item, depth + 1))
        elif isinstance(node, And | Or):
            todo.extend((item, depth + 1) for item in reversed(node.items))
        elif isinstance(node, Near):
            todo += ((node.right, depth + 1), (node.left, depth + 1))
        elif depth > DEPTH:
            raise QueryError("too_deep", _at(starts, passed), limit=DEPTH)
        else:
            passed += 1


def _check_distances(query: Query, starts: Sequence[int]) -> None:
    """No distance reaches too far, nor are they too many; their operands are words of one field, or further distances."""
    passed = distances = 0
    todo: list[tuple[Query, int, Leaf | None]] = [(query, 0, None)]
    while todo:
        node, above, first = todo.pop()
        start = _at(starts, passed)
        match node:
            case Near():
                distances += 1
                if above and node.without:
                    raise QueryError("near_operand", start)
                if distances > DISTANCES or above == NESTED:
                    raise QueryError("too_many_distances", start, limit=DISTANCES, nested=NESTED)
                if node.distance > FARTHEST[node.unit]:
                    raise QueryError("near_far", start, words=FARTHEST["word"], others=FARTHEST["sentence"])
                if node.ordered and node.unit != "word":
                    raise QueryError("near_order", start)
                first = first or leaves(node)[0]
                todo += ((node.right, above + 1, first), (node.left, above + 1, first))
            case Or():
                todo.extend((item, above, first) for item in reversed(node.items))
            case Not() | And():
                if above:
                    raise QueryError("near_operand", start)
                todo.extend((item, 0, None) for item in (reversed(node.items) if isinstance(node, And) else (node.item,)))
            case _:
                if first is not None:
                    _check_operand(node, first, start)
                passed += 1


def _check_operand(leaf: Leaf, first: Leaf, start: int) -> None:
    """`first` is the first leaf of the distance that it stands under."""
    if not isinstance(leaf, Word | Wild):
        raise QueryError("near_operand", start)
    known = fields.field(leaf.field) if leaf.field else None
    if known and known.kind != "text":
        raise QueryError("near_operand", start)
    if isinstance(first, Word | Wild) and leaf.field != first.field:
        raise QueryError("near_field", start)


def _check_pattern(leaf: Wild, start: int) -> None:
    field = fields.field(leaf.field) if leaf.field else None
    if field and field.kind != "text":
        if not leaf.pattern.strip("*?"):
            raise QueryError("wildcard_short", start, found=leaf.pattern, limit=1)
        return
    units = tokens.wild_units(leaf.pattern)
    for number, (unit, offset) in enumerate(units):
        after = units[number + 1] if number + 1 < len(units) else None
        least = _letters(unit)
        if least:
            raise QueryError("wildcard_short", start, found=leaf.pattern[:40], limit=least)
        if _divides(unit, first=number == 0, last=after is None, glued=after is not None and after[1] == offset + len(unit)):
            raise QueryError("wildcard_place", start, found=leaf.pattern[:40])


def _letters(unit: str) -> int:
    """How many letters a unit with a wildcard should have, if it has fewer; else 0."""
    if tokens.has_chinese(unit) or not _SIGNS.search(unit):
        return 0
    least = LETTERS_AFTER_WILDCARD if unit[0] in "*?" else LETTERS
    return least if len(_SIGNS.sub("", unit)) < least else 0


def _divides(unit: str, *, first: bool, last: bool, glued: bool) -> bool:
    """Whether a wildcard stands where it can't be sought at fixed positions: between a Latin and a Chinese character, a ``*``
    in a Chinese run or at an end of it that meets another unit, a second ``?`` at its start, where a bigram says nothing."""
    if not tokens.has_chinese(unit):
        return glued and _SIGNS.search(unit) is not None
    inside = unit.lstrip("*") if first else unit
    return "*" in (inside.rstrip("*") if last else inside) or inside.startswith("??")


def _at(starts: Sequence[int], number: int) -> int:
    return starts[number] if number < len(starts) else 0
