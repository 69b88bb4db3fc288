"""Tables that Elasticsearch counts itself: no search asks for more buckets than one may have, whatever is asked together."""

from collections.abc import Mapping
from typing import Any

from search.engine import layout
from search.engine.elastic.large import tables
from search.engine.model import Question, Table

MOST = 65_536


def nothing(asked: Mapping[str, Any]) -> dict[str, Any]:
    """The answer of an index without documents."""
    empty = {"buckets": [], "doc_count": 0, "doc_count_error_upper_bound": 0, "sum_other_doc_count": 0}
    return {name: {"doc_count": 0, "in": empty} for name in asked}


def buckets(aggregation: Mapping[str, Any]) -> int:
    inner = aggregation["aggs"]["in"]
    return sum(int(each.get("size", 1)) for each in inner.values())


def test_searches_have_room_for_their_answers() -> None:
    searches: list[int] = []

    def ask(aggregations: Mapping[str, Any]) -> dict[str, Any]:
        searches.append(sum(map(buckets, aggregations.values())))
        return nothing(aggregations)

    every = [Question((name,), size=(size,)) for name in layout.DIMENSIONS for size in (10_000, None)]
    found = tables(ask, every, [None] * len(every))
    assert found == [Table((), 0, (0,))] * len(every)
    assert max(searches) <= MOST
    assert len(searches) < len(every)
