"""A project of an agency for a bureau. What counts is in the ledger; this is what it is found by."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Quarters(StrEnum):
    """Which quarters the contract means: of three months from its first day, or the calendar's."""

    CONTRACT = "contract"
    CALENDAR = "calendar"


class Rung(StrEnum):
    """How far a registration must have come to count (`docs/targets.md`)."""

    REGISTERED = "registered"
    CONTACT_VERIFIED = "contact_verified"
    ACTIVATED = "activated"
    ROLE_CONFIRMED = "role_confirmed"
    REGISTERED_ELSEWHERE = "registered_elsewhere"


class Grade(StrEnum):
    """How far a push must have come to count."""

    DECLARED = "declared"
    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    OPENED = "opened"
    ACKNOWLEDGED = "acknowledged"


class Deciding(StrEnum):
    """What a bureau decides on a project after its contract."""

    EXTENSION = "extension"
    REPLACEMENT = "replacement"
    PLAN = "plan"
    WAIVER = "waiver"


@dataclass(frozen=True, slots=True)
class Contract:
    """What the contract says, entered with its file. Days are inclusive; `province` two digits; `numbers` by target, `modifiers`
    those of the rule that apply, both only where the contract differs from the notice."""

    agency: str
    first: date
    last: date
    province: str
    contract_sha256: str
    quarters: Quarters = Quarters.CONTRACT
    reading: Rung = Rung.ACTIVATED
    grade: Grade | None = None
    numbers: dict[str, int] = field(default_factory=dict)
    modifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Project:
    """A project as it was contracted; decisions since are facts, and `Terms` has them."""

    id: str
    name: str
    agency: str
    bureau: str
    first: date
    last: date
    province: str
    quarters: Quarters
    reading: Rung
    grade: Grade | None
    contract_sha256: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision with the SHA-256 of its document: an extension has `last`; a replacement `enterprise` and `by`; a plan `target`
    and `value`; a waiver `target`."""

    decision: Deciding
    document_sha256: str
    last: date | None = None
    target: str | None = None
    value: int | None = None
    enterprise: str | None = None
    by: str | None = None

    def complete(self) -> bool:
        """Whether it has what its kind needs, and nothing else."""
        needs = {
            Deciding.EXTENSION: {"last"},
            Deciding.REPLACEMENT: {"enterprise", "by"},
            Deciding.PLAN: {"target", "value"},
            Deciding.WAIVER: {"target"},
        }[self.decision]
        given = {name for name in ("last", "target", "value", "enterprise", "by") if getattr(self, name) is not None}
        return given == needs
