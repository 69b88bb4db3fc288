"""What questions of analysis take from, and put into, what an account keeps: queries by their text, and numbered lists (`#7`)."""

from collections.abc import Sequence
from typing import Protocol

from search.engine.layout import spelled
from search.find.question import Question
from search.find.service import Finder
from search.patent.numbers import lookup_keys
from search.query.tree import All, Listed, Not, Query, Ref
from search.saved.history import History, ListKind

SHORT = 20
"""Documents of a list that a query itself names; longer ones get a number."""

WRITTEN = 60
"""Applicants of a list that a query itself names; a query has no more than some clauses."""


class Kept(Protocol):
    """Of the account `user`."""

    def meant(self, user: str, text: str, *, expand: bool) -> tuple[Query, Query]:
        """A query as the engine takes it and as it is said. Raises `QueryError`."""
        ...

    def names(self, user: str, number: int) -> tuple[str, ...] | None:
        """The applicants of a list; ``None`` where there is none of that number."""
        ...

    def keep(self, user: str, listed: Sequence[str], *, label: str, kind: ListKind) -> int:
        """The number of the list, the same for the same."""
        ...


class KeptBy:
    """Queries as they are read by a finder, lists as they stand in a history."""

    def __init__(self, finder: Finder, history: History) -> None:
        self._finder = finder
        self._history = history

    def meant(self, user: str, text: str, *, expand: bool) -> tuple[Query, Query]:
        read = self._finder.read(Question(text=text, expand=expand), user=user)
        return read.tree, read.said.tree

    def names(self, user: str, number: int) -> tuple[str, ...] | None:
        return self._history.names(user, number)

    def keep(self, user: str, listed: Sequence[str], *, label: str, kind: ListKind) -> int:
        return self._history.keep_once(user, listed, label=label, kind=kind)


def keep_names(kept: Kept, user: str, names: Sequence[str]) -> int:
    """The number of a list of applicants."""
    return kept.keep(user, list(dict.fromkeys(map(spelled, names))), label="申请人名单 applicants", kind="names")


def documents(kept: Kept | None, user: str, numbers: tuple[str, ...], label: str) -> Query:
    """What a text says of a list of documents: their numbers where they are few, else the list by its own."""
    if not numbers:
        return Not(All())
    if kept is None or (len(numbers) <= SHORT and all(map(lookup_keys, numbers))):
        return Listed(numbers)
    return Ref(kept.keep(user, numbers, label=label, kind="numbers"))
