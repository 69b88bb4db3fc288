"""A target as a bar: what counts, what is held or excluded, what is missing, in this order, on one scale."""

from collections.abc import Mapping
from dataclasses import dataclass

from auth.ledger import reasons
from auth.targets.rules import parse, shipped
from auth.targets.standing import Measure, Standing
from search.web.words import Words


@dataclass(frozen=True, slots=True)
class Reason:
    """So many facts are left out, and why."""

    words: str
    count: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One target in words and numbers. The widths and `mark`, where what is needed ends, are per cent of the bar."""

    id: str
    name: str
    needed: int | None
    counted: int
    held: int
    excluded: int
    missing: int
    met: bool | None
    waived: bool
    forecast: int | None
    reading: str
    readings: Mapping[str, int]
    reasons: list[Reason]
    counted_width: float
    held_width: float
    excluded_width: float
    mark: float | None

    @property
    def over(self) -> int:
        """Counted beyond what is needed."""
        return max(self.counted - self.needed, 0) if self.needed is not None else 0


def bars(standing: Standing, t: Words) -> list[Bar]:
    """The targets of a standing, in the rule's order."""
    names = _names(standing, t.lang)
    return [_bar(measure, names.get(measure.target, measure.target), t) for measure in standing.measures]


def _names(standing: Standing, lang: str) -> dict[str, str]:
    """What the rule calls its targets, where it came with the product; a bureau's own file is known by the ids alone."""
    data = shipped().get(standing.rule)
    rules = parse(data) if data else None
    if rules is None or rules.sha256 != standing.sha256:
        return {}
    return {target.id: getattr(target.name, lang) for target in rules.targets}


def _bar(measure: Measure, name: str, t: Words) -> Bar:
    left_out = measure.left_by_reason
    held, excluded = left_out.get("held", 0), left_out.get("excluded", 0)
    scale = max(measure.needed or 0, measure.count + held + excluded, 1) / 100
    return Bar(
        id=measure.target,
        name=name,
        needed=measure.needed,
        counted=measure.count,
        held=held,
        excluded=excluded,
        missing=measure.missing,
        met=measure.met,
        waived=measure.waived is not None,
        forecast=measure.forecast,
        reading=measure.reading,
        readings=measure.counts,
        reasons=[Reason(getattr(reasons.words(code), t.lang), count) for code, count in sorted(left_out.items())],
        counted_width=round(measure.count / scale, 1),
        held_width=round(held / scale, 1),
        excluded_width=round(excluded / scale, 1),
        mark=round(measure.needed / scale, 1) if measure.needed else None,
    )
