"""What every request passes, in one pure ASGI layer: its id, its headers, its line in the log, its count.

Whatever breaks inside becomes a 500 that tells the request's id and nothing else; the traceback stands in the log under the
same id.
"""

import sys
import traceback
from secrets import token_hex
from time import perf_counter
from typing import IO, Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from auth.errors import Problem
from auth.http.problems import answer
from search.api import logs
from search.api.metrics import Requests

PREFIX = "/api/v1"
"""Where every route for programs stands; a route doesn't know under which prefix it was included."""

HEADERS = (
    # No script at all: every page works without, and a text of a document can't become one. Pages that have one of ours say so.
    (
        b"content-security-policy",
        b"default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
"""Sent with every answer that has not its own; transport security is the proxy's, which alone knows whether it speaks TLS."""

_USUAL = ((b"cache-control", b"no-store"), *HEADERS)


class Door:
    """The outermost layer. `stream` takes the log's lines."""

    def __init__(self, app: ASGIApp, *, requests: Requests, stream: IO[str] | None = None) -> None:
        self.app = app
        self._requests = requests
        self._stream = stream or sys.stderr

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        visit = _Visit(scope, send)
        try:
            await self.app(scope, receive, visit.send)
        except Exception:  # the last place that can answer
            logs.line(self._stream, level="error", request_id=visit.id, traceback=traceback.format_exc())
            if visit.status == 0:
                await answer(Problem(), scope)(scope, receive, visit.send)
        finally:
            self._leave(scope, visit)

    def _leave(self, scope: Scope, visit: "_Visit") -> None:
        seconds = perf_counter() - visit.began
        method, route = logs.cut(scope["method"]), _template(scope)
        self._requests.observe(method, route, visit.status, seconds)
        client = scope.get("client")
        logs.line(
            self._stream,
            level="info",
            request_id=visit.id,
            method=method,
            route=route,
            status=visit.status,
            ms=round(seconds * 1000, 2),
            bytes=visit.bytes,
            client=client[0] if client else None,
            user=scope["state"].get("user"),
            agent=next((logs.cut(value.decode("latin-1")) for name, value in scope["headers"] if name == b"user-agent"), ""),
        )


class _Visit:
    """One request and what became of it."""

    __slots__ = ("_send", "began", "bytes", "id", "status")

    def __init__(self, scope: Scope, send: Send) -> None:
        self.began = perf_counter()
        self.id = token_hex(8)
        self.status = 0
        self.bytes = 0
        self._send = send
        scope.setdefault("state", {})["request_id"] = self.id

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = list(message.get("headers", ()))
            own = {name for name, _ in headers}
            usual = [header for header in _USUAL if header[0] not in own]
            message["headers"] = [*headers, *usual, (b"x-request-id", self.id.encode())]
        else:
            self.bytes += len(message.get("body", b""))
        await self._send(message)


def _template(scope: Scope) -> str:
    """The route's template; a path without a route is nobody's, and all such are one."""
    route: Any = scope.get("route")
    path: str | None = getattr(route, "path", None)
    if path is None:
        return "-"
    included = scope["path"].startswith(f"{PREFIX}/") and not path.startswith(PREFIX)
    return PREFIX + path if included else path
