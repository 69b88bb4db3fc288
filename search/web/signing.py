"""Signing in and out in a browser; the session is `auth.access`'s, so are its cookie and its rules."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from auth.access import cookies
from auth.access.current import CSRF_FIELD, Caller, Visitor, address
from auth.access.problems import FormStale
from auth.access.service import Access
from auth.errors import Problem
from auth.http.body import StrictModel
from search.web import words
from search.web.render import page, told


class Credentials(StrictModel):
    """The form; `next` is where its sender was going."""

    username: str = ""
    password: str = ""
    next: str = "/"


class Signature(StrictModel):
    """A form of a signed-in page: its token, checked by `auth.access.current` before the route is reached."""

    token: str = Form("", alias=CSRF_FIELD)


def router(access: Access) -> APIRouter:
    """The routes without a prefix."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/login")
    async def form(request: Request, visitor: Visitor, next: str = "/", out: bool = False) -> Response:  # noqa: A002  the address's own word
        if visitor is not None:
            return RedirectResponse(own(next), 303)
        t = words.of(request)
        notice = t("signed_out") if out else t("sign_in_first") if next != "/" else ""
        return _form(request, next=own(next), notice=notice)

    @routes.post("/login")
    async def sign_in(sent: Annotated[Credentials, Form()], request: Request) -> Response:
        if not cookies.same_origin(request.headers):
            raise FormStale
        signing = access.signing_in.sign_in
        try:
            opened = await access.workers.run(
                signing, sent.username, sent.password, address=address(request), into=access.sessions.open_web
            )
        except Problem as problem:
            return _refused(request, sent, problem)
        response = RedirectResponse(own(sent.next), 303)
        cookies.keep(response, opened, secure=access.secure)
        return response

    @routes.post("/logout")
    async def sign_out(sent: Annotated[Signature, Form()], request: Request, caller: Caller) -> Response:
        await run_in_threadpool(access.sign_out, caller, address=address(request))
        response = RedirectResponse("/login?out=true", 303)
        cookies.drop(response, secure=access.secure)
        return response

    return routes


def own(target: str) -> str:
    """`target` if it is a path of this service, else the first page: nobody is led elsewhere by signing in."""
    parts = urlsplit(target) if target.isascii() and target.isprintable() and "\\" not in target else None
    return target if parts and target.startswith("/") and not target.startswith("//") and not parts.netloc else "/"


def _refused(request: Request, sent: Credentials, problem: Problem) -> Response:
    wrong = told(problem, words.of(request))
    response = _form(request, next=own(sent.next), wrong=wrong, typed=sent.username, status=problem.status)
    if problem.retry_after_s is not None:
        response.headers["Retry-After"] = str(problem.retry_after_s)
    return response


def _form(
    request: Request,
    *,
    next: str,  # noqa: A002
    wrong: str = "",
    notice: str = "",
    typed: str = "",
    status: int = 200,
) -> Response:
    return page(request, "login.html", status=status, next=next, wrong=wrong, notice=notice, typed=typed)
