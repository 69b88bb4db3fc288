"""An agency's links: made, shown with their clicks, paused, printed."""

import secrets
from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import Field, StringConstraints

from auth.access.current import CSRF_FIELD, holding
from auth.access.model import Identity
from auth.clock import SHANGHAI, now
from auth.database import Database
from auth.errors import Problem
from auth.http.body import StrictModel, Whole
from auth.http.idempotency import Answer, Idempotency
from auth.referral import codes
from auth.referral.links import Links, New, Shown
from auth.referral.model import Kind, State
from auth.referral.routes import address
from auth.roles import Role
from search.web import words
from search.web.render import page, told

Staff = Annotated[Identity, Depends(holding(Role.AGENCY, Role.BUREAU, Role.ADMINISTRATOR))]
_SHOWN = 50

Moment = Annotated[str, StringConstraints(pattern=r"^(2\d{3}-\d\d-\d\dT\d\d:\d\d)?$")]


class LinkForm(StrictModel):
    """A link to make; with hours, which are Shanghai's, it is an event's."""

    token: Annotated[str, Field(alias=CSRF_FIELD)] = ""
    label: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)] = ""
    first: Moment = ""
    last: Moment = ""
    key: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]


class StateForm(StrictModel):
    """A link paused, resumed or revoked."""

    token: Annotated[str, Field(alias=CSRF_FIELD)] = ""
    version: Whole = Field(ge=1)
    state: Literal["active", "paused", "revoked"]


def router(links: Links, database: Database, idempotency: Idempotency, *, public_url: str) -> APIRouter:
    """The routes without a prefix; `public_url` is where people open links."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/agency/links")
    def listed(request: Request, caller: Staff) -> Response:
        return _list(request, caller, links, public_url)

    @routes.post("/agency/links")
    def make(sent: Annotated[LinkForm, Form()], request: Request, caller: Staff) -> Response:
        first, last = _instant(sent.first), _instant(sent.last)
        new = New(Kind.EVENT if first or last else Kind.AGENCY, label=sent.label, first=first, last=last)
        body = sent.model_dump_json(exclude={"token"}).encode()
        try:
            with database.write() as connection:
                made = idempotency.once(
                    connection,
                    sent.key,
                    lambda: Answer(201, links.add(connection, caller, new).id.encode()),
                    scope=f"POST /agency/links {caller.user}",
                    body=body,
                    now=now(),
                )
        except Problem as problem:
            return _list(request, caller, links, public_url, sent=sent, problem=problem)
        return RedirectResponse(f"/agency/links/{made.body.decode()}", 303)

    @routes.get("/agency/links/{id}")
    def one(id: str, request: Request, caller: Staff) -> Response:  # noqa: A002 - the path's own name
        return _link(request, caller, links.show(caller, id), public_url)

    @routes.post("/agency/links/{id}")
    def change(id: str, sent: Annotated[StateForm, Form()], request: Request, caller: Staff) -> Response:  # noqa: A002
        try:
            links.change(caller, id, version=sent.version, state=State(sent.state), label=None, expires_at=None)
        except Problem as problem:
            return _link(request, caller, links.show(caller, id), public_url, problem)
        return RedirectResponse(f"/agency/links/{id}", 303)

    @routes.get("/agency/links/{id}/sheet")
    def sheet(id: str, request: Request, caller: Staff) -> Response:  # noqa: A002
        held = links.show(caller, id)
        printed, url = codes.printed(held.link.code), address(held.link, public_url)
        return page(request, "sheet.html", caller, link=held.link, holder=held.organisation, printed=printed, url=url)

    return routes


def _instant(text: str) -> datetime | None:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC) if text else None


def _list(
    request: Request,
    caller: Identity,
    links: Links,
    public_url: str,
    *,
    sent: LinkForm | None = None,
    problem: Problem | None = None,
) -> Response:
    at = now()
    found = [(link, link.state_at(at).value, address(link, public_url)) for link in links.page(caller, after=None, size=_SHOWN)]
    wrong = told(problem, words.of(request)) if problem else ""
    status, key = problem.status if problem else 200, secrets.token_hex(16)
    return page(request, "links.html", caller, status=status, links=found, form=sent, wrong=wrong, key=key)


def _link(request: Request, caller: Identity, held: Shown, public_url: str, problem: Problem | None = None) -> Response:
    return page(
        request,
        "link.html",
        caller,
        status=problem.status if problem else 200,
        held=held,
        state=held.link.state_at(now()).value,
        url=address(held.link, public_url),
        printed=codes.printed(held.link.code),
        wrong=told(problem, words.of(request)) if problem else "",
    )
