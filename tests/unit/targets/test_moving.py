"""A credit that a decision moves, in generated years: the product, the counter written separately and the verifier agree before it
and after, in the log that the account leaves and in the one it comes to (T41)."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auth.clock import day
from auth.ledger import kinds
from auth.ledger.model import Fact, Leaf
from auth.oversight.moving import decided
from auth.projects.model import Project, Quarters, Rung
from auth.targets.evaluate import evaluate
from auth.targets.rules import parse, shipped
from tests.machine import soaking
from tests.unit.bundle import bundles
from tests.unit.targets.counter import Counter
from tests.unit.targets.test_model import compared
from tests.unit.targets.years import AGENCY, FIRST, LAST, PROJECT, SHA, a_year, noon, person

RULE = "guizhou-2019"
OTHER, THERE = "agency2", "p2"
PROJECTS = {AGENCY: PROJECT, OTHER: THERE}
Logs = dict[str, list[Leaf]]


def a_project(agency: str) -> Project:
    held, opened = PROJECTS[agency], noon(FIRST)
    return Project(held, "", agency, "b1", FIRST, LAST, "52", Quarters.CONTRACT, Rung.ACTIVATED, None, SHA, opened)


def two_logs(seed: int) -> Logs:
    """A year of each agency; accounts and project of the other one have names of their own."""
    adopted = {"sha256": parse(shipped()[RULE]).sha256}
    held = {AGENCY: a_year(Random(seed)), OTHER: [_there(leaf) for leaf in a_year(Random(seed + 1))]}
    return {
        log: [
            msgspec.structs.replace(leaf, attributes={**leaf.attributes, **adopted})
            if leaf.kind == "project:rule_adopted" and leaf.attributes["project"] == PROJECTS[log]
            else leaf
            for leaf in leaves
        ]
        for log, leaves in held.items()
    }


def _there(leaf: Leaf) -> Leaf:
    names = {PROJECT: THERE, AGENCY: OTHER, OTHER: AGENCY}
    attributes = {name: names.get(value, value) if isinstance(value, str) else value for name, value in leaf.attributes.items()}
    account = f"x{leaf.account}" if leaf.account else None
    return msgspec.structs.replace(leaf, attributes=attributes, agency=OTHER, account=account)


def moved(logs: Logs, account: str, *, source: str, to: str, on: date) -> Logs:
    """The logs after the decision."""
    at = max(noon(on), *(leaves[-1].recorded_at for leaves in logs.values()))
    sides = [(a_project(log), logs[log]) for log in (source, to)]
    made = decided(sides[0], sides[1], account, document_sha256=SHA, now=at)
    return {log: [*logs[log], *_leaves(facts, len(logs[log]), at)] for log, facts in made.items()}


def _leaves(facts: Sequence[Fact], first: int, at: object) -> list[Leaf]:
    for fact in facts:
        kinds.check(fact)
    return [Leaf(**msgspec.structs.asdict(fact), v=1, seq=seq, recorded_at=at) for seq, fact in enumerate(facts, first)]  # type: ignore[arg-type]


def agree(logs: Logs, as_of: date) -> dict[str, bytes]:
    """The standings, which three programs that share nothing count alike."""
    toml, standings = shipped()[RULE], {}
    verify = bundles.verifier()
    for log, leaves in logs.items():
        standing = evaluate(parse(toml), leaves, PROJECTS[log], as_of=as_of)
        assert compared(standing) == Counter(toml, leaves, PROJECTS[log], as_of.isoformat()).numbers()
        standings[log] = standing.to_json()
        facts = [msgspec.json.decode(line) for line in bundles.documents(leaves)]
        if standing.adopted is not None:
            again = verify.recount.Count(verify.recount.toml(toml.decode()), PROJECTS[log], as_of.isoformat(), facts)
            assert verify.written(again.standing()).encode() == standings[log]
    return standings


@settings(max_examples=25 if soaking() else 5, deadline=None)
@given(seed=st.integers(0, 2**32), number=st.integers(0, 11), after=st.integers(0, 90))
def test_three_programs_agree_before_and_after_a_credit_moves(seed: int, number: int, after: int) -> None:
    logs, account = two_logs(seed), f"acc{number}"
    on = max(LAST, *(day(leaves[-1].recorded_at) for leaves in logs.values())) + timedelta(days=1 + after)
    before = agree(logs, on - timedelta(days=1))
    there = moved(logs, account, source=AGENCY, to=OTHER, on=on)
    assert agree(there, on - timedelta(days=1)) == before  # a day that is over stays as it was
    agree(there, on)
    back = moved(there, account, source=OTHER, to=AGENCY, on=on + timedelta(days=1))
    agree(back, on + timedelta(days=1))
    assert len(back[AGENCY]) == len(there[AGENCY]) + 1  # the decision alone: the rest stands there


@pytest.mark.parametrize("state", [None, "held", "excluded"])
def test_what_counted_counts_there_and_here_no_more(state: str | None) -> None:
    """Its attributes and its state go with it; a link and a project of the old agency do not."""
    logs = {AGENCY: _short(AGENCY, "acc1", state), OTHER: _short(OTHER, "acc2", None)}
    on = date(2020, 1, 2)
    there = moved(logs, "acc1", source=AGENCY, to=OTHER, on=on)
    counts = {}
    for log, leaves in there.items():
        standing = evaluate(parse(shipped()[RULE]), leaves, PROJECTS[log], as_of=on)
        counts[log] = (standing.measure("new_users").count, [row.reason for row in standing.measure("new_users").left_out])
    assert counts == {AGENCY: (0, [state or "moved"]), OTHER: (1 if state else 2, [state] if state else [])}
    copies = [leaf for leaf in there[OTHER] if leaf.account == "acc1"]
    assert all(leaf.link is None and leaf.agency == OTHER for leaf in copies)
    assert not any({"first_link", "project"} & set(leaf.attributes) for leaf in copies if leaf.kind.startswith("account:"))
    agree(there, on)


def _short(agency: str, account: str, state: str | None) -> list[Leaf]:
    """A log of one person who counts, or would."""
    book = [leaf for leaf in two_logs(1)[agency] if leaf.kind in ("project:contract", "project:rule_adopted")]
    book = [leaf for leaf in book if leaf.attributes["project"] == PROJECTS[agency]]
    at = noon(date(2020, 1, 1))
    profile = {"enterprise": "e1", "role": "rd", "size": "small", "region": "520102"}
    verified = {"contact_class": "mobile", "new": True, "first_link": "l1", "how": "touch"}
    steps: list[tuple[str, dict[str, str | bool]]] = [
        ("registered", {"channel": "mobile"}),
        ("contact_verified", verified),  # type: ignore[list-item]
        ("profile_complete", profile),  # type: ignore[list-item]
        ("activated", {}),
        *([(state, {})] if state else []),
    ]
    facts = [
        Fact(
            kind=f"account:{step}",
            happened_at=at,
            account=account,
            person=person(account) if step == "contact_verified" else None,
            agency=agency,
            link="l1",
            attributes=attributes,
        )
        for step, attributes in steps
    ]
    renumbered = [msgspec.structs.replace(leaf, seq=seq) for seq, leaf in enumerate(book)]
    return [*renumbered, *_leaves(facts, len(renumbered), at)]
