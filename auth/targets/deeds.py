"""The facts of one log, gone through once: what each account did, the other deeds by kind, the marks of enterprises."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from operator import attrgetter

import msgspec

from auth.ledger.model import Leaf, Value
from auth.targets.days import closes, opens
from auth.targets.rules import REGISTRATIONS
from auth.targets.terms import Terms

_STATES = {"account:held": "held", "account:released": None, "account:excluded": "excluded"}
_DECIDED = {"exclusion": "excluded", "release": None}
_RUNGS = {
    "account:activated": "activated",
    "account:role_confirmed": "role_confirmed",
    "account:registered_elsewhere": "registered_elsewhere",
}
_WHEN = attrgetter("happened_at", "seq")


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


class Log:
    """The facts seen, put in order for one project."""

    def __init__(self, facts: Iterable[Leaf], terms: Terms) -> None:
        self._terms = terms
        self._rivals: dict[str, list[tuple[datetime, datetime]]] = {}
        for rival in terms.rivals:
            for kind in rival.counts:
                self._rivals.setdefault(kind, []).append((opens(rival.span.first), closes(rival.span.last)))
        self._kinds: dict[str, list[Leaf]] = defaultdict(list)
        for leaf in facts:
            self._kinds[leaf.kind].append(leaf)
        self._sorted: dict[Sequence[str], list[Leaf]] = {}
        self._marks = self._read_marks()
        self._accounts = self._read_accounts()
        self.opens, self.closes = opens(terms.first), closes(terms.last)

    def of(self, kinds: Sequence[str]) -> list[Leaf]:
        """The deeds of these kinds as they happened."""
        if kinds not in self._sorted:
            self._sorted[kinds] = sorted((leaf for kind in kinds for leaf in self._kinds[kind]), key=_WHEN)
        return self._sorted[kinds]

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

    def _read_marks(self) -> dict[Value, dict[str, list[Mark]]]:
        """By enterprise, then by mark, as recorded."""
        marks: dict[Value, dict[str, list[Mark]]] = {}
        for leaf in self._kinds["enterprise:mark"]:
            name = str(leaf.attributes["mark"])
            first = date.fromisoformat(str(leaf.attributes.get("first", date.min)))
            last = date.fromisoformat(str(leaf.attributes.get("last", date.max)))
            entry = Mark(
                opens(first) if first > date.min else None,
                closes(last) if last < date.max else None,
                str(leaf.attributes.get("value", name)),
            )
            marks.setdefault(leaf.attributes["enterprise"], {}).setdefault(name, []).append(entry)
        return marks

    def _read_accounts(self) -> dict[str, Account]:
        accounts: dict[str, Account] = defaultdict(Account)
        for leaf in self._kinds["account:registered"]:
            accounts[leaf.account or ""].rungs.setdefault("registered", leaf)
        for leaf in self._kinds["account:contact_verified"]:
            accounts[leaf.account or ""].rungs.setdefault("contact_verified", leaf)
        for leaf in self._kinds["account:profile_complete"]:
            accounts[leaf.account or ""].profiles.append(leaf)
        for kind, rung in _RUNGS.items():
            for leaf in self._kinds[kind]:
                if leaf.attributes.get("project", self._terms.project) == self._terms.project:
                    accounts[leaf.account or ""].rungs.setdefault(rung, leaf)
        for account in accounts.values():
            if len(account.profiles) > 1:
                account.profiles.sort(key=_WHEN)
        self._judge(accounts)
        return accounts

    def _judge(self, accounts: Mapping[str, Account]) -> None:
        for leaf in self._kinds["account:withdrawn"]:
            if leaf.account and leaf.account in accounts:
                accounts[leaf.account].withdrawn = True
        states = [leaf for kind in _STATES for leaf in self._kinds[kind]]
        decided = [
            leaf
            for leaf in self._kinds["project:decision"]
            if leaf.attributes["decision"] in _DECIDED and leaf.attributes["project"] == self._terms.project
        ]
        for leaf in sorted(states + decided, key=attrgetter("seq")):
            if leaf.account and leaf.account in accounts:
                decision = str(leaf.attributes.get("decision"))
                accounts[leaf.account].state = _STATES[leaf.kind] if leaf.kind in _STATES else _DECIDED[decision]

    def registrations(self, reading: str) -> tuple[list[Deed], Reasons]:
        """The accounts that reached the reading inside the window, as they did; the others with the reason."""
        entered, left = self._registered if reading == "registered" else self._verified
        at_start = reading in ("registered", "contact_verified")
        reached, left = [], dict(left)
        for entry in entered:
            rung = entry.start if at_start else entry.rungs.get(reading)
            if rung is None:
                left[entry.start.seq] = f"not_{reading}"
            elif entry.since is None:
                left[entry.start.seq] = "profile_missing"
            elif (at := max(rung.happened_at, entry.since)) >= self.closes:
                left[entry.start.seq] = "after_window"
            else:
                reached.append(Deed(rung.seq, at, _latest(entry.versions, at)))
        reached.sort(key=attrgetter("at", "seq"))
        return reached, left

    @cached_property
    def _registered(self) -> tuple[list[Entry], Reasons]:
        """The accounts that entered: nothing but the registration is asked of them."""
        return self._entered(lambda rungs: rungs.get("registered") or rungs.get("contact_verified"), profiled=False)

    @cached_property
    def _verified(self) -> tuple[list[Entry], Reasons]:
        """The accounts whose contact was verified, with what each profile said."""
        return self._entered(lambda rungs: rungs.get("contact_verified"), profiled=True)

    def _entered(self, first: Callable[[Mapping[str, Leaf]], Leaf | None], *, profiled: bool) -> tuple[list[Entry], Reasons]:
        entered: list[Entry] = []
        left: Reasons = {}
        for name, account in self._accounts.items():
            start = first(account.rungs)
            reason = self._standing(name, account) or self._not_started(start)
            if start is None or reason:
                known = start or next(iter(account.rungs.values()), None)
                if known is not None:
                    left[known.seq] = reason or "not_verified"
                continue
            base: Mapping[str, Value] = {**start.attributes, "account": name, "person": start.person or name}
            versions = [(start.happened_at, base)]
            if profiled:
                versions = [(held.happened_at, {**base, **held.attributes}) for held in account.profiles]
            since = max(start.happened_at, versions[0][0]) if versions else None
            entered.append(Entry(start, account.rungs, versions, since))
        return entered, left

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


def _latest(versions: Sequence[tuple[datetime, Mapping[str, Value]]], at: datetime) -> Mapping[str, Value]:
    """What the last version written by the instant says; the first where none was."""
    values = versions[0][1]
    for written, later in versions[1:]:
        if written <= at:
            values = later
    return values
