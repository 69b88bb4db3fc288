"""A plan as Elasticsearch's query, one to one. Every clause is one of `CLAUSES`, and a text of the user stands only where
Elasticsearch takes a value, never where it reads a syntax (security: injection)."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from search.engine import layout
from search.engine.elastic import distances
from search.engine.elastic.intervals import Clause, intervals, literal
from search.engine.plan import Bool, Days, Everything, Keys, Ordinals, Pattern, Pieces, Plan, Prefix, Proximity, Run
from search.engine.ties import STEP
from search.text.tokens import FILLER

CLAUSES = frozenset(
    {
        *("match_all", "term", "terms", "match_phrase", "prefix", "wildcard", "intervals", "range", "bool", "constant_score"),
        *("span_term", "span_multi", "span_near", "span_or", "span_not", "span_gap", "span_field_masking"),
        *("span_containing", "span_within"),
    }
)
"""The only kinds of clause that are ever sent."""


def compiled(plan: Plan) -> Clause:
    """The query of a plan; its scores are those of `search.engine.plan`."""
    match plan:
        case Everything():
            return {"match_all": {"boost": 0.0}}
        case Run(field, (token,), boost):
            return {"term": {field: {"value": token, "boost": boost}}}
        case Run(field, tokens, boost):
            return {"match_phrase": {field: {"query": " ".join(tokens), "boost": boost}}}
        case Pieces(field, items, boost):
            rule = {"all_of": {"ordered": True, "max_gaps": 0, "intervals": intervals(items)}}
            return _constant({"intervals": {field: rule}}, boost)
        case Prefix(field, text, boost):
            return _constant({"prefix": {field: {"value": text}}}, boost)
        case Pattern(field, text, boost):
            return _constant({"wildcard": {field: {"value": literal(text)}}}, boost)
        case Keys(field, values):
            return _constant({"terms": {field: list(values)}}, 0.0)
        case Days(field, low, high):
            return _constant({"range": {field: {"gte": low, "lte": high}}}, 0.0)
        case Ordinals(values):
            return _constant(_ordinals(values), 0.0)
        case Proximity():
            asked = distances.clause(plan)
            if asked is None:
                raise ValueError("a distance that Elasticsearch can't be asked for is checked before its plan is compiled")
            return _constant(asked, 0.0)
        case Bool():
            return {"bool": _clauses(plan)}


_TERMS = 65_000
"""Elasticsearch takes 65,536 in a clause."""

_NOWHERE = 2 * FILLER
"""No text is cut into this token."""


def ranked(plan: Plan) -> Clause:
    """The query of a plan whose scores are raised by `STEP`, so that Lucene's float32 rounds them (`search.engine.ties`).

    Over several shards a shard that holds no word of a phrase would keep its number of documents to itself, and the phrase
    would weigh less; a term that stands nowhere makes every shard tell.
    """
    told = [{"term": {field: {"value": _NOWHERE}}} for field in sorted(set(_phrase_fields(plan)))]
    return {"bool": {"must": [compiled(plan), {"match_all": {"boost": STEP}}], "should": told}}


def every(filters: Sequence[Clause]) -> Clause:
    """All of `filters`, without scoring; none of them is every document."""
    return {"bool": {"filter": list(filters)}} if filters else {"match_all": {}}


def patterns(plan: Plan) -> list[str]:
    """The truncated words of a plan that an engine writes out as the words they stand for, each as it would be typed."""
    match plan:
        case Bool(must, should, filters, must_not):
            return [found for item in (*must, *should, *filters, *must_not) for found in patterns(item)]
        case Pieces(_, items, _):
            return [piece.text + "*" if piece.kind == "prefix" else piece.text for piece in items if piece.kind != "token"]
        case Prefix(_, text, _):
            return [text + "*"]
        case Pattern(_, text, _):
            return [text]
        case Proximity():
            return [found + "*" for found in distances.tails(plan)]
        case _:
            return []


def _phrase_fields(plan: Plan) -> Iterator[str]:
    match plan:
        case Run(field, tokens, _) if len(tokens) > 1:
            yield field
        case Bool(must, should, filters, must_not):
            for item in (*must, *should, *filters, *must_not):
                yield from _phrase_fields(item)


def _ordinals(values: Sequence[int]) -> Clause:
    some = [values[start : start + _TERMS] for start in range(0, len(values), _TERMS)] or [()]
    return {"bool": {"should": [{"terms": {layout.ORDINAL: list(part)}} for part in some]}}


def _constant(clause: Clause, score: float) -> Clause:
    return {"constant_score": {"filter": clause, "boost": score}}


def _clauses(plan: Bool) -> dict[str, Any]:
    kinds = {"must": plan.must, "should": plan.should, "filter": plan.filters, "must_not": plan.must_not}
    clauses: dict[str, Any] = {kind: [compiled(item) for item in items] for kind, items in kinds.items() if items}
    return clauses | {"minimum_should_match": 1} if plan.should else clauses


def blamed(plan: Plan, reason: str) -> str:
    """Which pattern of the plan stands for too many words, by the server's `reason`, which quotes its start or not at all."""
    found = patterns(plan)
    quoted = re.findall(r"\[([^\]]*)\]", reason)
    return next((pattern for pattern in found if any(pattern.rstrip("*") in text for text in quoted)), found[0] if found else "*")
