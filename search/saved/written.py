"""A query as it is kept: complete in itself, in the native language."""

from search.query import parse
from search.query.render import render
from search.query.sets import Lookup, resolve
from search.query.tree import Expanded, Listed, leaves
from search.saved.problems import NamesHistory


def written(query: str, dialect: str, sets: Lookup) -> str:
    """What the query names of the history is written out; a collection stays a name, asked anew each time. Raises `QueryError`,
    `NamesHistory`."""
    whole = resolve(parse(query, dialect).tree, sets, text=query)
    if any(isinstance(leaf, Listed | Expanded) for leaf in leaves(whole)):
        raise NamesHistory
    canonical = render(whole)
    parse(canonical, "native")  # written out it may be longer than a query can be
    return canonical
