"""`evaluate`: what the facts are worth under a rule. Pure: no clock, no database, no order of a set shows in the result.

The meaning of every word is that of `docs/targets.md`, which a second implementation follows without this one.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise, repeat
from operator import attrgetter
from threading import Lock
from typing import Any, TypeVar

from auth.ledger.model import Leaf, Value
from auth.targets import terms as project_terms
from auth.targets.days import DAY, Span, add_months, closes, opens
from auth.targets.deeds import Aside, Deed, Log, Reasons
from auth.targets.rules import GRADES, Filter, Rules, Target
from auth.targets.standing import Lack, Measure, Standing
from auth.targets.terms import Terms

T = TypeVar("T")
R = TypeVar("R")
Key = tuple[str, ...]
Keyed = dict[Key, list[Deed]]
"""What is counted, each with its deeds as they happened."""

_AT = attrgetter("at")
_PLACE: dict[Value | None, int] = {grade: place for place, grade in enumerate(GRADES)}


@dataclass(slots=True)
class _Tally:
    """A target at one reading."""

    keys: Keyed
    left: Reasons
    aside: Aside
    lacking: list[Lack] = field(default_factory=list)
    cells: tuple[int, int] | None = None
    counted: list[Deed] = field(default_factory=list)


def seen(facts: Sequence[Leaf], *, as_of: date) -> Sequence[Leaf]:
    """The facts that the end of the day saw: those recorded before it, the beginning of a log since no time in it goes back."""
    return facts[: _seen(facts, as_of)]


def _seen(facts: Sequence[Leaf], as_of: date) -> int:
    return bisect_left(facts, closes(as_of), key=attrgetter("recorded_at"))


def evaluate(rules: Rules, facts: Sequence[Leaf], project: str, *, as_of: date) -> Standing:
    """The standing of the project by the facts of its agency's log, as of the end of the day. `NoContract`."""
    return Running(rules, project).standing(facts, as_of=as_of)


class Running:
    """A project's standing under one rule file, kept as its log grows: only what new facts may change is counted again.

    Of any number of threads. Equal to what the same facts give to one that never saw them.
    """

    def __init__(self, rules: Rules, project: str) -> None:
        self._rules = rules
        self._project = project
        self._lock = Lock()
        self._read = 0
        self._told: list[Leaf] = []
        self._counting: _Counting | None = None

    def standing(self, facts: Sequence[Leaf], *, as_of: date) -> Standing:
        """By the facts of the agency's log, as of the end of the day. `NoContract`."""
        number = _seen(facts, as_of)
        with self._lock:
            if number >= self._read:
                return self._go_on(facts, number).standing(as_of, facts=number)
        return evaluate(self._rules, facts, self._project, as_of=as_of)  # of a day before what was read

    def _go_on(self, facts: Sequence[Leaf], number: int) -> "_Counting":
        """With the first `number` facts of the log; from its beginning where the terms are others now."""
        new = facts[self._read : number]
        told = [leaf for leaf in new if leaf.kind in project_terms.KINDS]
        if self._counting is None or told:
            terms = project_terms.read(self._project, [*self._told, *told])
            if self._counting is None or terms != self._counting.terms:
                self._counting = _Counting(self._rules, terms)
                new = facts[:number]
        self._counting.log.read(new)
        self._told += told
        self._read = number
        return self._counting


@dataclass(frozen=True, slots=True)
class _Found:
    """The deeds that a target asks for, and why the others of their kind are left out. `keys`, by the attributes that make two
    deeds one, and `refused`, by filter, are aligned with the deeds: worked out once for all targets that ask."""

    stamp: object
    deeds: list[Deed]
    left: Reasons
    aside: Aside
    keys: dict[tuple[str, ...], list[Key | None]] = field(default_factory=dict)
    refused: dict[Filter, list[str | None]] = field(default_factory=dict)


