"""Values of a keyword column by how they begin, with the exact number of documents of each.

tantivy's dictionary also counts documents that are deleted but not yet merged away, so it tells the most that there can be.
The values are counted from the largest such bound on, until no other can come before those that were found.
"""

from bisect import insort

from tantivy import Query, Searcher

from search.engine.embedded import ordering
from search.engine.embedded.schema import SCHEMA

_MARGIN = 16
_WIDEN = 8


def suggested(searcher: Searcher, column: str, prefix: str, size: int) -> list[tuple[str, int]]:
    """The first `size` values that start with `prefix`, by count descending, then by value."""
    limit = size + _MARGIN
    while True:
        bounds = searcher.terms_with_prefix(column, prefix, None, limit)
        found: list[tuple[int, str]] = []
        for value, most in bounds:
            if len(found) >= size and (-most, value) > found[size - 1]:
                break
            if count := ordering.count(searcher, Query.term_query(SCHEMA, column, value)):
                insort(found, (-count, value))
        else:
            if len(bounds) == limit:
                limit *= _WIDEN
                continue
        return [(value, -count) for count, value in found[:size]]
