"""Rules adopted, decisions taken, and the standing of a project on any day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from auth.access.model import Identity
from auth.clock import Clock, day, now
from auth.database import Connection, Database
from auth.http.problems import NotFound
from auth.ledger import service as ledger
from auth.ledger.model import Fact, Leaf, Value
from auth.organisations import store as organisations
from auth.organisations.model import Kind
from auth.projects import store
from auth.projects.model import Deciding, Decision, Project
from auth.projects.problems import DecisionRefused, NoRuleYet, RuleRefused, RuleSpelling
from auth.projects.service import own, seen
from auth.targets import terms as project_terms
from auth.targets.evaluate import evaluate
from auth.targets.evaluate import seen as seen_by
from auth.targets.rules import Rules, RulesRefused, SpellingRefused, check_spelling, parse, shipped
from auth.targets.shelf import Shelf
from auth.targets.standing import Measure, Standing
from auth.targets.terms import NoContract, Terms


@dataclass(frozen=True, slots=True)
class Adoption:
    """A rule file adopted: the seq of the fact, and what the file is."""

    seq: int
    rule: str
    version: int
    sha256: str
    direction: str | None


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as its fact says it, and the standing by the facts just before it and with it, under the rule of then, on the
    day it was recorded. Both are ``None`` when no rule had been adopted."""

    leaf: Leaf
    before: Standing | None
    after: Standing | None


@dataclass(frozen=True, slots=True)
class Rows:
    """The facts behind one number."""

    measure: Measure
    leaves: Mapping[int, Leaf]


class Targets:
    """The targets of the projects of one database."""

    def __init__(self, database: Database, *, clock: Clock = now) -> None:
        self._database = database
        self._clock = clock
        self._shelf = Shelf()

    def adopt(self, caller: Identity, project: str, *, data: bytes, direction: str | None) -> Adoption:
        """The rule file counts for the project from now on. `RuleRefused` where it does not fit the contract, `RuleSpelling` where
        the verifiers would not read it."""
        rules = _adoptable(data)
        with self._database.write() as connection:
            at = self._clock()
            held = own(connection, caller, project, today=day(at))
            terms = project_terms.read(project, ledger.leaves(connection, held.agency))
            _check_fit(rules, terms, direction)
            store.keep_rule(connection, sha256=rules.sha256, rule=rules.rule, version=rules.version, data=data)
            attributes: dict[str, Value] = {
                "project": project,
                "rule": rules.rule,
                "version": rules.version,
                "sha256": rules.sha256,
                "counts": rules.counts(direction),
            }
            if direction:
                attributes["direction"] = direction
            fact = Fact(kind="project:rule_adopted", happened_at=at, agency=held.agency, attributes=attributes)
            seq = ledger.append(connection, held.agency, fact, now=at)
        return Adoption(seq, rules.rule, rules.version, rules.sha256, direction)

    def decide(self, caller: Identity, project: str, decision: Decision) -> Decided:
        """Records the decision among the agency's facts. `DecisionRefused`."""
        if not decision.complete():
            raise DecisionRefused
        with self._database.write() as connection:
            at = self._clock()
            held = own(connection, caller, project, today=day(at))
            before = ledger.leaves(connection, held.agency)
            _check_decision(
                connection, caller, decision, project_terms.read(project, before), self._rules(connection, before, project)
            )
            fact = _decision_fact(held, decision, at)
            seq = ledger.append(connection, held.agency, fact, now=at)
            facts = [*before, *ledger.leaves(connection, held.agency, first=seq)]
            return self._around(connection, facts, project, facts[-1])

    def decisions(self, caller: Identity, project: str) -> list[Decided]:
        """Every decision on the project, with the standing before and after it."""
        with self._database.read() as connection:
            held = seen(connection, caller, project, today=self.today())
            facts = ledger.leaves(connection, held.agency)
            made = [x for x in facts if x.kind == "project:decision" and x.attributes["project"] == project]
            return [self._around(connection, facts[: leaf.seq + 1], project, leaf) for leaf in made]

    def standing(self, caller: Identity, project: str, *, as_of: date | None = None, rules_of_today: bool = False) -> Standing:
        """The standing as of the end of the day, today unless said, under the rule of then or of today. `NoRuleYet`."""
        with self._database.read() as connection:
            return self._standing(connection, caller, project, as_of=as_of, rules_of_today=rules_of_today)[0]

    def rows(self, caller: Identity, project: str, target: str, *, as_of: date | None = None) -> Rows:
        """The facts behind the number of one target; `NotFound` for a target that the rule has not."""
        with self._database.read() as connection:
            standing, facts = self._standing(connection, caller, project, as_of=as_of, rules_of_today=False)
        if target not in {measure.target for measure in standing.measures}:
            raise NotFound
        measure = standing.measure(target)
        wanted = {*measure.counted, *(row.seq for row in measure.left_out)}
        return Rows(measure, {leaf.seq: leaf for leaf in facts if leaf.seq in wanted})

    def today(self) -> date:
        """The day in Shanghai."""
        return day(self._clock())

    def _standing(
        self, connection: Connection, caller: Identity, project: str, *, as_of: date | None, rules_of_today: bool
    ) -> tuple[Standing, Sequence[Leaf]]:
        held = seen(connection, caller, project, today=self.today())
        asked = as_of or self.today()
        log = self._shelf.log(connection, held.agency)
        rules = self._rules(connection, log.terms if rules_of_today else seen_by(log.terms, as_of=asked), project)
        if rules is None:
            raise NoRuleYet
        try:
            return log.standing(rules, project).standing(log.leaves, as_of=asked), log.leaves
        except NoContract:
            raise NoRuleYet from None

    def _rules(self, connection: Connection, facts: Sequence[Leaf], project: str) -> Rules | None:
        """The rule file that these facts say was adopted last."""
        for leaf in reversed(facts):
            if leaf.kind == "project:rule_adopted" and leaf.attributes["project"] == project:
                data = store.rule(connection, str(leaf.attributes["sha256"]))
                return parse(data) if data is not None else None
        return None

    def _around(self, connection: Connection, facts: Sequence[Leaf], project: str, decision: Leaf) -> Decided:
        rules = self._rules(connection, facts, project)
        if rules is None:
            return Decided(decision, None, None)
        on = day(decision.recorded_at)
        before = evaluate(rules, facts[: decision.seq], project, as_of=on)
        return Decided(decision, before, evaluate(rules, facts, project, as_of=on))


