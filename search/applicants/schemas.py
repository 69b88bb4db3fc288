"""Applicants over HTTP: what comes in and what goes out."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from auth.access.model import Identity
from auth.http.body import StrictModel
from search.applicants.model import Entity, Kind, Merge, Proposal

Name = Annotated[str, StringConstraints(min_length=1, max_length=500)]


class MergeBody(StrictModel):
    """Two whole names of one applicant, and what says so where the documents don't."""

    one: Name
    other: Name
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1_000)] = ""
    confidence: float | None = Field(default=None, ge=0, le=1, description="How surely; that of the evidence unless given.")
    shared: bool = Field(default=False, description="For everybody; an administrator may.")


class EvidenceView(BaseModel):
    """What says that two names are one applicant's."""

    kind: Kind
    detail: str
    documents: list[str]


class ProposalView(BaseModel):
    """Two names that the documents held propose for one applicant's."""

    id: str
    one: str
    other: str
    evidence: list[EvidenceView]
    confidence: float


class MergeView(ProposalView):
    """Two names taken for one applicant's. `undone_at` says since when no longer."""

    shared: bool
    own: bool = Field(description="Whether the caller decided it.")
    merged_at: datetime
    undone_at: datetime | None


class NameView(BaseModel):
    """A name, and the documents that have it."""

    name: str
    count: int


class ApplicantView(BaseModel):
    """An applicant under all names. `total` counts the documents that have any of them: one query, never a sum."""

    id: str
    names: list[NameView]
    total: int


class ApplicantDetail(ApplicantView):
    """With what was decided of its names, the newest first, and what the documents propose."""

    merges: list[MergeView]
    proposals: list[ProposalView]


class Applicants(BaseModel):
    """Applicants found by a name."""

    items: list[ApplicantView]


class Proposals(BaseModel):
    """What the documents held propose, the surest first."""

    items: list[ProposalView]


def proposal_view(proposed: Proposal) -> ProposalView:
    pair = proposed.pair
    evidence = [EvidenceView.model_validate(each, from_attributes=True) for each in pair.evidence]
    return ProposalView(id=proposed.id, one=pair.one, other=pair.other, evidence=evidence, confidence=pair.confidence)


def merge_view(made: Merge, caller: Identity) -> MergeView:
    shown = proposal_view(Proposal(made.id, made.pair)).model_dump()
    own = made.by == caller.user
    return MergeView(**shown, shared=made.shared, own=own, merged_at=made.at, undone_at=made.undone_at)


def applicant_view(entity: Entity) -> ApplicantView:
    return ApplicantView(id=entity.id, names=[NameView(name=name, count=count) for name, count in entity.names], total=entity.total)


def applicant_detail(entity: Entity, caller: Identity) -> ApplicantDetail:
    merges = [merge_view(made, caller) for made in entity.merges]
    return ApplicantDetail(
        **applicant_view(entity).model_dump(), merges=merges, proposals=[proposal_view(each) for each in entity.proposals]
    )
