"""The facts of one log, read as they come: what each account did, the other deeds by kind, the marks of enterprises."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter

import msgspec

from auth.ledger.model import Leaf, Value
from auth.targets.days import closes, opens
from auth.targets.rules import REGISTRATIONS, RUNGS
from auth.targets.terms import Terms

_STATES = {"account:held": "held", "account:released": None, "account:excluded": "excluded"}
_DECIDED = {"exclusion": "excluded", "release": None}
_RUNGS = {
    "account:registered": "registered",
    "account:contact_verified": "contact_verified",
    "account:activated": "activated",
    "account:role_confirmed": "role_confirmed",
    "account:registered_elsewhere": "registered_elsewhere",
}
_LADDER = ("registered", "contact_verified")
"""Rungs that are reached once, whichever project a fact names."""
_WHEN = attrgetter("happened_at", "seq")
_AT = attrgetter("at", "seq")


@dataclass(slots=True)
class Account:
    """What the log says of one account. `rungs`: the first fact of each; `state`: held, excluded or neither, by the fact
    recorded last."""

    rungs: dict[str, Leaf] = field(default_factory=dict)
    profiles: list[Leaf] = field(default_factory=list)
    state: str | None = None
    withdrawn: bool = False


class Deed(msgspec.Struct, frozen=True, gc=False):
    """Something done at an instant; `values` are its attributes, with the account's profile of then."""

    seq: int
    at: datetime
    values: Mapping[str, Value]


class Entry(msgspec.Struct, frozen=True):
    """An account that may count: its registration, the rungs it reached, what each profile of it says, by instant, and `since`
    when it is verified and has a profile; ``None`` where it has none."""

    start: Leaf
    rungs: Mapping[str, Leaf]
    versions: list[tuple[datetime, Mapping[str, Value]]]
    since: datetime | None


class Mark(msgspec.Struct, frozen=True, gc=False):
    """A mark of an enterprise as one fact says it: borne from `first` to before `end`; ``None`` is without a bound."""

    first: datetime | None
    end: datetime | None
    value: str


Reasons = dict[int, str]
"""Facts that do not count: the seq of each, and why. A target leaves a fact out once."""


@dataclass(frozen=True, slots=True)
class Aside:
    """Facts that count for no target of the project, whatever it asks: those of other projects, of other days, of people held.
    Never changed once it is given out. `counts` is how many there are, by reason."""

    reasons: Reasons = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)

    def changed(self, come: Reasons, gone: Iterable[int] = ()) -> "Aside":
        """With those that came, without those that went."""
        reasons, counts = self.reasons | come, Counter(self.counts)
        counts.update(come.values())
        for seq in gone:
            if seq not in come:
                del reasons[seq]
            counts[self.reasons[seq]] -= 1
        return Aside(reasons, +counts)


@dataclass(slots=True)
class Deeds:
    """Deeds of some kinds that fall into a period and to this project, as they happened; the others of those kinds aside."""

    deeds: list[Deed] = field(default_factory=list)
    aside: Aside = field(default_factory=Aside)
    read: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    """By kind, how many facts were looked at."""


@dataclass(slots=True)
class Entered:
    """The accounts that may count, and the others, each by the fact it is left out with. `touched`: those of which a fact came
    that was not looked at yet. `profiled`: whether more is asked of an account than its registration."""

    profiled: bool
    entries: dict[str, Entry] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)
    aside: Aside = field(default_factory=Aside)
    touched: set[str] = field(default_factory=set)


