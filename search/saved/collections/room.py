"""The services of the room, opened together; what they do to branches and tables of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import msgspec

from auth.database import Database
from auth.http.problems import NotFound
from search.engine.port import PatentReader
from search.find.answers import Held
from search.find.doctor.service import Doctor
from search.find.service import Finder
from search.saved.collections import roadmap, sheets, tabling, works
from search.saved.collections.contents import Contents
from search.saved.collections.dated import Snapshots
from search.saved.collections.importing import Importer
from search.saved.collections.model import Branch, Document
from search.saved.collections.service import Collections

_held = msgspec.json.Decoder(Held).decode

_AT_ONCE = 500
"""Documents of a table whose branches are looked up at a time."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A document as it is listed: what is shown of it, what was said of it, and its branches."""

    shown: Held
    said: Document
    branches: list[str]


class Room:
    """`collections` who has which, `contents` what they hold, `snapshots` what they held, `importer` what is brought."""

    def __init__(self, database: Database, collections: Collections, finder: Finder, reader: PatentReader) -> None:
        self.collections = collections
        self.contents = Contents(collections, finder, reader)
        self.snapshots = Snapshots(database, self.contents)
        self.importer = Importer(collections, Doctor(reader))
        self._reader = reader

    def roadmap(self, user: str, id: str) -> roadmap.Roadmap:  # noqa: A002 - the path's own name
        """Its key patents by branch and year."""
        return roadmap.roadmap(self.collections, self.contents, self._reader, user, id)

    def add_branch(self, user: str, id: str, branch: Branch) -> tuple[int | None, str]:  # noqa: A002
        """Makes a branch, without a code of the next one below its parent: the deed, and the code. Raises `BranchTaken`,
        `BranchMisplaced`, `CollectionFull`."""
        code = branch.code or works.free_code(branch.parent, self.collections.branches(user, id))
        return self.collections.do(user, id, works.put_branch(replace(branch, code=code), new=True)), code

    def put_branch(self, user: str, id: str, branch: Branch) -> int | None:  # noqa: A002
        """Makes or changes the branch of this code. Raises `BranchMisplaced`, `CollectionFull`."""
        return self.collections.do(user, id, works.put_branch(branch))

    def remove_branch(self, user: str, id: str, code: str) -> int | None:  # noqa: A002
        """Removes a branch and those below it, with their marks, and from records."""
        branches = self.collections.branches(user, id)
        if code not in branches:
            raise NotFound
        records = self.collections.waiting(user, id)
        marks = [mark for kind in works.MARKS for mark in self.collections.marks(user, id, kind)]
        return self.collections.do(user, id, works.remove_branch(branches[code], marks, records))

    def bring_branches(self, user: str, id: str, data: bytes) -> int | None:  # noqa: A002
        """Puts a table of branches in; raises `SheetUnreadable`, `ColumnsMissing`, `BranchUnreadable`, `BranchMisplaced`."""
        held = self.collections.branches(user, id)
        wanted = tabling.read(sheets.rows(data), held, lambda query: self.collections.canonical(user, query))
        return self.collections.do(user, id, works.replace_tree(wanted))

    def listed(self, user: str, id: str, numbers: Sequence[str]) -> list[Listing]:  # noqa: A002
        """These documents, those held of them, in this order."""
        shape = self.collections.shape(user, id)
        said = self.collections.said(user, id, numbers)
        placed = self.contents.branches_of(shape, numbers, user)
        shown = [_held(stored) for stored in self._reader.get(numbers) if stored is not None]
        return [Listing(each, said.get(each.number, Document(each.number)), placed[each.number]) for each in shown]

    def table(self, user: str, id: str, branch: str, lang: str) -> Iterator[tuple[str, ...]]:  # noqa: A002
        """The documents with all that was said of them as rows, the head first, and behind them the records that wait for theirs.
        Raises what `Contents.everything` raises, before the first."""
        shape = self.collections.shape(user, id)
        held = shape.held
        said = self.collections.said(user, id)
        placing = self.contents.placing(shape, user)
        documents = self.contents.documents(user, id, branch)
        waiting = self.contents.records(user, id, branch)

        def lines() -> Iterator[tuple[str, ...]]:
            yield (*HEAD[lang], *held.columns)
            while some := list(islice(documents, _AT_ONCE)):
                placed = placing([number for number, _ in some])
                for number, stored in some:
                    one = said.get(number, Document(number))
                    yield (*_shown(_held(stored), lang), "; ".join(placed[number]), *_told(one, held.columns))
            for record in waiting:
                kept = record.record
                tags, cells = tuple(kept.get("tags", ())), kept.get("cells", {})
                told = Document(record.number, note=kept.get("note", ""), tags=tags, cells=cells)
                shown = (record.number, *(str(record.record.get(name, "")) for name in ("title", "applicant", "published")))
                yield (*shown, WAITING[lang], "; ".join(record.record.get("branches", ())), *_told(told, held.columns))

        return lines()


HEAD = {
    "zh": ("公开（公告）号", "标题", "申请人", "公开（公告）日", "收录", "技术分支", "重点", "备注", "标签"),
    "en": ("publication number", "title", "applicant", "publication date", "held", "branch", "key", "note", "tags"),
}
WAITING = {"zh": "未收录", "en": "not held"}


def _shown(held: Held, lang: str) -> tuple[str, ...]:
    title = held.titles.get(lang) or next(iter(held.titles.values()), "")
    applicants = "; ".join(party.name for party in held.applicants)
    return (held.number, title, applicants, held.publication_date or "", "✓")


def _told(said: Document, columns: Sequence[str]) -> tuple[str, ...]:
    return ("✓" if said.key else "", said.note, "; ".join(said.tags), *(said.cells.get(name, "") for name in columns))
