"""Who is calling, as types for routes: `caller: Caller` reads as a sentence and refuses strangers.

A bearer token or, in a browser, the session cookie; with the cookie every change must carry the page's CSRF token.
"""

import re
from collections.abc import Callable, Coroutine
from typing import Annotated, Any, cast

from fastapi import Depends, FastAPI, Request
from fastapi.openapi.models import OAuth2, OAuthFlowPassword, OAuthFlows
from fastapi.security.base import SecurityBase
from starlette.concurrency import run_in_threadpool

from auth.access import cookies
from auth.access.callers import opens
from auth.access.model import Identity
from auth.access.problems import FormStale, RightLacking, SignInNeeded, TokenInvalid
from auth.access.service import Access
from auth.access.store import Standing
from auth.roles import Role

CSRF_FIELD = "csrf_token"
CSRF_HEADER = "x-csrf-token"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_BEARER = "bearer "
_COOKIE = re.compile(r"[0-9a-f]{32}\.[A-Za-z0-9_-]{43}")


def attach(app: FastAPI, access: Access) -> None:
    """Gives the application's routes this `Access`."""
    app.state.access = access


async def visitor(request: Request) -> Identity | None:
    """The signed-in caller, or ``None`` for a stranger. A token that is sent and not good is refused, not ignored."""
    identity = await _identified(request)
    if identity is not None:
        request.state.user = identity.user  # for the log
    return identity


async def _identified(request: Request) -> Identity | None:
    access = cast(Access, request.app.state.access)
    authorization = request.headers.get("authorization")
    if authorization is not None:
        return await _by_token(access, authorization)
    cookie = request.cookies.get(cookies.name(secure=access.secure))
    return None if cookie is None else await _by_cookie(access, cookie, request)


class _SignedIn(SecurityBase):
    """The dependency behind `Caller`; described in OpenAPI so that its page can sign in."""

    scheme_name = "account"
    model = OAuth2(flows=OAuthFlows(password=OAuthFlowPassword(tokenUrl="/api/v1/auth/login", refreshUrl="/api/v1/auth/refresh")))

    async def __call__(self, request: Request) -> Identity:
        identity = await visitor(request)
        if identity is None:
            raise SignInNeeded
        return identity


Visitor = Annotated[Identity | None, Depends(visitor)]
signed_in = _SignedIn()
Caller = Annotated[Identity, Depends(signed_in)]


def holding(*roles: Role) -> Callable[[Identity], Coroutine[Any, Any, Identity]]:
    """A dependency for callers with one of the roles; 403 for others, 401 for strangers."""

    async def held(caller: Caller) -> Identity:
        if caller.role not in roles:
            raise RightLacking
        return caller

    return held


Administrator = Annotated[Identity, Depends(holding(Role.ADMINISTRATOR))]


def address(request: Request) -> str:
    """The caller's network address, as the server took it (uvicorn trusts a proxy's word only where told to)."""
    return request.client.host if request.client else ""


async def _by_token(access: Access, authorization: str) -> Identity:
    if not authorization[: len(_BEARER)].lower() == _BEARER:
        raise TokenInvalid
    session = access.callers.session_of_token(authorization[len(_BEARER) :])
    standing = await _standing(access, session)
    if standing is None:
        raise TokenInvalid
    return standing.identity


async def _by_cookie(access: Access, cookie: str, request: Request) -> Identity | None:
    if _COOKIE.fullmatch(cookie) is None:
        return None
    session, _, secret = cookie.partition(".")
    standing = await _standing(access, session)
    if standing is None or not opens(standing, secret):
        return None
    if request.method not in _SAFE:
        await _require_csrf(access, standing.identity, request)
    return standing.identity


async def _require_csrf(access: Access, identity: Identity, request: Request) -> None:
    sent: object = request.headers.get(CSRF_HEADER)
    if sent is None and "form" in request.headers.get("content-type", ""):
        sent = (await request.form()).get(CSRF_FIELD)
    if not isinstance(sent, str) or not access.callers.is_csrf_token(identity, sent):
        raise FormStale


async def _standing(access: Access, session: str) -> Standing | None:
    """Remembered, or read in a thread: the database blocks."""
    return access.callers.remembered(session) or await run_in_threadpool(access.callers.read, session)
