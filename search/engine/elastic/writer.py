"""Merging on write: what is held is read, merged here, and stored only if nobody changed it meanwhile."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from elasticsearch import Elasticsearch

from search.engine import layout
from search.engine.elastic.bulk import Action, Outcome, action, send
from search.engine.elastic.client import translated
from search.engine.elastic.mapping import DOCUMENT, source
from search.engine.elastic.reader import PAGE, chunks, found_documents
from search.engine.errors import EngineUnavailable
from search.engine.model import WriteReport
from search.engine.port import Merge, Ordinals
from search.patent.model import Patent, decode, encode

_ATTEMPTS = 20  # each lost attempt means that another writer has changed the same record


@dataclass(frozen=True, slots=True)
class Held:
    """A stored record, with the stamps by which a change of it in between is known."""

    document: bytes
    ordinal: int
    seq_no: int
    primary_term: int


@dataclass(frozen=True, slots=True)
class _Change:
    """The record to store for a number, what it replaces, and what that means for each document given."""

    patent: Patent
    held: Held | None
    outcomes: Counter[str]


@dataclass(slots=True)
class _Tally:
    counts: Counter[str] = field(default_factory=Counter)
    refused: list[tuple[str, str]] = field(default_factory=list)

    def refuse(self, number: str, reason: str, *, times: int = 1) -> None:
        self.refused.extend([(number, reason)] * times)

    def report(self) -> WriteReport:
        counted = {name: self.counts[name] for name in ("written", "merged", "unchanged")}
        return WriteReport(**counted, refused=tuple(self.refused))


class Writer:
    """Writes into `target`, the alias or one generation. A record that `origin` holds alike keeps its ordinal of there, so
    that nobody who follows ordinals takes it for a change."""

    def __init__(self, client: Elasticsearch, target: str, ordinals: Ordinals, *, origin: str | None = None) -> None:
        self._client = client
        self._target = target
        self._ordinals = ordinals
        self._origin = origin

    def write(self, batch: Sequence[Patent], *, merge: Merge) -> WriteReport:
        """As the port says. Documents of one number are merged in the order given."""
        tally = _Tally()
        waiting = _by_number(batch, tally)
        for _ in range(_ATTEMPTS):
            held = read_held(self._client, self._target, list(waiting))
            changes = [_folded(held.get(number), given, merge) for number, given in waiting.items()]
            lost = self._store(changes, tally)
            waiting = {number: waiting[number] for number in lost}
            if not waiting:
                return tally.report()
        raise EngineUnavailable(f"other writers keep changing the same records: {', '.join(sorted(waiting)[:5])}")

    def _store(self, changes: Iterable[_Change], tally: _Tally) -> list[str]:
        """Stores and counts the changes; returns the numbers that somebody else changed meanwhile."""
        changed: list[_Change] = []
        for change in changes:
            if change.outcomes.keys() == {"unchanged"}:
                tally.counts.update(change.outcomes)
            else:
                changed.append(change)
        actions = self._actions(changed, tally)
        outcomes = send(self._client, list(actions.values()), through_alias=self._origin is None)
        done = dict(zip(actions, outcomes, strict=True))
        for change in changed:
            _count(tally, change, done.get(change.patent.number))
        return [number for number, outcome in done.items() if outcome.conflict]

    def _actions(self, changed: Sequence[_Change], tally: _Tally) -> dict[str, Action]:
        """The action of each change by its number. One that cannot be put into the index is refused."""
        known = self._known(changed)
        fresh = iter(self._ordinals.take(len(changed) - len(known)) if len(changed) > len(known) else ())
        found: dict[str, Action] = {}
        for change in changed:
            number = change.patent.number
            ordinal = known[number] if number in known else next(fresh)
            try:
                found[number] = _guarded(self._target, change, ordinal)
            except ValueError as error:
                tally.refuse(number, str(error), times=change.outcomes.total())
        return found

    def _known(self, changed: Sequence[_Change]) -> dict[str, int]:
        """Ordinals of the records that `origin` holds alike."""
        if self._origin is None:
            return {}
        held = read_held(self._client, self._origin, [change.patent.number for change in changed])
        alike = ((change.patent, held[change.patent.number]) for change in changed if change.patent.number in held)
        return {patent.number: found.ordinal for patent, found in alike if found.document == encode(patent)}


def read_held(client: Elasticsearch, index: str, numbers: Sequence[str]) -> dict[str, Held]:
    """The stored records of `numbers`, as they are now, refreshed or not."""
    held: dict[str, Held] = {}
    for some in chunks(numbers, PAGE):
        for found in _several(client, index, some, source=[layout.ORDINAL, DOCUMENT]):
            kept = found["_source"]
            held[found["_id"]] = Held(kept[DOCUMENT].encode(), kept[layout.ORDINAL], found["_seq_no"], found["_primary_term"])
    return held


def held_numbers(client: Elasticsearch, index: str, numbers: Sequence[str]) -> list[str]:
    """Which of `numbers` are held, each once."""
    found: list[str] = []
    for some in chunks([number for number in dict.fromkeys(numbers) if number], PAGE):
        found.extend(document["_id"] for document in _several(client, index, some, source=False))
    return found


def put(index: str, patent: Patent, ordinal: int) -> Action:
    """The action that stores a record whole."""
    return action("index", index, patent.number, source(patent, ordinal))


def _several(client: Elasticsearch, index: str, numbers: list[str], *, source: list[str] | bool) -> list[Mapping[str, Any]]:
    with translated():
        return found_documents(client.mget(index=index, ids=numbers, source=source))


def _by_number(batch: Sequence[Patent], tally: _Tally) -> dict[str, list[Patent]]:
    found: dict[str, list[Patent]] = {}
    for patent in batch:
        reason = layout.refusal(patent) or _unwritable(patent)
        if reason:
            tally.refuse(patent.number, reason)
        else:
            found.setdefault(patent.number, []).append(patent)
    return found


def _unwritable(patent: Patent) -> str | None:
    """Why the record has no JSON (half of a surrogate pair in a text), or ``None``."""
    try:
        encode(patent)
    except ValueError as error:
        return str(error)
    return None


def _folded(held: Held | None, given: Sequence[Patent], merge: Merge) -> _Change:
    """The documents of one number merged into what is held."""
    current, json = (decode(held.document), held.document) if held else (None, b"")
    outcomes: Counter[str] = Counter()
    for patent in given:
        new = encode(patent)
        if current is None:
            outcome, current, json = "written", patent, new
        elif new == json or encode(merged := merge(current, patent)) == json:
            outcome = "unchanged"
        else:
            outcome, current, json = "merged", merged, encode(merged)
        outcomes[outcome] += 1
    assert current is not None
    return _Change(current, held, outcomes)


def _count(tally: _Tally, change: _Change, outcome: Outcome | None) -> None:
    """Counts a change that was stored or refused; one that was not sent is counted already, one that was lost is not yet."""
    if outcome is None or outcome.conflict:
        return
    if outcome.stored:
        tally.counts.update(change.outcomes)
    else:
        tally.refuse(change.patent.number, outcome.reason, times=change.outcomes.total())


def _guarded(index: str, change: _Change, ordinal: int) -> Action:
    """Stores only if the record is still as it was read: absent, or of these stamps."""
    patent, held = change.patent, change.held
    if held is None:
        return action("create", index, patent.number, source(patent, ordinal))
    stamps = {"if_seq_no": held.seq_no, "if_primary_term": held.primary_term}
    return action("index", index, patent.number, source(patent, ordinal), **stamps)
