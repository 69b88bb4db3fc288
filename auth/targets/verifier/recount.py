# ruff: noqa: UP006, UP031, UP035, UP045, B905, PLW2901 - Python 3.6
"""Counts again: the rule file, and a project's standing by it (docs/targets.md).  Shares no code with the product.

Facts are dicts with their attributes beside their fields; instants and days are compared as the text they are.
"""

import datetime
import json
import re
from collections import Counter, defaultdict
from typing import Any, Dict, List, Optional, Tuple

Leaf = Dict[str, Any]
RUNGS = ["registered", "contact_verified", "activated", "role_confirmed", "registered_elsewhere"]
GRADES = ["declared", "accepted", "delivered", "opened", "acknowledged"]
SCALES = {"rungs": RUNGS, "grades": GRADES, "one": ["recorded"]}
OPERATORS = ("equals", "within", "without", "contains", "region_in", "region_outside", "months_from")
DAY = datetime.timedelta(days=1)


class Unknown(ValueError):
    """Something in the rule file or the facts that this program does not know."""


def need(holds: Any) -> None:
    if not holds:
        raise Unknown


def toml(text: str) -> Dict[str, Any]:
    """A rule file: the part of TOML that becomes JSON by quoting keys; each statement begins in the first column, no escapes."""
    top = {}  # type: Dict[str, Any]
    table = top
    for block in re.split("\n(?=[A-Za-z[])", text):
        header = re.fullmatch("(\\[?)\\[([a-z]+)\\](\\]?)[ \n]*", re.sub("#[^\n]*", "", block))
        if header:
            table = {}
            need(len(header.group(1)) == len(header.group(3)) and (header.group(1) or header.group(2) not in top))
            top[header.group(2)] = [*top.get(header.group(2), []), table] if header.group(1) else table
            continue
        block = re.sub(
            '("[^"\n]*")|#[^\n]*|([A-Za-z_-]+) =|,(?=[ \n]*[]}])',
            lambda m: m.group(1) or '"%s":' % m.group(2) if m.group(1) or m.group(2) else "",
            block,
        )
        pair = json.loads("{%s}" % block)
        need("\\" not in block and len(pair) <= 1 and not set(pair) & set(table))
        table.update(pair)
    return top


def date(text: str) -> Optional[datetime.date]:
    """The day that a text begins with; None for 30 February."""
    try:
        return datetime.date(int(text[:4]), int(text[5:7]), int(text[8:10]))
    except ValueError:
        return None


def months(day: Any, number: int) -> Any:
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    try:
        return datetime.date(year, month + 1, day.day)
    except ValueError:
        return months(datetime.date(year, month + 1, 1), 1)


def closes(day: str) -> str:
    """The instant after the day in Shanghai; instants are compared as text."""
    return day + "T16:00:00.000000Z"


def opens(day: str) -> str:
    return closes(str(date(day) - DAY))  # type: ignore[operator]


def local(at: str) -> str:
    """An instant as an officer reads it."""
    hour = int(at[11:13]) + 8
    return "%s %02d%s" % (date(at) if hour < 24 else date(at) + DAY, hour % 24, at[13:19])  # type: ignore[operator]


