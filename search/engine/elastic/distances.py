"""A distance as Elasticsearch's own query, where it has one that is exact (docs/decisions/0202-distances-in-elasticsearch.md).

Words stand as `intervals` rules over the positions of a field, those by stem and the marks of sentences by `use_field`.
Lucene's intervals are minimal ones: enough wherever a smaller match of an operand is as good as a larger one, as within a
sentence, but not where a distance is measured from another one.  That, and NOT NEAR, are spans (0350 there).
"""

from collections.abc import Sequence
from itertools import product
from typing import Any

from search.engine import layout
from search.engine.chains import MOST, Chain, chains
from search.engine.elastic import marks, spans
from search.engine.elastic.intervals import Clause, intervals
from search.engine.plan import Proximity
from search.query.near import Sought, sought
from search.query.tree import Near, Or, Query, Wild, Word, either, leaves

Rule = dict[str, Any]

NOTHING: Clause = {"terms": {"number": []}}
_LONGEST = 5
"""Consecutive sentences that are sought as such; more are measured document by document."""


def clause(asked: Proximity) -> Clause | None:
    """The clause, or ``None`` where the distance has to be measured document by document."""
    return _minimal(asked.near, asked.field) or _chained(asked.near, asked.field)


def needed(asked: Proximity) -> list[Clause]:
    """Clauses that each document matches which holds a distance without `clause`: the ends of what an operand takes up are ends of
    its words, so that some of these are as close, and so are those of distances within it."""
    near, field = asked.near, asked.field
    sides = (near.left,) if near.without else (near.left, near.right)
    found = [part for side in sides if isinstance(side, Near) for part in _inner(Proximity(field, side))]
    if not near.without:
        plain = Near(_any(near.left), _any(near.right), near.unit, near.distance, near.ordered)
        own = _minimal(plain, field)
        found += [own] if own else []
    return found


def spelled_out(asked: Proximity) -> bool:
    """Whether truncated words of the clause stand as all the words that they may be, which a server takes so many of."""
    truncated = (piece.kind != "token" for leaf in _words(asked.near) if sought(leaf) for piece in spans.pieces(leaf))
    return _minimal(asked.near, asked.field) is None and any(truncated)


def tails(asked: Proximity) -> list[str]:
    """The characters whose bigrams are written out beside the words themselves."""
    return [units[-1].text for units in map(sought, _words(asked.near)) if spans.short(units)]


def _minimal(near: Near, field: str) -> Clause | None:
    """By intervals, or by spans of words alone."""
    if near.unit == "word":
        if not _plain(near.left) or not _plain(near.right):
            return None
        return _chained(near, field) if near.without else _asked(field, _near(near, field))
    if near.without:
        plain = near.distance == 0 and _plain(near.left) and _plain(near.right)
        return _asked(field, _without(near, field)) if plain else None
    if near.distance >= _LONGEST:
        return None
    together = _together(near, field)
    rules = [] if together is None else [_inside(together, _several(near, field, count)) for count in range(1, near.distance + 2)]
    return _should([{"intervals": {field: rule}} for rule in rules]) if rules else None


def _inner(asked: Proximity) -> list[Clause]:
    found = clause(asked)
    return [found] if found else needed(asked)


def _any(node: Query) -> Query:
    """One of the words of an operand."""
    return either(*dict.fromkeys(leaves(node)))


def _words(near: Near) -> list[Word | Wild]:
    return [leaf for leaf in leaves(near) if isinstance(leaf, Word | Wild)]


def _should(clauses: list[Clause]) -> Clause:
    return {"bool": {"should": clauses}} if clauses else NOTHING


def _asked(field: str, rule: Rule | None) -> Clause | None:
    return None if rule is None else {"intervals": {field: rule}}


def _plain(node: Query) -> bool:
    """Whether an operand is a leaf or a choice of leaves."""
    return all(_plain(item) for item in node.items) if isinstance(node, Or) else not isinstance(node, Near)


def _rule(node: Query, field: str, *, wide: bool) -> Rule | None:
    """Of an operand; ``None`` where there is none. `wide`: with every position that it takes up."""
    match node:
        case Word() | Wild():
            return _leaf(node, field, wide=wide)
        case Or():
            rules = [_rule(item, field, wide=wide) for item in dict.fromkeys(node.items)]
            return None if None in rules else {"any_of": {"intervals": rules}}
        case Near(unit="word", without=False) if _plain(node.left) and _plain(node.right) and not wide:
            return _near(node, field)
        case Near(distance=0, without=False) if node.unit != "word" and not wide:
            together = _together(node, field)
            return None if together is None else _inside(together, _several(node, field, 1))
    return None


def _near(near: Near, field: str) -> Rule | None:
    left, right = _rule(near.left, field, wide=True), _rule(near.right, field, wide=True)
    if left is None or right is None:
        return None
    orders = [(left, right)] if near.ordered else [(left, right), (right, left)]
    rules = [{"all_of": {"ordered": True, "max_gaps": near.distance, "intervals": list(order)}} for order in orders]
    return rules[0] if near.ordered else {"any_of": {"intervals": rules}}


