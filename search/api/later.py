"""Routes that are made with the first request below their paths, so that a start need not wait for them
(docs/decisions/0342-rooms-that-open-later.md)."""

from collections.abc import Callable, Collection
from threading import Lock

from fastapi import FastAPI, HTTPException
from starlette.concurrency import run_in_threadpool
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

_CHOSEN = "patentry.route"


class Later(BaseRoute):
    """Stands for all routes below `paths` (``/analysis``: a slash first, no parameter). `make` imports their rooms and makes them,
    once, in a thread while other requests go on. No route outside may begin with one of `paths`."""

    def __init__(self, paths: Collection[str], make: Callable[[], list[BaseRoute]]) -> None:
        self._paths = tuple(paths)
        self._below = tuple(f"{path}/" for path in paths)
        self._make = make
        self._lock = Lock()
        self._made: list[BaseRoute] | None = None

    def routes(self) -> list[BaseRoute]:
        """The routes themselves, made if they are not yet."""
        with self._lock:
            if self._made is None:
                self._made = self._make()
            return self._made

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if scope["type"] != "http" or not (scope["path"] in self._paths or scope["path"].startswith(self._below)):
            return Match.NONE, {}
        return (Match.FULL, {}) if self._made is None else self._choose(scope, self._made)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        if _CHOSEN not in scope:
            match, child = self._choose(scope, await run_in_threadpool(self.routes))
            if match == Match.NONE:
                raise HTTPException(status_code=404)
            scope.update(child)
        await scope[_CHOSEN].handle(scope, receive, send)

    def _choose(self, scope: Scope, routes: list[BaseRoute]) -> tuple[Match, Scope]:
        """As a router chooses: the first route for path and method, else the first for the path."""
        partial: tuple[Match, Scope] = (Match.NONE, {})
        for route in routes:
            match, child = route.matches(scope)
            if match == Match.FULL:
                return match, {**child, _CHOSEN: route}
            if match == Match.PARTIAL and partial[0] == Match.NONE:
                partial = match, {**child, _CHOSEN: route}
        return partial


def open_all(app: FastAPI) -> None:
    """Puts what stands for routes aside for the routes themselves: who describes or lists them needs each one."""
    if any(isinstance(route, Later) for route in app.router.routes):
        opened = [route.routes() if isinstance(route, Later) else [route] for route in app.router.routes]
        app.router.routes = [
            route for routes in opened for route in routes
        ]  # a new list: requests may be going through the old one
