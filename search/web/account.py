"""A person's own page: profile, consents, data to take away, deletion."""

from typing import Annotated, Literal
from urllib.parse import urlencode

import orjson
from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import Field, StringConstraints

from auth.access import cookies
from auth.access.codes import ByCode
from auth.access.current import CSRF_FIELD, Caller, Visitor, address
from auth.errors import Problem
from auth.http.body import StrictModel
from auth.organisations.model import Named
from auth.organisations.service import Organisations
from auth.registration.model import Consent, Position
from auth.registration.service import Registration
from auth.registration.texts import TERMS_VERSION
from search.web import browser, words
from search.web.joining import OTHER
from search.web.privacy import notice
from search.web.render import page, told

_Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Token = Annotated[str, Field(alias=CSRF_FIELD)]


class ProfileForm(StrictModel):
    """What a person says of himself; `enterprise` is one of those found by `enterprise_name`, or none of them."""

    token: Token = ""
    name: _Line = ""
    role: Literal["", "rd", "ip_manager", "executive", "other"] = ""
    enterprise_name: _Line = ""
    enterprise: Annotated[str, StringConstraints(max_length=64)] = ""
    credit_code: _Line = ""


class ConsentForm(StrictModel):
    """The boxes as they stand now."""

    token: Token
    show_name: bool = False
    may_call: bool = False


class SignedForm(StrictModel):
    """A button."""

    token: Token


class ErasureForm(StrictModel):
    """The proof: a password, or the digits of a code that was sent."""

    token: Token = ""
    password: Annotated[str, StringConstraints(max_length=256)] = ""
    ref: Annotated[str, StringConstraints(max_length=64)] = ""
    digits: Annotated[str, StringConstraints(max_length=12)] = ""


def router(registration: Registration, organisations: Organisations) -> APIRouter:
    """The routes without a prefix."""
    routes = APIRouter(include_in_schema=False)
    _reading(routes, registration)
    _changing(routes, registration, organisations)
    _erasing(routes, registration)
    return routes


def _reading(routes: APIRouter, registration: Registration) -> None:
    @routes.get("/me")
    def own_page(request: Request, caller: Caller, saved: bool = False) -> Response:
        return _me(request, caller, registration, notice="saved" if saved else "")

    @routes.get("/me/data")
    def data(caller: Caller) -> Response:
        kept = orjson.dumps(registration.access.export(caller), option=orjson.OPT_INDENT_2)
        away = {"Content-Disposition": 'attachment; filename="patentry.json"'}
        return Response(kept, media_type="application/json", headers=away)

    @routes.get("/privacy")
    def privacy(request: Request, visitor: Visitor) -> Response:
        parts = notice(words.of(request).lang)
        return page(request, "privacy.html", visitor, version=TERMS_VERSION, parts=parts)


def _changing(routes: APIRouter, registration: Registration, organisations: Organisations) -> None:
    @routes.post("/me/profile")
    def profile(sent: Annotated[ProfileForm, Form()], request: Request, caller: Caller) -> Response:
        if sent.enterprise_name and not sent.enterprise:
            found = organisations.find(sent.enterprise_name)
            exact = [held for held in found if held.name == sent.enterprise_name]
            if found and not exact:
                return _me(request, caller, registration, sent=sent, found=found, notice="choose_enterprise")
            sent = sent.model_copy(update={"enterprise": exact[0].id if exact else OTHER})
        named = sent.enterprise == OTHER
        try:
            registration.profiles.change(
                caller,
                name=sent.name or None,
                role=Position(sent.role) if sent.role else None,
                enterprise=None if named else sent.enterprise or None,
                enterprise_name=sent.enterprise_name or None if named else None,
                code=sent.credit_code or None,
            )
        except Problem as problem:
            return _me(request, caller, registration, sent=sent, problem=problem)
        return RedirectResponse("/me?saved=true", 303)

    @routes.post("/me/consents")
    def consents(sent: Annotated[ConsentForm, Form()], caller: Caller) -> Response:
        registration.profiles.consent(caller, {Consent.SHOW_NAME: sent.show_name, Consent.MAY_CALL: sent.may_call})
        return RedirectResponse("/me?saved=true", 303)


def _erasing(routes: APIRouter, registration: Registration) -> None:
    access = registration.access

    @routes.get("/me/erase")
    def ask(request: Request, caller: Caller) -> Response:
        return page(request, "erase.html", caller, ref=browser.ref(request) if "ref" in request.query_params else None, wrong="")

    @routes.post("/me/erase/code")
    def send(sent: Annotated[SignedForm, Form()], request: Request, caller: Caller) -> Response:
        try:
            accepted = registration.send_code(caller.contact)
        except Problem as problem:
            wrong = told(problem, words.of(request))
            return page(request, "erase.html", caller, status=problem.status, ref=None, wrong=wrong)
        return RedirectResponse(f"/me/erase?{urlencode({'ref': accepted.ref})}", 303)

    @routes.post("/me/erase")
    async def erase(sent: Annotated[ErasureForm, Form()], request: Request, caller: Caller) -> Response:
        proof = ByCode(sent.ref, sent.digits) if sent.ref else sent.password
        try:
            await access.workers.run(access.signing_in.erase, caller, proof=proof, address=address(request))
        except Problem as problem:
            wrong = told(problem, words.of(request))
            return page(request, "erase.html", caller, status=problem.status, ref=sent.ref or None, wrong=wrong)
        response = RedirectResponse("/login?out=true", 303)
        cookies.drop(response, secure=access.secure)
        return response


def _me(
    request: Request,
    caller: Caller,
    registration: Registration,
    *,
    sent: ProfileForm | None = None,
    found: list[Named] | None = None,
    problem: Problem | None = None,
    notice: str = "",
) -> Response:
    held = registration.profiles.get(caller)
    saved = ProfileForm(
        name=held.name or "",
        role=held.registration.role.value if held.registration and held.registration.role else "",
        enterprise_name=held.employer.name if held.employer else (held.registration and held.registration.enterprise_name) or "",
    )
    return page(
        request,
        "me.html",
        caller,
        status=problem.status if problem else 200,
        profile=held,
        form=sent or saved,
        found=found or [],
        wrong=told(problem, words.of(request)) if problem else "",
        notice=notice,
        roles=[position.value for position in Position],
        agreed={consent.value: since.date().isoformat() for consent, since in held.consents.items()},
    )
