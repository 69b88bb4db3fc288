"""Charts of tables as pictures of a report."""

from search.analysis.charts import titles
from search.analysis.charts.painter import Painter
from search.analysis.charts.problems import ChartUnavailable, NothingToDraw
from search.analysis.model import Analysis
from search.export.reports.model import Format, Picture
from search.export.reports.order import Order
from search.export.reports.tabling import Opened, caption
from search.export.reports.telling import Draw
from search.export.reports.wording import Wording


def drawing(painter: Painter, order: Order, format: Format) -> Draw:  # noqa: A002  as it is asked for
    """Draws tables; of a chart that can't be drawn the table has the numbers."""
    t = Wording(order.lang)

    def draw(table: Analysis, opened: Opened) -> Picture | None:
        if not order.charts:
            return None
        try:
            data = painter.svg(table, order.lang, link=opened).encode() if format == "svg" else painter.png(table, order.lang)
        except (NothingToDraw, ChartUnavailable):
            return None
        return Picture(data, format, caption(table, t), titles.described(table, order.lang))

    return draw