class Log:
    """The facts seen of a log, put in order for one project. More may be read later: nothing of what was read is gone through
    again but the accounts that a new fact speaks of."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._rivals: dict[str, list[tuple[datetime, datetime]]] = {}
        for rival in terms.rivals:
            for kind in rival.counts:
                self._rivals.setdefault(kind, []).append((opens(rival.span.first), closes(rival.span.last)))
        self._kinds: dict[str, list[Leaf]] = defaultdict(list)
        self._deeds: dict[tuple[Sequence[str], str], Deeds] = defaultdict(Deeds)
        self._marks: dict[Value, dict[str, list[Mark]]] = {}
        self._accounts: dict[str, Account] = defaultdict(Account)
        self._about_accounts = 0
        self._touched: set[str] = set()
        self._registered, self._verified = Entered(profiled=False), Entered(profiled=True)
        self.opens, self.closes = opens(terms.first), closes(terms.last)

    def read(self, facts: Iterable[Leaf]) -> None:
        """The facts that come next in the log."""
        for leaf in facts:
            kind = leaf.kind
            self._kinds[kind].append(leaf)
            if kind.startswith("account:"):
                self._tell(leaf)
            elif kind == "enterprise:mark":
                self._mark(leaf)
            elif kind == "project:decision" and leaf.attributes["project"] == self._terms.project:
                decision = leaf.attributes["decision"]
                if leaf.account and decision in _DECIDED:
                    self._touch(leaf.account).state = _DECIDED[str(decision)]

    def stamp(self, kinds: Sequence[str], period: str) -> tuple[int, int]:
        """As long as it is equal, what is asked of these kinds has the same answer, but for the facts aside."""
        own = self._about_accounts if REGISTRATIONS in kinds else len(self.of(kinds, period).deeds)
        return own, len(self._kinds["enterprise:mark"])

    def of(self, kinds: Sequence[str], period: str) -> Deeds:
        """The deeds of these kinds that fall into the period, `window` or `to_last_day`, and to this project."""
        held = self._deeds[kinds, period]
        known, aside = len(held.deeds), Reasons()
        for kind in kinds:
            for leaf in self._kinds[kind][held.read[kind] :]:
                if leaf.happened_at >= self.closes:
                    aside[leaf.seq] = "after_window"
                elif leaf.happened_at < self.opens and period == "window":
                    aside[leaf.seq] = "before_window"
                elif self.elsewhere(kind, leaf.attributes.get("project"), leaf.happened_at):
                    aside[leaf.seq] = "another_project"
                else:
                    values = leaf.attributes if leaf.person is None else {**leaf.attributes, "person": leaf.person}
                    held.deeds.append(Deed(leaf.seq, leaf.happened_at, values))
            held.read[kind] = len(self._kinds[kind])
        if len(held.deeds) > known:
            held.deeds.sort(key=_AT)
        if aside:
            held.aside = held.aside.changed(aside)
        return held

    def elsewhere(self, kind: str, named: Value | None, at: datetime) -> bool:
        """Whether the deed is another project's: the one it names, else the one contracted first whose window holds it and
        whose rule counts its kind."""
        if named is not None:
            return named != self._terms.project
        return kind in self._rivals and any(first <= at < end for first, end in self._rivals[kind])

    def marked(self, enterprise: Value | None) -> bool:
        """Whether any fact speaks of a mark of the enterprise."""
        return enterprise in self._marks

    def mark(self, enterprise: Value, mark: str, at: datetime) -> str | None:
        """The value of the mark that the enterprise bears at the instant; ``""`` when it bears none; ``None`` when no fact
        speaks of it. Of the entries that began by then the one recorded last decides."""
        for entry in reversed(self._marks.get(enterprise, {}).get(mark, ())):
            if entry.first is None or entry.first <= at:
                return entry.value if entry.end is None or at < entry.end else ""
        return None

    def marks(self, enterprise: Value, at: datetime) -> dict[str, str]:
        """Every mark that a fact speaks of by the instant, with its value, ``""`` where the enterprise no longer bears it."""
        told = {name: self.mark(enterprise, name, at) for name in self._marks.get(enterprise, ())}
        return {name: value for name, value in told.items() if value is not None}

    def _mark(self, leaf: Leaf) -> None:
        name = str(leaf.attributes["mark"])
        first = date.fromisoformat(str(leaf.attributes.get("first", date.min)))
        last = date.fromisoformat(str(leaf.attributes.get("last", date.max)))
        entry = Mark(
            opens(first) if first > date.min else None,
            closes(last) if last < date.max else None,
            str(leaf.attributes.get("value", name)),
        )
        self._marks.setdefault(leaf.attributes["enterprise"], {}).setdefault(name, []).append(entry)

    def _tell(self, leaf: Leaf) -> None:
        """What a fact says of its account."""
        kind, name = leaf.kind, leaf.account or ""
        rung = _RUNGS.get(kind)
        if rung is not None:
            if rung in _LADDER or leaf.attributes.get("project", self._terms.project) == self._terms.project:
                self._touch(name).rungs.setdefault(rung, leaf)
        elif kind == "account:profile_complete":
            profiles = self._touch(name).profiles
            profiles.append(leaf)
            if len(profiles) > 1:
                profiles.sort(key=_WHEN)
        elif name and kind in _STATES:
            self._touch(name).state = _STATES[kind]
        elif name and kind == "account:withdrawn":
            self._touch(name).withdrawn = True

    def _touch(self, name: str) -> Account:
        self._about_accounts += 1
        self._touched.add(name)
        return self._accounts[name]

    def registrations(self, reading: str) -> tuple[list[Deed], Reasons, Aside]:
        """The accounts that reached the reading inside the window, as they did; those that entered and did not, with the reason;
        those that did not enter."""
        entered = self._entered(self._registered if reading == "registered" else self._verified)
        at_start = reading in _LADDER
        reached, left = [], Reasons()
        for entry in entered.entries.values():
            rung = entry.start if at_start else entry.rungs.get(reading)
            if rung is None:
                left[entry.start.seq] = f"not_{reading}"
            elif entry.since is None:
                left[entry.start.seq] = "profile_missing"
            elif (at := max(rung.happened_at, entry.since)) >= self.closes:
                left[entry.start.seq] = "after_window"
            else:
                reached.append(Deed(rung.seq, at, _latest(entry.versions, at)))
        reached.sort(key=_AT)
        return reached, left, entered.aside

    def _entered(self, held: Entered) -> Entered:
        """Brought up to the last fact read: every account that was touched is looked at anew."""
        for each in (self._registered, self._verified):
            each.touched |= self._touched
        self._touched.clear()
        come, gone = Reasons(), []
        for name in held.touched:
            held.entries.pop(name, None)
            if name in held.left:
                gone.append(held.left.pop(name))
            account = self._accounts[name]
            start = account.rungs.get("contact_verified")
            if not held.profiled:
                start = account.rungs.get("registered", start)
            reason = self._standing(name, account) or self._not_started(start)
            if start is not None and not reason:
                held.entries[name] = _entry(name, account, start, profiled=held.profiled)
            elif known := start or next((account.rungs[rung] for rung in RUNGS if rung in account.rungs), None):
                held.left[name] = known.seq
                come[known.seq] = reason or "not_verified"
        held.touched.clear()
        if come or gone:
            held.aside = held.aside.changed(come, gone)
        return held

    def _standing(self, name: str, account: Account) -> str | None:
        if account.withdrawn:
            return "withdrawn"
        if account.state is not None:
            return account.state
        return "moved" if name in self._terms.moved else None

    def _not_started(self, start: Leaf | None) -> str | None:
        if start is None:
            return "not_verified"
        if self.elsewhere(REGISTRATIONS, start.attributes.get("project"), start.happened_at):
            return "another_project"
        return "before_window" if start.happened_at < self.opens else None


def _entry(name: str, account: Account, start: Leaf, *, profiled: bool) -> Entry:
    base: Mapping[str, Value] = {**start.attributes, "account": name, "person": start.person or name}
    versions = [(start.happened_at, base)]
    if profiled:
        versions = [(held.happened_at, {**base, **held.attributes}) for held in account.profiles]
    since = max(start.happened_at, versions[0][0]) if versions else None
    return Entry(start, account.rungs, versions, since)


def _latest(versions: Sequence[tuple[datetime, Mapping[str, Value]]], at: datetime) -> Mapping[str, Value]:
    """What the last version written by the instant says; the first where none was."""
    values = versions[0][1]
    for written, later in versions[1:]:
        if written <= at:
            values = later
    return values
