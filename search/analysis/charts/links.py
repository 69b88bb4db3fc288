"""Where a mark leads: to the search that finds exactly what it counts."""

from urllib.parse import urlencode

from search.analysis.charts.painter import Link
from search.analysis.model import Row
from search.engine.model import Unit


def opening(unit: Unit) -> Link:
    """The results' page of a row, classes as they are, one hit a family where families are counted."""
    family = [("collapse", "family")] if unit == "family" else []

    def address(row: Row) -> str:
        return f"/search?{urlencode([('q', row.query), ('dialect', 'native'), ('expand', 'false'), *family])}"

    return address
