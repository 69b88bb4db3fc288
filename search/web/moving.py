"""The bureau's page to credit a registration to another agency, by a decision with its reason. Undone by moving it back."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import Field, StringConstraints

from auth.access.current import CSRF_FIELD
from auth.access.model import Identity
from auth.errors import Problem
from auth.http.body import StrictModel
from auth.oversight.moving import Moves
from auth.projects.routes import Official
from auth.projects.service import Projects
from search.web import words
from search.web.render import page, told

Id = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$")]
Account = Annotated[str, Query(max_length=64, pattern=r"^[A-Za-z0-9._:-]*$")]
_MOST = 200


class MoveForm(StrictModel):
    """Which registration goes to which project's agency, and why."""

    token: Annotated[str, Field(alias=CSRF_FIELD)] = ""
    account: Id
    to: Id
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=1_000)]


def router(moves: Moves, projects: Projects) -> APIRouter:
    """The routes without a prefix."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/bureau/projects/{id}/moves")
    def asked(id: str, request: Request, caller: Official, account: Account = "", back: Account = "") -> Response:  # noqa: A002
        return _page(request, caller, projects, id, account=account, to=back, moved=bool(back))

    @routes.post("/bureau/projects/{id}/moves")
    def move(id: str, sent: Annotated[MoveForm, Form()], request: Request, caller: Official) -> Response:  # noqa: A002
        try:
            moves.decide(caller, id, sent.account, to=sent.to, reason=sent.reason)
        except Problem as problem:
            return _page(request, caller, projects, id, account=sent.account, to=sent.to, reason=sent.reason, problem=problem)
        return RedirectResponse(f"/bureau/projects/{sent.to}/moves?account={sent.account}&back={id}", 303)

    return routes


def _page(
    request: Request,
    caller: Identity,
    projects: Projects,
    project: str,
    *,
    account: str,
    to: str,
    reason: str = "",
    moved: bool = False,
    problem: Problem | None = None,
) -> Response:
    """The form, filled in as far as it was; after a move it stands at the other project, ready to move back."""
    held = projects.get(caller, project)
    others = [each for each in projects.page(caller, after=None, size=_MOST) if each.agency != held.agency]
    return page(
        request,
        "moving.html",
        caller,
        status=problem.status if problem else 200,
        project=held,
        agency=projects.parties(held)[0],
        others=[(each, projects.parties(each)[0]) for each in others],
        account=account,
        to=to,
        reason=reason,
        moved=moved,
        wrong=told(problem, words.of(request)) if problem else "",
    )
