"""`Classes`: what a class is, what stands above and below it, and how many documents each has."""

from collections.abc import Mapping, Sequence

from auth.database import Connection, Database
from search.api.limits import Slots
from search.engine.model import Request
from search.engine.port import PatentReader
from search.find.classes import store, words
from search.find.classes.answers import ClassCount, ClassView, Move, Step
from search.find.classes.errors import NoSuchClass
from search.find.classes.expand import expanded
from search.find.classes.model import SYMBOLS, Entry, Scheme, node, order, placed, printed
from search.patent.classes import ClassError
from search.query.check import CLAUSES
from search.query.errors import Note
from search.query.render import render
from search.query.tree import All, Query, Value, either

PAGE = 100
"""Children on a page, each with its count."""

FOUND = 30
_MOST = 10_000


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

    def view(self, scheme: Scheme, symbol: str | None, *, user: str, lang: str, page: int = 1) -> ClassView:
        """A class, or the sections of the scheme; raises `NoSuchClass`."""
        with self._slots.one(user), self._database.read() as connection:
            levels = store.levelled(connection, scheme)
            key = _key(scheme, symbol)
            entries = store.path(connection, scheme, key) if key else []
            if key and not entries and scheme not in SYMBOLS:
                raise NoSuchClass
            found = {entry.key: entry for entry in store.children(connection, scheme, key)}
            below = sorted(found, key=lambda each: order(scheme, each)) if found else self._held(scheme, key)
            shown = below[(page - 1) * PAGE : page * PAGE]
            notes: list[Note] = []
            query = _query(connection, scheme, key) if key else None
            here = entries[-1] if entries else None
            return ClassView(
                scheme=scheme,
                symbol=printed(scheme, key) if key else None,
                titles=dict(here.titles()) if here else {},
                notes=dict(here.notes()) if here else {},
                path=_path(connection, scheme, key, entries) if key else [],
                count=self._reader.count(expanded(connection, query, notes)) if query else None,
                query=_written(query),
                remarks=[getattr(note, lang) for note in notes],
                moves=_moves(connection, scheme, key) if key else [],
                children=[self._counted(connection, scheme, each, found.get(each)) for each in shown],
                children_total=len(below),
                page=page,
                loaded=levels is not None,
                levels=bool(levels),
            )

    def found(self, scheme: Scheme, text: str, *, user: str) -> ClassView:
        """The classes that have the words in their titles."""
        with self._slots.one(user), self._database.read() as connection:
            asked = words.asked(text, typing=False)
            entries = store.titled(connection, scheme, asked, size=FOUND) if asked else []
            levels = store.levelled(connection, scheme)
            return ClassView(
                scheme=scheme,
                loaded=levels is not None,
                levels=bool(levels),
                found=[self._counted(connection, scheme, entry.key, entry) for entry in entries],
            )

    def _counted(self, connection: Connection, scheme: Scheme, key: str, entry: Entry | None) -> ClassCount:
        query = _query(connection, scheme, key)
        return ClassCount(
            symbol=printed(scheme, key),
            titles=dict(entry.titles()) if entry else {},
            count=self._reader.count(expanded(connection, query, [])) if query else None,
            query=_written(query),
        )

    def _held(self, scheme: Scheme, key: str | None) -> list[str]:
        """What documents have below the class, down to the subclass, where no scheme says it."""
        if scheme not in SYMBOLS or (key and len(key) > 3):
            return []
        asked = Request(Value(scheme, key) if key else All(), size=1, facets=(scheme,), facet_size=_MOST, whole=False)
        counted = self._reader.search(asked).facets[scheme].values
        length = 1 if key is None else 3 if len(key) == 1 else 4
        return sorted({value[:length] for value, _ in counted if value.startswith(key or "")})


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
