"""`SignedInRoute`: for what is asked most, at the least cost.

The framework looks every parameter, dependency and span of telemetry up anew at each request, which takes as long as
the search of a small index (docs/decisions/0071-cost-of-a-request.md).
"""

from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.types import Receive, Scope, Send

from auth.access.current import signed_in


class Json(Response):
    """JSON as it is sent; nothing of it is looked at."""

    def __init__(self, body: bytes) -> None:
        self.status_code, self.background, self.body = 200, None, body
        self.raw_headers = [(b"content-length", b"%d" % len(body)), (b"content-type", b"application/json")]


class SignedInRoute(APIRoute):
    """A route whose endpoint takes `request`, `caller: Caller` and at most a `body` of JSON, and no other parameter; what it reads
    besides is told to OpenAPI by `openapi_extra`. Strangers are refused before the body is looked at."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.app = self._answer

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive, send)
        given = {"request": request, "caller": await signed_in(request)}
        if self.body_field is not None:
            sent = scope["state"].get("json", await request.body())  # bytes, not said to be JSON, have no shape
            given["body"], faults = self.body_field.validate(sent, {}, loc=("body",))
            if faults:
                raise RequestValidationError(faults)
        answer = await self.endpoint(**given)
        await answer(scope, receive, send)
