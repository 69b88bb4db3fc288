"""Signing up: the page behind a referral link, and the form. What a link credits is decided by `auth.referral`'s stored clicks."""

import secrets
from collections.abc import Mapping
from typing import Annotated, Any, Literal
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
from auth.referral import requests as referral
from auth.referral.model import Landing
from auth.referral.service import Referral
from auth.registration.model import Consents, Position, SignUp
from auth.registration.service import Registration
from search.web import browser, words
from search.web.render import page, told

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
        return RedirectResponse("/me", 303) if visitor else _form(request, SignUpForm())

    @routes.post("/register")
    async def register(sent: Annotated[SignUpForm, Form()], request: Request) -> Response:
        if not cookies.same_origin(request.headers):
            raise FormStale
        if sent.enterprise_name and not sent.enterprise:
            found = await run_in_threadpool(organisations.find, sent.enterprise_name)
            exact = [held for held in found if held.name == sent.enterprise_name]
            if found and not exact:
                return _form(request, sent, found=found, notice="choose_enterprise")
            sent = sent.model_copy(update={"enterprise": exact[0].id if exact else OTHER})
        try:
            accepted = await registration.sign_up(_wanted(sent), browser.origin(request), key=sent.key or None)
        except Problem as problem:
            return _form(request, sent, problem=problem, found=await run_in_threadpool(_chosen, organisations, sent))
        address = {"ref": accepted.ref} | ({"wait": accepted.wait_s} if accepted.wait_s else {})
        response = RedirectResponse(f"/verify?{urlencode(address)}", 303)
        browser.keep(response, request, accepted.ref, secure=secure)
        return response

    return routes


def _landed(request: Request, landing: Landing) -> Response:
    """The form, filled with the link's enterprise where it is bound to one."""
    bound = Named(*landing.enterprise, None) if landing.enterprise else None
    sent = SignUpForm(ref=landing.carrier or "", enterprise=bound.id if bound else "")
    return _form(request, sent, found=[bound] if bound else [], holder=landing.organisation, dead=landing.link is None)


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


def _chosen(organisations: Organisations, sent: SignUpForm) -> list[Named]:
    """Those to choose from, again; the one chosen is among them."""
    return organisations.find(sent.enterprise_name) if sent.enterprise_name else []


def _form(
    request: Request,
    sent: SignUpForm,
    *,
    problem: Problem | None = None,
    found: list[Named] | None = None,
    notice: str = "",
    **landed: Any,
) -> Response:
    """The form with what was typed (but a password), the reason beside its field, and focus on it."""
    wrong = {_FIELDS.get(problem.code, "form"): told(problem, words.of(request))} if problem else {}
    values: dict[str, Any] = {"holder": None, "dead": False} | landed
    return page(
        request,
        "register.html",
        status=problem.status if problem else 200,
        form=sent,
        key=secrets.token_hex(16) if problem or not sent.key else sent.key,
        found=found or [],
        wrong=wrong,
        notice=notice,
        roles=[position.value for position in Position],
        **values,
    )
