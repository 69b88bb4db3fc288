"""`Classes`: what a class is, what stands above and below it, and how many documents each has."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from auth.database import Connection, Database
from search.api.limits import Slots
from search.engine.model import Request
from search.engine.port import PatentReader
from search.find.classes import store, words
from search.find.classes.answers import ClassCount, ClassView, Move, Step
from search.find.classes.errors import NoSuchClass
from search.find.classes.expand import Known, asks, expanded
from search.find.classes.model import FLAT, SYMBOLS, Entry, Scheme, node, order, placed, printed
from search.patent.classes import ClassError
from search.query.check import CLAUSES
from search.query.errors import Note
from search.query.render import render
from search.query.tree import All, Query, Value, either

PAGE = 100
"""Children on a page, each with its count."""

FOUND = 30
_MOST = 10_000
_SYMBOL = re.compile(r"[A-HY](\d.*)?", re.ASCII)
"""What can go on to be a symbol."""


class Classes:
    """Looks at classes and counts by one engine; `user` is the id of whoever asks."""

    def __init__(self, database: Database, reader: PatentReader) -> None:
        self._database = database
        self._reader = reader
        self._slots = Slots()

    def expanded(self, query: Query, filters: Mapping[str, Query]) -> tuple[Query, dict[str, Query], list[Note]]:
        """The question and its filters with their classes as far as they reach, and what they bring."""
        notes: list[Note] = []
        with self._database.read() as connection:
            query = expanded(connection, query, notes)
            narrowed = {name: expanded(connection, each, notes) if name in SYMBOLS else each for name, each in filters.items()}
        return query, narrowed, notes

    def all_reached(self, queries: Sequence[Query]) -> list[Query]:
        """As `reached`, of many questions; a class that several of them ask for is looked up once."""
        known: Known = {}
        with self._database.read() as connection:
            return [expanded(connection, query, [], known) if asks(query, {}) else query for query in queries]

    def reached(self, query: Query) -> Query:
        """As `expanded`, of a question without filters."""
        return self.expanded(query, {})[0] if asks(query, {}) else query

    def titles(self, scheme: Scheme, keys: Sequence[str]) -> dict[str, Mapping[str, str]]:
        """The titles of classes by language, of those that the loaded scheme has."""
        with self._database.read() as connection:
            found = store.some(connection, scheme, list({node(scheme, key) for key in keys}))
        titles = {key: found[node(scheme, key)].titles() for key in keys if node(scheme, key) in found}
        return {key: each for key, each in titles.items() if each}

    def view(self, scheme: Scheme, symbol: str | None, *, user: str, lang: str, page: int = 1) -> ClassView:
        """A class, or the sections of the scheme; raises `NoSuchClass`."""
        key = _key(scheme, symbol)
        with self._slots.one(user):
            with self._database.read() as connection:
                levels = store.levelled(connection, scheme)
                entries = store.path(connection, scheme, key) if key else []
                found = {entry.key: entry for entry in store.children(connection, scheme, key)}
            if key and not entries and scheme not in SYMBOLS:
                raise NoSuchClass
            below = sorted(found, key=lambda each: order(scheme, each)) if found else self._held(scheme, key)
            shown = below[(page - 1) * PAGE : page * PAGE]
            notes: list[Note] = []
            with self._database.read() as connection:
                asked = [_Asked.of(connection, scheme, each, found.get(each)) for each in shown]
                here = _Asked.of(connection, scheme, key, entries[-1] if entries else None, notes) if key else None
                path = _path(connection, scheme, key, entries) if key else []
                moves = _moves(connection, scheme, key) if key else []
                held = _holds(connection, scheme, key) if key else []
            children = self._counted(asked)
            itself = self._counted([here])[0] if here else None
            holds = self._counted(held)
        return ClassView(
            scheme=scheme,
            symbol=itself.symbol if itself else None,
            titles=itself.titles if itself else {},
            notes=dict(entries[-1].notes()) if entries else {},
            path=path,
            count=itself.count if itself else None,
            query=itself.query if itself else None,
            remarks=[getattr(note, lang) for note in notes],
            moves=moves,
            children=children,
            children_total=len(below),
            holds=holds,
            page=page,
            loaded=levels is not None,
            levels=bool(levels),
        )

    def found(self, scheme: Scheme, text: str, *, user: str) -> ClassView:
        """The classes that have the words in their titles."""
        with self._slots.one(user):
            with self._database.read() as connection:
                levels = store.levelled(connection, scheme)
                asked = _titled(connection, scheme, text, size=FOUND, typing=False)
            return ClassView(scheme=scheme, loaded=levels is not None, levels=bool(levels), found=self._counted(asked))

    def begun(self, scheme: Scheme, typed: str, *, size: int) -> list[ClassCount]:
        """Classes while somebody types: those whose symbols are held and start so, else those whose titles have the words."""
        symbol = "".join(unicodedata.normalize("NFKC", typed).upper().split())
        keys = [key for key, _ in self._reader.suggest(symbol, scheme, size=size)] if _SYMBOL.fullmatch(symbol) else None
        with self._database.read() as connection:
            if keys is None:
                asked = _titled(connection, scheme, typed, size=size, typing=True)
            else:
                known = store.some(connection, scheme, [node(scheme, key) for key in keys])
                asked = [_Asked.of(connection, scheme, key, known.get(node(scheme, key))) for key in keys]
        return self._counted(asked)

    def _counted(self, asked: Sequence["_Asked"]) -> list[ClassCount]:
        counts = iter(self._reader.counts([each.reached for each in asked if each.reached is not None]))
        return [
            ClassCount(
                symbol=each.symbol,
                titles=each.titles,
                count=None if each.reached is None else next(counts),
                query=_written(each.query),
            )
            for each in asked
        ]

    def _held(self, scheme: Scheme, key: str | None) -> list[str]:
        """What documents have directly below the class, as far as their symbols tell, where no scheme says it."""
        if scheme not in SYMBOLS:
            return []
        if key and len(key) > 3:
            return self._groups(scheme, key)
        asked = Request(Value(scheme, key) if key else All(), size=1, facets=(scheme,), facet_size=_MOST, whole=False)
        counted = self._reader.search(asked).facets[scheme].values
        length = 1 if key is None else 3 if len(key) == 1 else 4
        return sorted({value[:length] for value, _ in counted if value.startswith(key or "")})

    def _groups(self, scheme: Scheme, key: str) -> list[str]:
        """The main groups of a subclass, or the subgroups of a main group; of the commonest symbols, where they are too many."""
        inside = "/" if len(key) > 4 else ""
        if "/" in key:
            return []
        held = {value.removesuffix("/00") for value, _ in self._reader.suggest(key + inside, scheme, size=_MOST)}
        return sorted((each for each in held - {key} if ("/" in each) == bool(inside)), key=lambda each: order(scheme, each))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A class to be counted: what finds its documents, as it is written and as far as it reaches."""

    symbol: str
    titles: dict[str, str]
    query: Query | None
    reached: Query | None

    @classmethod
    def of(cls, connection: Connection, scheme: Scheme, key: str, entry: Entry | None, notes: list[Note] | None = None) -> "_Asked":
        """Adds to `notes` what the class reaches."""
        query = _query(connection, scheme, key)
        reached = query and expanded(connection, query, [] if notes is None else notes)
        return cls(printed(scheme, key), dict(entry.titles()) if entry else {}, query, reached)


