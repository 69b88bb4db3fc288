"""`evaluate`: what the facts are worth under a rule. Pure: no clock, no database, no order of a set shows in the result.

The meaning of every word is that of `docs/targets.md`, which a second implementation follows without this one.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from auth.ledger.model import Leaf, Value
from auth.targets import terms as project_terms
from auth.targets.days import DAY, Span, add_months, closes, opens
from auth.targets.deeds import Deed, Log, Row
from auth.targets.rules import GRADES, Filter, Rules, Target
from auth.targets.standing import Lack, Measure, Standing
from auth.targets.terms import Terms

Key = tuple[str, ...]
Refusal = Callable[[Deed], str | None]


@dataclass(slots=True)
class _Tally:
    """A target at one reading. `keys`: what is counted, each with its deeds."""

    keys: dict[Key, list[Deed]]
    left: list[Row]
    lacking: list[Lack] = field(default_factory=list)
    cells: tuple[int, int] | None = None
    counted: list[Deed] = field(default_factory=list)


def seen(facts: Sequence[Leaf], *, as_of: date) -> list[Leaf]:
    """The facts that the end of the day saw: those recorded before it."""
    end = closes(as_of)
    return [leaf for leaf in facts if leaf.recorded_at < end]


def evaluate(rules: Rules, facts: Sequence[Leaf], project: str, *, as_of: date) -> Standing:
    """The standing of the project by the facts of its agency's log, as of the end of the day. `NoContract`."""
    held = seen(facts, as_of=as_of)
    terms = project_terms.read(project, held)
    counting = _Counting(rules, Log(held, terms), terms, as_of)
    direction = terms.adopted.direction if terms.adopted else None
    return Standing(
        project=project,
        as_of=as_of,
        first=terms.first,
        last=terms.last,
        quarters=terms.quarters,
        adopted=terms.adopted,
        rule=rules.rule,
        version=rules.version,
        sha256=rules.sha256,
        facts=len(held),
        decisions=terms.decisions,
        measures=tuple(counting.measure(target) for target in rules.of_direction(direction)),
    )


