"""`Lists`: the lists of synonyms of a house, read from text and looked words up in."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from auth.clock import Clock, now
from auth.database import Database
from search.query.synonyms import Synonyms
from search.query.tree import Leaf, Word
from search.synonyms import store
from search.synonyms.model import LONGEST, OPERATORS, OWN, TERMS, Group, Held
from search.synonyms.problems import BadLine, ListChanged, TooManyGroups
from search.text import tokens

_BETWEEN = re.compile(r"[,，、;；\t]")
_SIGNS = re.compile(r"[*?＊？\x00-\x1f\x7f]")
_READY = 64
"""Lists ready to be looked up in."""


def read(lines: Iterable[str]) -> list[Group]:
    """The groups of a text: one a line, its words with commas, semicolons or tabs between; empty lines and those that start
    with ``#`` say nothing. Raises `BadLine`."""
    found: list[Group] = []
    for number, line in enumerate(lines, 1):
        text = line.strip("\ufeff \r\n\t")
        if text and not text.startswith("#"):
            group = tuple(dict.fromkeys(" ".join(term.split()) for term in _BETWEEN.split(text) if term.strip()))
            if not 2 <= len(group) <= TERMS or not all(map(_is_term, group)):
                raise BadLine(number)
            found.append(group)
    return found


def written(groups: Iterable[Group]) -> str:
    """The groups as a text that reads back to them."""
    return "\n".join(", ".join(group) for group in groups)


def _is_term(term: str) -> bool:
    return len(term) <= LONGEST and not _SIGNS.search(term) and bool(tokens.tokens(term))


class Lists:
    """The operator's list, which is everybody's, and each account's own."""

    def __init__(self, database: Database, *, clock: Clock = now) -> None:
        self._database = database
        self._clock = clock
        self._ready = lru_cache(maxsize=_READY)(self._made)

    def own(self, user: str) -> Held:
        """The account's list."""
        return self._held(user)

    def operators(self) -> Held:
        """Everybody's list."""
        return self._held(store.OPERATOR)

    def keep(self, user: str, groups: Sequence[Group], *, version: int | None = None) -> Held:
        """Puts the groups in the place of the account's list; raises `TooManyGroups`, and `ListChanged` where it no longer
        stands at `version`."""
        return self._keep(user, groups, most=OWN, version=version)

    def load(self, groups: Sequence[Group]) -> Held:
        """Puts the groups in the place of everybody's list."""
        return self._keep(store.OPERATOR, groups, most=OPERATORS, version=None)

    def others(self, user: str, leaf: Leaf) -> list[Word]:
        """What a leaf may also be, by the account's own list and then by everybody's."""
        with self._database.read() as connection:
            versions = store.versions(connection, (user, store.OPERATOR))
        return [word for owner in (user, store.OPERATOR) if owner in versions for word in self._ready(owner, versions[owner])(leaf)]

    def _made(self, owner: str, _version: int) -> Synonyms:
        return Synonyms(self._held(owner).groups)

    def _held(self, owner: str) -> Held:
        with self._database.read() as connection:
            return store.held(connection, owner)

    def _keep(self, owner: str, groups: Sequence[Group], *, most: int, version: int | None) -> Held:
        if len(groups) > most:
            raise TooManyGroups(most)
        with self._database.write() as connection:
            if not store.keep(connection, owner, groups, version=version, at=self._clock()):
                raise ListChanged
            return store.held(connection, owner)
