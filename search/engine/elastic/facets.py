"""Facets as aggregations: each counts under every filter but its own."""

from collections.abc import Mapping, Sequence
from typing import Any

from search.engine import layout
from search.engine.elastic.compile import every
from search.engine.elastic.intervals import Clause
from search.engine.model import Facet

MOST_VALUES = 65_000
"""Values a shard hands in; up to here the counts are exact on any number of shards (docs/decisions, engine measurements)."""


def asked(names: Sequence[str], *, size: int, filters: Mapping[str, Clause]) -> dict[str, Any]:
    """The aggregations of the facets `names`; `filters` are those that stand in the post filter."""
    found: dict[str, Any] = {}
    for name in names:
        others = [clause for key, clause in filters.items() if key != name]
        terms = {"field": layout.FACETS[name], "size": size, "shard_size": max(MOST_VALUES, size)}
        found[name] = {"filter": every(others), "aggs": {"values": {"terms": terms}}}
    return found


def answered(names: Sequence[str], aggregations: Mapping[str, Any]) -> dict[str, Facet]:
    """The facets in what came back; a shard that had to leave out values makes the facet inexact."""
    found: dict[str, Facet] = {}
    for name in names:
        values = aggregations[name]["values"]
        counted = tuple((str(bucket["key"]), int(bucket["doc_count"])) for bucket in values["buckets"])
        found[name] = Facet(counted, exact=values["doc_count_error_upper_bound"] == 0)
    return found
