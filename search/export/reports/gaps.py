"""Where an enterprise has nothing in its field: the field's first main groups without a document of its own."""

from collections.abc import Iterator
from dataclasses import replace

from search.analysis.model import Analysis
from search.engine.drill import clause
from search.engine.port import PatentReader
from search.export.reports.model import Block, Paragraph
from search.export.reports.tabling import Opened, tabled
from search.export.reports.wording import Wording
from search.query.tree import Query, both


def found(reader: PatentReader, field: Analysis, own: Query, t: Wording, opened: Opened) -> Iterator[Block]:
    """The rows of `field`, a table of one dimension, in which none of the `own` documents is."""
    [dimension] = field.by
    counts = reader.counts([both(own, clause(dimension, row.keys[0])) for row in field.rows]) if field.rows else []
    rows = tuple(row for row, count in zip(field.rows, counts, strict=True) if not count)
    if rows:
        yield Paragraph(t("gaps_told", looked=len(field.rows), gaps=len(rows)))
        yield replace(tabled(replace(field, rows=rows), t, opened), caption=t("t_gaps"))
    else:
        yield Paragraph(t("no_gaps") if field.rows else t("empty_table"))
    yield Paragraph(t("gaps_note"), quiet=True)
