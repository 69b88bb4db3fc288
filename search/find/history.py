"""What a search needs of the history and of collections, which a room above keeps (`search.saved`)."""

from collections.abc import Callable, Mapping
from typing import Protocol

from search.query import QueryError, parse
from search.query.render import render
from search.query.tree import And, Not, Or, Query, Range, Value, both, either


class History(Protocol):
    """The numbered searches of each account."""

    def note(self, user: str, *, text: str, dialect: str, canonical: str, total: int) -> int:
        """Writes a search down and gives its number."""
        ...

    def tree(self, user: str, number: int) -> Query | None:
        """What the search of that number asked; ``None`` where there is none."""
        ...


Collections = Callable[[str, str], Query | None]
"""What a collection, or a branch of it, holds for an account, by the account's id and the name; ``None`` where it sees none."""


def written(tree: Query, filters: Mapping[str, Query]) -> str | None:
    """The question and its filters as one canonical text; ``None`` for filters that no query can say (a value that is none, or
    more of them than a query may be long)."""
    text = render(both(*conditions(tree, filters)))
    try:
        parse(text, "native")
    except QueryError:
        return None
    return text


def as_it_stands(tree: Query) -> Query:
    """The question with its classes in fields that nothing expands, for a search that asked for the symbols alone."""
    match tree:
        case And(items) | Or(items):
            return type(tree)(tuple(map(as_it_stands, items)))
        case Not(item):
            return Not(as_it_stands(item))
        case Value("ipc" | "cpc" as scheme, symbol):
            return Value(f"{scheme}_is", symbol)
    return tree


def conditions(tree: Query, filters: Mapping[str, Query]) -> list[Query]:
    """The question and its filters as conditions that all hold."""
    return [tree, *map(_said, filters.values())]


def _said(narrowed: Query) -> Query:
    """A filter by a query's fields: a year of publication is a facet, and no field."""
    match narrowed:
        case Or():
            return either(*map(_said, narrowed.items))
        case Value("year", year):
            return Range("publication_date", f"{year}-01-01", f"{year}-12-31")
    return narrowed
