"""`SignedInRoute`: for what is asked most, at the least cost.

The framework's own handler looks every parameter, dependency and span of telemetry up anew at each request, which takes as long
as the search of a small index (docs/decisions/0071-cost-of-a-request.md).
"""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

from auth.access.current import signed_in


class SignedInRoute(APIRoute):
    """A route whose endpoint takes `request`, `caller: Caller` and at most a `body` of JSON, and no other parameter; what it reads
    besides is told to OpenAPI by `openapi_extra`. Strangers are refused before the body is looked at."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        endpoint, field = self.endpoint, self.body_field

        async def handle(request: Request) -> Response:
            given = {"request": request, "caller": await signed_in(request)}
            if field is not None:
                sent = request.scope["state"].get("json", await request.body())  # bytes, not said to be JSON, have no shape
                given["body"], faults = field.validate(sent, {}, loc=("body",))
                if faults:
                    raise RequestValidationError(faults)
            answer: Response = await endpoint(**given)
            return answer

        return handle
