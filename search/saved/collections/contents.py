"""`Contents`: the documents of collections, counted, listed, sampled and kept with their date."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import msgspec

from auth.http.problems import NotFound
from search.api.limits import Slots
from search.engine.every import every
from search.engine.model import Request, Unit
from search.engine.port import PatentReader
from search.find.question import Question
from search.find.service import Finder
from search.patent.model import encode, shown
from search.query.errors import QueryError
from search.query.tree import Listed, Query, Value, both
from search.saved.collections import works
from search.saved.collections.beside import Waiting, named
from search.saved.collections.estimates import Estimate, share
from search.saved.collections.model import Record
from search.saved.collections.problems import CollectionTooLarge
from search.saved.collections.service import Collections, Shape
from search.saved.collections.standing import patent

LISTED = 200_000
"""Documents that are listed one by one, for a snapshot, a sample or a table."""

_FETCHED = 1_000


class _Numbered(msgspec.Struct, frozen=True):
    number: str


@dataclass(frozen=True, slots=True)
class Counted:
    """How many documents a collection and each of its branches have; `refused` says why one can't be asked, by code, the
    collection's under none."""

    shape: Shape
    total: int
    branches: Mapping[str, int]
    refused: Mapping[str, QueryError]


@dataclass(frozen=True, slots=True)
class Piece:
    """What a collection holds by its number: the JSON of what is shown of it (`search.patent.model.Shown`), and whether it is a
    document that is held or a record that waits for one."""

    number: str
    shown: bytes
    held: bool = True


