"""Every route of the application, and one sound request for each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.routing import Route

from tests.service import CALLERS

Status = Mapping[str, int]

OPEN: Status = dict.fromkeys(CALLERS, 200)
MEMBERS: Status = OPEN | {"stranger": 401}
REFUSED: Status = dict.fromkeys(CALLERS, 401)


def all_of(status: int, *, stranger: int = 401) -> Status:
    """The same for every caller but a stranger."""
    return dict.fromkeys(CALLERS, status) | {"stranger": stranger}


@dataclass(frozen=True)
class Sound:
    """A request that a route takes, and what each kind of caller is answered."""

    path: str
    status: Status
    sent: Mapping[str, Any] = field(default_factory=dict)


_FORM = {"username": "nobody@example.com", "password": "not the password"}

ROUTES: Mapping[tuple[str, str], Sound] = {
    ("GET", "/api/v1/openapi.json"): Sound("/api/v1/openapi.json", OPEN),
    ("POST", "/api/v1/search"): Sound("/api/v1/search", MEMBERS, {"json": {"query": "电池"}}),
    ("GET", "/api/v1/search"): Sound("/api/v1/search?q=电池", MEMBERS),
    ("GET", "/api/v1/patents"): Sound("/api/v1/patents?number=CN110330865B", MEMBERS),
    ("GET", "/api/v1/patents/{number}"): Sound("/api/v1/patents/CN110330865B", MEMBERS),
    ("POST", "/api/v1/auth/login"): Sound("/api/v1/auth/login", REFUSED, {"data": _FORM}),
    ("POST", "/api/v1/auth/refresh"): Sound("/api/v1/auth/refresh", REFUSED, {"json": {"refresh_token": "none of ours"}}),
    ("POST", "/api/v1/auth/logout"): Sound("/api/v1/auth/logout", all_of(204)),
    ("POST", "/api/v1/auth/password"): Sound(
        "/api/v1/auth/password", REFUSED, {"json": {"current": "not the password", "new": "nine silver kettles whistle"}}
    ),
    ("GET", "/api/v1/me"): Sound("/api/v1/me", MEMBERS),
    ("GET", "/api/v1/me/data"): Sound("/api/v1/me/data", MEMBERS),
    ("DELETE", "/api/v1/me"): Sound("/api/v1/me", REFUSED, {"json": {"password": "not the password"}}),
    ("GET", "/healthz"): Sound("/healthz", OPEN),
    ("GET", "/readyz"): Sound("/readyz", OPEN),
    ("GET", "/metrics"): Sound("/metrics", OPEN),
    ("GET", "/"): Sound("/", OPEN),
    ("GET", "/search"): Sound("/search?q=电池", MEMBERS),
    ("GET", "/patents/{number}"): Sound("/patents/CN110330865B", MEMBERS),
    ("GET", "/docs"): Sound("/docs", OPEN),
    ("GET", "/login"): Sound("/login", all_of(303, stranger=200)),
    ("POST", "/login"): Sound("/login", REFUSED, {"data": _FORM}),
    ("POST", "/logout"): Sound("/logout", all_of(303)),
    ("GET", "/static/{name}"): Sound("/static/patentry.css", OPEN),
}
"""(method, template) -> a request; a route that is not here fails the tests that walk over all of them."""


def served(app: FastAPI) -> Iterator[tuple[str, str]]:
    """(method, template) of every route."""
    for context in iter_route_contexts(app.routes):
        route = context.original_route
        methods = context.methods if not isinstance(route, Route) else route.methods
        for method in (methods or set()) - {"HEAD"}:
            yield method, context.path or ""