def _together(near: Near, field: str) -> Rule | None:
    """Both operands, in any order, overlapping or not. Lucene wants two occurrences where both are the same."""
    left, right = _rule(near.left, field, wide=False), _rule(near.right, field, wide=False)
    if left is None or right is None:
        return None
    return {"all_of": {"intervals": [left] if left == right else [left, right]}}


def _without(near: Near, field: str) -> Rule | None:
    left, right = _rule(near.left, field, wide=False), _rule(near.right, field, wide=False)
    if left is None or right is None:
        return None
    lacking = {"all_of": {"intervals": [_several(near, field, 1)], "filter": {"not_containing": right}}}
    return _inside({"all_of": {"intervals": [left]}}, lacking)


def _inside(rule: Rule, around: Rule) -> Rule:
    """`rule`, an `all_of`, within `around`."""
    return {"all_of": {**rule["all_of"], "filter": {"contained_by": around}}}


def _several(near: Near, field: str, count: int) -> Rule:
    """So many consecutive sentences or paragraphs."""
    column = marks.column(field)
    starts, ends, alone = marks.BOUNDS[near.unit]

    def any_of(signs: Sequence[str]) -> Rule:
        return {"any_of": {"intervals": [{"match": {"query": sign, "use_field": column}} for sign in signs]}}

    between = {"all_of": {"ordered": True, "intervals": [any_of(starts), any_of(ends)]}}
    one = {"any_of": {"intervals": [between, *any_of(alone)["any_of"]["intervals"]]}}
    return one if count == 1 else {"all_of": {"ordered": True, "max_gaps": 0, "intervals": [one] * count}}


def _leaf(leaf: Word | Wild, field: str, *, wide: bool) -> Rule | None:
    wanted = sought(leaf)
    if not wanted:
        return None
    if wanted[0].kind == "stem":
        return {"match": {"query": _text(wanted), "ordered": True, "max_gaps": 0, "use_field": layout.stems(field)}}
    rules = intervals(spans.pieces(leaf))
    if wide and spans.short(wanted):
        tail = wanted[-1]
        if tail.kind == "any":
            return None
        rules.append({"prefix": {"prefix": tail.text}})  # what stands at the position of a run's last character begins with it
    return rules[0] if len(rules) == 1 else {"all_of": {"ordered": True, "max_gaps": 0, "intervals": rules}}


def _text(wanted: Sequence[Sought]) -> str:
    return " ".join(unit.text for unit in wanted)


def _chained(near: Near, field: str) -> Clause | None:
    """By spans of the chains of both sides."""
    left, right = chains(near.left), chains(near.right)
    if left is None or right is None:
        return None
    if near.unit == "word":
        return _alone(near, field, left, right) if near.without else _in_order(near, field)
    if near.without:
        return _lonely(near, field, left, right) if near.distance == 0 else None
    return _gathered(near, field, left, right)


def _in_order(near: Near, field: str) -> Clause | None:
    found = chains(near)
    return None if found is None else _should([spans.chained(chain, field) for chain in found])


def _alone(near: Near, field: str, left: Sequence[Chain], right: Sequence[Chain]) -> Clause | None:
    """Some place of the left operand is left over when those that have a right one close, or overlap one, are taken away."""
    if _many(left) * max(1, _many(right)) > MOST:
        return None
    close = [place for chain in right for place in spans.laid_out(chain, field)]
    before, behind = 0 if near.ordered else near.distance + 1, near.distance + 1
    places = [place for chain in left for place in spans.laid_out(chain, field)]
    return _should([spans.apart(p, spans.choice(close), before=before, behind=behind) if close else p for p in places])


def _many(found: Sequence[Chain]) -> int:
    """Choices of gaps."""
    return sum(sum(1 for _ in chain.layouts) for chain in found)


def _gathered(near: Near, field: str, left: Sequence[Chain], right: Sequence[Chain]) -> Clause | None:
    """Some sentence, or some few in a row, contain a place of each side."""
    if near.distance >= _LONGEST or len(left) * len(right) > MOST:
        return None
    return _should(
        [
            spans.containing(spans.containing(several, spans.chained(a, field)), spans.chained(b, field))
            for count in range(1, near.distance + 2)
            for several in [spans.sentences(near.unit, field, count=count)]
            for a, b in product(left, right)
        ]
    )


def _lonely(near: Near, field: str, left: Sequence[Chain], right: Sequence[Chain]) -> Clause:
    """Some place of the left operand lies in a sentence that contains none of the right one."""
    every = kept = spans.sentences(near.unit, field)
    for chain in right:
        kept = spans.apart(kept, spans.contained(spans.chained(chain, field), every))
    return _should([spans.contained(spans.chained(chain, field), kept) for chain in left])
