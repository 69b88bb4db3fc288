"""`Effects`: which means come with which effects in the documents of a question, each count with the sentences behind it."""

import secrets
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from auth.clock import Clock, now
from auth.database import Database
from auth.http.problems import NotFound
from search.analysis.effects import store
from search.analysis.effects.finding import Corrections, Finding, plain, read
from search.analysis.effects.heads import heads
from search.analysis.effects.problems import TooManyCorrections
from search.analysis.effects.store import Correction
from search.analysis.effects.words import effects
from search.api.limits import Slots
from search.engine.port import PatentReader
from search.patent.model import Patent
from search.query.tree import Query

DOCUMENTS = 1_000
"""Documents that are read unless more are asked for."""

MOST = 5_000
"""Documents of one question at most; the answer says of how many they are."""

SCANNED = 20_000
"""Documents that are looked through at most for those with a text: most of what a gazette's index alone tells of has none."""

CORRECTIONS = 10_000
"""Of one account, undone ones too."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The documents that have both: how many, and what their sentences say; a document has one or more."""

    means: str
    effect: str
    count: int
    findings: Sequence[Finding]

    @property
    def sentences(self) -> int:
        """How many sentences these are: one may say an effect twice."""
        return len({(each.number, each.field, each.start) for each in self.findings})


@dataclass(frozen=True, slots=True)
class Matrix:
    """`total` documents match and `looked_at` of them were looked at, the first ones as they were loaded: `documents` were read in
    each language with their `sentences`, the rest have neither abstract nor claims in any. `silent` of those looked at say no
    effect, `further` ones of those read are of an application that was read already. `corrected` and `removed` of the effects
    found are as a correction has them. `means` are heads with their documents, the most first, and `left_out` how many heads come
    after them."""

    total: int
    looked_at: int
    silent: int
    further: int
    documents: Mapping[str, int]
    sentences: Mapping[str, int]
    corrected: int
    removed: int
    means: Sequence[tuple[str, int]]
    left_out: int
    cells: Sequence[Cell]


@dataclass(slots=True)
class _Tally:
    """What is found while documents are read."""

    looked_at: int = 0
    silent: int = 0
    corrected: int = 0
    removed: int = 0
    documents: Counter[str] = field(default_factory=Counter)
    sentences: Counter[str] = field(default_factory=Counter)
    applications: set[str] = field(default_factory=set)
    nouns: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)


class Effects:
    """Reads the documents of one engine; corrections are an account's own, kept, and applied each time."""

    def __init__(self, reader: PatentReader, database: Database, *, clock: Clock = now) -> None:
        self._reader = reader
        self._database = database
        self._clock = clock
        self._slots = Slots()

    def matrix(self, query: Query, *, user: str, lang: str, size: int, documents: int = DOCUMENTS) -> Matrix:
        """The crossing of the `size` most frequent means with every effect; texts in `lang`, else in the other language. Raises
        `TooManyAtOnce` and what an engine raises."""
        with self._slots.one(user):
            total = self._reader.count(query)
            corrections = self._standing(user)
            tally = _Tally()
            for scanned in islice(self._reader.scan(query), SCANNED):
                _read(tally, scanned.patent, lang, corrections)
                if tally.documents.total() == min(documents, MOST):
                    break
        return _matrix(tally, total, size)

    def corrections(self, user: str) -> list[Correction]:
        """Those that stand, the earliest first."""
        with self._database.read() as connection:
            return store.standing(connection, user)

    def correct(self, user: str, *, number: str, sentence: str, found: str, effect: str | None, means: str | None) -> Correction:
        """Keeps what an effect found in a sentence really is; raises `TooManyCorrections`."""
        made = Correction(secrets.token_hex(16), number, sentence, found, effect, means, self._clock())
        with self._database.write() as connection:
            if store.count(connection, user) >= CORRECTIONS:
                raise TooManyCorrections
            store.add(connection, user, made)
        return made

    def undo(self, user: str, id: str) -> None:  # noqa: A002 - the path's own name
        """Takes a correction back: the one before it, or what was found, stands again. Raises `NotFound`."""
        with self._database.write() as connection:
            if not store.undo(connection, user, id, at=self._clock()):
                raise NotFound

    def _standing(self, user: str) -> Corrections:
        return {(each.number, each.sentence, each.found): each for each in self.corrections(user)}


def _read(tally: _Tally, patent: Patent, lang: str, corrections: Corrections) -> None:
    reading = read(patent, lang, corrections)
    tally.looked_at += 1
    tally.silent += not reading.findings
    tally.removed += reading.removed
    if reading.lang:
        tally.applications.add((patent.application and patent.application.number) or patent.number)
        tally.documents[reading.lang] += 1
        tally.sentences[reading.lang] += reading.sentences
    tally.corrected += sum(each.corrected for each in reading.findings)
    tally.nouns |= reading.nouns
    tally.findings += reading.findings


def _matrix(tally: _Tally, total: int, size: int) -> Matrix:
    documents, cells_of = _crossed(tally)
    ranked = sorted(documents.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    shown = [(name, len(numbers)) for name, numbers in ranked[:size]]
    cells = [
        Cell(name, effect, len({each.number for each in found}), found)
        for name, _ in shown
        for effect in effects()
        if (found := cells_of.get((name, effect)))
    ]
    return Matrix(
        total=total,
        looked_at=tally.looked_at,
        silent=tally.silent,
        further=tally.documents.total() - len(tally.applications),
        documents=tally.documents,
        sentences=tally.sentences,
        corrected=tally.corrected,
        removed=tally.removed,
        means=shown,
        left_out=max(0, len(ranked) - size),
        cells=cells,
    )


def _crossed(tally: _Tally) -> tuple[Mapping[str, set[str]], Mapping[tuple[str, str], list[Finding]]]:
    """The documents of each head, and what they say in each cell."""
    written: dict[str, set[str]] = defaultdict(set)
    for each in tally.findings:
        written[plain(each.means, each.lang)].add(each.number)
    head = heads(written, tally.nouns, read=tally.documents.total())
    documents: dict[str, set[str]] = defaultdict(set)
    cells: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for each in tally.findings:
        name = head[plain(each.means, each.lang)]
        documents[name].add(each.number)
        cells[name, each.effect].append(each)
    return documents, cells
