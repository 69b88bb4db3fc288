"""One line of a list of numbers: what it may be, and, once it is known what is held, what it is."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from search.engine.model import NumberKind
from search.find.doctor import mangled
from search.find.doctor.model import Candidate
from search.patent import numbers
from search.patent.numbers import Reading

CANDIDATES = 10
"""Candidates that a verdict lists."""

_AROUND = " \t\"'“”‘’,;，；。、"

Figure: TypeAlias = tuple[str, ...]


def of_kind(readings: Sequence[Reading], kind: NumberKind | None) -> tuple[Reading, ...]:
    """Those of the kind; all of them where none is known."""
    return tuple(reading for reading in readings if kind in (None, reading.kind))


class Held:
    """What is held of all that was asked: by kind and key of a number its documents, ascending; by figure of a spreadsheet the
    applications shown so, and whether there are more."""

    def __init__(
        self, by_key: Mapping[NumberKind, Mapping[str, tuple[str, ...]]], figures: Mapping[Figure, tuple[Sequence[str], bool]]
    ) -> None:
        self._by_key = by_key
        self._figures = figures

    def of(self, reading: Reading) -> tuple[str, ...]:
        return self._by_key[reading.kind].get(reading.key, ())

    def of_figure(self, figure: Figure) -> tuple[Sequence[str], bool]:
        return self._figures.get(figure, ((), True))


class Line:
    """One line, read: what it may be, before anybody knows what is held; of one `kind` where that is known."""

    def __init__(self, text: str, kind: NumberKind | None = None) -> None:
        bare = text.strip(_AROUND)
        self.blank = not bare
        every = numbers.readings(bare)
        self.readings = of_kind(every, kind)
        self.slips = of_kind([Reading("application", number) for number in numbers.slips(bare)], kind)
        self._published = any(reading.kind == "publication" for reading in self.readings)
        self.figure: Figure = () if every else mangled.patterns(bare)

    def verdict(self, held: Held) -> dict[str, Any]:
        """The fields of its `Verdict`. A sound publication number is one that is not held, though its digits may be those of a
        mistyped application, unless just that is held."""
        if self.blank:
            return {"verdict": "blank"}
        if self.figure:
            found, more = held.of_figure(self.figure)
            return {"verdict": "ambiguous", "candidates": tuple(Candidate(number=number) for number in found), "more": more}
        known = [(reading, documents) for reading in self.readings if (documents := held.of(reading))]
        if len({documents for _, documents in known}) > 1:
            candidates = tuple(Candidate(number=reading.number, held=documents) for reading, documents in known)
            return {"verdict": "ambiguous", "candidates": candidates}
        if known:
            return {"verdict": "found", "number": known[0][0].number, "held": known[0][1]}
        if self.slips and (not self._published or any(map(held.of, self.slips))):
            return {"verdict": "check_digit", **self._corrected(held)}
        if self.readings:
            return {"verdict": "not_held", "number": self.readings[0].number}
        return {"verdict": "not_number"}

    def _corrected(self, held: Held) -> dict[str, Any]:
        """The corrections that are held; else the one with the right check digit for the digits typed."""
        found = tuple(Candidate(number=slip.number, held=held.of(slip)) for slip in self.slips if held.of(slip))
        return {"candidates": found[:CANDIDATES] or (Candidate(number=self.slips[0].number),), "more": len(found) > CANDIDATES}
