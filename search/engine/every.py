"""All hits of a question, page by page in one stable view."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from search.engine.errors import TooMuchText
from search.engine.model import Hit, Request, Sort
from search.engine.port import PatentReader
from search.query.tree import Query

_BY_NUMBER = Sort("number", descending=False)


def every(
    reader: PatentReader,
    query: Query,
    filters: Mapping[str, Query] = MappingProxyType({}),
    *,
    size: int = 1_000,
    whole: bool = True,
) -> Iterator[Hit]:
    """By number, ascending, `size` asked for at a time; not `whole`: with no more than is shown of each. Raises `TooMuchText` where
    a distance had too many candidates: a part would be taken for the whole."""
    after: str | None = ""
    while after is not None:
        results = reader.search(Request(query, filters, sort=_BY_NUMBER, size=size, after=after, whole=whole))
        if results.checked:
            raise TooMuchText(*results.checked)
        yield from results.hits
        after = results.after
