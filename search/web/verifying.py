"""Showing that a contact is one's own: the link's page confirms by a button, never by being fetched (T29); or six digits.

The same page ends a sign-up and a sign-in by code: whoever has the message has the contact.
"""

import re
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import StringConstraints
from starlette.concurrency import run_in_threadpool

from auth.access import cookies
from auth.access.codes import ByCode, ByLink
from auth.access.current import Visitor, address
from auth.access.problems import FormStale
from auth.clock import Clock, now
from auth.errors import Problem
from auth.http.body import StrictModel
from auth.registration.model import Accepted, Consents
from auth.registration.problems import TermsNeeded
from auth.registration.service import Registration
from auth.registration.signing_up import LONGEST_S
from search.web import browser, words
from search.web.render import page, scripted, told
from search.web.signing import own

_DIGITS = re.compile(r"\D")


class Asking(StrictModel):
    """A code to sign in with is asked for."""

    contact: Annotated[str, StringConstraints(max_length=320)] = ""
    next: Annotated[str, StringConstraints(max_length=2_000)] = "/"


class Showing(StrictModel):
    """The proof: a link's `token`, or the `digits` with the `ref` of the browser that asked; consents where they are asked."""

    token: Annotated[str, StringConstraints(max_length=100)] = ""
    ref: Annotated[str, StringConstraints(max_length=64)] = ""
    digits: Annotated[str, StringConstraints(max_length=40)] = ""
    next: Annotated[str, StringConstraints(max_length=2_000)] = "/"
    asked: bool = False
    terms: bool = False
    show_name: bool = False
    may_call: bool = False


def router(registration: Registration, *, clock: Clock = now) -> APIRouter:
    """The routes without a prefix."""
    routes = APIRouter(include_in_schema=False)
    access = registration.access

    @routes.get("/login/code")
    async def ask(request: Request, visitor: Visitor, next: str = "/") -> Response:  # noqa: A002  the address's own word
        return RedirectResponse(own(next), 303) if visitor else _ask(request, Asking(next=own(next[:2_000])))

    @routes.post("/login/code")
    async def send(sent: Annotated[Asking, Form()], request: Request) -> Response:
        _require_ours(request)
        try:
            accepted = await run_in_threadpool(registration.send_code, sent.contact)
        except Problem as problem:
            return _ask(request, sent, problem)
        response = RedirectResponse(f"/verify?{urlencode({'ref': accepted.ref, 'next': own(sent.next)})}", 303)
        browser.keep(response, request, accepted.ref, to=sent.contact, secure=access.secure)
        return response

    @routes.get("/verify")
    def form(request: Request, token: str = "", next: str = "/", due: int = 0) -> Response:  # noqa: A002
        showing = Showing(token=token[:100], ref=browser.ref(request) or "", next=own(next[:2_000]))
        asked = bool(token) and registration.needs_consents(showing.token)
        left_s = due - int(clock().timestamp())
        waits = not token and showing.ref != "" and 0 < left_s <= LONGEST_S
        challenge = registration.challenge(showing.ref) if waits else None
        return _show(request, showing.model_copy(update={"asked": asked}), minutes=-(-left_s // 60), challenge=challenge)

    @routes.post("/verify")
    async def confirm(sent: Annotated[Showing, Form()], request: Request) -> Response:
        _require_ours(request)
        digits = _DIGITS.sub("", sent.digits)
        proof = ByLink(sent.token, browser.ref(request)) if sent.token else ByCode(sent.ref, digits)
        consents = Consents(terms=sent.terms, show_name=sent.show_name, may_call=sent.may_call) if sent.asked else None

        def enter() -> str:
            return registration.enter(proof, address=address(request), into=access.sessions.open_web, consents=consents)

        try:
            opened = await run_in_threadpool(enter)
        except TermsNeeded as problem:  # whom staff entered has not been asked yet
            return _show(request, sent.model_copy(update={"asked": True}), problem)
        except Problem as problem:
            return _show(request, sent, problem)
        whither = own(sent.next)
        if whither == "/" and await run_in_threadpool(_unfinished, registration, opened):
            whither = "/me"
        response = RedirectResponse(whither, 303)
        cookies.keep(response, opened, secure=access.secure)
        browser.drop(response, secure=access.secure)
        return response

    return routes


def _require_ours(request: Request) -> None:
    if not cookies.same_origin(request.headers):
        raise FormStale


def _unfinished(registration: Registration, opened: str) -> bool:
    """Whether the session's owner has yet to say where he works: only then his registration counts."""
    standing = registration.access.callers.read(opened.partition(".")[0])
    held = registration.profiles.get(standing.identity).registration if standing else None
    return held is not None and held.completed_at is None


def _ask(request: Request, sent: Asking, problem: Problem | None = None) -> Response:
    wrong = told(problem, words.of(request)) if problem else ""
    return page(request, "code.html", status=problem.status if problem else 200, form=sent, wrong=wrong)


def address_of(accepted: Accepted) -> dict[str, str | int]:
    """The parameters of the page on which the code is typed; `due`: the second at which a message that waits leaves."""
    waits = {"due": int(now().timestamp()) + accepted.wait_s} if accepted.wait_s else {}
    return {"ref": accepted.ref} | waits


def _show(
    request: Request,
    sent: Showing,
    problem: Problem | None = None,
    *,
    minutes: int = 0,
    challenge: dict[str, object] | None = None,
) -> Response:
    """The page. While the message waits its script may work for it to leave at once (`proof.js`)."""
    return scripted(
        page(
            request,
            "verify.html",
            status=problem.status if problem else 200,
            form=sent,
            wrong=told(problem, words.of(request)) if problem else "",
            to=browser.sent_to(request),
            minutes=minutes,
            challenge=challenge,
        )
    )
