"""`Collections`: who has which, what is done to them, and what each holds as a question to the engine."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from auth.access.model import Identity
from auth.clock import Clock, now
from auth.database import Connection, Database
from auth.http.problems import NotFound
from auth.organisations import store as organisations
from auth.organisations.model import Kind, Organisation
from search.engine.port import PatentReader
from search.query.tree import Listed, Query
from search.saved.collections import loaded, rows, store, trees
from search.saved.collections.model import (
    BRANCHES,
    COLLECTIONS,
    MEMBERS,
    OUTSIDE,
    RECORDS,
    Branch,
    Collection,
    Deed,
    Document,
    Key,
    Mark,
    MarkKind,
    Record,
    RowKind,
    Rows,
)
from search.saved.collections.problems import BranchMisplaced, CollectionFull, DeedOverlaid, ReadOnly, TooManyCollections
from search.saved.collections.works import Work, check_tree, held_branches
from search.saved.problems import NoOrganisation
from search.saved.written import written

Sets = Callable[[str, int], Query | None]
"""What the entry of a number in an account's history asks."""

_LISTED = 200
_MOST: Mapping[RowKind, int] = {"document": MEMBERS, "branch": BRANCHES, "record": RECORDS, "mark": MEMBERS}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to make or change a collection into; `query` in any language, read when it is kept; empty for none."""

    name: str
    query: str = ""
    dialect: str = "auto"
    about: str = ""
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """A collection with the questions that it and its branches are, and that what no branch holds is, names within them as they
    stand."""

    held: Collection
    whole: Query
    branches: Mapping[str, Branch]
    trees: Mapping[str, Query]
    outside: Query


class Collections:
    """The collections of all accounts; what does not exist for a caller is `NotFound`."""

    def __init__(self, database: Database, sets: Sets, reader: PatentReader, *, clock: Clock = now) -> None:
        self._database = database
        self._sets = sets
        self._reader = reader
        self._clock = clock

    def seen(self, user: str) -> list[Collection]:
        """Those the account sees, by name."""
        with self._database.read() as connection:
            return store.every(connection, store.visible(user))

    def get(self, user: str, id: str) -> Collection:  # noqa: A002 - the path's own name
        with self._database.read() as connection:
            return _found(connection, id, user)

    def may(self, user: str, held: Collection) -> tuple[bool, bool]:
        """Whether the account may work on the collection, and whether it may share and delete it."""
        with self._database.read() as connection:
            rights = (store.editable(user), store.owned(user))
            works, owns = (store.one(connection, held.id, right) is not None for right in rights)
        return works, owns

    def add(self, caller: Identity, wanted: Wanted, *, branches: Sequence[Branch] = ()) -> Collection:
        """Makes one; raises `QueryError`, `NamesHistory`, `TooManyCollections`."""
        at = self._clock()
        made = Collection(
            id=secrets.token_hex(16),
            owner=caller.user,
            organisation=None,
            enterprise=None,
            name=wanted.name,
            about=wanted.about,
            canonical=self.canonical(caller.user, wanted.query, wanted.dialect),
            columns=wanted.columns,
            project={},
            created_at=at,
            changed_at=at,
            version=1,
        )
        with self._database.write() as connection:
            if store.count(connection, caller.user) >= COLLECTIONS:
                raise TooManyCollections
            store.add(connection, made)
            store.put(connection, made.id, {("branch", (each.code,)): rows.branch_values(each) for each in branches})
        return made

    def remove(self, user: str, id: str) -> None:  # noqa: A002
        """Deletes it with everything in it; only its owner may."""
        with self._database.write() as connection:
            if store.one(connection, id, store.owned(user)) is None:
                self._refuse(connection, id, user)
            store.remove(connection, id)

    def share(self, caller: Identity, id: str, *, organisation: bool, enterprise: str | None) -> Collection:  # noqa: A002
        """Says who sees it besides its owner: the people of his organisation, those of an enterprise that he sees himself. Raises
        `NoOrganisation`."""
        if organisation and caller.organisation is None:
            raise NoOrganisation
        with self._database.write() as connection:
            if enterprise is not None:
                held = organisations.get(connection, enterprise, within=organisations.visible(caller))
                if held is None or held.kind is not Kind.ENTERPRISE:
                    raise NotFound
            shared = {"organisation": caller.organisation if organisation else None, "enterprise": enterprise}
            if not store.touch(connection, id, store.owned(caller.user), at=self._clock(), **shared):
                self._refuse(connection, id, caller.user)
            return _found(connection, id, caller.user)

    def enterprises(self, caller: Identity, shared: str | None) -> list[Organisation]:
        """Those he may share with, by name; the first of them, where they are many, and the one it is `shared` with."""
        with self._database.read() as connection:
            within = organisations.visible(caller)
            found = organisations.page(connection, frozenset({Kind.ENTERPRISE}), within=within, size=_LISTED)
            if shared is None or any(each.id == shared for each in found):
                return found
            held = organisations.get(connection, shared, within=within)
            return [*found, held] if held else found

    def canonical(self, user: str, query: str, dialect: str = "auto") -> str | None:
        """A query as it is kept, ``None`` for none; raises `QueryError`, `NamesHistory`."""
        return written(query, dialect, lambda number: self._sets(user, number)) if query.strip() else None

    def do(self, user: str, id: str, work: Work) -> int | None:  # noqa: A002
        """Changes rows in one transaction and writes the deed down; its number, ``None`` where nothing became otherwise. Raises
        `NotFound`, `ReadOnly`, `CollectionFull`, and what the change raises."""
        with self._database.write() as connection:
            self._work(connection, id, user)
            held = store.images(connection, id, work.rows)
            after = {place: values for place, values in work.change(held).items() if held.get(place) != values}
            if not after:
                return None
            self._count(connection, id, user)
            store.put(connection, id, after)
            sizes = store.sizes(connection, id)
            if any(sizes[kind] > most for kind, most in _MOST.items()):
                raise CollectionFull
            before = {place: held.get(place) for place in after}
            at = self._clock()
            return store.write_down(connection, id, user=user, at=at, deed=work.deed, what=work.what, before=before, after=after)

    def deeds(self, user: str, id: str, *, before: int | None = None, size: int = 50) -> list[Deed]:  # noqa: A002
        """What was done, below the number `before`, the newest first."""
        with self._database.read() as connection:
            _found(connection, id, user)
            return store.log(connection, id, before=before, size=size)

    def step(self, user: str, id: str, number: int, *, undone: bool) -> None:  # noqa: A002
        """Steps a deed back, or forward again; raises `DeedOverlaid` where what it changed was changed again."""
        with self._database.write() as connection:
            self._work(connection, id, user)
            sides = store.sides(connection, id, number)
            if sides is None:
                raise NotFound
            before, after, at = sides
            if undone == (at is not None):
                return
            stands, wanted = (after, before) if undone else (before, after)
            held = store.images(connection, id, list(stands))
            if any(held[place] != values and not _loaded(place, held) for place, values in stands.items()):
                raise DeedOverlaid
            if any(kind == "branch" for kind, _ in wanted):
                try:
                    check_tree(held_branches({**held, **wanted}))
                except BranchMisplaced:  # a branch was put below, or the one above went, since
                    raise DeedOverlaid from None
            self._count(connection, id, user)
            store.put(connection, id, wanted)
            store.undone(connection, id, number, at=self._clock() if undone else None)

    def tree(self, user: str, name: str) -> Query | None:
        """What a collection holds by its id, a branch of it by ``id/code``, what no branch holds by ``id/_``, or what it held
        at its snapshot 3 by ``id@3``; ``None`` where the account sees none."""
        id, at, number = name.partition("@")  # noqa: A001
        if at:
            return self._frozen(user, id, number)
        id, _, code = name.partition("/")  # noqa: A001
        self.settle(user, id)
        with self._database.read() as connection:
            held = store.one(connection, id, store.visible(user))
            if held is None:
                return None
            put_in, put_out = store.numbers(connection, id, "in"), store.numbers(connection, id, "out")
            whole = trees.collection(held.canonical, put_in, put_out)
            branches = {each.code: each for each in store.tree(connection, id)} if code else {}
            placed = store.placed(connection, id) if code in branches or code == OUTSIDE else {}
        if not code:
            return whole
        if code == OUTSIDE:
            return trees.outside(branches, placed, whole)
        return trees.branch(code, branches, placed, whole) if code in branches else None

    def _frozen(self, user: str, id: str, number: str) -> Query | None:  # noqa: A002
        """The documents of a snapshot, those that are gone since left out by the engine."""
        with self._database.read() as connection:
            seen = store.one(connection, id, store.visible(user)) is not None
            numbers = store.frozen(connection, id, int(number)) if seen else None
        return None if numbers is None else Listed(tuple(numbers))

    def shape(self, user: str, id: str) -> Shape:  # noqa: A002
        """What it and each of its branches hold."""
        self.settle(user, id)
        with self._database.read() as connection:
            held = _found(connection, id, user)
            whole = trees.collection(held.canonical, store.numbers(connection, id, "in"), store.numbers(connection, id, "out"))
            branches = {each.code: each for each in store.tree(connection, id)}
            placed = store.placed(connection, id)
        held_by = {code: trees.branch(code, branches, placed, whole) for code in branches}
        return Shape(held, whole, branches, held_by, trees.outside(branches, placed, whole))

    def said(self, user: str, id: str, wanted: Sequence[str] | None = None, *, key: bool = False) -> dict[str, Document]:  # noqa: A002
        """What was said of documents, by number: of those wanted or of all, with `key` of the key patents."""
        with self._database.read() as connection:
            _found(connection, id, user)
            return store.kept(connection, id, wanted, key=key)

    def marks(self, user: str, id: str, kind: MarkKind, branch: str | None = None) -> list[Mark]:  # noqa: A002
        """The marks of a kind."""
        with self._database.read() as connection:
            _found(connection, id, user)
            return store.marked(connection, id, kind=kind, branch=branch)

    def waiting(self, user: str, id: str) -> list[Record]:  # noqa: A002
        """The records whose documents are not held, by number."""
        waiting = self.settle(user, id)
        if waiting is None:
            raise NotFound
        return waiting

    def branches(self, user: str, id: str) -> dict[str, Branch]:  # noqa: A002
        """By code, in their order."""
        with self._database.read() as connection:
            _found(connection, id, user)
            return {each.code: each for each in store.tree(connection, id)}

    def settle(self, user: str, id: str) -> list[Record] | None:  # noqa: A002
        """Puts documents that have been loaded in the place of the records that stood for them, and gives those that wait on, by
        number; ``None`` where the account sees no such collection. It is no deed of its own, but a part of those that made the
        records."""
        with self._database.read() as connection:
            if store.one(connection, id, store.visible(user)) is None:
                return None
            waiting = store.waiting(connection, id)
        found = loaded.found(self._reader, waiting)
        if not found:
            return waiting
        with self._database.write() as connection:
            if store.hold(connection, id, store.visible(user)):
                before = store.images(connection, id, loaded.places(found))
                after = loaded.replaced(found, before)
                if after:
                    self._count(connection, id, user)
                    store.put(connection, id, after)
                    _own(connection, id, found, before, after)
        return [record for record in waiting if record.number not in found]

    def _work(self, connection: Connection, id: str, user: str) -> None:  # noqa: A002
        """Holds the collection's row for a change."""
        if not store.hold(connection, id, store.editable(user)):
            self._refuse(connection, id, user)

    def _count(self, connection: Connection, id: str, user: str) -> None:  # noqa: A002
        """Counts a change to the collection, whose row is held."""
        store.touch(connection, id, store.visible(user), at=self._clock())

    def _refuse(self, connection: Connection, id: str, user: str) -> None:  # noqa: A002
        _found(connection, id, user)
        raise ReadOnly


def _own(connection: Connection, id: str, found: loaded.Found, before: Rows, after: Rows) -> None:  # noqa: A002
    """Makes what came in the place of records a part of the deeds that made these, so that it goes when they are stepped back."""
    left = dict(found)
    for number, was, became in store.of_records(connection, id):
        its = {record: left.pop(record) for record in list(left) if became.get(("record", (record,)))}
        made = {place: after[place] for place in loaded.places(its) if place[0] != "record" and place in after}
        made = {place: values for place, values in made.items() if values != before[place]}
        if made:
            store.rewrite(connection, id, number, before={place: before[place] for place in made} | was, after=became | made)
        if not left:
            return


def _loaded(place: tuple[RowKind, Key], held: Rows) -> bool:
    """Whether it is a record whose document was loaded since."""
    return place[0] == "record" and held[place] is None


def _found(connection: Connection, id: str, user: str) -> Collection:  # noqa: A002
    held = store.one(connection, id, store.visible(user))
    if held is None:
        raise NotFound
    return held
