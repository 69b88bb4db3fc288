"""The number doctor over HTTP, for whoever is signed in."""

from functools import partial
from typing import Annotated

import msgspec
from fastapi import APIRouter, Body, Request, Response
from pydantic import Field

from auth.access.current import Caller
from auth.http.body import StrictModel
from auth.http.documents import problems
from auth.http.lang import language
from search.api import threads
from search.api.openapi import answer
from search.find.doctor.model import LINES, Examined
from search.find.doctor.service import Doctor

_ASKED = {
    **answer(Examined, "A verdict for each line, how many of each there are, and the documents found."),
    **problems(400, 401, 413, 422, 429, 503),
}
_EXAMPLE = {"lists": {"summary": "A list of numbers", "value": {"lines": ["ZL201910792871.4", "CN 110330865", "2.01711E+12"]}}}
_encoded = msgspec.json.Encoder().encode


class NumbersBody(StrictModel):
    """Numbers of publications or applications, one a line, in any spelling."""

    lines: list[str] = Field(max_length=LINES, description="One number each; an empty line gets the verdict `blank`.")


def router(doctor: Doctor, *, prefix: str) -> APIRouter:
    """The route, under `prefix`."""
    routes = APIRouter(prefix=prefix, tags=["find"])

    @routes.post("/numbers", summary="What each number of a list is", responses=_ASKED)
    async def examine(sent: Annotated[NumbersBody, Body(openapi_examples=_EXAMPLE)], request: Request, caller: Caller) -> Response:
        lang = language(request.headers.get("accept-language", ""))
        found = await threads.run(partial(doctor.examine, sent.lines, user=caller.user, lang=lang))
        return Response(_encoded(found), media_type="application/json")

    return routes
