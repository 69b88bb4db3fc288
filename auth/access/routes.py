"""Signing in and out, and the caller's own account. Mounted under ``/api/v1``."""

from typing import Annotated

import orjson
from fastapi import APIRouter, Form, Request, Response
from pydantic import BaseModel

from auth.access.codes import ByCode
from auth.access.current import Caller, address
from auth.access.model import Grant
from auth.access.schemas import EraseBody, Me, PasswordBody, RefreshBody, SignInForm, TokenPair
from auth.access.service import Access
from auth.http.documents import problems


def router(access: Access, *, prefix: str = "") -> APIRouter:
    """The routes over these services, under `prefix`."""
    routes = APIRouter(prefix=prefix, tags=["account"])

    @routes.post("/auth/login", response_model=TokenPair, responses=problems(400, 401, 413, 422, 429, 503))
    async def login(form: Annotated[SignInForm, Form()], request: Request) -> Response:
        """Sign in with an e-mail address and a password."""
        work = access.signing_in.sign_in
        grant = await access.workers.run(
            work, form.username, form.password, address=address(request), into=access.sessions.open_api
        )
        return _tokens(grant)

    @routes.post("/auth/refresh", response_model=TokenPair, responses=problems(400, 401, 413, 422, 503))
    def refresh(body: RefreshBody, request: Request) -> Response:
        """Trade a refresh token for the next pair. A token used twice ends its session."""
        return _tokens(access.refresh(body.refresh_token, address=address(request)))

    @routes.post("/auth/logout", status_code=204, responses=problems(401, 403, 503))
    def logout(caller: Caller, request: Request) -> None:
        """End this session: its tokens or its cookie are good no more."""
        access.sign_out(caller, address=address(request))

    @routes.post("/auth/password", response_model=TokenPair, responses=problems(400, 401, 403, 413, 422, 429, 503))
    async def password(body: PasswordBody, caller: Caller, request: Request) -> Response:
        """Change the password. Every session of the account ends; the answer opens a new one."""
        work = access.signing_in.change_password
        grant = await access.workers.run(
            work, caller, current=body.current, new=body.new, address=address(request), into=access.sessions.open_api
        )
        return _tokens(grant)

    @routes.get("/me", response_model=Me, responses=problems(401, 503))
    async def me(caller: Caller) -> Response:
        """The account that is signed in."""
        return _json(Me.model_validate(caller, from_attributes=True))

    @routes.get("/me/data", responses=problems(401, 503))
    def data(caller: Caller) -> Response:
        """All data kept about the caller, by the part of the house that keeps it."""
        return Response(orjson.dumps(access.export(caller)), media_type="application/json", headers=_PRIVATE)

    @routes.delete("/me", status_code=204, responses=problems(400, 401, 403, 413, 422, 429, 503))
    async def erase(body: EraseBody, caller: Caller, request: Request) -> None:
        """Erase the account and all data about its owner. There is no way back."""
        proof = ByCode(body.ref, body.code) if body.ref and body.code else body.password or ""
        await access.workers.run(access.signing_in.erase, caller, proof=proof, address=address(request))

    return routes


_PRIVATE = {"Cache-Control": "no-store"}


def _tokens(grant: Grant) -> Response:
    return _json(TokenPair(access_token=grant.access_token, refresh_token=grant.refresh_token))


def _json(model: BaseModel) -> Response:
    return Response(model.model_dump_json().encode(), media_type="application/json", headers=_PRIVATE)