class _Counting:
    """The targets of one rule file, counted in the order of the file: a subset finds its base counted."""

    def __init__(self, rules: Rules, log: Log, terms: Terms, as_of: date) -> None:
        self._rules = rules
        self._log = log
        self._terms = terms
        self._as_of = as_of
        self._tallies: dict[tuple[str, str], _Tally] = {}
        self._found: dict[tuple[tuple[str, ...], str], tuple[list[Deed], list[Row]]] = {}
        self._quarters = [(opens(span.first), closes(span.last)) for span in terms.quarters]

    def measure(self, target: Target) -> Measure:
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
        waived = self._terms.waived.get(target.id)
        return Measure(
            target=target.id,
            needed=needed,
            at_most=at_most,
            reading=reading,
            counts=counts,
            missing=max((needed or 0) - count, 0),
            met=met if waived is None else True,
            forecast=None if target.each_quarter else self._forecast(count),
            waived=waived,
            split=self._split(target, decisive),
            cells=decisive.cells,
            lacking=tuple(sorted(decisive.lacking, key=lambda lack: lack.key)),
            counted=tuple(sorted(deed.seq for deed in decisive.counted)),
            left_out=tuple(sorted(decisive.left, key=lambda row: (row.seq, row.reason))),
        )

    def _reading(self, target: Target) -> str:
        """The reading that decides: the contract's, where the target has one of that name."""
        wanted = {"rungs": self._terms.reading, "grades": self._terms.grade}.get(target.readings)
        return wanted if wanted in target.scale() else target.reading

    def _at_each_reading(self, target: Target) -> dict[str, _Tally]:
        refusal = self._refusal(target.where)
        if target.readings == "rungs":
            tallies = {}
            for reading in target.scale():
                deeds, left = self._log.registrations(reading)
                passed = deeds if reading == "registered" else _sift(deeds, refusal, left)
                tallies[reading] = self._tally(target, reading, self._keyed(target, passed, left), left)
            return tallies
        inside, outside = self._inside(target.of, target.period)
        left = list(outside)
        keyed = self._keyed(target, _sift(inside, refusal, left), left)
        if target.readings == "one":
            return {"recorded": self._tally(target, "recorded", keyed, left)}
        return {reading: self._graded(target, reading, keyed, left) for reading in target.scale()}

    def _graded(self, target: Target, reading: str, deeds: list[tuple[Key, Deed]], left: list[Row]) -> _Tally:
        """Deeds of this grade or a higher one."""
        enough = frozenset(GRADES[GRADES.index(reading) :])
        high = [held for held in deeds if held[1].values["grade"] in enough]
        if reading != self._reading(target):
            return self._tally(target, reading, high, [])
        low = [Row(deed.seq, "grade_too_low") for _, deed in deeds if deed.values["grade"] not in enough]
        return self._tally(target, reading, high, left + low)

    def _inside(self, kinds: tuple[str, ...], period: str) -> tuple[list[Deed], list[Row]]:
        """The deeds of the kinds that fall into the period and to this project; found once for all targets that ask."""
        if (kinds, period) in self._found:
            return self._found[kinds, period]
        log, inside, left = self._log, [], []
        for leaf in log.of(kinds):
            if leaf.happened_at >= log.closes:
                left.append(Row(leaf.seq, "after_window"))
            elif leaf.happened_at < log.opens and period == "window":
                left.append(Row(leaf.seq, "before_window"))
            elif log.elsewhere(leaf.kind, leaf.attributes.get("project"), leaf.happened_at):
                left.append(Row(leaf.seq, "another_project"))
            else:
                values = leaf.attributes if leaf.person is None else {**leaf.attributes, "person": leaf.person}
                inside.append(Deed(leaf.seq, leaf.happened_at, values))
        self._found[kinds, period] = inside, left
        return inside, left

    def _keyed(self, target: Target, deeds: list[Deed], left: list[Row]) -> list[tuple[Key, Deed]]:
        """Each deed with what it is counted by: itself unless the target says otherwise; `left` get those that do not say."""
        if not target.distinct:
            return [((str(deed.seq),), deed) for deed in deeds]
        replaced = self._terms.replaced
        keyed = []
        for deed in deeds:
            values = [deed.values.get(name) for name in target.distinct]
            if None in values:
                left.append(Row(deed.seq, "key_missing"))
                continue
            named = zip(target.distinct, map(str, values), strict=True)
            key = tuple([replaced.get(value, value) if name == "enterprise" else value for name, value in named])
            keyed.append((key, deed))
        return keyed

    def _tally(self, target: Target, reading: str, deeds: list[tuple[Key, Deed]], left: list[Row]) -> _Tally:
        """Deeds by what they are counted by; each key then in the base, with all that it has to collect, in every quarter. Which
        deeds a key rests on is asked at the deciding reading alone."""
        tally = _Tally({}, left)
        base = self._base(target.subset_of, reading)
        for key, deed in deeds:
            if base is not None and key not in base.keys:
                left.append(Row(deed.seq, f"not_in_{target.subset_of}"))
            else:
                tally.keys.setdefault(key, []).append(deed)
        if target.collect:
            _keep_complete(tally, target.collect.reason, lambda held: self._parts(target, held))
        if target.each_quarter:
            for key in base.keys if base is not None else ():
                tally.keys.setdefault(key, [])
            every = len(tally.keys) * len(self._quarters)
            _keep_complete(tally, "quarter_missing", lambda held: self._unserved(target, held))
            tally.cells = (every - sum(len(lack.lacks) for lack in tally.lacking), every)
        if reading == self._reading(target):
            for held in tally.keys.values():
                self._choose(target, held, tally)
        return tally

    def _choose(self, target: Target, held: list[Deed], tally: _Tally) -> None:
        """Which deeds a counted key rests on: the first, the first that brings a part, the first so many of each quarter."""
        have: Counter[object] = Counter()
        for deed in held:
            brought: Sequence[object] = (None,)
            most = 1
            if target.collect:
                values = deed.values.get(target.collect.attribute)
                brought = [part for part in values if part in target.collect.all] if isinstance(values, list) else ()
            elif target.each_quarter:
                brought, most = (self._quarter(deed),), target.each_quarter
            if any(have[part] < most for part in brought):
                tally.counted.append(deed)
            else:
                tally.left.append(Row(deed.seq, "counted_already"))
            have.update(brought)

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
        served = Counter(self._quarter(deed) for deed in held)
        return tuple(number for number in range(1, len(self._quarters) + 1) if served[number] < target.each_quarter)

    def _quarter(self, deed: Deed) -> int:
        return next(number for number, (first, end) in enumerate(self._quarters, 1) if first <= deed.at < end)

    def _number(self, target: Target, tally: _Tally) -> int:
        if target.sum is None:
            return len(tally.keys)
        amounts = (deed.values.get(target.sum) for deed in tally.counted)
        return sum(amount for amount in amounts if isinstance(amount, int))

    def _needed(self, target: Target, reading: str) -> tuple[int | None, int | None]:
        """Floor and ceiling: the contract's or plan's number, else the notice's with the modifiers the contract names; a target
        on all of another needs no less than there are."""
        own = self._terms.numbers.get(target.id)
        floor, ceiling = target.at_least, target.at_most
        for modifier in self._rules.modifiers:
            if modifier.id in self._terms.modifiers and modifier.direction in (None, target.direction):
                floor = None if floor is None else modifier.applied(floor)
        if own is not None:
            floor, ceiling = (floor, own) if floor is None and ceiling is not None else (own, ceiling)
        base = self._base(target.all_of, reading)
        return (floor if base is None else max(floor or 0, len(base.keys))), ceiling

    def _forecast(self, count: int) -> int | None:
        """As many a day as so far, to the last day; ``None`` before the first."""
        gone = len(Span(self._terms.first, min(self._as_of, self._terms.last)))
        return count * len(Span(self._terms.first, self._terms.last)) // gone if gone else None

    def _split(self, target: Target, tally: _Tally) -> dict[str, int]:
        if target.split is None:
            return {}
        found = Counter(str(held[0].values.get(target.split, "unknown")) for held in tally.keys.values() if held)
        return dict(sorted(found.items()))

    def _refusal(self, filters: Sequence[Filter]) -> Refusal:
        """Why a deed does not pass the filters: the first that it fails."""
        marked = ("size", "marks")
        tests = [(held.attribute, held.attribute in marked, held.reason, self._test(held)) for held in filters]

        def refused(deed: Deed) -> str | None:
            for attribute, by_mark, reason, test in tests:
                value = self._by_mark(deed, attribute) if by_mark else deed.values.get(attribute)
                if value is None:
                    return f"{attribute}_missing"
                if not test(value, deed):
                    return reason
            return None

        return refused

    def _by_mark(self, deed: Deed, attribute: str) -> Value | None:
        """Size or marks: by the facts on the enterprise's marks first, then as copied into the deed."""
        held, enterprise = deed.values.get(attribute), deed.values.get("enterprise", "")
        if attribute == "size":
            return self._log.mark(enterprise, "size_class", deed.at) or held
        told = self._log.marks(enterprise, deed.at)
        copied = {mark for mark in _listed(held) if mark not in told}
        return sorted(copied | {mark for mark, value in told.items() if value})

    def _test(self, held: Filter) -> Callable[[Value, Deed], bool]:
        """Whether a value passes; `docs/targets.md` has the same list."""
        if held.equals is not None:
            return lambda value, _deed: value == held.equals
        if (within := held.within) is not None:
            return lambda value, _deed: value in within
        if (without := held.without) is not None:
            return lambda value, _deed: value not in without
        if (contains := held.contains) is not None:
            return lambda value, _deed: set(contains) <= set(_listed(value))
        if held.months_from is not None:
            return lambda value, deed: _lasts(deed.values.get(held.months_from or ""), value, held.months)
        codes = tuple(self._terms.province if code == "project" else code for code in held.region_in or held.region_outside or ())
        wanted = held.region_in is not None
        return lambda value, _deed: str(value).startswith(codes) is wanted


def _sift(deeds: list[Deed], refusal: Refusal, left: list[Row]) -> list[Deed]:
    """The deeds that pass; the others go to `left`."""
    passed = []
    for deed in deeds:
        reason = refusal(deed)
        if reason is None:
            passed.append(deed)
        else:
            left.append(Row(deed.seq, reason))
    return passed


def _keep_complete(tally: _Tally, reason: str, lacks: Callable[[list[Deed]], tuple[int, ...] | tuple[str, ...]]) -> None:
    """Takes out the keys that lack something, and says what."""
    for key, held in list(tally.keys.items()):
        lacking = lacks(held)
        if lacking:
            del tally.keys[key]
            tally.lacking.append(Lack("/".join(key), lacking))
            tally.left.extend(Row(deed.seq, reason) for deed in held)


def _listed(value: Value | None) -> list[str]:
    return value if isinstance(value, list) else []


def _lasts(first: Value | None, last: Value, months: int) -> bool:
    """Whether the days from `first` to `last`, both inclusive, are at least so many months."""
    return isinstance(first, str) and date.fromisoformat(str(last)) >= add_months(date.fromisoformat(first), months) - DAY
