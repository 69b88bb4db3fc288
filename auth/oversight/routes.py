"""Call-backs, and what of a project waits for the bureau, over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path

from auth.access.current import holding
from auth.access.model import Identity
from auth.http.documents import problems
from auth.oversight.calls import Calls, enough
from auth.oversight.moving import Moved
from auth.oversight.schemas import (
    AnswerBody,
    CallBody,
    CommitmentBody,
    DrawBody,
    EnoughView,
    MoveBody,
    PersonView,
    SampleDetail,
    Samples,
    SampleView,
)
from auth.oversight.service import Oversight
from auth.projects.routes import After, Official, Size
from auth.registration.routes import Staff
from auth.registration.schemas import RegistrationPage, registration_view
from auth.roles import Role

Overseer = Annotated[Identity, Depends(holding(Role.BUREAU, Role.EVALUATOR, Role.ADMINISTRATOR))]
"""Who may read of samples: not the agency, while people are asked."""

_READ = problems(401, 403, 404, 409, 422, 503)
_WRITE = problems(400, 401, 403, 404, 409, 413, 422, 503)


def router(oversight: Oversight, *, prefix: str) -> APIRouter:
    """The routes over the services."""
    routes = APIRouter(prefix=prefix, tags=["projects"])
    answers = oversight.answers
    _samples(routes, oversight.calls)
    _one(routes, oversight.calls)
    _waiting(routes, oversight)

    @routes.post("/answers", status_code=204, responses=problems(400, 404, 409, 413, 422, 503))
    def answer(body: AnswerBody) -> None:
        """The person who was drawn answers, with the code of the message; once."""
        answers.answer(body.code, body.read())

    return routes


def _samples(routes: APIRouter, calls: Calls) -> None:
    @routes.post("/projects/{id}/samples", status_code=201, responses=_WRITE)
    def commit(id: str, body: CommitmentBody, caller: Official) -> SampleView:  # noqa: A002 - the path's own name
        """Commit to a nonce: the log is signed with the commitment in it, and the later draw is from that root."""
        return SampleView.of(calls.commit(caller, id, target=body.target, commitment=body.commitment))

    @routes.get("/projects/{id}/samples", responses=_READ)
    def samples(id: str, caller: Overseer) -> Samples:  # noqa: A002
        """The project's samples with their estimates, and how many should be called."""
        table = [
            EnoughView(false_percent=share, chance_90=few, chance_95=some, chance_99=many)
            for share, (few, some, many) in enough(calls.population(caller, id))
        ]
        return Samples(items=[SampleView.of(held) for held in calls.page(caller, id)], enough=table)


def _one(routes: APIRouter, calls: Calls) -> None:
    @routes.get("/projects/{id}/samples/{sample}", responses=_READ)
    def sample(id: str, sample: str, caller: Official) -> SampleDetail:  # noqa: A002
        """A sample with those drawn. Whose name is shown is written into the list of hand-overs."""
        return _detail(calls, caller, id, sample)

    @routes.post("/projects/{id}/samples/{sample}/draw", responses=_WRITE)
    def draw(id: str, sample: str, body: DrawBody, caller: Official) -> SampleDetail:  # noqa: A002
        """Draw by the nonce; each one drawn is sent the three questions."""
        calls.draw(caller, id, sample, nonce=bytes.fromhex(body.nonce), size=body.people)
        return _detail(calls, caller, id, sample)

    @routes.post("/projects/{id}/samples/{sample}/calls/{place}", status_code=204, responses=_WRITE)
    def call(id: str, sample: str, place: Annotated[int, Path(ge=1, le=10_000)], body: CallBody, caller: Official) -> None:  # noqa: A002
        """What became of calling somebody who allowed it."""
        calls.call(caller, id, sample, place, replies=body.replies.read() if body.replies else None)

    @routes.post("/projects/{id}/samples/{sample}/close", responses=_WRITE)
    def close(id: str, sample: str, caller: Official) -> SampleView:  # noqa: A002
        """End the asking: who has not answered is unreachable, the nonce is published, names are gone."""
        return SampleView.of(calls.close(caller, id, sample))


def _waiting(routes: APIRouter, oversight: Oversight) -> None:
    def page(caller: Identity, project: str, *, disputed: bool, after: str | None, size: int) -> RegistrationPage:
        found = oversight.questions.page(caller, project, disputed=disputed, after=after, size=size + 1)
        items = [registration_view(shown) for shown in found[:size]]
        return RegistrationPage(items=items, next=items[-1].account if len(found) > size else None)

    @routes.get("/projects/{id}/holds", responses=_READ)
    def holds(id: str, caller: Staff, after: After = None, size: Size = 50) -> RegistrationPage:  # noqa: A002
        """What of the project's registrations is held or excluded, and why. Decided at `/registrations/{account}/decision`."""
        return page(caller, id, disputed=False, after=after, size=size)

    @routes.get("/projects/{id}/disputes", responses=_READ)
    def disputes(id: str, caller: Staff, after: After = None, size: Size = 50) -> RegistrationPage:  # noqa: A002
        """What of it the agency disputes, with its words."""
        return page(caller, id, disputed=True, after=after, size=size)

    @routes.post("/projects/{id}/disputes", status_code=201, responses=_WRITE)
    def move(id: str, body: MoveBody, caller: Official) -> Moved:  # noqa: A002
        """Decide that a registration belongs to another agency's project: the decision stands in both logs."""
        return oversight.moves.move(caller, id, body.account, to=body.to, document_sha256=body.document_sha256)


def _detail(calls: Calls, caller: Identity, project: str, sample: str) -> SampleDetail:
    shown, people = calls.people(caller, project, sample)
    return SampleDetail(**dict(SampleView.of(shown)), people=[PersonView.of(person) for person in people])
