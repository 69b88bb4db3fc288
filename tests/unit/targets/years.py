"""Generated years of facts, with every edge that a count can fall over."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from auth.clock import SHANGHAI
from auth.ledger import kinds
from auth.ledger.model import Fact, Leaf
from auth.targets.rules import Rules, Target, parse, shipped

PROJECT, AGENCY = "p1", "agency1"
FIRST, LAST = date(2019, 7, 1), date(2020, 6, 30)
SHA = "a" * 64
CONTRACT = {
    "project": PROJECT,
    "first": FIRST.isoformat(),
    "last": LAST.isoformat(),
    "province": "52",
    "quarters": "contract",
    "contract_sha256": SHA,
    "reading": "activated",
}


class Book:
    """A log being written: facts get their seq and are recorded a minute after they happened, never before the last one."""

    def __init__(self) -> None:
        self.leaves: list[Leaf] = []

    def write(self, kind: str, at: datetime, *, recorded: datetime | None = None, **fields: Any) -> Leaf:
        """Appends a fact; what is no field of a fact is an attribute."""
        own = {name: fields.pop(name) for name in ("account", "person", "link") if name in fields}
        fact = Fact(kind=kind, happened_at=at, agency=AGENCY, attributes=fields, **own)
        kinds.check(fact)
        after = self.leaves[-1].recorded_at if self.leaves else datetime.min.replace(tzinfo=UTC)
        when = max(recorded or at + timedelta(minutes=1), after)
        leaf = Leaf(v=1, seq=len(self.leaves), recorded_at=when, kind=kind, happened_at=at, agency=AGENCY, attributes=fields, **own)
        self.leaves.append(leaf)
        return leaf

    def contract(self, **changed: Any) -> None:
        """The contract, signed a month before its first day, and a rule."""
        terms = CONTRACT | changed
        at = noon(date.fromisoformat(terms["first"])) - timedelta(days=30)
        self.write("project:contract", at, **terms)

    def adopt(self, at: datetime, *, project: str = PROJECT, rule: str = "guizhou-2019", **changed: Any) -> None:
        """A rule adopted."""
        held = {"project": project, "rule": rule, "version": 1, "sha256": SHA} | changed
        self.write("project:rule_adopted", at, **held)

    def person(self, name: str, at: datetime, *, activated: bool = True, **changed: Any) -> None:
        """Somebody who signs up, confirms, fills in the profile and searches, a second apart; activated at `at`."""
        second = timedelta(seconds=1)
        profile = {"enterprise": f"e-{name}", "role": "rd", "size": "small", "region": "520102"}
        verified = {"contact_class": "mobile", "new": True}
        for key, value in changed.items():
            (verified if key in verified or key == "project" else profile)[key] = value
        self.write("account:registered", at - 3 * second, account=name, channel="mobile")
        self.write("account:contact_verified", at - 2 * second, account=name, person=person(name), **verified)
        self.write("account:profile_complete", at - second, account=name, **{k: v for k, v in profile.items() if v is not None})
        if activated:
            self.write("account:activated", at, account=name)

    def agreement(self, enterprise: str, at: datetime, **changed: Any) -> None:
        """A free agreement of one year from the window's first day."""
        terms = {"first": FIRST.isoformat(), "last": LAST.isoformat(), "free": True, "sha256": SHA, "size": "small"} | changed
        self.write("agreement:signed", at, enterprise=enterprise, **terms)

    def push(self, enterprise: str, at: datetime, **changed: Any) -> Leaf:
        """A general push, delivered."""
        held = {
            "customised": False,
            "parts": ["a"],
            "channel": "email",
            "grade": "delivered",
            "region": "522601",
            "size": "small",
        } | changed
        return self.write("push:delivered", at, enterprise=enterprise, **{k: v for k, v in held.items() if v is not None})


