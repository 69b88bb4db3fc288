"""Snapshots: the numbers of a collection as they were at a moment, and what has come and gone since."""

from dataclasses import dataclass

from auth.clock import Clock, now
from auth.database import Database
from auth.http.problems import NotFound
from search.saved.collections import store
from search.saved.collections.contents import Contents
from search.saved.collections.model import SNAPSHOTS, Snapshot
from search.saved.collections.problems import CollectionFull, ReadOnly


@dataclass(frozen=True, slots=True)
class Difference:
    """What is there now and was not then, and what was and is not, ascending."""

    came: tuple[str, ...]
    went: tuple[str, ...]
    stayed: int


class Snapshots:
    """The snapshots of all collections."""

    def __init__(self, database: Database, contents: Contents, *, clock: Clock = now) -> None:
        self._database = database
        self._contents = contents
        self._clock = clock

    def every(self, user: str, id: str) -> list[Snapshot]:  # noqa: A002 - the path's own name
        """The newest first."""
        with self._database.read() as connection:
            if store.one(connection, id, store.visible(user)) is None:
                raise NotFound
            return store.taken(connection, id)

    def take(self, user: str, id: str, label: str) -> int:  # noqa: A002
        """Keeps the numbers as they are now, and how many each branch has; its number. Raises `CollectionTooLarge`,
        `CollectionFull`, `ReadOnly`, `NotFound`."""
        counted = self._contents.counted(user, id)
        numbers = self._contents.numbers(user, id)
        with self._database.write() as connection:
            at = self._clock()
            if not store.touch(connection, id, store.editable(user), at=at):
                raise ReadOnly
            if len(store.taken(connection, id)) >= SNAPSHOTS:
                raise CollectionFull
            return store.keep_snapshot(connection, id, at=at, label=label, numbers=numbers, branches=counted.branches)

    def forget(self, user: str, id: str, number: int) -> None:  # noqa: A002
        with self._database.write() as connection:
            if store.one(connection, id, store.visible(user)) is None:
                raise NotFound
            if store.one(connection, id, store.editable(user)) is None:
                raise ReadOnly
            if not store.forget_snapshot(connection, id, number):
                raise NotFound

    def numbers(self, user: str, id: str, number: int) -> list[str]:  # noqa: A002
        """Of a snapshot, ascending."""
        with self._database.read() as connection:
            held = store.one(connection, id, store.visible(user))
            found = None if held is None else store.frozen(connection, id, number)
        if found is None:
            raise NotFound
        return found

    def since(self, user: str, id: str, number: int, until: int | None = None) -> Difference:  # noqa: A002
        """What came and went between a snapshot and a later one, or now."""
        then = set(self.numbers(user, id, number))
        now = set(self._contents.numbers(user, id) if until is None else self.numbers(user, id, until))
        return Difference(tuple(sorted(now - then)), tuple(sorted(then - now)), len(now & then))