class _Counting:
    """The targets of one rule file, counted in the order of the file: a subset finds its base counted. A target is counted
    again when its stamp says that a fact came it may rest on."""

    def __init__(self, rules: Rules, terms: Terms) -> None:
        self.log = Log(terms)
        self.terms = terms
        self._rules = rules
        self._measures: dict[str, tuple[object, Measure]] = {}
        self._tallies: dict[tuple[str, str], _Tally] = {}
        self._found: dict[tuple[tuple[str, ...], str], _Found] = {}
        self._known: dict[object, dict[Any, Any]] = defaultdict(dict)
        self._starts = [opens(span.first) for span in terms.quarters]

    def standing(self, as_of: date, *, facts: int) -> Standing:
        """By the `facts` that the log has read."""
        terms, rules = self.terms, self._rules
        direction = terms.adopted.direction if terms.adopted else None
        return Standing(
            project=terms.project,
            as_of=as_of,
            first=terms.first,
            last=terms.last,
            quarters=terms.quarters,
            adopted=terms.adopted,
            rule=rules.rule,
            version=rules.version,
            sha256=rules.sha256,
            facts=facts,
            decisions=terms.decisions,
            measures=tuple(self._measure(target, as_of) for target in rules.of_direction(direction)),
        )

    def _measure(self, target: Target, as_of: date) -> Measure:
        """As counted before while no fact came that it may rest on; what a day more says of the last day is said anew."""
        stamp = self._stamp(target)
        held, measure = self._measures.get(target.id, (None, None))
        if measure is None or held != stamp:
            measure = self._counted(target)
            self._measures[target.id] = stamp, measure
        aside = measure.aside if target.readings == "rungs" else self.log.of(target.of, target.period).aside
        forecast = None if target.each_quarter else self._forecast(measure.count, as_of)
        return replace(measure, forecast=forecast, aside=aside)

    def _stamp(self, target: Target) -> tuple[object, ...]:
        bases = [self._target(name) for name in (target.subset_of, target.all_of) if name is not None]
        return self.log.stamp(target.of, target.period), *map(self._stamp, bases)

    def _counted(self, target: Target) -> Measure:
        """The target at all its readings, with the rows of the one that decides."""
        reading = self._reading(target)
        tallies = self._at_each_reading(target)
        for name, tally in tallies.items():
            self._tallies[target.id, name] = tally
        decisive = tallies[reading]
        counts = {name: self._number(target, tally) for name, tally in tallies.items()}
        needed, at_most = self._needed(target, reading)
        count = counts[reading]
        met = None if needed is None and at_most is None else (needed or 0) <= count <= (count if at_most is None else at_most)
        waived = self.terms.waived.get(target.id)
        return Measure(
            target=target.id,
            needed=needed,
            at_most=at_most,
            reading=reading,
            counts=counts,
            missing=max((needed or 0) - count, 0),
            met=met if waived is None else True,
            forecast=None,
            waived=waived,
            split=self._split(target, decisive),
            cells=decisive.cells,
            lacking=tuple(sorted(decisive.lacking, key=lambda lack: lack.key)),
            counted=tuple(sorted(deed.seq for deed in decisive.counted)),
            reasons=decisive.left,
            aside=decisive.aside,
        )

    def _reading(self, target: Target) -> str:
        """The reading that decides: the contract's, where the target has one of that name."""
        wanted = {"rungs": self.terms.reading, "grades": self.terms.grade}.get(target.readings)
        return wanted if wanted in target.scale() else target.reading

    def _at_each_reading(self, target: Target) -> dict[str, _Tally]:
        if target.readings == "rungs":
            tallies = {}
            for reading in target.scale():
                found = _Found(None, *self.log.registrations(reading))
                keyed, left = self._passed(found, target, () if reading == "registered" else target.where)
                tallies[reading] = self._tally(target, reading, keyed, left, found.aside)
            return tallies
        found = self._inside(target.of, target.period)
        keyed, left = self._passed(found, target, target.where)
        if target.readings == "one":
            return {"recorded": self._tally(target, "recorded", keyed, left, found.aside)}
        return self._at_each_grade(target, keyed, left, found.aside)

    def _at_each_grade(self, target: Target, keyed: Keyed, left: Reasons, aside: Aside) -> dict[str, _Tally]:
        """At each grade the deeds of it and of higher ones. Which they are matters where it decides; elsewhere it is enough to
        know the highest grade at which each key still counts."""
        decides = self._reading(target)
        reach = {key: self._reach(target, held) for key, held in keyed.items()}
        tallies = {}
        for place, reading in enumerate(GRADES):
            if reading == decides:
                low = [deed.seq for held in keyed.values() for deed in held if _PLACE[deed.values["grade"]] < place]
                narrowed = ((key, [deed for deed in held if _PLACE[deed.values["grade"]] >= place]) for key, held in keyed.items())
                high = {key: held for key, held in narrowed if held}
                tallies[reading] = self._tally(target, reading, high, left | dict.fromkeys(low, "grade_too_low"), aside)
            else:
                base = self._base(target.subset_of, reading)
                keys = {key: held for key, held in keyed.items() if reach[key] >= place and (base is None or key in base.keys)}
                tallies[reading] = _Tally(keys, {}, aside)
        return tallies

    def _reach(self, target: Target, held: list[Deed]) -> int:
        """The highest grade, by its place, at which these deeds make their key count; below 0 where none does."""
        places = [_PLACE[deed.values["grade"]] for deed in held]
        if target.collect:
            best = dict.fromkeys(target.collect.all, -1)
            for deed, place in zip(held, places, strict=True):
                for part in _listed(deed.values.get(target.collect.attribute)):
                    if best.get(part, place) < place:
                        best[part] = place
            return min(best.values())
        if target.each_quarter:
            most = target.each_quarter
            edges = self._edges(held)
            served = [sorted(places[start:end], reverse=True) for start, end in pairwise(edges)]
            return min([each[most - 1] if len(each) >= most else -1 for each in served])
        return max(places)

    def _inside(self, kinds: tuple[str, ...], period: str) -> _Found:
        """The deeds of the kinds that fall into the period and to this project; found once for all targets that ask."""
        stamp, found = self.log.stamp(kinds, period), self._found.get((kinds, period))
        if found is None or found.stamp != stamp:
            held = self.log.of(kinds, period)
            found = self._found[kinds, period] = _Found(stamp, held.deeds, {}, held.aside)
        return found

    def _passed(self, found: _Found, target: Target, where: Sequence[Filter]) -> tuple[Keyed, Reasons]:
        """The deeds that pass the filters, by what they are counted by; why each other is left out."""
        keyed: Keyed = {}
        left = dict(found.left)
        for deed, key, reason in zip(found.deeds, self._keys(found, target.distinct), self._refused(found, where), strict=True):
            if reason is not None:
                left[deed.seq] = reason
            elif key is None:
                left[deed.seq] = "key_missing"
            else:
                keyed.setdefault(key, []).append(deed)
        return keyed, left

    def _keys(self, found: _Found, distinct: tuple[str, ...]) -> list[Key | None]:
        """What each deed is counted by: itself unless the target says otherwise; ``None`` where it does not say."""
        if distinct not in found.keys:
            columns = [[deed.values.get(name) for deed in found.deeds] for name in distinct]
            each = zip(*columns, strict=True) if distinct else ((deed.seq,) for deed in found.deeds)
            found.keys[distinct] = _each(list(each), lambda values: self._key(values, distinct), self._known[distinct])
        return found.keys[distinct]

    def _key(self, values: tuple[Value | None, ...], distinct: tuple[str, ...]) -> Key | None:
        if None in values:
            return None
        texts = list(map(str, values))
        if "enterprise" in distinct:
            place = distinct.index("enterprise")
            texts[place] = self.terms.replaced.get(texts[place], texts[place])
        return tuple(texts)

    def _refused(self, found: _Found, where: Sequence[Filter]) -> Iterable[str | None]:
        """Why each deed does not pass the filters: the first that it fails."""
        reasons: Iterable[str | None] = repeat(None, len(found.deeds))
        for number, held in enumerate(where):
            if held not in found.refused:
                found.refused[held] = self._refused_by(held, found.deeds)
            more = found.refused[held]
            reasons = [second if first is None else first for first, second in zip(reasons, more, strict=True)] if number else more
        return reasons

    def _refused_by(self, held: Filter, deeds: list[Deed]) -> list[str | None]:
        """Why each deed does not pass this filter."""
        missing, test = f"{held.attribute}_missing", self._test(held)
        values = self._attributes(deeds, held.attribute)
        if held.months_from is not None:
            firsts = [deed.values.get(held.months_from) for deed in deeds]
            values = [None if last is None else (first, last) for first, last in zip(firsts, values, strict=True)]
        return _each(values, lambda value: missing if value is None else None if test(value) else held.reason, self._known[held])

    def _tally(self, target: Target, reading: str, keyed: Keyed, left: Reasons, aside: Aside) -> _Tally:
        """Each key in the base, with all that it has to collect, in every quarter. Which deeds a key rests on is asked at the
        deciding reading alone, and so is why the others are left out."""
        base = self._base(target.subset_of, reading)
        keys = dict(keyed) if base is None else {key: held for key, held in keyed.items() if key in base.keys}
        tally = _Tally(keys, left, aside)
        if target.collect:
            _keep_complete(tally, target.collect.reason, lambda held: self._parts(target, held))
        if target.each_quarter:
            for key in base.keys if base is not None else ():
                tally.keys.setdefault(key, [])
            every = len(tally.keys) * len(self._starts)
            _keep_complete(tally, "quarter_missing", lambda held: self._unserved(target, held))
            tally.cells = (every - sum(len(lack.lacks) for lack in tally.lacking), every)
        if reading == self._reading(target):
            if base is not None:
                outside = [deed.seq for key, held in keyed.items() if key not in base.keys for deed in held]
                left |= dict.fromkeys(outside, f"not_in_{target.subset_of}")
            for held in tally.keys.values():
                self._choose(target, held, tally)
        return tally

    def _choose(self, target: Target, held: list[Deed], tally: _Tally) -> None:
        """Which deeds a counted key rests on: the first, the first that brings a part, the first so many of each quarter."""
        if target.collect:
            chosen, wanted = [], set(target.collect.all)
            for deed in held:
                brought = wanted.intersection(_listed(deed.values.get(target.collect.attribute)))
                if brought:
                    chosen.append(deed)
                    wanted -= brought
        elif target.each_quarter:
            chosen = [deed for served in self._by_quarter(held) for deed in served[: target.each_quarter]]
        else:
            chosen = held[:1]
        tally.counted += chosen
        if len(chosen) < len(held):
            counted = {deed.seq for deed in chosen}
            tally.left |= dict.fromkeys([deed.seq for deed in held if deed.seq not in counted], "counted_already")

    def _base(self, name: str | None, reading: str) -> _Tally | None:
        """The tally that a subset lies in: at the same reading where the base has it, else at the one that decides there."""
        if name is None:
            return None
        same = self._tallies.get((name, reading))
        return same or self._tallies[name, self._reading(self._target(name))]

    def _target(self, name: str) -> Target:
        return next(target for target in self._rules.targets if target.id == name)

    def _parts(self, target: Target, held: list[Deed]) -> tuple[str, ...]:
        """The parts that no deed has."""
        assert target.collect is not None
        found = {part for deed in held for part in _listed(deed.values.get(target.collect.attribute))}
        return tuple(part for part in target.collect.all if part not in found)

    def _unserved(self, target: Target, held: list[Deed]) -> tuple[int, ...]:
        """The quarters, from 1, with too few deeds."""
        return tuple(number for number, served in enumerate(self._by_quarter(held), 1) if len(served) < target.each_quarter)

    def _by_quarter(self, held: list[Deed]) -> list[list[Deed]]:
        """Those of each quarter, of deeds as they happened inside the window."""
        return [held[start:end] for start, end in pairwise(self._edges(held))]

    def _edges(self, held: list[Deed]) -> list[int]:
        return [bisect_left(held, start, key=_AT) for start in self._starts] + [len(held)]

    def _number(self, target: Target, tally: _Tally) -> int:
        if target.sum is None:
            return len(tally.keys)
        amounts = (deed.values.get(target.sum) for deed in tally.counted)
        return sum(amount for amount in amounts if isinstance(amount, int))

    def _needed(self, target: Target, reading: str) -> tuple[int | None, int | None]:
        """Floor and ceiling: the contract's or plan's number, else the notice's with the modifiers the contract names; a target
        on all of another needs no less than there are."""
        own = self.terms.numbers.get(target.id)
        floor, ceiling = target.at_least, target.at_most
        for modifier in self._rules.modifiers:
            if modifier.id in self.terms.modifiers and modifier.direction in (None, target.direction):
                floor = None if floor is None else modifier.applied(floor)
        if own is not None:
            floor, ceiling = (floor, own) if floor is None and ceiling is not None else (own, ceiling)
        base = self._base(target.all_of, reading)
        return (floor if base is None else max(floor or 0, len(base.keys))), ceiling

    def _forecast(self, count: int, as_of: date) -> int | None:
        """As many a day as so far, to the last day; ``None`` before the first."""
        gone = len(Span(self.terms.first, min(as_of, self.terms.last)))
        return count * len(Span(self.terms.first, self.terms.last)) // gone if gone else None

    def _split(self, target: Target, tally: _Tally) -> dict[str, int]:
        if target.split is None:
            return {}
        found = Counter(str(held[0].values.get(target.split, "unknown")) for held in tally.keys.values() if held)
        return dict(sorted(found.items()))

    def _attributes(self, deeds: list[Deed], attribute: str) -> list[Any]:
        """The attribute of each deed. Size and marks are by the facts on the enterprise's marks first, then as copied into it."""
        held: list[Any] = [deed.values.get(attribute) for deed in deeds]
        if attribute not in ("size", "marks"):
            return held
        marked = [(number, deed) for number, deed in enumerate(deeds) if self.log.marked(deed.values.get("enterprise"))]
        for number, deed in marked:
            enterprise = deed.values["enterprise"]
            if attribute == "size":
                held[number] = self.log.mark(enterprise, "size_class", deed.at) or held[number]
            else:
                told = self.log.marks(enterprise, deed.at)
                copied = [mark for mark in _listed(held[number]) if mark not in told]
                held[number] = copied + [mark for mark, value in told.items() if value]
        return held if attribute == "size" else [tuple(_listed(each)) for each in held]

    def _test(self, held: Filter) -> Callable[[Any], bool]:
        """Whether a value passes, with `months_from` a pair of days; `docs/targets.md` has the same list."""
        if held.equals is not None:
            return lambda value: value == held.equals
        if (within := held.within) is not None:
            return lambda value: value in within
        if (without := held.without) is not None:
            return lambda value: value not in without
        if held.contains is not None:
            wanted = frozenset(held.contains)
            return lambda value: wanted.issubset(_listed(value))
        if held.months_from is not None:
            return lambda days: _lasts(days[0], days[1], held.months)
        codes = tuple(self.terms.province if code == "project" else code for code in held.region_in or held.region_outside or ())
        within_region = held.region_in is not None
        return lambda value: str(value).startswith(codes) is within_region


def _each(values: Sequence[T], told: Callable[[T], R], known: dict[T, R]) -> list[R]:
    """What is told of each value; of equal ones once, where they can be looked up: `known` is what was told before."""
    try:
        for value in set(values).difference(known):
            known[value] = told(value)
    except TypeError:  # lists
        return list(map(told, values))
    return list(map(known.__getitem__, values))


def _keep_complete(tally: _Tally, reason: str, lacks: Callable[[list[Deed]], tuple[int, ...] | tuple[str, ...]]) -> None:
    """Takes out the keys that lack something, and says what."""
    for key, held in list(tally.keys.items()):
        lacking = lacks(held)
        if lacking:
            del tally.keys[key]
            tally.lacking.append(Lack("/".join(key), lacking))
            tally.left |= dict.fromkeys([deed.seq for deed in held], reason)


def _listed(value: Any) -> Sequence[str]:
    return value if isinstance(value, list | tuple) else ()


def _lasts(first: Value | None, last: Value, months: int) -> bool:
    """Whether the days from `first` to `last`, both inclusive, are at least so many months."""
    return isinstance(first, str) and date.fromisoformat(str(last)) >= add_months(date.fromisoformat(first), months) - DAY
