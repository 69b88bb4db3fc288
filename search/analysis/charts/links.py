"""Where a mark leads: to the search that finds exactly what it counts."""

from collections.abc import Callable
from urllib.parse import urlencode

from search.analysis.model import Row
from search.engine.model import Unit


def opening(unit: Unit, *, expand: bool = True) -> Callable[[Row], str]:
    """The results' page of a row: one hit a unit, so that it says how many there are; `expand` as the population was read, whose
    classes stand in the row's query as they were asked for."""
    further = [*([] if expand else [("expand", "false")]), *([] if unit == "publication" else [("collapse", unit)])]

    def address(row: Row) -> str:
        return f"/search?{urlencode([('q', row.query), ('dialect', 'native'), *further])}"

    return address
