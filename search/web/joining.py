"""Signing up: the page behind a referral link, and the form. What a link credits is decided by `auth.referral`'s stored clicks."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import StringConstraints
from starlette.concurrency import run_in_threadpool

from auth.access import cookies
from auth.access.current import Visitor
from auth.access.problems import FormStale
from auth.errors import Problem
from auth.http.body import StrictModel
from auth.organisations.model import Named
from auth.organisations.service import Organisations
from auth.referral import carrier
from auth.referral import requests as referral
from auth.referral.model import Landing
from auth.referral.service import Referral
from auth.registration.model import Consents, Position, SignUp
from auth.registration.service import Registration
from search.web import browser, verifying, words
from search.web.render import page, scripted, told

OTHER = "other"
"""The enterprise is none of those found: it is named, with its credit code."""

_FIELDS: Mapping[str, str] = {
    "bad_email": "contact",
    "bad_contact": "contact",
    "channel_missing": "contact",
    "too_many_codes_sent": "contact",
    "weak_password": "password",
    "unknown_code": "code",
    "enterprise_unknown": "enterprise_name",
    "bad_credit_code": "credit_code",
    "terms_needed": "terms",
}
"""The field beside which a problem of this code is told; any other stands above the form."""

_Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]


class SignUpForm(StrictModel):
    """The form as it is sent. `enterprise` is one of those found, or `OTHER`; `ref` carries the touches of browsers that lose
    cookies, `key` makes sending twice harmless."""

    contact: Annotated[str, StringConstraints(max_length=320)] = ""
    name: _Line = ""
    role: Literal["", "rd", "ip_manager", "executive", "other"] = ""
    enterprise_name: _Line = ""
    enterprise: Annotated[str, StringConstraints(max_length=64)] = ""
    credit_code: _Line = ""
    password: Annotated[str, StringConstraints(max_length=256)] = ""
    code: Annotated[str, StringConstraints(max_length=40)] = ""
    terms: bool = False
    show_name: bool = False
    may_call: bool = False
    ref: Annotated[str, StringConstraints(max_length=1_500)] = ""
    key: Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{0,64}$")] = ""


def router(registration: Registration, referral_room: Referral, organisations: Organisations) -> APIRouter:
    """The routes without a prefix."""
    routes = APIRouter(include_in_schema=False)
    secure = registration.access.secure

    @routes.api_route("/r/{code}", methods=["GET", "HEAD"])
    def land(code: str, request: Request, visitor: Visitor) -> Response:
        landing = referral_room.land(code, referral.facts(request))
        response = RedirectResponse("/", 303) if visitor else _landed(request, landing)
        referral.keep(response, landing.carrier, secure=secure)
        return response

    @routes.get("/register")
    def form(request: Request, visitor: Visitor) -> Response:
        if visitor:
            return RedirectResponse("/me", 303)
        return _form(request, SignUpForm(), inviter=referral_room.invited(request.cookies.get(carrier.COOKIE), None, None))

    @routes.post("/register")
    async def register(sent: Annotated[SignUpForm, Form()], request: Request) -> Response:
        if not cookies.same_origin(request.headers):
            raise FormStale
        carried = request.cookies.get(carrier.COOKIE)
        inviter = await run_in_threadpool(referral_room.invited, carried, sent.ref or None, sent.code or None)
        found = await run_in_threadpool(organisations.find, sent.enterprise_name) if sent.enterprise_name else []
        chosen = _chosen(sent, found, inviter)
        if chosen is None:
            return _form(request, sent, found=found, notice="choose_enterprise", inviter=inviter)
        sent = sent.model_copy(update={"enterprise": chosen})
        try:
            accepted = await registration.sign_up(_wanted(sent), browser.origin(request), key=sent.key or None)
        except Problem as problem:
            return _form(request, sent, problem=problem, found=found, inviter=inviter)
        response = RedirectResponse(f"/verify?{urlencode(verifying.address_of(accepted))}", 303)
        browser.keep(response, request, accepted.ref, to=sent.contact, secure=secure)
        return response

    return routes


def _chosen(sent: SignUpForm, found: list[Named], inviter: Landing) -> str | None:
    """The enterprise's id, `OTHER`, or nothing; ``None`` where the person has to choose among those found. What was typed
    after choosing is chosen anew."""
    offered = {held.id for held in found} | ({inviter.enterprise[0]} if inviter.enterprise else set())
    if not sent.enterprise_name or sent.enterprise == OTHER or (sent.enterprise in offered and sent.enterprise):
        return sent.enterprise
    exact = [held.id for held in found if held.name == sent.enterprise_name]
    if exact or not found:
        return exact[0] if exact else OTHER
    return None


def _landed(request: Request, landing: Landing) -> Response:
    """The form, filled with the link's enterprise where it is bound to one."""
    sent = SignUpForm(ref=landing.carrier or "", enterprise=landing.enterprise[0] if landing.enterprise else "")
    return _form(request, sent, dead=landing.link is None, inviter=landing)


def _wanted(sent: SignUpForm) -> SignUp:
    named = sent.enterprise in ("", OTHER)
    return SignUp(
        contact=sent.contact,
        name=sent.name or None,
        role=Position(sent.role) if sent.role else None,
        enterprise=None if named else sent.enterprise,
        enterprise_name=(sent.enterprise_name or None) if named else None,
        credit_code=(sent.credit_code or None) if named else None,
        password=sent.password or None,
        code=sent.code or None,
        carried=sent.ref or None,
        consents=Consents(terms=sent.terms, show_name=sent.show_name, may_call=sent.may_call),
    )


def _form(
    request: Request,
    sent: SignUpForm,
    *,
    inviter: Landing,
    problem: Problem | None = None,
    found: Sequence[Named] = (),
    notice: str = "",
    dead: bool = False,
) -> Response:
    """The form with what was typed (but a password), the reason beside its field, and focus on it. A form that nobody sent yet
    takes up what was typed before (`draft.js`)."""
    wrong = {_FIELDS.get(problem.code, "form"): told(problem, words.of(request))} if problem else {}
    bound = (
        [Named(*inviter.enterprise, None)] if inviter.enterprise and inviter.enterprise[0] not in {one.id for one in found} else []
    )
    return scripted(
        page(
            request,
            "register.html",
            status=problem.status if problem else 200,
            form=sent,
            key=secrets.token_hex(16) if problem or not sent.key else sent.key,
            found=[*bound, *found],
            wrong=wrong,
            notice=notice,
            roles=[position.value for position in Position],
            holder=inviter.organisation,
            dead=dead,
            fresh=not sent.key,
            under_way=browser.ref(request) is not None,
        )
    )
