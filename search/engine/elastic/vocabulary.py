"""Counts of values and of questions as aggregations."""

import re
from collections.abc import Sequence
from typing import Any

from search.engine.elastic.facets import MOST_VALUES
from search.engine.elastic.intervals import Clause

_SIGN = re.compile(r"[^\w]|_")


def beginning(column: str, prefix: str, size: int) -> dict[str, Any]:
    """The question for the first `size` values of a keyword column that start with `prefix`, by count, then by value."""
    start = _SIGN.sub(r"\\\g<0>", prefix)
    terms = {"field": column, "include": f"{start}.*", "size": size, "shard_size": max(MOST_VALUES, size)}
    held: Clause = {"prefix": {column: {"value": prefix}}}
    return {"query": {"bool": {"filter": [held]}}, "size": 0, "aggs": {"values": {"terms": terms}}}


def each(clauses: Sequence[Clause]) -> dict[str, Any]:
    """The question for how many documents match each of the clauses."""
    return {"size": 0, "aggs": {"each": {"filters": {"filters": list(clauses)}}}}
