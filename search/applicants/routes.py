"""Applicants over HTTP, for whoever is signed in."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from auth.access.current import Caller
from auth.http.documents import problems
from search.applicants import service
from search.applicants.schemas import (
    ApplicantDetail,
    Applicants,
    MergeBody,
    MergeView,
    Proposals,
    applicant_detail,
    applicant_view,
    merge_view,
    proposal_view,
)

_READ = problems(401, 404, 422, 503)
_WRITE = problems(400, 401, 403, 404, 409, 413, 422, 503)
Named = Annotated[str, Query(min_length=1, max_length=200, description="A part of a name.")]
Id = Annotated[str, Path(max_length=3_000)]


def router(applicants: service.Applicants, *, prefix: str) -> APIRouter:
    """The routes, under `prefix`."""
    routes = APIRouter(prefix=f"{prefix}/applicants", tags=["find"])

    @routes.get("", responses=_READ)
    def find_applicants(caller: Caller, name: Named, size: Annotated[int, Query(ge=1, le=50)] = 20) -> Applicants:
        """Applicants by a part of one of their names, each under all names with one exact count."""
        return Applicants(items=[applicant_view(each) for each in applicants.find(name, user=caller.user, size=size)])

    @routes.get("/proposals", responses=_READ)
    def list_proposals(caller: Caller, size: Annotated[int, Query(ge=1, le=200)] = 50) -> Proposals:
        """Names that the documents held propose for one applicant's."""
        return Proposals(items=[proposal_view(each) for each in applicants.proposals(user=caller.user, size=size)])

    @routes.delete("/proposals/{id}", status_code=204, responses=_WRITE)
    def refuse_proposal(id: Id, caller: Caller) -> None:  # noqa: A002 - the path's own name
        """Refuse a proposal for everybody; it is not made again."""
        applicants.refuse(caller, id)

    @routes.post("/merges", status_code=201, responses=_WRITE)
    def merge_names(body: MergeBody, caller: Caller) -> MergeView:
        """Take two names for one applicant's."""
        made = applicants.merge(caller, body.one, body.other, note=body.note, confidence=body.confidence, shared=body.shared)
        return merge_view(made, caller)

    @routes.delete("/merges/{id}", status_code=204, responses=_WRITE)
    def undo_merge(id: Id, caller: Caller) -> None:  # noqa: A002
        """Undo a merge: the names are apart again, with the numbers they had."""
        applicants.undo(caller, id)

    @routes.get("/{id}", responses=_READ)
    def show_applicant(id: Id, caller: Caller) -> ApplicantDetail:  # noqa: A002
        """An applicant by the id of any of its names: names with counts, merges, proposals."""
        return applicant_detail(applicants.get(id, user=caller.user), caller)

    return routes
