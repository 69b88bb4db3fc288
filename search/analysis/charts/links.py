"""Where a mark leads: to the search that finds exactly what it counts, or to the records of a collection that it counts besides."""

from collections.abc import Callable, Sequence
from urllib.parse import urlencode

from search.analysis.model import Row
from search.engine.model import Unit


def opening(unit: Unit, *, expand: bool = True, collections: Sequence[str] = ()) -> Callable[[Row], str]:
    """The results' page of a row: one hit a unit, so that it says how many there are; `expand` as the population was read, whose
    classes stand in the row's query as they were asked for. A row of records alone leads to them, in the first of the `collections`
    that the question names."""
    further = [*([] if expand else [("expand", "false")]), *([] if unit == "publication" else [("collapse", unit)])]
    records = waiting(unit, expand=expand, collections=collections)

    def address(row: Row) -> str:
        if row.waiting and not row.held and collections:
            return records(row)
        return f"/search?{urlencode([('q', row.query), ('dialect', 'native'), *further])}"

    return address


def waiting(unit: Unit, *, expand: bool = True, collections: Sequence[str] = ()) -> Callable[[Row], str]:
    """The list of the records that a row counts besides documents, or nothing."""
    further = [("unit", unit), *([] if expand else [("expand", "false")])]

    def address(row: Row) -> str:
        if not (row.waiting and collections):
            return ""
        return f"/collections/{collections[0]}/waiting?{urlencode([('q', row.query), *further])}"

    return address
