"""Reading and translating a query over HTTP, for whoever is signed in."""

from typing import Annotated

import msgspec
from fastapi import APIRouter, Body, Request, Response
from pydantic import Field

from auth.access.current import Caller
from auth.http.body import StrictModel
from auth.http.documents import problems
from auth.http.lang import language
from search.api.openapi import answer
from search.find import examples
from search.find.answers import ParsedQuery
from search.find.schemas import Dialect
from search.find.translating import explained

_ASKED = {
    **answer(ParsedQuery, "The query as it was read, and in each language what that language says of it.", examples.PARSED),
    **problems(400, 401, 413, 422, 503),
}
_encoded = msgspec.json.Encoder().encode


class ParseBody(StrictModel):
    """A query, and the language it is in."""

    text: str = Field(description="The query.", examples=["ti=battery and pa=siemens"])
    dialect: Dialect = Field("auto", description="The language it is in; `auto` finds it out (docs/dialects.md).")


def router(*, prefix: str) -> APIRouter:
    """The route, under `prefix`."""
    routes = APIRouter(prefix=prefix, tags=["find"])

    @routes.post("/query/parse", summary="A query read, and written in every language", responses=_ASKED)
    async def parse_query(
        sent: Annotated[ParseBody, Body(openapi_examples=examples.QUERIES)], request: Request, _caller: Caller
    ) -> Response:
        lang = language(request.headers.get("accept-language", ""))
        return Response(_encoded(explained(sent.text, sent.dialect, lang)), media_type="application/json")

    return routes