class Count:
    """A project's standing as docs/targets.md defines it: its terms, its accounts, then each target in the order of the file."""

    def __init__(self, rules: Any, project: str, as_of: str, leaves: List[Leaf]) -> None:
        self.rules, self.project, self.as_of = rules, project, as_of
        self.facts = [dict(leaf["attributes"], **leaf) for leaf in leaves if leaf["recorded_at"] < closes(as_of)]
        self.kinds, self.marks = defaultdict(list), defaultdict(list)  # type: Any, Any
        self.tallies, self.sifted = {}, {}  # type: Any, Any
        for leaf in self.facts:
            self.kinds[leaf["kind"]].append(leaf)
        for leaf in self.kinds["enterprise:mark"]:
            self.marks[leaf["enterprise"]].append(leaf)
        contracts, lasts = {}, {}  # type: Any, Any
        for leaf in self.kinds["project:contract"]:
            contracts.setdefault(leaf["project"], leaf)
            lasts.setdefault(leaf["project"], leaf["last"])
        adopted = {leaf["project"]: leaf for leaf in self.kinds["project:rule_adopted"]}
        need(project in contracts and project in adopted)
        self.contract, self.adopted, decisions = contracts[project], adopted[project], self.kinds["project:decision"]
        self.own = [leaf for leaf in decisions if leaf["project"] == project]
        for leaf in decisions:
            if leaf["decision"] == "extension" and "last" in leaf:
                lasts[leaf["project"]] = leaf["last"]
        homes = {leaf["account"]: leaf.get("to") for leaf in decisions if leaf["decision"] == "attribution" and "account" in leaf}
        self.moved = {account for account, home in homes.items() if home != self.contract.get("agency")}
        first, self.last = self.contract["first"], lasts[project]
        start = date(first)  # type: Any
        if self.contract["quarters"] == "calendar":
            start = datetime.date(start.year, (start.month - 1) // 3 * 3 + 1, 1)
        starts = [start]
        while str(months(start, 3 * len(starts))) <= self.contract["last"]:
            starts.append(months(start, 3 * len(starts)))
        ends = [str(one - DAY) for one in starts[1:]] + [self.last]
        self.quarters = [[max(str(one), first), end] for one, end in zip(starts, ends)]
        self.start, self.end = opens(first), closes(self.last)
        before = list(contracts)[: list(contracts).index(project)]
        self.rivals = [(adopted.get(p, {}).get("counts", []), opens(contracts[p]["first"]), closes(lasts[p])) for p in before]
        self.numbers = dict(one.split("=") for one in self.contract.get("numbers", []))
        self.replaced, self.waived = {}, {}  # type: Dict[str, str], Dict[str, str]
        for leaf in self.own:
            if leaf["decision"] == "plan" and {"target", "value"} <= set(leaf):
                self.numbers[leaf["target"]] = leaf["value"]
            elif leaf["decision"] == "waiver" and "target" in leaf:
                self.waived[leaf["target"]] = leaf["document_sha256"]
            elif leaf["decision"] == "replacement":
                self.replaced.pop(leaf["by"], None)
                self.replaced.update({one: leaf["by"] for one, by in self.replaced.items() if by == leaf["enterprise"]})
                self.replaced[leaf["enterprise"]] = leaf["by"]
        self.accounts = self.read_accounts()

    def read_accounts(self) -> Any:
        accounts = defaultdict(lambda: {"rungs": {}, "profiles": [], "state": None})  # type: Any
        for rung, kind in zip(RUNGS, ["registered", "contact_verified", "activated", "role_confirmed", "registered_elsewhere"]):
            for leaf in self.kinds["account:" + kind]:
                if rung in RUNGS[:2] or leaf.get("project", self.project) == self.project:
                    accounts[leaf["account"]]["rungs"].setdefault(rung, leaf)
        for leaf in sorted(self.kinds["account:profile_complete"], key=when):
            accounts[leaf["account"]]["profiles"].append(leaf)
        states = {"account:held": "held", "account:released": None, "account:excluded": "excluded"}
        decided = {"exclusion": "excluded", "release": None}
        for leaf in self.facts:
            if leaf["kind"] in states:
                accounts[leaf["account"]]["state"] = states[leaf["kind"]]
            elif (
                leaf["kind"] == "project:decision"
                and leaf["project"] == self.project
                and leaf["decision"] in decided
                and "account" in leaf
            ):
                accounts[leaf["account"]]["state"] = decided[leaf["decision"]]
        for name in self.moved:
            accounts[name]["state"] = accounts[name]["state"] or "moved"
        for leaf in self.kinds["account:withdrawn"]:
            accounts[leaf["account"]]["state"] = "withdrawn"
        return accounts

    def elsewhere(self, kind: str, leaf: Leaf) -> bool:
        if "project" in leaf:
            return bool(leaf["project"] != self.project)
        return any(kind in counts and first <= leaf["happened_at"] < end for counts, first, end in self.rivals)

    def registrations(self, reading: str) -> Tuple[List[Any], List[Any]]:
        """Accounts that reached the reading, as deeds (at, seq, attributes); the others with the reason."""
        reached, left = [], []
        for name, account in self.accounts.items():
            rungs, profiles = account["rungs"], account["profiles"]
            start = rungs.get("contact_verified")
            start = rungs.get("registered", start) if reading == "registered" else start
            rung = start if reading in RUNGS[:2] else rungs.get(reading)
            if not rungs:
                continue
            asked = [start, rung, *(profiles[:1] if reading != "registered" else [])]
            at = max([leaf["happened_at"] for leaf in asked if leaf], default="")
            reason = account["state"] or (
                "not_verified" if not start else "another_project" if self.elsewhere("registrations", start)
                else "before_window" if start["happened_at"] < self.start else "not_" + reading if not rung
                else "profile_missing" if not profiles and reading != "registered" else "after_window" if at >= self.end else None
            )  # fmt: skip
            if reason:
                left.append([(start or next(iter(rungs.values())))["seq"], reason])
                continue
            values = dict(start["attributes"], account=name, person=start.get("person", name))
            told = [leaf for leaf in profiles if leaf["happened_at"] <= at] if reading != "registered" else []
            reached.append((at, rung["seq"], dict(values, **told[-1]["attributes"]) if told else values))
        return sorted(reached, key=lambda deed: deed[:2]), left

    def mark(self, enterprise: str, mark: str, at: str) -> Optional[str]:
        """The value of a mark at an instant; "" when the enterprise bears it no longer; None when no fact speaks of it."""
        day = local(at)[:10]
        held = [leaf for leaf in self.marks.get(enterprise, ()) if leaf["mark"] == mark and leaf.get("first", "") <= day]
        if not held:
            return None
        return held[-1].get("value", mark) if day <= held[-1].get("last", "9999-12-31") else ""

    def value(self, deed: Any, attribute: str) -> Any:
        at, _, values = deed
        held, enterprise = values.get(attribute), values.get("enterprise", "")
        if attribute == "size":
            return self.mark(enterprise, "size_class", at) or held
        if attribute == "marks":
            told = {leaf["mark"]: self.mark(enterprise, leaf["mark"], at) for leaf in self.marks.get(enterprise, ())}
            return {one for one in held or () if told.get(one) is None} | {one for one, value in told.items() if value}
        return held

    def passes(self, rule: Any, value: Any, deed: Any) -> bool:
        operator = next(one for one in OPERATORS if one in rule)
        wanted = rule[operator]
        if operator == "equals":
            return bool(value == wanted)
        if operator in ("within", "without"):
            return (value in wanted) is (operator == "within")
        if operator == "contains":
            return set(wanted) <= set(value)
        if operator == "months_from":
            first = date(deed[2].get(wanted, ""))
            return first is not None and value >= str(months(first, rule.get("months", 0)) - DAY)
        codes = tuple(self.contract["province"] if one == "project" else one for one in wanted)
        return value.startswith(codes) is (operator == "region_in")

    def sift(self, target: Any, deeds: List[Any], left: List[Any]) -> List[Any]:
        passed = []
        for deed in deeds:
            for rule in target.get("where", ()):
                value = self.value(deed, rule["attribute"])
                if value is None or not self.passes(rule, value, deed):
                    left.append([deed[1], rule["attribute"] + "_missing" if value is None else rule["reason"]])
                    break
            else:
                passed.append(deed)
        return passed

    def deeds(self, target: Any, reading: str) -> Tuple[List[Any], List[Any]]:
        """What the target counts at the reading, and what it leaves out with the reason."""
        if target.get("readings") == "rungs":
            reached, left = self.registrations(reading)
            return (reached if reading == "registered" else self.sift(target, reached, left)), left
        if target["id"] not in self.sifted:
            self.sifted[target["id"]] = self.inside(target)
        passed, left = self.sifted[target["id"]]
        if reading in GRADES:
            place = GRADES.index(reading)
            low = [[deed[1], "grade_too_low"] for deed in passed if GRADES.index(deed[2]["grade"]) < place]
            return [deed for deed in passed if GRADES.index(deed[2]["grade"]) >= place], left + low
        return passed, list(left)

    def inside(self, target: Any) -> Tuple[List[Any], List[Any]]:
        """The deeds of the target's kinds, period and project that pass its filters, at whatever grade."""
        inside, left = [], []
        for leaf in sorted((leaf for kind in target["of"] for leaf in self.kinds[kind]), key=when):
            early = leaf["happened_at"] < self.start and target.get("period") != "to_last_day"
            reason = "after_window" if leaf["happened_at"] >= self.end else "before_window" if early else None
            reason = reason or ("another_project" if self.elsewhere(leaf["kind"], leaf) else None)
            if reason:
                left.append([leaf["seq"], reason])
            else:
                person = {"person": leaf["person"]} if "person" in leaf else {}
                inside.append((leaf["happened_at"], leaf["seq"], dict(leaf["attributes"], **person)))
        return self.sift(target, inside, left), left

    def tally(self, target: Any, reading: str) -> Any:
        """Keys with their deeds, the seqs that count, what is left out and why, what keys lack."""
        deeds, left = self.deeds(target, reading)
        keys, counted, lacking = {}, [], []  # type: Dict[Any, Any], List[Any], List[Any]
        base, names = self.base(target.get("subset_of"), reading), target.get("distinct", [])
        most, cells = target.get("each_quarter", 0), None
        need(not most or ("collect" not in target and target.get("period", "window") == "window"))
        for deed in deeds:
            values = [deed[2].get(name) for name in names]
            key = tuple(self.replaced.get(str(v), str(v)) if name == "enterprise" else str(v) for name, v in zip(names, values))
            if None in values:
                left.append([deed[1], "key_missing"])
            elif base is not None and key not in base["keys"]:
                left.append([deed[1], "not_in_" + target["subset_of"]])
            else:
                keys.setdefault(key or str(deed[1]), []).append(deed)
        if most:
            keys = {**{key: [] for key in (base["keys"] if base else ())}, **keys}
            cells = len(keys) * len(self.quarters)
        wanted = target["collect"]["all"] if "collect" in target else range(1, len(self.quarters) + 1) if most else []
        for key in list(keys):
            have = Counter(part for deed in keys[key] for part in self.brought(target, deed))
            lacks = [part for part in wanted if have[part] < max(most, 1)]
            if lacks:
                lacking.append({"key": "/".join(key), "lacks": lacks})
                left += [[deed[1], "quarter_missing" if most else target["collect"]["reason"]] for deed in keys.pop(key)]
                continue
            have = Counter()
            for deed in keys[key]:
                brought = self.brought(target, deed)
                if any(have[part] < max(most, 1) for part in brought):
                    counted.append(deed)
                else:
                    left.append([deed[1], "counted_already"])
                have.update(brought)
        filled = None if cells is None else {"filled": cells - sum(len(one["lacks"]) for one in lacking), "of": cells}
        return {"keys": keys, "counted": counted, "left": left, "lacking": lacking, "cells": filled}

    def brought(self, target: Any, deed: Any) -> List[Any]:
        """What a deed adds to its key: parts, its quarter, or simply itself."""
        if "collect" in target:
            held = deed[2].get(target["collect"]["attribute"])
            return [part for part in held if part in target["collect"]["all"]] if isinstance(held, list) else []
        if target.get("each_quarter"):
            return [number for number, (_, last) in enumerate(self.quarters, 1) if deed[0] < closes(last)][:1]
        return [None]

    def base(self, name: Optional[str], reading: str) -> Any:
        if name is None:
            return None
        target = next(one for one in self.rules["target"] if one["id"] == name)
        return self.tallies.get((name, reading)) or self.tallies[name, self.reading(target)]

    def reading(self, target: Any) -> str:
        scale = target.get("readings", "one")
        wanted = self.contract.get({"rungs": "reading", "grades": "grade"}.get(scale, ""))
        return str(wanted if wanted in SCALES[scale] else target.get("reading", "recorded"))

    def number(self, target: Any, tally: Any) -> int:
        if "sum" not in target:
            return len(tally["keys"])
        return sum(deed[2].get(target["sum"], 0) for deed in tally["counted"])

    def needed(self, target: Any, reading: str) -> Tuple[Optional[int], Optional[int]]:
        """Floor and ceiling."""
        floor, ceiling = target.get("at_least"), target.get("at_most")
        for one in self.rules.get("modifier", ()):
            if one["id"] in self.contract.get("modifiers", ()) and one.get("direction") in (None, target.get("direction")):
                floor = None if floor is None else -(-floor * one["times"] // one["over"])
        own = self.numbers.get(target["id"])
        if own is not None:
            floor, ceiling = (floor, int(own)) if floor is None and ceiling is not None else (int(own), ceiling)
        base = self.base(target.get("all_of"), reading)
        return (floor if base is None else max(floor or 0, len(base["keys"]))), ceiling

    def measure(self, target: Any) -> Any:
        reading = self.reading(target)
        scale = SCALES[target.get("readings", "one")]
        tallies = {name: self.tally(target, name) for name in scale}
        self.tallies.update({(target["id"], name): tally for name, tally in tallies.items()})
        tally, readings = tallies[reading], {name: self.number(target, tallies[name]) for name in scale}
        count, (floor, ceiling) = readings[reading], self.needed(target, reading)
        met = None if floor is None and ceiling is None else (floor or 0) <= count and (ceiling is None or count <= ceiling)
        first, last, until = date(self.contract["first"]), date(self.last), date(min(self.as_of, self.last))  # type: Any, Any, Any
        gone, whole = max((until - first).days + 1, 0), max((last - first).days + 1, 0)
        split = Counter(
            str(held[0][2].get(target["split"], "unknown")) for held in tally["keys"].values() if held and "split" in target
        )
        left = sorted(tally["left"])
        return present(
            {
                "id": target["id"],
                "needed": floor,
                "at_most": ceiling,
                "reading": reading,
                "counted": count,
                "readings": readings,
                "missing": max((floor or 0) - count, 0),
                "met": True if target["id"] in self.waived else met,
                "forecast": count * whole // gone if gone and not target.get("each_quarter") else None,
                "waived": self.waived.get(target["id"]),
                "split": dict(split) or None,
                "cells": tally["cells"],
                "lacking": sorted(tally["lacking"], key=lambda lack: lack["key"]) or None,
                "left_out": dict(Counter(reason for _, reason in left)),
                "rows": {"counted": sorted(deed[1] for deed in tally["counted"]), "left_out": left},
            }
        )

    def standing(self) -> Any:
        """The standing as the JSON object of docs/targets.md."""
        direction = self.adopted.get("direction")
        targets = [target for target in self.rules["target"] if target.get("direction") in (None, direction)]
        return present(
            {
                "v": 1,
                "project": self.project,
                "as_of": self.as_of,
                "first": self.contract["first"],
                "last": self.last,
                "quarters": self.quarters,
                "rule": {name: self.adopted[name] for name in ("rule", "version", "sha256")},
                "adopted": True,
                "direction": direction,
                "facts": len(self.facts),
                "decisions": [leaf["seq"] for leaf in self.own],
                "targets": [self.measure(target) for target in targets],
            }
        )


def when(leaf: Leaf) -> Tuple[str, int]:
    return leaf["happened_at"], leaf["seq"]


def present(members: Dict[str, Any]) -> Dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}