class Contents:
    """What the collections of all accounts hold in one engine; `user` is the id of whoever asks."""

    def __init__(self, collections: Collections, finder: Finder, reader: PatentReader) -> None:
        self._collections = collections
        self._finder = finder
        self._reader = reader
        self._slots = Slots()
        self.waiting = Waiting(collections, reader)

    def counted(self, user: str, id: str) -> Counted:  # noqa: A002 - the path's own name
        """Raises `NotFound` and what the engine raises."""
        shape = self._collections.shape(user, id)
        asked, refused = self._finder.meant({"": shape.whole, **shape.trees}, user=user)
        with self._slots.one(user):
            counts = dict(zip(asked, self._reader.counts(list(asked.values())), strict=True))
        return Counted(shape, counts.pop("", 0), counts, refused)

    def numbers(self, user: str, id: str, branch: str = "") -> list[str]:  # noqa: A002
        """Of the collection or the branch, ascending; raises `CollectionTooLarge` besides what `counted` raises."""
        return [number for number, _ in self._documents(self._tree(user, id, branch), user)]

    def branches_of(self, shape: Shape, numbers: Sequence[str], user: str) -> dict[str, list[str]]:
        """Number -> the codes of the branches that hold it, in their order."""
        with self._slots.one(user):
            return self.placing(shape, user)(numbers)

    def placing(self, shape: Shape, user: str) -> Callable[[Sequence[str]], dict[str, list[str]]]:
        """What tells as `branches_of` does, of many lists of numbers one after the other."""
        meant, _ = self._finder.meant(shape.trees, user=user)

        def placed(numbers: Sequence[str]) -> dict[str, list[str]]:
            found: dict[str, list[str]] = {number: [] for number in numbers}
            for code, tree in meant.items():
                for number in self._found(tree, numbers):
                    found[number].append(code)
            return found

        return placed

    def among(self, user: str, id: str, numbers: Sequence[str]) -> list[str]:  # noqa: A002
        """Those of these documents that the collection holds, ascending."""
        return self._found(self._tree(user, id, ""), numbers)

    def documents(self, user: str, id: str, branch: str = "") -> Iterator[tuple[str, bytes]]:  # noqa: A002
        """Number and stored record of each document, ascending; raises as `numbers` does, before the first."""
        return self._documents(self._tree(user, id, branch), user)

    def records(self, user: str, id: str, branch: str = "") -> list[Record]:  # noqa: A002
        """The records of the collection or the branch whose documents are not held, by number; raises as `counted` does, and
        `RecordsTooMany`."""
        return self.waiting.narrowed(user, [id], self._tree(user, id, branch))

    def everything(self, user: str, id: str, branch: str = "") -> Iterator[Piece]:  # noqa: A002
        """The documents, by number, and behind them the records; raises as `numbers` and `records` do, before the first."""
        documents, records = self.documents(user, id, branch), self.records(user, id, branch)
        told = (Piece(each.number, shown(encode(patent(each))), held=False) for each in records)
        return chain((Piece(number, stored) for number, stored in documents), told)

    def records_in(self, user: str, id: str, text: str, *, unit: Unit = "publication", expand: bool = True) -> list[Record]:  # noqa: A002
        """Those that native text about the collection and others finds, in the units that no document held has that it finds, by
        number; without a text all of the collection. Raises `QueryError` besides what `records` raises."""
        if not text:
            return self._collections.waiting(user, id)
        read = self._finder.read(Question(text=text, dialect="native", expand=expand), user=user)
        return self.waiting.narrowed(user, named(both(read.said.tree, Value("collection", id))), read.tree, unit=unit)

    def draw(self, user: str, id: str, branch: str, size: int, *, seed: int | None = None) -> list[str]:  # noqa: A002
        """Draws documents of a branch to be judged, at random, besides those drawn before; fewer where it has no more."""
        before = {mark.number for mark in self._collections.marks(user, id, "sample", branch)}
        left = [number for number in self.numbers(user, id, branch) if number not in before]
        chosen = sorted(random.Random(seed).sample(left, min(size, len(left))))  # noqa: S311  a sample is no secret
        if chosen:
            self._collections.do(user, id, works.mark(branch, chosen, "sample", None))
        return chosen

    def estimate(self, user: str, id: str, branch: str) -> Estimate:  # noqa: A002
        """How precise and how complete a branch is, by what was judged and what is known."""
        judged = {mark.number: mark.value for mark in self._collections.marks(user, id, "sample", branch)}
        known = [mark.number for mark in self._collections.marks(user, id, "known", branch)]
        tree = self._tree(user, id, branch)
        there = set(self._found(tree, [*judged, *known]))
        held = {number for number, stored in zip(known, self._reader.get(known), strict=True) if stored is not None}
        verdicts = [judged[number] for number in judged if number in there and judged[number] is not None]
        return Estimate(
            precision=share(sum(map(bool, verdicts)), len(verdicts)),
            recall=share(len(held & there), len(held)),
            unjudged=tuple(number for number in judged if number in there and judged[number] is None),
            left=len(judged.keys() - there),
            missed=tuple(number for number in known if number in held - there),
            absent=tuple(number for number in known if number not in held),
        )

    def _tree(self, user: str, id: str, branch: str) -> Query:  # noqa: A002
        shape = self._collections.shape(user, id)
        tree = shape.trees.get(branch) if branch else shape.whole
        if tree is None:
            raise NotFound
        meant, refused = self._finder.meant({branch: tree}, user=user)
        if refused:
            raise refused[branch]
        return meant[branch]

    def _documents(self, tree: Query, user: str) -> Iterator[tuple[str, bytes]]:
        with self._slots.one(user):
            found = self._reader.count(tree)
        if found > LISTED:
            raise CollectionTooLarge(found, LISTED)
        return self._every(tree)

    def _found(self, tree: Query, numbers: Sequence[str]) -> list[str]:
        """Those of these documents that a question finds, ascending, without a view of it."""
        found: list[str] = []
        for start in range(0, len(numbers), _FETCHED):
            asked = both(tree, Listed(tuple(numbers[start : start + _FETCHED])))
            found += [hit.number for hit in self._reader.search(Request(query=asked, size=_FETCHED, whole=False)).hits]
        return sorted(found)

    def _every(self, tree: Query) -> Iterator[tuple[str, bytes]]:
        """Each hit with what is shown of it, by number, in a stable view."""
        hits = every(self._reader, tree, size=_FETCHED, whole=False)
        return ((hit.number, hit.document) for hit in hits if hit.document is not None)
