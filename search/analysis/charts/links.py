"""Where a mark leads: to the search that finds exactly what it counts."""

from collections.abc import Callable
from urllib.parse import urlencode

from search.analysis.model import Row
from search.engine.model import Unit


def opening(unit: Unit) -> Callable[[Row], str]:
    """The results' page of a row: classes as they are, one hit a unit, so that it says how many units there are."""
    collapsed = [] if unit == "publication" else [("collapse", unit)]

    def address(row: Row) -> str:
        return f"/search?{urlencode([('q', row.query), ('dialect', 'native'), ('expand', 'false'), *collapsed])}"

    return address
