"""A distance as Elasticsearch's own query, where it has one that is exact (docs/decisions/0202-distances-in-elasticsearch.md).

Words stand as `intervals` rules over the positions of a field, those by stem and the marks of sentences by `use_field`.
Lucene's intervals are minimal ones: enough wherever a smaller match of an operand is as good as a larger one, as within a
sentence, but not where a distance is measured from another one.  NOT NEAR is `span_not`.
"""

from collections.abc import Sequence
from typing import Any

from search.engine import layout
from search.engine.elastic import marks
from search.engine.elastic.intervals import Clause, intervals, literal
from search.engine.plan import Piece, Proximity
from search.query.near import Sought, sought
from search.query.tree import Near, Or, Query, Wild, Word, leaves
from search.text import tokens

Rule = dict[str, Any]

NOTHING: Clause = {"terms": {"number": []}}
_LONGEST = 5
"""Consecutive sentences that are sought as such; more are measured document by document."""


def clause(asked: Proximity) -> Clause | None:
    """The clause, or ``None`` where the distance has to be measured document by document."""
    near, field = asked.near, asked.field
    if near.unit == "word":
        if not _plain(near.left) or not _plain(near.right):
            return None
        if near.without:
            return _spans(near, field)
        return _asked(field, _near(near, field))
    if near.without:
        return _asked(field, _without(near, field)) if near.distance == 0 else None
    if near.distance >= _LONGEST:
        return None
    together = _together(near, field)
    rules = [] if together is None else [_inside(together, _several(near, field, count)) for count in range(1, near.distance + 2)]
    clauses = [{"intervals": {field: rule}} for rule in rules]
    return {"bool": {"should": clauses}} if clauses else None


def tails(asked: Proximity) -> list[str]:
    """The characters whose bigrams are written out beside the words themselves."""
    wanted = [sought(leaf) for leaf in leaves(asked.near) if isinstance(leaf, Word | Wild)]
    return [units[-1].text for units in wanted if _short(units)]


def _asked(field: str, rule: Rule | None) -> Clause | None:
    return None if rule is None else {"intervals": {field: rule}}


def _plain(node: Query) -> bool:
    """Whether an operand is a leaf or a choice of leaves."""
    return all(_plain(item) for item in node.items) if isinstance(node, Or) else not isinstance(node, Near)


def _leaves(node: Query) -> list[Word | Wild]:
    """The different leaves of a plain operand that seek anything."""
    if isinstance(node, Or):
        return list(dict.fromkeys(leaf for item in node.items for leaf in _leaves(item)))
    return [node] if isinstance(node, Word | Wild) and sought(node) else []


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
    starts, ends, alone = _SENTENCE if near.unit == "sentence" else _PARAGRAPH

    def any_of(signs: Sequence[str]) -> Rule:
        return {"any_of": {"intervals": [{"match": {"query": sign, "use_field": column}} for sign in signs]}}

    between = {"all_of": {"ordered": True, "intervals": [any_of(starts), any_of(ends)]}}
    one = {"any_of": {"intervals": [between, *any_of(alone)["any_of"]["intervals"]]}}
    return one if count == 1 else {"all_of": {"ordered": True, "max_gaps": 0, "intervals": [one] * count}}


_SENTENCE = (("s0", "p0"), ("0s", "0p"), ("ss", "sp", "ps", "pp"))
_PARAGRAPH = (("p0", "ps"), ("0p", "sp"), ("pp",))
"""Marks that begin one, that end one, and those of one that is a single unit."""


def _leaf(leaf: Word | Wild, field: str, *, wide: bool) -> Rule | None:
    wanted = sought(leaf)
    if not wanted:
        return None
    if wanted[0].kind == "stem":
        return {"match": {"query": _text(wanted), "ordered": True, "max_gaps": 0, "use_field": layout.stems(field)}}
    rules = intervals(_pieces(leaf))
    if wide and _short(wanted):
        tail = wanted[-1]
        if tail.kind == "any":
            return None
        rules.append({"prefix": {"prefix": tail.text}})  # what stands at the position of a run's last character begins with it
    return rules[0] if len(rules) == 1 else {"all_of": {"ordered": True, "max_gaps": 0, "intervals": rules}}


def _pieces(leaf: Word | Wild) -> list[Piece]:
    cut = tokens.wild_pieces(leaf.pattern) if isinstance(leaf, Wild) else tokens.query_pieces(leaf.text)
    return [Piece(kind, text) for kind, text in cut]


def _short(wanted: Sequence[Sought]) -> bool:
    """Whether the tokens of a leaf take up one position less than its units: its last run has no tail."""
    return len(wanted) > 1 and wanted[-1].joined is True


def _text(wanted: Sequence[Sought]) -> str:
    return " ".join(unit.text for unit in wanted)


def _spans(near: Near, field: str) -> Clause:
    """Some occurrence of a left leaf is left over when those that have a right one close, or overlap one, are taken away. A span
    that is short by a position is made up for by looking one further."""
    clauses: list[Clause] = []
    for leaf in _leaves(near.left):
        kept, short = _span(leaf, field), _short(sought(leaf))
        for other in _leaves(near.right):
            before = _short(sought(other)) + (0 if near.ordered else near.distance + 1)
            kept = {"span_not": {"include": kept, "exclude": _span(other, field), "pre": before, "post": near.distance + 1 + short}}
        clauses.append(kept)
    return {"bool": {"should": clauses}} if clauses else NOTHING


def _span(leaf: Word | Wild, field: str) -> Clause:
    wanted = sought(leaf)
    if wanted[0].kind == "stem":
        column = layout.stems(field)
        return {"span_field_masking": {"field": field, "query": _row([_term(column, unit.text) for unit in wanted])}}
    return _row([_piece(field, piece) for piece in _pieces(leaf)])


def _row(spans: list[Clause]) -> Clause:
    return spans[0] if len(spans) == 1 else {"span_near": {"clauses": spans, "slop": 0, "in_order": True}}


def _term(column: str, token: str) -> Clause:
    return {"span_term": {column: {"value": token}}}


def _piece(field: str, piece: Piece) -> Clause:
    match piece.kind:
        case "token":
            return _term(field, piece.text)
        case "prefix":
            return {"span_multi": {"match": {"prefix": {field: {"value": piece.text}}}}}
        case "pattern":
            return {"span_multi": {"match": {"wildcard": {field: {"value": literal(piece.text)}}}}}
