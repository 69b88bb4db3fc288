"""What is told about charts that are not drawn."""

from auth.errors import Problem


class ChartUnavailable(Problem):
    """Too many charts are waiting, or one took too long."""

    status = 503
    code = "chart_unavailable"
    zh = "图表暂时画不出来，请稍后再试；数据见同页的表格。"
    en = "The chart can't be drawn at the moment. Try again later; the table has its numbers."

    def __init__(self) -> None:
        super().__init__(retry_after_s=5)


class NothingToDraw(Problem):
    """The table has no rows."""

    status = 404
    code = "nothing_to_draw"
    zh = "没有可画的数据：表格为空，原因见表格的说明。"
    en = "There is nothing to draw: the table is empty, and says why."
