"""Counts a project again, from the documentation alone: raw TOML, plain dictionaries, every question asked of every fact anew.

Slow and of another build than `auth.targets`, which it is held against.
"""

import math
import tomllib
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

from auth.ledger.model import Leaf

LADDER = ["registered", "contact_verified", "activated", "role_confirmed", "registered_elsewhere"]
GRADES = ["declared", "accepted", "delivered", "opened", "acknowledged"]
Numbers = dict[str, dict[str, Any]]


def local(at: datetime) -> str:
    """The instant as text in Shanghai's time, which has been UTC+8 without a change since 1991."""
    return (at.astimezone(UTC).replace(tzinfo=None) + timedelta(hours=8)).isoformat(timespec="microseconds")


def day(at: datetime) -> str:
    return local(at)[:10]


def months_later(first: str, months: int) -> str:
    """The last day of so many months from this day on."""
    year, month, number = int(first[:4]), int(first[5:7]) + months, int(first[8:])
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    if number > monthrange(year, month)[1]:
        return date(year, month, monthrange(year, month)[1]).isoformat()
    return (date(year, month, number) - timedelta(days=1)).isoformat()


def next_day(held: str) -> str:
    return (date.fromisoformat(held) + timedelta(days=1)).isoformat()


class Counter:
    """Answers `numbers`: for each target of the rule what is counted at each reading, and what is needed."""

    def __init__(self, toml: bytes, leaves: list[Leaf], project: str, as_of: str) -> None:
        self.rule = tomllib.loads(toml.decode())
        self.facts = [leaf for leaf in leaves if day(leaf.recorded_at) <= as_of]
        self.project = project
        self.contract = self.of_project("project:contract")[0]
        self.keys: dict[tuple[str, str], set[Any]] = {}
        self.first = str(self.contract.attributes["first"])
        self.last = self.end_of(project)

    def of(self, *kinds: str) -> list[Leaf]:
        return [leaf for leaf in self.facts if leaf.kind in kinds]

    def of_project(self, kind: str, project: str = "") -> list[Leaf]:
        return [leaf for leaf in self.of(kind) if leaf.attributes["project"] == (project or self.project)]

    def decisions(self, what: str, project: str = "") -> list[Leaf]:
        return [leaf for leaf in self.of_project("project:decision", project) if leaf.attributes["decision"] == what]

    def end_of(self, project: str) -> str:
        moved = [leaf.attributes["last"] for leaf in self.decisions("extension", project)]
        return str([*[self.of_project("project:contract", project)[0].attributes["last"]], *moved][-1])

    def quarters(self) -> list[tuple[str, str]]:
        start, end, spans = self.first, str(self.contract.attributes["last"]), []
        if self.contract.attributes["quarters"] == "calendar":
            while start <= end:
                month = (int(start[5:7]) - 1) // 3 * 3 + 3
                close = min(end, f"{start[:5]}{month:02}-{monthrange(int(start[:4]), month)[1]:02}")
                spans.append((start, close))
                start = next_day(close)
        else:
            while start <= end:
                close = min(end, months_later(self.first, 3 * len(spans) + 3))
                spans.append((start, close))
                start = next_day(close)
        return [*spans[:-1], (spans[-1][0], self.last)]

    def stands_for(self, enterprise: str) -> str:
        now = enterprise
        for leaf in self.decisions("replacement"):
            gone, by = leaf.attributes["enterprise"], leaf.attributes["by"]
            if by == enterprise:
                now = enterprise
            elif gone in (now, enterprise):
                now = str(by)
        return now

    def foreign(self, leaf: Leaf, kind: str) -> bool:
        if "project" in leaf.attributes:
            return leaf.attributes["project"] != self.project
        for contract in self.of("project:contract"):
            other = str(contract.attributes["project"])
            if contract.seq < self.contract.seq and other != self.project:
                rules = self.of_project("project:rule_adopted", other)
                counts = rules[-1].attributes.get("counts", []) if rules else []
                if kind in counts and str(contract.attributes["first"]) <= day(leaf.happened_at) <= self.end_of(other):  # type: ignore[operator]
                    return True
        return False

    # accounts

    def stopped(self, account: str) -> bool:
        about = [leaf for leaf in self.facts if leaf.account == account]
        if any(leaf.kind == "account:withdrawn" for leaf in about):
            return True
        judged = ""
        for leaf in about:
            if leaf.kind in ("account:held", "account:released", "account:excluded"):
                judged = leaf.kind[8:]
            elif leaf in self.decisions("exclusion"):
                judged = "excluded"
            elif leaf in self.decisions("release"):
                judged = "released"
        homes = [leaf.attributes.get("to") for leaf in about if leaf.attributes.get("decision") == "attribution"]
        return judged in ("held", "excluded") or bool(homes and homes[-1] != self.contract.agency)

    def reached(self, account: str, reading: str) -> tuple[str, dict[str, Any]] | None:
        """When (local time) and with which attributes the account reached the reading, if it counts so far."""
        about = [leaf for leaf in self.facts if leaf.account == account]

        def first(kind: str) -> Leaf | None:
            held = [x for x in about if x.kind == f"account:{kind}" and x.attributes.get("project", self.project) == self.project]
            if kind == "contact_verified":
                held = [x for x in about if x.kind == f"account:{kind}"]
            return held[0] if held else None

        verified = first("contact_verified")
        start = (first("registered") or verified) if reading == "registered" else verified
        rung = start if reading in LADDER[:2] else first(reading)
        if start is None or rung is None or self.stopped(account) or self.foreign(start, "registrations"):
            return None
        if day(start.happened_at) < self.first:
            return None
        at, values = max(start.happened_at, rung.happened_at), dict(start.attributes)
        if reading != "registered":
            profiles = sorted((x for x in about if x.kind == "account:profile_complete"), key=lambda x: (x.happened_at, x.seq))
            if not profiles:
                return None
            at = max(at, profiles[0].happened_at)
            values |= [x for x in profiles if x.happened_at <= at][-1].attributes
        values |= {"person": start.person or account}
        return (local(at), values) if day(at) <= self.last else None

    # attributes and filters

    def marks(self, enterprise: Any, on: str) -> dict[str, str]:
        held: dict[str, str] = {}
        for leaf in self.of("enterprise:mark"):
            mark = leaf.attributes
            if mark["enterprise"] == enterprise and str(mark["first"]) <= on:
                held[str(mark["mark"])] = str(mark.get("value", "yes")) if on <= str(mark.get("last", "9999-12-31")) else ""
        return held

    def passes(self, at: str, values: dict[str, Any], condition: dict[str, Any]) -> bool:
        name = condition["attribute"]
        told = self.marks(values.get("enterprise"), at[:10])
        value = values.get(name)
        if name == "size":
            value = told.get("size_class") or value
        if name == "marks":
            value = [mark for mark in told if told[mark]] + [mark for mark in value or [] if mark not in told]
        if value is None:
            return False
        codes = [self.contract.attributes["province"] if c == "project" else c for c in condition.get("region_in", [])]
        checks = {
            "equals": lambda wanted: value == wanted,
            "within": lambda wanted: value in wanted,
            "without": lambda wanted: value not in wanted,
            "contains": lambda wanted: all(part in value for part in wanted),
            "region_in": lambda _: any(value[: len(str(code))] == code for code in codes),
            "region_outside": lambda wanted: all(value[: len(code)] != code for code in wanted),
            "months_from": lambda start: start in values and value >= months_later(values[start], condition["months"]),
        }
        return all(check(condition[word]) for word, check in checks.items() if word in condition)

    # targets

    def deeds(self, target: dict[str, Any], reading: str) -> list[tuple[str, dict[str, Any]]]:
        if target["of"] == ["registrations"]:
            names = {leaf.account for leaf in self.facts if leaf.account and leaf.kind.startswith("account:")}
            held = [found for name in names if (found := self.reached(name, reading))]
            conditions = [] if reading == "registered" else target.get("where", [])
        else:
            early = target.get("period") == "to_last_day"
            held = [
                (local(leaf.happened_at), {**leaf.attributes, "person": leaf.person, "seq": leaf.seq})
                for leaf in self.of(*target["of"])
                if (early or day(leaf.happened_at) >= self.first)
                and day(leaf.happened_at) <= self.last
                and not self.foreign(leaf, leaf.kind)
                and (reading == "recorded" or GRADES.index(str(leaf.attributes["grade"])) >= GRADES.index(reading))
            ]
            conditions = target.get("where", [])
        return [(at, values) for at, values in held if all(self.passes(at, values, condition) for condition in conditions)]

    def key(self, target: dict[str, Any], values: dict[str, Any]) -> Any:
        if "distinct" not in target:
            return (str(values["seq"]),)
        named = [self.stands_for(values[n]) if n == "enterprise" and values.get(n) else values.get(n) for n in target["distinct"]]
        return None if None in named else tuple(named)

    def counted(self, target: dict[str, Any], reading: str) -> tuple[set[Any], dict[Any, list[int]]]:
        """The keys, and which quarters each key of the base lacks."""
        by_key: dict[Any, list[tuple[str, dict[str, Any]]]] = {}
        for at, values in self.deeds(target, reading):
            key = self.key(target, values)
            if key is not None:
                by_key.setdefault(key, []).append((at, values))
        if "subset_of" in target:
            base = self.base(target["subset_of"], reading)
            by_key = {key: held for key, held in by_key.items() if key in base}
            if "each_quarter" in target:
                by_key = {key: by_key.get(key, []) for key in base}
        lacks: dict[Any, list[int]] = {}
        if "each_quarter" in target:
            for key, held in by_key.items():
                spans = enumerate(self.quarters(), 1)
                lacks[key] = [n for n, (a, b) in spans if sum(a <= at[:10] <= b for at, _ in held) < target["each_quarter"]]
        gather = target.get("collect")
        whole = {
            key
            for key, held in by_key.items()
            if not lacks.get(key)
            and (not gather or set(gather["all"]) <= {part for _, values in held for part in values[gather["attribute"]]})
        }
        return whole, lacks

    def base(self, name: str, reading: str) -> set[Any]:
        return self.keys[name, reading if (name, reading) in self.keys else self.deciding(self.target(name))]

    def target(self, name: str) -> dict[str, Any]:
        return next(target for target in self.rule["target"] if target["id"] == name)

    def scale(self, target: dict[str, Any]) -> list[str]:
        return {"rungs": LADDER, "grades": GRADES}.get(target.get("readings", ""), ["recorded"])

    def deciding(self, target: dict[str, Any]) -> str:
        wanted = {"rungs": self.contract.attributes["reading"], "grades": self.contract.attributes.get("grade")}
        asked = wanted.get(target.get("readings", ""))
        return str(asked) if asked in self.scale(target) else target.get("reading", "recorded")

    def total(self, target: dict[str, Any], whole: set[Any]) -> int:
        """The sum over the facts that are counted, each by itself."""
        return sum(leaf.attributes.get(target["sum"], 0) for leaf in self.facts if (str(leaf.seq),) in whole)  # type: ignore[misc]

    def needed(self, target: dict[str, Any]) -> tuple[int | None, int | None]:
        floor, ceiling, own = target.get("at_least"), target.get("at_most"), None
        for modifier in self.rule.get("modifier", []):
            if modifier["id"] in self.contract.attributes.get("modifiers", []) and modifier["direction"] == target["direction"]:  # type: ignore[operator]
                floor = floor and math.ceil(Fraction(floor * modifier["times"], modifier["over"]))
        for text in self.contract.attributes.get("numbers", []):  # type: ignore[union-attr]
            if text.split("=")[0] == target["id"]:
                own = int(text.split("=")[1])
        for leaf in self.decisions("plan"):
            if leaf.attributes["target"] == target["id"]:
                own = leaf.attributes["value"]
        if own is not None and floor is None and ceiling is not None:
            return None, own  # type: ignore[return-value]
        return (floor if own is None else own), ceiling  # type: ignore[return-value]

    def numbers(self) -> Numbers:
        rules = self.of_project("project:rule_adopted")
        direction = rules[-1].attributes.get("direction") if rules else None
        answer: Numbers = {}
        for target in self.rule["target"]:
            if target.get("direction", direction) != direction:
                continue
            readings = {}
            for reading in self.scale(target):
                whole, lacks = self.counted(target, reading)
                self.keys[target["id"], reading] = whole
                readings[reading] = len(whole) if "sum" not in target else self.total(target, whole)
                if reading == self.deciding(target):
                    missing = {key[0]: gaps for key, gaps in lacks.items() if gaps}
            needed, ceiling = self.needed(target)
            if "all_of" in target:
                needed = max(needed or 0, len(self.base(target["all_of"], self.deciding(target))))
            answer[target["id"]] = {"readings": readings, "needed": needed, "ceiling": ceiling, "lacking": missing}
        return answer
