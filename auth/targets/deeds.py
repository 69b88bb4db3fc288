"""The facts of one log, gone through once: what each account did, the other deeds by kind, the marks of enterprises."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from operator import attrgetter

import msgspec

from auth.clock import day
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
    """An account that may count: its registration, the rungs it reached, and what each profile of it says, by instant."""

    start: Leaf
    rungs: Mapping[str, Leaf]
    versions: list[tuple[datetime, Mapping[str, Value]]]


class Row(msgspec.Struct, frozen=True, gc=False):
    """A fact and why it does not count."""

    seq: int
    reason: str


class Log:
    """The facts seen, put in order for one project."""

    def __init__(self, facts: Iterable[Leaf], terms: Terms) -> None:
        self._terms = terms
        self._rivals = [(rival.counts, opens(rival.span.first), closes(rival.span.last)) for rival in terms.rivals]
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
        return bool(self._rivals) and any(kind in counts and first <= at < end for counts, first, end in self._rivals)

    def mark(self, enterprise: Value, mark: str, at: datetime) -> str | None:
        """The value of the mark that the enterprise bears at the instant; ``""`` when it bears none; ``None`` when no fact
        speaks of it. Of the entries that began by then the one recorded last decides."""
        on, decisive = None, None
        for entry in self._marks.get((enterprise, mark), ()):
            on = on or day(at).isoformat()
            if str(entry.attributes.get("first", "")) <= on:
                decisive = entry
        if decisive is None:
            return None
        assert on is not None
        return str(decisive.attributes.get("value", mark)) if on <= str(decisive.attributes.get("last", date.max)) else ""

    def marks(self, enterprise: Value, at: datetime) -> dict[str, str]:
        """Every mark that a fact speaks of by the instant, with its value, ``""`` where the enterprise no longer bears it."""
        told = {name: self.mark(enterprise, name, at) for name in self._names.get(enterprise, ())}
        return {name: value for name, value in told.items() if value is not None}

    def _read_marks(self) -> dict[tuple[Value, str], list[Leaf]]:
        marks: dict[tuple[Value, str], list[Leaf]] = defaultdict(list)
        self._names: dict[Value, set[str]] = defaultdict(set)
        for leaf in self._kinds["enterprise:mark"]:
            enterprise, mark = leaf.attributes["enterprise"], str(leaf.attributes["mark"])
            marks[enterprise, mark].append(leaf)
            self._names[enterprise].add(mark)
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

    def registrations(self, reading: str) -> tuple[list[Deed], list[Row]]:
        """The accounts that reached the reading inside the window, as they did; the others with the reason."""
        entered, left = self._registered if reading == "registered" else self._verified
        reached, left = [], list(left)
        for entry in entered:
            deed = self._reached(entry, reading)
            if isinstance(deed, Row):
                left.append(deed)
            else:
                reached.append(deed)
        reached.sort(key=attrgetter("at", "seq"))
        return reached, left

    def _reached(self, entry: Entry, reading: str) -> Deed | Row:
        """The instant at which the reading was reached: its rung, the contact verified and the profile filled in."""
        start = entry.start
        rung = start if reading in ("registered", "contact_verified") else entry.rungs.get(reading)
        if rung is None:
            return Row(start.seq, f"not_{reading}")
        if not entry.versions:
            return Row(start.seq, "profile_missing")
        at = max(rung.happened_at, start.happened_at, entry.versions[0][0])
        if at >= self.closes:
            return Row(start.seq, "after_window")
        values = entry.versions[0][1]
        for written, later in entry.versions[1:]:
            if written <= at:
                values = later
        return Deed(rung.seq, at, values)

    @cached_property
    def _registered(self) -> tuple[list[Entry], list[Row]]:
        """The accounts that entered: nothing but the registration is asked of them."""
        return self._entered(lambda rungs: rungs.get("registered") or rungs.get("contact_verified"), profiled=False)

    @cached_property
    def _verified(self) -> tuple[list[Entry], list[Row]]:
        """The accounts whose contact was verified, with what each profile said."""
        return self._entered(lambda rungs: rungs.get("contact_verified"), profiled=True)

    def _entered(self, first: Callable[[Mapping[str, Leaf]], Leaf | None], *, profiled: bool) -> tuple[list[Entry], list[Row]]:
        entered: list[Entry] = []
        left: list[Row] = []
        for name, account in self._accounts.items():
            start = first(account.rungs)
            known = start or next(iter(account.rungs.values()), None)
            if known is None:
                continue
            reason = self._standing(name, account) or self._not_started(start)
            if start is None or reason:
                left.append(Row(known.seq, reason or "not_verified"))
                continue
            base: Mapping[str, Value] = {**start.attributes, "account": name, "person": start.person or name}
            versions = [(start.happened_at, base)]
            if profiled:
                versions = [(held.happened_at, {**base, **held.attributes}) for held in account.profiles]
            entered.append(Entry(start, account.rungs, versions))
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
