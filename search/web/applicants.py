"""The pages of applicants: found by a name, shown under all names, put together and taken apart."""

from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import Field, StringConstraints

from auth.access.current import CSRF_FIELD, Caller
from auth.access.model import Identity
from auth.clock import day
from auth.errors import Problem
from auth.http.body import StrictModel
from auth.roles import Role
from search.applicants.model import Entity
from search.applicants.service import Applicants, id_of
from search.query.render import render
from search.query.tree import Value
from search.web import words
from search.web.render import page, told

Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]


class MergeForm(StrictModel):
    """Another name of the applicant, and what says so."""

    token: Annotated[str, Field(alias=CSRF_FIELD)] = ""
    other: Name = ""
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1_000)] = ""
    shared: Literal["yes"] | None = None


class DeedForm(StrictModel):
    """A merge undone, or a proposal accepted or refused; `at` is the applicant whose page comes back."""

    token: Annotated[str, Field(alias=CSRF_FIELD)] = ""
    at: Annotated[str, StringConstraints(max_length=3_000)] = ""
    one: Name = ""
    other: Name = ""
    shared: Literal["yes"] | None = None


def router(applicants: Applicants) -> APIRouter:
    """The routes without a prefix."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/applicants")
    def find(request: Request, caller: Caller, name: Annotated[str, Query(max_length=200)] = "") -> Response:
        found = applicants.find(name, user=caller.user) if name.strip() else []
        proposals = [] if name.strip() else applicants.proposals(user=caller.user)
        return page(request, "applicants.html", caller, name=name, found=found, proposals=proposals, id_of=id_of)

    @routes.get("/applicants/{id}")
    def show(id: str, request: Request, caller: Caller) -> Response:  # noqa: A002 - the path's own name
        return shown(request, caller, applicants.get(id, user=caller.user), MergeForm())

    @routes.post("/applicants/{id}/merge")
    def merge(id: str, sent: Annotated[MergeForm, Form()], request: Request, caller: Caller) -> Response:  # noqa: A002
        entity = applicants.get(id, user=caller.user)
        t = words.of(request)
        if not sent.other:
            return shown(request, caller, entity, sent, wrong=t("applicant_other_lacking"), status=422)
        try:
            applicants.merge(caller, entity.names[0][0], sent.other, note=sent.note, shared=sent.shared is not None)
        except Problem as problem:
            return shown(request, caller, entity, sent, wrong=told(problem, t), status=problem.status)
        return RedirectResponse(f"/applicants/{id}", 303)

    @routes.post("/applicants/merges/{id}/undo")
    def undo(id: str, sent: Annotated[DeedForm, Form()], caller: Caller) -> Response:  # noqa: A002
        applicants.undo(caller, id)
        return back(sent)

    @routes.post("/applicants/proposals/{id}/refuse")
    def refuse(id: str, sent: Annotated[DeedForm, Form()], caller: Caller) -> Response:  # noqa: A002
        applicants.refuse(caller, id)
        return back(sent)

    @routes.post("/applicants/accept")
    def accept(sent: Annotated[DeedForm, Form()], caller: Caller) -> Response:
        applicants.merge(caller, sent.one, sent.other, shared=sent.shared is not None)
        return back(sent)

    def back(sent: DeedForm) -> Response:
        return RedirectResponse(f"/applicants/{quote(sent.at, safe='')}" if sent.at else "/applicants", 303)

    def shown(
        request: Request, caller: Identity, entity: Entity, form: MergeForm, *, wrong: str = "", status: int = 200
    ) -> Response:
        return page(
            request,
            "applicant.html",
            caller,
            status=status,
            entity=entity,
            form=form,
            wrong=wrong,
            queries={name: render(Value("applicant", name)) for name, _ in entity.names},
            merges=[(made, day(made.at), made.undone_at and day(made.undone_at)) for made in entity.merges],
            administrator=caller.role is Role.ADMINISTRATOR,
            user=caller.user,
        )

    return routes