def _titled(connection: Connection, scheme: Scheme, text: str, *, size: int, typing: bool) -> list[_Asked]:
    asked = words.asked(text, typing=typing)
    entries = store.titled(connection, scheme, asked, size=size, deepest=FLAT - 1) if asked and typing else []
    if asked and not entries:  # the subgroups are ten times as many, and only looked at where nothing broader has the words
        entries = store.titled(connection, scheme, asked, size=size)
    return [_Asked.of(connection, scheme, entry.key, entry) for entry in entries]


def _key(scheme: Scheme, symbol: str | None) -> str | None:
    if not symbol or not symbol.strip():
        return None
    try:
        return node(scheme, symbol)
    except ClassError:
        raise NoSuchClass from None


def _query(connection: Connection, scheme: Scheme, key: str) -> Query | None:
    """What finds the documents of a class: its symbol, or the symbols that it and what is below it hold; ``None`` of none."""
    if scheme in SYMBOLS:
        return Value(scheme, key)
    keys = [key, *store.below(connection, scheme, key, most=_MOST)]
    symbols: Sequence[str] = store.tied(connection, scheme, keys, "ipc")
    return either(*(Value("ipc", symbol) for symbol in symbols)) if symbols else None


def _holds(connection: Connection, scheme: Scheme, key: str) -> list[_Asked]:
    """The IPC classes that a class of another scheme holds itself."""
    symbols = [] if scheme in SYMBOLS else store.tied(connection, scheme, [key], "ipc")[:PAGE]
    known = store.some(connection, "ipc", symbols)
    return [_Asked.of(connection, "ipc", each, known.get(each)) for each in sorted(symbols, key=lambda each: order("ipc", each))]


def _written(query: Query | None) -> str | None:
    """As it can be asked; ``None`` where it has more terms than a question may."""
    return None if query is None or len(getattr(query, "items", ())) > CLAUSES else render(query)


def _path(connection: Connection, scheme: Scheme, key: str, entries: Sequence[Entry]) -> list[Step]:
    if entries and entries[0].parent is None:
        return [Step(symbol=printed(scheme, entry.key), titles=dict(entry.titles())) for entry in entries[:-1]]
    above: list[str] = []
    parent = placed(scheme, key)[1]
    while parent is not None:
        above.insert(0, parent)
        parent = placed(scheme, parent)[1]
    known = store.some(connection, scheme, above)
    return [Step(symbol=printed(scheme, each), titles=dict(known[each].titles()) if each in known else {}) for each in above]


def _moves(connection: Connection, scheme: Scheme, key: str) -> list[Move]:
    """Of the class itself and, of a main group, below it."""
    if scheme not in SYMBOLS:
        return []
    met = [move for forward in (True, False) for move in store.moves(connection, scheme, [key], forward=forward, most=PAGE)]
    return [
        Move(old=printed(scheme, each.key), new=printed(scheme, each.target), kind=each.kind, date=each.day)
        for each in dict.fromkeys(met)
    ][:PAGE]
