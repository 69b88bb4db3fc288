"""Reckoning legal statuses over an index: those that are due, or every one; application by application.

An application is reckoned whole, with all its publications, when one of them comes by that is due; what comes later of it is due no
more.  So a run that was stopped goes on where it was, and one that has nothing to do writes nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

import msgspec

from search.engine.port import PatentIndex
from search.find.relatives.applications import applications
from search.patent.model import Patent
from search.patent.standing import due, reckoned
from search.query.tree import All, Query, Range

BATCH = 100
"""Records that are taken from the index at a time; their other publications come with them."""


@dataclass(frozen=True, slots=True)
class Reckoned:
    """In records: `looked_at` is `changed` + `unchanged` + `refused`."""

    looked_at: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0


def asked(today: date, *, every: bool) -> Query:
    """The records that a run on `today` begins from."""
    return All() if every else Range("legal_change", high=today.isoformat())


def reckon(index: PatentIndex, *, today: date, every: bool = False, watch: Callable[[int], None] = lambda _more: None) -> Reckoned:
    """Brings the statuses in `index` up to `today`; the caller flushes. `watch` hears how many records more have come by."""
    looked_at = changed = refused = 0
    waiting = index.scan(asked(today, every=every))
    while begun := [found.patent for found in islice(waiting, BATCH)]:
        reckoned_here: list[Patent] = []
        for publications in applications(index, begun):
            if _turn(publications, begun, today, every=every):
                found = reckoned(publications, today)
                reckoned_here += [msgspec.structs.replace(patent, legal=found[patent.number]) for patent in publications]
        report = index.write(reckoned_here, merge=_with_status)
        looked_at += len(reckoned_here)
        changed += report.merged + report.written
        refused += len(report.refused)
        watch(len(begun))
    return Reckoned(looked_at, changed, looked_at - changed - refused, refused)


def _turn(publications: Sequence[Patent], begun: Sequence[Patent], today: date, *, every: bool) -> bool:
    """Whether the application is to be reckoned now: once a run, though its publications come by apart."""
    if every:
        return min(patent.number for patent in publications) in {patent.number for patent in begun}
    return any(due(patent) or _has_come(patent, today) for patent in publications)


def _has_come(patent: Patent, today: date) -> bool:
    """Whether the calendar has changed the status."""
    change = patent.legal.next_change if patent.legal else None
    return change is not None and change <= today.isoformat()


def _with_status(held: Patent, new: Patent) -> Patent:
    """`held` with the status of `new` and nothing else of it; as it is where it changed meanwhile, which makes it due again."""
    if new.legal is None or held.version != new.version or held.legal == new.legal:
        return held
    version = held.version + 1
    return msgspec.structs.replace(held, legal=msgspec.structs.replace(new.legal, version=version), version=version)
