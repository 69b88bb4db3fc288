"""From a cell of a table back to its documents: the query that, with the table's population, finds exactly what it counts."""

from search.engine import layout
from search.query.tree import Query, Range, Value, both

_DATES = {"publication_year": "publication_date", "application_year": "application_date", "priority_year": "priority_date"}
_FIELDS = {name: f"{scheme}_is" for name, (scheme, _) in layout.LEVELS.items()} | {"cites": "cites_is"}


def clause(dimension: str, key: str) -> Query:
    """The documents that have the key in the dimension (`search.engine.layout.DIMENSIONS`)."""
    if dimension == "grant_year":
        return both(Value("stage", "granted"), _year("publication_date", key))
    if dimension in _DATES:
        return _year(_DATES[dimension], key)
    return Value(_FIELDS.get(dimension, dimension), key)


def _year(field: str, year: str) -> Query:
    return Range(field, f"{year}-01-01", f"{year}-12-31")
