"""`History`: the searches of each account, numbered from 1."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from auth.clock import Clock, now
from auth.database import Database
from search.query import parse
from search.query.tree import Expanded, Listed, Query
from search.saved import store
from search.saved.model import MOST, Entry

_FETCHED = 500

ListKind = Literal["numbers", "names"]
"""What a list that is kept holds: canonical numbers, or whole names of applicants."""


class History:
    """The histories of all accounts, each of `most` entries; `user` is whose."""

    def __init__(self, database: Database, *, clock: Clock = now, most: int = MOST) -> None:
        self._most = most
        self._database = database
        self._clock = clock

    def note(self, user: str, *, text: str, dialect: str, canonical: str, total: int) -> int:
        """Writes a search down and gives its number: the one of the search before, where that asked the same."""
        return self._write(user, lambda number: Entry(number, self._clock(), text, dialect, canonical, total))

    def keep(self, user: str, numbers: Sequence[str], *, label: str) -> int:
        """Writes a list of canonical numbers down as a set, and gives its number."""
        made = len(numbers)
        return self._write(user, lambda number: Entry(number, self._clock(), label, "numbers", None, made), numbers)

    def keep_once(self, user: str, listed: Sequence[str], *, label: str, kind: ListKind = "numbers") -> int:
        """As `keep`, of numbers or of whole names of applicants; a list that is kept already under the label has its number."""
        digest = hashlib.sha256("\n".join(listed).encode()).hexdigest()[:10]
        text, made = f"{label} · {digest}", len(listed)
        with self._database.read() as connection:
            held = store.listed(connection, user, dialect=kind, text=text)
        return held or self._write(user, lambda number: Entry(number, self._clock(), text, kind, None, made), listed)

    def names(self, user: str, number: int) -> tuple[str, ...] | None:
        """The applicants of the list of that number; ``None`` where there is no such list."""
        with self._database.read() as connection:
            held = store.meant(connection, user, number)
        return tuple(held[2]) if held and held[1] == "names" else None

    def tree(self, user: str, number: int) -> Query | None:
        """What the entry of that number asks; ``None`` where there is none."""
        with self._database.read() as connection:
            held = store.meant(connection, user, number)
        if held is None:
            return None
        canonical, kind, listed = held
        if canonical is not None:
            return parse(canonical, "native").tree
        return Expanded("applicant", f"#{number}", tuple(listed)) if kind == "names" else Listed(tuple(listed))

    def page(self, user: str, *, before: int | None = None, size: int = 50) -> list[Entry]:
        """Entries below the number `before`, the newest first."""
        with self._database.read() as connection:
            return store.page(connection, user, before=before, size=size)

    def every(self, user: str) -> Iterator[Entry]:
        """The whole history, the newest first."""
        before: int | None = None
        while found := self.page(user, before=before, size=_FETCHED):
            yield from found
            before = found[-1].number

    def forget(self, user: str) -> int:
        """Deletes the whole history; how many entries it had. The next search is number 1."""
        with self._database.write() as connection:
            newest = store.last(connection, user)
            if newest is None:
                return 0
            return store.forget(connection, user, upto=newest.number)

    def _write(self, user: str, made: Callable[[int], Entry], numbers: Sequence[str] | None = None) -> int:
        while True:
            with self._database.write() as connection:
                newest = store.last(connection, user)
                number = newest.number + 1 if newest else 1
                entry = made(number)
                if newest and numbers is None and _same(newest, entry):
                    store.asked_again(connection, user, newest.number, at=entry.asked_at, total=entry.total)
                    return newest.number
                if store.append(connection, user, entry, numbers):
                    store.forget(connection, user, upto=number - self._most)
                    return number


def _same(newest: Entry, entry: Entry) -> bool:
    """Whether two searches in a row asked the same."""
    return replace(newest, number=entry.number, asked_at=entry.asked_at, total=entry.total) == entry
