"""Merging on write: what is held is read, merged here, and stored only if nobody changed it meanwhile."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from elasticsearch import Elasticsearch

from search.engine import layout
from search.engine.elastic.bulk import Action, Outcome, send
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

    document: str
    ordinal: int
    seq_no: int
    primary_term: int


@dataclass(slots=True)
class _Tally:
    counts: Counter[str] = field(default_factory=Counter)
    refused: list[tuple[str, str]] = field(default_factory=list)

    def report(self) -> WriteReport:
        counted = {name: self.counts[name] for name in ("written", "merged", "unchanged")}
        return WriteReport(**counted, refused=tuple(self.refused))


@dataclass(frozen=True, slots=True)
class _Change:
    """The record to store for a number, what it replaces, and what that means for each of the `given` documents."""

    patent: Patent
    held: Held | None
    outcomes: tuple[str, ...]


def write(client: Elasticsearch, alias: str, batch: Sequence[Patent], *, merge: Merge, ordinals: Ordinals) -> WriteReport:
    """`PatentIndex.write`. Documents of one number are merged in the order given."""
    tally = _Tally()
    waiting = _by_number(batch, tally)
    for _ in range(_ATTEMPTS):
        held = read_held(client, alias, list(waiting))
        changes: list[_Change] = []
        for number, given in waiting.items():
            change = _folded(held.get(number), given, merge)
            if change is None:
                tally.counts["unchanged"] += len(given)
            else:
                changes.append(change)
        lost = _stored(client, alias, changes, tally, ordinals)
        waiting = {number: waiting[number] for number in lost}
        if not waiting:
            return tally.report()
    raise EngineUnavailable(f"other writers keep changing the same records: {', '.join(sorted(waiting)[:5])}")


def rewrite(client: Elasticsearch, index: str, batch: Sequence[Patent], *, alias: str, ordinals: Ordinals) -> WriteReport:
    """`Generation.write`: each document as given into `index`. One that the serving generation holds alike keeps its
    ordinal."""
    tally = _Tally()
    given = {number: patents[-1] for number, patents in _by_number(batch, tally).items()}
    held = read_held(client, alias, list(given))
    new = [number for number, patent in given.items() if number not in held or held[number].document.encode() != encode(patent)]
    fresh = dict(zip(new, ordinals.take(len(new)), strict=True)) if new else {}
    ordinal = {number: fresh[number] if number in fresh else held[number].ordinal for number in given}
    outcomes = send(client, [put(index, patent, ordinal[number]) for number, patent in given.items()], through_alias=False)
    for number, outcome in zip(given, outcomes, strict=True):
        if outcome.stored:
            tally.counts["written"] += 1
        else:
            tally.refused.append((number, outcome.reason))
    tally.counts["unchanged"] += len(batch) - len(given) - len(tally.refused)
    return tally.report()


def read_held(client: Elasticsearch, index: str, numbers: Sequence[str]) -> dict[str, Held]:
    """The stored records of `numbers`, as they are now, refreshed or not."""
    held: dict[str, Held] = {}
    for some in chunks(numbers, PAGE):
        with translated():
            answer = client.mget(index=index, ids=some, source=[layout.ORDINAL, DOCUMENT])
        for found in found_documents(answer):
            kept = found["_source"]
            held[found["_id"]] = Held(kept[DOCUMENT], kept[layout.ORDINAL], found["_seq_no"], found["_primary_term"])
    return held


def held_numbers(client: Elasticsearch, index: str, numbers: Sequence[str]) -> list[str]:
    """Which of `numbers` are held, each once."""
    found: list[str] = []
    for some in chunks([number for number in dict.fromkeys(numbers) if number], PAGE):
        with translated():
            answer = client.mget(index=index, ids=some, source=False)
        found.extend(document["_id"] for document in found_documents(answer))
    return found


def put(index: str, patent: Patent, ordinal: int) -> Action:
    """The action that stores a record whole."""
    return {"_op_type": "index", "_index": index, "_id": patent.number, "_source": source(patent, ordinal)}


def _by_number(batch: Sequence[Patent], tally: _Tally) -> dict[str, list[Patent]]:
    found: dict[str, list[Patent]] = {}
    for patent in batch:
        reason = layout.refusal(patent)
        if reason:
            tally.refused.append((patent.number, reason))
        else:
            found.setdefault(patent.number, []).append(patent)
    return found


def _folded(held: Held | None, given: Sequence[Patent], merge: Merge) -> _Change | None:
    """The documents of one number merged into what is held; ``None`` where that changes nothing."""
    current = decode(held.document) if held else None
    outcomes: list[str] = []
    for patent in given:
        merged = patent if current is None else merge(current, patent)
        outcomes.append("written" if current is None else "unchanged" if merged == current else "merged")
        current = merged
    if current is None or set(outcomes) == {"unchanged"}:
        return None
    return _Change(current, held, tuple(outcomes))


def _stored(client: Elasticsearch, alias: str, changes: Sequence[_Change], tally: _Tally, ordinals: Ordinals) -> list[str]:
    """Stores the changes and counts them; returns the numbers that somebody else changed meanwhile."""
    if not changes:
        return []
    numbered = zip(changes, ordinals.take(len(changes)), strict=True)
    actions = [put(alias, change.patent, ordinal) | _guard(change.held) for change, ordinal in numbered]
    lost: list[str] = []
    for change, outcome in zip(changes, send(client, actions, through_alias=True), strict=True):
        if outcome.conflict:
            lost.append(change.patent.number)
        else:
            _count(tally, change, outcome)
    return lost


def _count(tally: _Tally, change: _Change, outcome: Outcome) -> None:
    if outcome.stored:
        tally.counts.update(change.outcomes)
    else:
        tally.refused.extend((change.patent.number, outcome.reason) for _ in change.outcomes)


def _guard(held: Held | None) -> dict[str, Any]:
    """Stores only if the record is still as it was read: absent, or of these stamps."""
    if held is None:
        return {"_op_type": "create"}
    return {"if_seq_no": held.seq_no, "if_primary_term": held.primary_term}
