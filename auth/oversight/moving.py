"""`Moves`: the bureau's decision that a registration is credited to another agency. The one way a credit moves.

Each agency has a log of its own, and a count reads one log. So the decision stands in both, and what the old log says of the
account is copied into the new one, dated as it happened and recorded now: on days before the decision both counts are as they
were. Moved back, only what the other log lacks is copied.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from auth.access.model import Identity
from auth.clock import Clock, day, now
from auth.database import Database
from auth.ledger import service as ledger
from auth.ledger.model import Fact, Leaf, Value
from auth.oversight.problems import MoveRefused
from auth.projects.model import Project
from auth.projects.service import own
from auth.registration import store as registrations
from auth.registration.model import Deed, Judgement
from auth.users.service import new_id

_COPIED = frozenset(
    f"account:{deed}"
    for deed in (
        "registered",
        "contact_verified",
        "profile_complete",
        "activated",
        "role_confirmed",
        "held",
        "released",
        "excluded",
        "withdrawn",
    )
)
"""Not what was asked or uploaded for one project of the old agency, nor words of a dispute."""

_LEFT_OUT = frozenset({"first_link", "project"})
"""Attributes that lead to the old agency's link and project."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The seq of the decision in the log that the account leaves, and in the one it comes to."""

    account: str
    left: int
    came: int


class Moves:
    """The credits of one installation."""

    def __init__(self, database: Database, *, clock: Clock = now) -> None:
        self._database = database
        self._clock = clock

    def move(self, caller: Identity, project: str, account: str, *, to: str, document_sha256: str) -> Moved:
        """The registration is credited from `project`'s agency to that of the project `to`. The caller decides on both:
        `NotFound`, `RightLacking`; `MoveRefused`."""
        return self._move(caller, project, account, to=to, document_sha256=document_sha256, reason=None)

    def decide(self, caller: Identity, project: str, account: str, *, to: str, reason: str) -> Moved:
        """The same by the words of a reason, which are kept; the document is these words in UTF-8."""
        digest = hashlib.sha256(reason.encode()).hexdigest()
        return self._move(caller, project, account, to=to, document_sha256=digest, reason=reason)

    def _move(self, caller: Identity, project: str, account: str, *, to: str, document_sha256: str, reason: str | None) -> Moved:
        with self._database.write() as connection:
            at = self._clock()
            source, target = (own(connection, caller, name, today=day(at)) for name in (project, to))
            held = registrations.get(connection, account)
            if source.agency == target.agency:
                raise MoveRefused(extra={"reason": "same_agency"})
            if held is None or held.attribution.agency != source.agency:
                raise MoveRefused(extra={"reason": "account"})
            logs = decided(
                (source, ledger.leaves(connection, source.agency)),
                (target, ledger.leaves(connection, target.agency)),
                account,
                document_sha256=document_sha256,
                now=at,
            )
            seqs = {log: [ledger.append(connection, log, fact, now=at) for fact in facts][-1] for log, facts in logs.items()}
            registrations.change(connection, account, agency=target.agency, link=None, first_link=None)
            if reason is not None:
                told = Judgement(new_id(), account, at, Deed.MOVED, (), reason, caller.user)
                registrations.add_judgement(connection, told)
        return Moved(account, seqs[source.agency], seqs[target.agency])


Log = tuple[Project, Sequence[Leaf]]
"""A project, and the log of its agency."""


def decided(source: Log, target: Log, account: str, *, document_sha256: str, now: datetime) -> dict[str, list[Fact]]:
    """What the decision appends to each log, by the logs' names in order; the decision itself comes last."""
    (left, before), (came, after) = source, target
    told: dict[str, Value] = {"decision": "attribution", "document_sha256": document_sha256, "to": came.agency}
    facts = {
        project.agency: [
            Fact(
                kind="project:decision",
                happened_at=now,
                account=account,
                agency=project.agency,
                attributes={"project": project.id, **told},
            )
        ]
        for project in (left, came)
    }
    facts[came.agency] = [*_copies(before, after, account, agency=came.agency), *facts[came.agency]]
    return dict(sorted(facts.items()))


def _copies(before: Sequence[Leaf], after: Sequence[Leaf], account: str, *, agency: str) -> list[Fact]:
    """What the one log says of the account and the other does not, in its order."""
    held = [_copy(leaf, agency) for leaf in after if leaf.account == account]
    told = [_copy(leaf, agency) for leaf in before if leaf.account == account and leaf.kind in _COPIED]
    return [fact for fact in told if fact not in held]


def _copy(leaf: Leaf, agency: str) -> Fact:
    """The fact as it happened, without what leads to a link or a project of the agency that it leaves."""
    attributes = {name: value for name, value in leaf.attributes.items() if name not in _LEFT_OUT}
    return Fact(
        kind=leaf.kind,
        happened_at=leaf.happened_at,
        account=leaf.account,
        person=leaf.person,
        agency=agency,
        attributes=attributes,
    )
