"""Key patents by branch and year (技术路线图)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from search.engine.port import PatentReader
from search.saved.collections.contents import Contents
from search.saved.collections.model import Branch
from search.saved.collections.service import Collections
from search.saved.collections.tabling import in_order


class _Filed(msgspec.Struct, frozen=True):
    date: str | None = None


class Marked(msgspec.Struct, frozen=True):
    """What a roadmap shows of a record."""

    number: str
    titles: dict[str, str] = {}
    publication_date: str | None = None
    application: _Filed = _Filed()

    @property
    def year(self) -> int | None:
        """Of its application, else of its publication."""
        day = self.application.date or self.publication_date
        return int(day[:4]) if day else None


_decode = msgspec.json.Decoder(Marked).decode


@dataclass(frozen=True, slots=True)
class Roadmap:
    """Key patents by branch, each at the lowest branches that hold it, and by year; ``""`` is for those in no branch."""

    years: tuple[int, ...]
    branches: tuple[Branch, ...]
    cells: Mapping[tuple[str, int | None], Sequence[Marked]]


def roadmap(collections: Collections, contents: Contents, reader: PatentReader, user: str, id: str) -> Roadmap:  # noqa: A002
    """The documents that a collection holds and that are marked as key patents."""
    shape = collections.shape(user, id)
    numbers = contents.among(user, id, list(collections.said(user, id, key=True)))
    held = [_decode(stored) for stored in reader.get(numbers) if stored is not None]
    placed = contents.branches_of(shape, [each.number for each in held], user)
    cells: dict[tuple[str, int | None], list[Marked]] = {}
    for each in sorted(held, key=lambda one: (one.application.date or one.publication_date or "", one.number)):
        codes = placed[each.number]
        above = {shape.branches[code].parent for code in codes}
        for code in [code for code in codes if code not in above] or [""]:
            cells.setdefault((code, each.year), []).append(each)
    years = {year for _, year in cells if year is not None}
    return Roadmap(
        years=tuple(range(min(years), max(years) + 1)) if years else (),
        branches=tuple(branch for branch in in_order(shape.branches) if any(code == branch.code for code, _ in cells)),
        cells=cells,
    )
