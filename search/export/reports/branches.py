"""A chapter by branch (分支技术领域的专利分布, S3 L154), where a report is of one collection that has branches."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from search.analysis.dividing import collections
from search.analysis.errors import NoBranches
from search.export.reports.model import Block
from search.export.reports.order import Asked
from search.export.reports.telling import told

if TYPE_CHECKING:  # what makes reports is imported with the first one
    from search.export.reports.maker import Making


def branches(making: "Making") -> Iterator[Block]:
    """Each branch in numbers, then crossed with years, applicants, classes, places and legal status."""
    if len(collections(making.read.said.tree)) != 1:
        return
    try:
        found = making.analyst.answer("branches", making.ask(Asked("branches")))
    except NoBranches:
        return
    yield from told(found, making.t, draw=making.draw, opened=making.opened)
