"""What the first page says is held, and three questions that find something in it."""

from dataclasses import dataclass
from threading import Lock
from time import monotonic
from urllib.parse import urlencode

import orjson

from search.engine.errors import EngineError
from search.engine.model import Request, Sort
from search.engine.port import PatentReader
from search.query.tree import All

FRESH_S = 60.0
"""Strangers open this page; however many do, the engine is asked once a minute."""

AWAY_S = 5.0


@dataclass(frozen=True, slots=True)
class Example:
    """A query, its address, and the words (`words.toml`) that say what it finds."""

    query: str
    address: str
    words: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Holding:
    """`documents` held, published up to `until`."""

    documents: int
    until: str | None
    examples: tuple[Example, ...]


class Holdings:
    """The holding of an engine, at most `FRESH_S` seconds old."""

    def __init__(self, reader: PatentReader) -> None:
        self._reader = reader
        self._lock = Lock()
        self._held: Holding | None = None
        self._until = 0.0

    def now(self) -> Holding | None:
        """``None`` while the engine is away: it is asked again after `AWAY_S`, and nobody who comes meanwhile waits for it."""
        with self._lock:
            if monotonic() >= self._until:
                try:
                    self._held, fresh_s = _holding(self._reader), FRESH_S
                except EngineError:
                    self._held, fresh_s = None, AWAY_S
                self._until = monotonic() + fresh_s
            return self._held


def _holding(reader: PatentReader) -> Holding:
    newest = Sort("publication_date")
    found = reader.search(Request(query=All(), sort=newest, size=1, facets=("ipc", "applicant", "year"), facet_size=1))
    top = {name: facet.values[0][0] for name, facet in found.facets.items() if facet.values}
    return Holding(documents=found.total, until=_published(found.hits[0].document) if found.hits else None, examples=_examples(top))


def _published(document: bytes | None) -> str | None:

    return orjson.loads(document).get("publication_date") if document else None


def _examples(top: dict[str, str]) -> tuple[Example, ...]:
    made = []
    if "ipc" in top:
        made.append(_example(f"ipc:{top['ipc']}", "example_class", top["ipc"], sort="publication_date:desc"))
    if "applicant" in top:
        made.append(_example(f'applicant:"{top["applicant"]}"', "example_applicant"))
    if "year" in top:
        made.append(_example(f"title:(方法 OR method) AND publication_date:{top['year']}", "example_year", top["year"]))
    return tuple(made)


def _example(query: str, words: str, label: str = "", **order: str) -> Example:
    return Example(query, urlencode({"q": query, **order}), words, label)
