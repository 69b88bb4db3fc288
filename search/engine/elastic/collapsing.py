"""One hit of each unit, page by page within a view. Elasticsearch goes on in collapsed hits only where they are in the order of
the column that they are collapsed by; so the hits are gone through as they are, and of each is asked whether it is the first of
its unit."""

from collections.abc import Callable, Mapping
from typing import Any

STEP = 250
"""Hits that are looked at together."""

Ask = Callable[..., Mapping[str, Any]]
"""A search within the view."""


def firsts(ask: Ask, body: Mapping[str, Any], column: str, *, keys: list[Any], size: int) -> dict[str, Any]:
    """The answer with the next `size` hits behind `keys` that are the first of their unit, fewer at the end. `body` says query,
    order and facets."""
    found: list[Mapping[str, Any]] = []
    began: Mapping[str, Any] | None = None
    while True:
        answer = ask(**{**body, "size": STEP}, search_after=keys or None, docvalue_fields=[column], source=False)
        began = began or answer
        hits = answer["hits"]["hits"]
        first = _first(ask, body, column, sorted({hit["fields"][column][0] for hit in hits})) if hits else set()
        for hit in hits:
            keys = hit["sort"]
            if hit["_id"] in first:
                found.append(hit)
        if len(found) >= size or len(hits) < STEP:
            return {**began, "hits": {**began["hits"], "hits": found[:size]}}


def _first(ask: Ask, body: Mapping[str, Any], column: str, units: list[int]) -> set[str]:
    """The first hits of these units."""
    among = {"bool": {"must": [body["query"]], "filter": [{"terms": {column: units}}]}}
    asked = {**body, "query": among, "size": len(units), "aggs": None, "collapse": {"field": column}}
    return {hit["_id"] for hit in ask(**asked, source=False)["hits"]["hits"]}
