"""`Standing`: what a project has of what it needs, on a day, with the facts behind every number."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import starmap
from typing import Any, NamedTuple

from auth.ledger import canonical
from auth.targets.days import Span
from auth.targets.deeds import Aside, Reasons
from auth.targets.terms import Adopted

VERSION = 1
"""`v` of the JSON form."""


class Row(NamedTuple):
    """A fact and why it does not count."""

    seq: int
    reason: str


@dataclass(frozen=True, slots=True)
class Lack:
    """What `key` (an enterprise) still lacks: numbers of quarters from 1, or parts."""

    key: str
    lacks: tuple[int, ...] | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """One target. `counts`: the number at each reading; `reading` the one that decides, and the rows are its. `needed` and
    `at_most` are ``None`` where the notice and the contract give no number: then `met` is ``None``. `forecast`: the number on
    the last day if it goes on as on the average day so far. `reasons` and `aside`: why each other fact does not count, of those
    the target looked at and of those it had not to."""

    target: str
    needed: int | None
    at_most: int | None
    reading: str
    counts: Mapping[str, int]
    missing: int
    met: bool | None
    forecast: int | None
    waived: str | None
    split: Mapping[str, int]
    cells: tuple[int, int] | None
    lacking: tuple[Lack, ...]
    counted: tuple[int, ...]
    reasons: Reasons
    aside: Aside

    @property
    def count(self) -> int:
        """The number that decides."""
        return self.counts[self.reading]

    @property
    def left_out(self) -> tuple[Row, ...]:
        """The facts that do not count, by seq."""
        return tuple(starmap(Row, sorted((self.aside.reasons | self.reasons).items())))

    @property
    def left_by_reason(self) -> dict[str, int]:
        """How many facts do not count, by reason."""
        return dict(Counter(self.reasons.values()) + Counter(self.aside.counts))


@dataclass(frozen=True, slots=True)
class Standing:
    """All targets of a project as of the end of a day. `adopted` is what the facts say counted then, `sha256` the rule file
    that was used; `facts` how many of the log were seen; `decisions` the seqs of those taken."""

    project: str
    as_of: date
    first: date
    last: date
    quarters: tuple[Span, ...]
    adopted: Adopted | None
    rule: str
    version: int
    sha256: str
    facts: int
    decisions: tuple[int, ...]
    measures: tuple[Measure, ...]

    def measure(self, target: str) -> Measure:
        """That of one target; KeyError."""
        return {measure.target: measure for measure in self.measures}[target]

    def document(self, *, rows: bool = True) -> dict[str, Any]:
        """The JSON object; without `rows` the facts left out are only counted, by reason. What is absent is left out."""
        adopted = self.adopted
        members: dict[str, Any] = {
            "v": VERSION,
            "project": self.project,
            "as_of": self.as_of.isoformat(),
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "quarters": [[span.first.isoformat(), span.last.isoformat()] for span in self.quarters],
            "rule": {"rule": self.rule, "version": self.version, "sha256": self.sha256},
            "adopted": adopted is not None and adopted.sha256 == self.sha256,
            "direction": adopted.direction if adopted else None,
            "facts": self.facts,
            "decisions": list(self.decisions),
            "targets": [_measure(measure, rows=rows) for measure in self.measures],
        }
        return _present(members)

    def to_json(self, *, rows: bool = True) -> bytes:
        """The canonical bytes: equal standings, equal bytes."""
        return canonical.dumps(self.document(rows=rows))


def _measure(measure: Measure, *, rows: bool) -> dict[str, Any]:
    members: dict[str, Any] = {
        "id": measure.target,
        "needed": measure.needed,
        "at_most": measure.at_most,
        "reading": measure.reading,
        "counted": measure.count,
        "readings": dict(measure.counts),
        "missing": measure.missing,
        "met": measure.met,
        "forecast": measure.forecast,
        "waived": measure.waived,
        "split": dict(measure.split) or None,
        "cells": {"filled": measure.cells[0], "of": measure.cells[1]} if measure.cells else None,
        "lacking": [{"key": lack.key, "lacks": list(lack.lacks)} for lack in measure.lacking] or None,
        "left_out": measure.left_by_reason,
    }
    if rows:
        members["rows"] = {
            "counted": list(measure.counted),
            "left_out": sorted((measure.aside.reasons | measure.reasons).items()),
        }
    return _present(members)


def _present(members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}
