"""`Searches`: searches kept under a name, alone or for one's organisation."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from auth.access.model import Identity
from auth.clock import Clock, now
from auth.database import Connection, Database
from auth.http.problems import NotFound
from search.query.tree import Query
from search.saved import store
from search.saved.model import SAVED, Saved
from search.saved.problems import Changed, NoOrganisation, TooManySaved
from search.saved.written import written

Sets = Callable[[str, int], Query | None]
"""What the entry of a number in an account's history asks."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to keep: a query in any language, read when it is kept."""

    name: str
    query: str
    dialect: str = "auto"
    shared: bool = False


class Searches:
    """The saved searches of all accounts; what does not exist for a caller is `NotFound`."""

    def __init__(self, database: Database, sets: Sets, *, clock: Clock = now) -> None:
        self._database = database
        self._sets = sets
        self._clock = clock

    def list(self, caller: Identity) -> list[Saved]:
        """The caller's own and those shared in his organisation, by name."""
        with self._database.read() as connection:
            return store.saved(connection, store.visible(caller))

    def get(self, caller: Identity, id: str) -> Saved:  # noqa: A002 - the path's own name
        with self._database.read() as connection:
            return _found(connection, id, caller)

    def add(self, caller: Identity, wanted: Wanted) -> Saved:
        """Raises `QueryError`, `NamesHistory`, `NoOrganisation`, `TooManySaved`."""
        canonical, at = self._canonical(caller, wanted), self._clock()
        made = Saved(secrets.token_hex(16), caller.user, _within(caller, wanted), wanted.name, canonical, at, at, 1)
        with self._database.write() as connection:
            if store.count(connection, caller.user) >= SAVED:
                raise TooManySaved
            store.add(connection, made)
        return made

    def change(self, caller: Identity, id: str, wanted: Wanted, *, version: int) -> Saved:  # noqa: A002
        """Only its owner may; raises `Changed` besides what `add` raises."""
        values = {
            "name": wanted.name,
            "canonical": self._canonical(caller, wanted),
            "organisation": _within(caller, wanted),
            "changed_at": self._clock(),
        }
        with self._database.write() as connection:
            if not store.change(connection, id, store.owned(caller), version=version, values=values):
                if store.one(connection, id, store.owned(caller)) is None:
                    raise NotFound
                raise Changed
            return _found(connection, id, caller)

    def remove(self, caller: Identity, id: str) -> None:  # noqa: A002
        """Only its owner may."""
        with self._database.write() as connection:
            if not store.remove(connection, id, store.owned(caller)):
                raise NotFound

    def _canonical(self, caller: Identity, wanted: Wanted) -> str:
        """The native text, complete in itself: what it names of the history is written out."""
        return written(wanted.query, wanted.dialect, lambda number: self._sets(caller.user, number))


def _within(caller: Identity, wanted: Wanted) -> str | None:
    if wanted.shared and caller.organisation is None:
        raise NoOrganisation
    return caller.organisation if wanted.shared else None


def _found(connection: Connection, id: str, caller: Identity) -> Saved:  # noqa: A002
    held = store.one(connection, id, store.visible(caller))
    if held is None:
        raise NotFound
    return held
