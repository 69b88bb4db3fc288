"""Values of keyword columns with their exact counts."""

from collections.abc import Mapping
from typing import Any

from tantivy import Searcher

from search.engine import layout
from search.engine.embedded.compiler import compiled
from search.engine.model import Facet, Request
from search.engine.plan import Bool, Plan

_LARGEST = 65_000
"""A terms aggregation of several segments is exact while none of them leaves out a value (tantivy's limit of buckets)."""


def facets(searcher: Searcher, request: Request, query: Plan, filters: Mapping[str, Plan]) -> dict[str, Facet]:
    """Each facet over the hits without its own filter; those without a filter of their own in one pass."""
    together: dict[str | None, list[str]] = {}
    for name in request.facets:
        together.setdefault(name if name in filters else None, []).append(name)
    found: dict[str, Facet] = {}
    for left_out, names in together.items():
        rest = tuple(plan for name, plan in filters.items() if name != left_out)
        tables = searcher.aggregate(compiled(Bool(must=(query,), filters=rest)), {name: _terms(name, request) for name in names})
        found.update({name: _facet(tables[name]) for name in names})
    return {name: found[name] for name in request.facets}


def _terms(name: str, request: Request) -> dict[str, Any]:
    return {"terms": {"field": layout.FACETS[name], "size": request.facet_size, "shard_size": _LARGEST}}


def _facet(table: Mapping[str, Any]) -> Facet:
    counts = sorted(((bucket["key"], bucket["doc_count"]) for bucket in table["buckets"]), key=lambda value: (-value[1], value[0]))
    return Facet(tuple(counts), exact=not table["doc_count_error_upper_bound"])