def noon(day: date) -> datetime:
    """Noon in Shanghai."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=SHANGHAI).astimezone(UTC)


def person(name: str) -> str:
    """A commitment for the account."""
    return hashlib.sha256(name.encode()).hexdigest()


def a_year(rng: Random, *, rule: str = "guizhou-2019", people: int = 12, enterprises: int = 8, pushes: int = 60) -> list[Leaf]:
    """A year and what lies around it: two projects, people in every state, marks that begin and end, decisions, and deeds of the
    kinds that the rule speaks of, in one of its directions."""
    rules = parse(shipped()[rule])
    direction = rng.choice(sorted(rules.directions)) if rules.directions else None
    deeds: list[tuple[datetime, str, Mapping[str, Any]]] = []
    for number in range(people):
        deeds += _somebody(rng, f"acc{number}", enterprises)
    for number in range(enterprises):
        deeds += _agreement(rng, f"e{number}")
    for _ in range(pushes):
        deeds.append((_instant(rng), "push:delivered", _push(rng, enterprises)))
    for number in range(rng.randrange(8)):
        deeds += _training(rng, f"t{number}", people)
    for _ in range(rng.randrange(12)):
        deeds.append((_instant(rng), "enterprise:mark", _mark(rng, enterprises)))
    for target in rules.of_direction(direction):
        if target.of[0] in OF_ENTERPRISES:
            deeds += [(_instant(rng), target.of[0], _service(rng, target, enterprises)) for _ in range(rng.randrange(8))]
    for _ in range(rng.randrange(6)):
        deeds.append((_instant(rng), "project:decision", _decision(rng, enterprises, people)))
    return _written(rng, deeds, rules, direction)


def _written(rng: Random, deeds: list[tuple[datetime, str, Mapping[str, Any]]], rules: Rules, direction: str | None) -> list[Leaf]:
    """Recorded as they came, some of them weeks late."""
    late = [(at + timedelta(minutes=1, days=rng.choice([0, 0, 0, 0, 20])), at, kind, fields) for at, kind, fields in deeds]
    late.sort(key=lambda held: held[0])
    book = Book()
    if rng.random() < 0.4:  # another project of the agency, contracted before
        book.contract(project="p0", first="2019-03-01", last="2019-09-30")
        counts = rng.sample(["registrations", "push:delivered", "training:held"], rng.randrange(3))
        book.adopt(noon(date(2019, 3, 1)), project="p0", counts=counts)
    targets = [target.id for target in rules.of_direction(direction)]
    numbers = [f"{target}={rng.randrange(9)}" for target in rng.sample(targets, rng.randrange(min(3, len(targets))))]
    terms: dict[str, Any] = {"numbers": numbers, "modifiers": rng.choice([[], ["consecutive"]])}
    terms |= {"grade": rng.choice(GRADES)} if rng.random() < 0.5 else {}
    book.contract(quarters=rng.choice(["contract", "calendar"]), reading=rng.choice(READINGS), **terms)
    book.adopt(noon(FIRST) - timedelta(days=25), rule=rules.rule, **({"direction": direction} if direction else {}))
    for recorded, at, kind, fields in late:
        book.write(kind, at, recorded=recorded, **fields)
    return book.leaves


GRADES = ["declared", "accepted", "delivered", "opened", "acknowledged"]
OF_ENTERPRISES = ("service:given", "visit:made", "case:published", "pair:signed", "need:collected")
AUDIENCES = ["rd", "executive", "teacher", "officer", "market", "municipal", "enterprise"]
READINGS = ["registered", "contact_verified", "activated", "role_confirmed", "registered_elsewhere"]


def _instant(rng: Random) -> datetime:
    """An instant from a month before the window to a month after it, often on an edge of a quarter."""
    if rng.random() < 0.3:
        edge = rng.choice(["2019-07-01", "2019-10-01", "2020-01-01", "2020-04-01", "2020-07-01", "2020-02-29", "2020-03-01"])
        moved = timedelta(microseconds=rng.choice([-1_000_000, -1_000, -1, 0, 1, 1_000_000]))
        return datetime.fromisoformat(edge).replace(tzinfo=SHANGHAI).astimezone(UTC) + moved
    return noon(FIRST) + timedelta(seconds=rng.randrange(-30 * 86400, 396 * 86400))


def _enterprise(rng: Random, enterprises: int) -> str:
    return f"e{rng.randrange(enterprises)}"


def _somebody(rng: Random, name: str, enterprises: int) -> list[tuple[datetime, str, Mapping[str, Any]]]:
    at = _instant(rng)

    def later() -> datetime:
        return at + timedelta(seconds=rng.choice([0, 1, 60, 86400, 40 * 86400]))

    named = {"project": rng.choice([PROJECT, "p0"])} if rng.random() < 0.2 else {}
    verified = {
        "contact_class": rng.choice(["mobile", "public_mailbox"]),
        "new": rng.random() < 0.9,
        "person": person(name),
        "account": name,
        **named,
    }
    deeds: list[tuple[datetime, str, Mapping[str, Any]]] = [(at, "account:registered", {"account": name, "channel": "mobile"})]
    if rng.random() < 0.9:
        deeds.append((later(), "account:contact_verified", verified))
    profiles = [_profile(rng, enterprises) for _ in range(rng.choice([0, 1, 1, 1, 2]))]
    deeds += [(later(), "account:profile_complete", {"account": name, **profile}) for profile in profiles]
    if rng.random() < 0.8:
        deeds.append((later(), "account:activated", {"account": name}))
    if rng.random() < 0.4:
        deeds.append((later(), "account:role_confirmed", {"account": name, "by": "call_back"}))
    if rng.random() < 0.3:
        held = {"project": rng.choice([PROJECT, "p0"]), "list": SHA}
        deeds.append((later(), "account:registered_elsewhere", {"account": name, **held}))
    states = rng.sample(["held", "released", "excluded", "disputed", "withdrawn", "erased"], rng.choice([0, 0, 0, 1, 2]))
    return [*deeds, *((later(), f"account:{state}", {"account": name, "reasons": ["burst"]}) for state in states)]


def _profile(rng: Random, enterprises: int) -> dict[str, Any]:
    held: dict[str, Any] = {"enterprise": _enterprise(rng, enterprises), "role": rng.choice(["rd", "rd", "rd", "executive"])}
    if rng.random() < 0.9:
        held["size"] = rng.choice(["micro", "small", "medium", "large", "unknown"])
    if rng.random() < 0.9:
        held["region"] = rng.choice(["520102", "520302", "522601", "110105"])
    return held


def _agreement(rng: Random, enterprise: str) -> list[tuple[datetime, str, Mapping[str, Any]]]:
    """None, one or two, some of them short, paid, or from 29 February."""
    signed = []
    for _ in range(rng.choice([0, 1, 1, 2])):
        first, last = rng.choice([("2019-07-01", "2020-06-30"), ("2019-07-01", "2020-06-29"), ("2020-02-29", "2021-02-28")])
        held = {"enterprise": enterprise, "first": first, "last": last, "free": rng.random() < 0.9, "sha256": SHA}
        size = {"size": rng.choice(["small", "large"])} if rng.random() < 0.8 else {}
        signed.append((_instant(rng), "agreement:signed", held | size))
    return signed


def _push(rng: Random, enterprises: int) -> dict[str, Any]:
    held: dict[str, Any] = {
        "enterprise": _enterprise(rng, enterprises),
        "customised": rng.random() < 0.6,
        "parts": rng.choice([["a", "b", "c", "d", "e"], ["a", "b", "c"], ["d", "e"], rng.sample("abcde", rng.randrange(6))]),
        "channel": "email",
        "grade": rng.choice(["declared", "accepted", "delivered", "delivered", "opened", "acknowledged"]),
    }
    if rng.random() < 0.8:
        held["region"] = rng.choice(["520102", "520302", "522601"])
    if rng.random() < 0.8:
        held["size"] = rng.choice(["micro", "small", "medium", "large"])
    if rng.random() < 0.3:
        held["marks"] = ["agricultural_leader"]
    if rng.random() < 0.1:
        held["project"] = rng.choice([PROJECT, "p0"])
    return held


def _service(rng: Random, target: Target, enterprises: int) -> dict[str, Any]:
    """A deed that the target may count, or one of another word, with or without an amount."""
    words = [word for held in target.where for word in held.within or ()] + ["something_else"]
    held: dict[str, Any] = {"enterprise": _enterprise(rng, enterprises), "what": rng.choice(words)}
    if rng.random() < 0.8:
        held["amount"] = rng.choice([1, 400, 9_999, 60_000])
    if rng.random() < 0.5:
        held["marks"] = ["key_contact_unit"]
    return held


def _training(rng: Random, name: str, people: int) -> list[tuple[datetime, str, Mapping[str, Any]]]:
    at = _instant(rng)
    came = [f"acc{rng.randrange(people)}" for _ in range(rng.randrange(6))]
    attended = [(at, "training:attended", {"training": name, "person": person(who), "account": who}) for who in came]
    audience = {"audience": rng.choice(AUDIENCES)} if rng.random() < 0.7 else {}
    return [(at, "training:held", {"training": name} | audience), *attended]


def _mark(rng: Random, enterprises: int) -> dict[str, Any]:
    held = {"enterprise": _enterprise(rng, enterprises), "document_sha256": SHA}
    if rng.random() < 0.5:
        held |= {"mark": "size_class", "value": rng.choice(["small", "large"])}
    else:
        held |= {"mark": "agricultural_leader", "value": "provincial"}
    held["first"] = rng.choice(["2018-01-01", "2019-10-01", "2020-03-01"])
    if rng.random() < 0.4:
        held["last"] = rng.choice(["2019-12-31", "2020-05-31"])
    return held


def _decision(rng: Random, enterprises: int, people: int) -> dict[str, Any]:
    project = rng.choice([PROJECT, PROJECT, "p0"])
    held: dict[str, Any] = {"project": project, "document_sha256": SHA}
    what = rng.choice(["extension", "replacement", "plan", "waiver", "attribution", "exclusion", "release"])
    held["decision"] = what
    if what == "extension":
        held["last"] = rng.choice(["2020-07-31", "2020-09-30"])
    elif what == "replacement":
        held |= {"enterprise": _enterprise(rng, enterprises), "by": _enterprise(rng, enterprises)}
    elif what == "plan":
        held |= {"target": "new_users", "value": rng.randrange(20)}
    elif what == "waiver":
        held["target"] = "trainings"
    else:
        held["account"] = f"acc{rng.randrange(people)}"
        if what == "attribution":
            held["to"] = rng.choice([AGENCY, "agency2"])
    return held
