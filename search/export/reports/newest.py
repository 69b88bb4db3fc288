"""The newest publications, at home, abroad, or of an applicant."""

from collections.abc import Iterator, Mapping

from search.engine.model import Request, Sort
from search.engine.port import PatentReader
from search.export.reports.key import names, titled
from search.export.reports.kinds import Where
from search.export.reports.model import Block, Paragraph, Table
from search.export.reports.order import NEWEST
from search.export.reports.tabling import NOTHING
from search.export.reports.wording import Wording
from search.patent.model import decode
from search.query.tree import Not, Query, Value, both

_HOME = Value("country", "CN")


def at(where: Where, query: Query) -> Query:
    """The documents of the query that were published at home, or abroad."""
    return both(query, _HOME if where == "home" else Not(_HOME))


def newest(reader: PatentReader, query: Query, filters: Mapping[str, Query], *, of: str, t: Wording) -> Iterator[Block]:
    """The list, `of` whom in words."""
    found = reader.search(Request(query, filters=filters, sort=Sort("publication_date"), size=NEWEST))
    patents = [decode(hit.document) for hit in found.hits if hit.document is not None]
    yield Paragraph(t("t_newest_total", of=of, total=found.total, rows=len(patents)))
    if patents:
        head = tuple(map(t, ("number", "published", "title", "applicants")))
        rows = tuple(
            (patent.number, patent.publication_date or NOTHING, titled(patent, t.lang), names(patent.applicants, t.lang))
            for patent in patents
        )
        yield Table(t("t_newest", of=of), head, rows, links=tuple((f"/patents/{patent.number}", "", "", "") for patent in patents))
