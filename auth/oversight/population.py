"""Who may be drawn: the accounts that a target counts by the facts of one checkpoint, under the rule of then."""

from collections.abc import Sequence

from auth.clock import day
from auth.database import Connection
from auth.ledger.model import Leaf
from auth.oversight.problems import SampleRefused
from auth.projects import store as projects
from auth.projects.problems import NoRuleYet
from auth.targets import terms
from auth.targets.evaluate import evaluate
from auth.targets.rules import REGISTRATIONS, parse


def counted(connection: Connection, facts: Sequence[Leaf], project: str, target: str) -> dict[int, str]:
    """Of each fact that the target counts, by its seq, the account. `NoRuleYet`, `SampleRefused` for a target that is not there
    or does not count registrations."""
    try:
        adopted = terms.read(project, facts).adopted
    except terms.NoContract:
        raise NoRuleYet from None
    data = projects.rule(connection, adopted.sha256) if adopted else None
    if data is None:
        raise NoRuleYet
    rules = parse(data)
    if (REGISTRATIONS,) not in {held.of for held in rules.targets if held.id == target}:
        raise SampleRefused(extra={"reason": "target"})
    standing = evaluate(rules, facts, project, as_of=day(facts[-1].recorded_at))
    return {seq: facts[seq].account or "" for seq in standing.measure(target).counted}