def shipped_rule(name: str) -> bytes:
    """The bytes of a rule file that comes with the product; `NotFound`."""
    if name not in shipped():
        raise NotFound
    return shipped()[name]


def _adoptable(data: bytes) -> Rules:
    """The rules of a file that a bundle's verifiers read as the product does."""
    try:
        rules = parse(data)
        check_spelling(data)
    except SpellingRefused as refused:
        raise RuleSpelling(extra={"line": refused.line}) from None
    except RulesRefused as refused:
        raise RuleRefused(extra={"reason": str(refused)}) from None
    return rules


def _check_fit(rules: Rules, terms: Terms, direction: str | None) -> None:
    """Refuses a rule that lacks what the contract speaks of: a number nobody looks at would be a number lost."""
    if (direction is None) != (not rules.directions) or (direction and direction not in rules.directions):
        raise RuleRefused(extra={"reason": "direction", "directions": sorted(rules.directions)})
    unknown = sorted({*terms.numbers, *terms.waived} - {target.id for target in rules.of_direction(direction)})
    unknown += sorted(terms.modifiers - {modifier.id for modifier in rules.modifiers if modifier.direction in (None, direction)})
    if unknown:
        raise RuleRefused(extra={"reason": "contract names what the rule has not", "names": unknown})


def _check_decision(connection: Connection, caller: Identity, decision: Decision, terms: Terms, rules: Rules | None) -> None:
    direction = terms.adopted.direction if terms.adopted else None
    if decision.target and (rules is None or decision.target not in {held.id for held in rules.of_direction(direction)}):
        raise DecisionRefused
    if decision.last is not None and decision.last <= terms.last:
        raise DecisionRefused
    if decision.decision is Deciding.REPLACEMENT:
        for name in (decision.enterprise, decision.by):
            held = organisations.get(connection, name or "", within=organisations.visible(caller))
            if held is None or held.kind is not Kind.ENTERPRISE or decision.enterprise == decision.by:
                raise DecisionRefused


def _decision_fact(project: Project, decision: Decision, at: datetime) -> Fact:
    attributes: dict[str, Value] = {
        "project": project.id,
        "decision": decision.decision.value,
        "document_sha256": decision.document_sha256,
    }
    if decision.last is not None:
        attributes["last"] = decision.last.isoformat()
    if decision.value is not None:
        attributes["value"] = decision.value
    for name in ("target", "enterprise", "by"):
        value = getattr(decision, name)
        if value is not None:
            attributes[name] = value
    return Fact(kind="project:decision", happened_at=at, agency=project.agency, attributes=attributes)
