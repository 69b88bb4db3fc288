"""Errors as pages, for a browser on a page: the same problem document that a program gets, in the page's frame."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import cast
from urllib.parse import urlencode

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from auth.access.current import visitor
from auth.access.model import Identity
from auth.errors import Problem
from search.api.errors import TRANSLATED, TablesInTheMaking
from search.web import words
from search.web.render import page

Handler = Callable[[Request, Exception], Awaitable[Response]]
_UNSAID = frozenset({b"content-type", b"content-length", b"content-language"})


def install(app: FastAPI) -> None:
    """Wraps the handlers of errors that stand already."""
    for kind in (Problem, RequestValidationError, HTTPException, *TRANSLATED):
        app.add_exception_handler(kind, _paged(cast(Handler, app.exception_handlers[kind])))


def _paged(handler: Handler) -> Handler:
    async def handle(request: Request, error: Exception) -> Response:
        if not wants_page(request):
            return await handler(request, error)
        return _page(request, await handler(_speaking(request), error), await _reader(request))

    return handle


def wants_page(request: Request) -> bool:
    """Whether a browser asks for one of the pages."""
    return "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/api/")


def _speaking(request: Request) -> Request:
    """The request as if the browser preferred the page's language, which may be chosen by address or cookie."""
    kept = [(name, value) for name, value in request.scope["headers"] if name != b"accept-language"]
    return Request({**request.scope, "headers": [*kept, (b"accept-language", words.of(request).lang.encode())]})


async def _reader(request: Request) -> Identity | None:
    """Whoever is signed in; an error page is shown where that can't be told, too."""
    try:
        return await visitor(request)
    except Problem:
        return None


def _page(request: Request, answer: Response, caller: Identity | None) -> Response:
    if answer.status_code == HTTPStatus.UNAUTHORIZED and request.method == "GET":
        target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/login?{urlencode({'next': target})}", 303)
    told = orjson.loads(answer.body)
    t = words.of(request)
    reading = told if told["code"] == TablesInTheMaking.code else None
    made = page(
        request,
        "error.html",
        caller,
        status=answer.status_code,
        heading=t("preparing" if reading else "not_found" if answer.status_code == HTTPStatus.NOT_FOUND else "error"),
        detail=told["detail"],
        near=told.get("near", ()),
        faults=told.get("errors", ()),
        reading=reading,
        request_id=told["request_id"],
    )
    if reading and request.method == "GET":
        made.headers["Refresh"] = str(told["retry_after_s"])  # it shows how far the reading is, and goes on by itself
    made.raw_headers.extend(pair for pair in answer.raw_headers if pair[0] not in _UNSAID)
    return made
