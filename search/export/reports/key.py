"""Key patents: which ones, and why. The rule is that of the method's page (`method.py`), and so is every number.

Looked at are the publications cited most by documents of the query, as far as they are in it, and its best matches, or where none
matches better than another (a class, everything) its newest ones. They are
ordered by how many documents held cite them, by publications of the family, by whether they are in force, by date, by number; of a
family the first alone is taken.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from search.engine.model import Hit, Question, Request, Sort
from search.engine.port import PatentReader
from search.export.reports.model import Block, Paragraph, Table
from search.export.reports.tabling import NOTHING
from search.export.reports.wording import Wording
from search.find.labels import label
from search.patent.model import Party, Patent, decode
from search.query.tree import Listed, Query, Value, both

CITED, BEST = 200, 100
"""Looked at: numbers cited most, best matches."""

_TOLD = 10
"""A best match down to this rank is told as a reason."""


@dataclass(frozen=True, slots=True)
class Key:
    """A patent with what makes it key: citing documents held, publications of the family held, its rank among the matches, or among
    the `newest`."""

    patent: Patent
    cited: int
    family: int
    rank: int | None
    newest: bool = False

    @property
    def in_force(self) -> bool:
        return self.patent.legal is not None and self.patent.legal.status == "in_force"

    def reasons(self, t: Wording) -> Iterator[str]:
        """Why it is key, in words; never none."""
        if self.cited:
            yield t("w_cited", count=self.cited)
        if self.family > 1:
            yield t("w_family", count=self.family)
        if self.in_force:
            yield t("w_in_force")
        if self.rank is not None and (self.rank <= _TOLD or not (self.cited or self.family > 1 or self.in_force)):
            yield t("w_newest" if self.newest else "w_best", rank=self.rank)


def chosen(reader: PatentReader, query: Query, filters: Mapping[str, Query], *, most: int) -> list[Key]:
    """The key patents of the documents of a query, the first ones first."""
    if not most:
        return []
    matches, newest = _matches(reader, query, filters)
    ranks = {patent.number: rank for rank, patent in enumerate(matches, 1)}
    looked_at = {patent.number: patent for patent in (*matches, *_cited(reader, query, filters))}
    keys = _ordered(_weighed(reader, looked_at.values(), ranks, newest=newest))
    return list(_one_a_family(keys))[:most]


def listed(keys: Sequence[Key], t: Wording) -> Iterator[Block]:
    """The list, with the reasons."""
    yield Paragraph(t("keys_listed", count=len(keys)) if keys else t("no_keys"))
    if keys:
        head = tuple(map(t, ("rank", "number", "title", "applicants", "published", "legal", "why")))
        between = "；" if t.lang == "zh" else "; "
        rows = tuple((str(place), *_told(key.patent, t), between.join(key.reasons(t))) for place, key in enumerate(keys, 1))
        yield Table(t("t_key"), head, rows, links=tuple(("", f"/patents/{key.patent.number}", *("",) * 5) for key in keys))


def titled(patent: Patent, lang: str) -> str:
    """The title in the language, else in the first there is."""
    return patent.titles.get(lang) or next(iter(patent.titles.values()), NOTHING)


def names(parties: Iterable[Party], lang: str) -> str:
    """Who, by name."""
    return ("；" if lang == "zh" else "; ").join(party.name for party in parties) or NOTHING


def state(patent: Patent, lang: str) -> str:
    """The legal status in words."""
    return label("legal", patent.legal.status, lang) if patent.legal else NOTHING


def _told(patent: Patent, t: Wording) -> Iterator[str]:
    yield patent.number
    yield titled(patent, t.lang)
    yield names(patent.applicants, t.lang)
    yield patent.publication_date or NOTHING
    yield state(patent, t.lang)


def _matches(reader: PatentReader, query: Query, filters: Mapping[str, Query]) -> tuple[list[Patent], bool]:
    """The best matches; the newest, and that they are that, where no match is better than another."""
    best = reader.search(Request(query, filters=filters, size=BEST)).hits
    if not best or best[0].score > best[-1].score:
        return _decoded(best), False
    return _decoded(reader.search(Request(query, filters=filters, sort=Sort("publication_date"), size=BEST)).hits), True


def _found(reader: PatentReader, query: Query, filters: Mapping[str, Query], size: int) -> list[Patent]:
    return _decoded(reader.search(Request(query, filters=filters, size=size)).hits)


def _decoded(hits: Iterable[Hit]) -> list[Patent]:
    return [decode(hit.document) for hit in hits if hit.document is not None]


def _cited(reader: PatentReader, query: Query, filters: Mapping[str, Query]) -> list[Patent]:
    """Those of the query that its documents cite most."""
    [table] = reader.aggregate(query, [Question(("cites",), size=(CITED,))], filters=filters)
    numbers = reader.resolve([cell.keys[0] for cell in table.cells]) if table.cells else []
    return _found(reader, both(query, Listed(tuple(numbers))), filters, len(numbers)) if numbers else []


def _weighed(reader: PatentReader, patents: Iterable[Patent], ranks: Mapping[str, int], *, newest: bool) -> list[Key]:
    each = list(patents)
    families = [Value("family", patent.family) for patent in each if patent.family]
    counts = iter(reader.counts([*(Value("cites", _cited_as(patent)) for patent in each), *families]))
    cited = [next(counts) for _ in each]
    return [
        Key(patent, count, next(counts) if patent.family else 1, ranks.get(patent.number), newest)
        for patent, count in zip(each, cited, strict=True)
    ]


def _cited_as(patent: Patent) -> str:
    """Its number under any kind, as others cite it."""
    return patent.number if patent.stage == "application" else patent.country + patent.doc_number


def _ordered(keys: Iterable[Key]) -> list[Key]:
    newest = sorted(keys, key=lambda key: key.patent.number)
    newest.sort(key=lambda key: key.patent.publication_date or "", reverse=True)
    return sorted(newest, key=lambda key: (-key.cited, -key.family, not key.in_force))


def _one_a_family(keys: Iterable[Key]) -> Iterator[Key]:
    seen: set[str] = set()
    for key in keys:
        application = key.patent.application.number if key.patent.application else None
        same = {name for name in (key.patent.family, application) if name} or {key.patent.number}
        if seen.isdisjoint(same):
            yield key
        seen |= same
