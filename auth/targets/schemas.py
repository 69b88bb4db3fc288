"""What goes in and out of the routes of targets. The standing itself is the canonical JSON of `standing`."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from auth.http.body import StrictModel
from auth.projects.model import Deciding, Decision
from auth.projects.schemas import Digest, Id, Number, TargetId

MAX_RULE = 200_000


class RuleBody(StrictModel):
    """A rule to adopt: one that comes with the product by its name, or a file of the bureau's own."""

    rule: Id | None = Field(default=None, examples=["guizhou-2019"])
    toml: str | None = Field(default=None, max_length=MAX_RULE, description="a rule file as docs/targets.md describes it")
    direction: TargetId | None = Field(default=None, description="which of the notice's directions, where it has several")

    @model_validator(mode="after")
    def _one(self) -> "RuleBody":
        if (self.rule is None) == (self.toml is None):
            raise PydanticCustomError("one_of_both", "either rule or toml")
        return self


class DecisionBody(StrictModel):
    """A decision with its document: an extension has `last`, a replacement `enterprise` and `by`, a plan `target` and `value`,
    a waiver `target`."""

    decision: Deciding
    document_sha256: Digest
    last: date | None = None
    target: TargetId | None = None
    value: Number | None = None
    enterprise: Id | None = None
    by: Id | None = None

    def taken(self) -> Decision:
        """The decision."""
        return Decision(**dict(self))


class DecisionView(BaseModel):
    """A decision, and the standing without and with it on the day it was recorded."""

    seq: int
    recorded_at: datetime
    attributes: dict[str, Any]
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class Decisions(BaseModel):
    """All decisions on a project, oldest first."""

    items: list[DecisionView]


class RowView(BaseModel):
    """A fact behind a number; `reason` says why it does not count. Nobody is named: `account` is random."""

    seq: int
    counted: bool
    reason: str | None
    kind: str
    happened_at: datetime
    recorded_at: datetime
    account: str | None
    link: str | None
    attributes: dict[str, Any]


class RowPage(BaseModel):
    """Facts behind the number of one target, by seq; `next` as `after` asks for more."""

    target: str
    reading: str
    counted: int
    needed: int | None
    items: list[RowView]
    next: int | None
