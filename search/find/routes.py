"""Searching and looking up over HTTP, for whoever is signed in."""

from typing import Annotated

import msgspec
from fastapi import APIRouter, Body, Path, Query, Request, Response

from auth.access.current import Caller
from auth.http.documents import problems
from auth.http.lang import language
from search.api.openapi import answer
from search.engine.port import PatentReader
from search.find import examples
from search.find.answers import Found
from search.find.documents import answered, document
from search.find.question import Question
from search.find.schemas import Part, SearchBody, SearchParams
from search.find.service import Finder
from search.patent.model import Patent

JSON = "application/json"

_ASKED = {
    **answer(Found, "The hits of one page, the exact total, and what was asked besides.", examples.FOUND),
    **problems(400, 401, 413, 422, 429, 503),
}
_LOOKED_UP = {
    **answer(Patent, "The record; `also` lists other documents that the number may mean."),
    **problems(400, 401, 404, 422, 503),
}
_encoded = msgspec.json.Encoder().encode


def router(finder: Finder, reader: PatentReader) -> APIRouter:
    """The routes under /api/v1."""
    routes = APIRouter(tags=["find"])

    def search(question: Question, request: Request, caller: Caller) -> Response:
        request.state.user = caller.user  # for the log
        lang = language(request.headers.get("accept-language", ""))
        found = finder.search(question, user=caller.user, lang=lang)
        return Response(_encoded(found), media_type=JSON)

    def look_up(number: str, parts: list[Part], request: Request, caller: Caller) -> Response:
        request.state.user = caller.user
        stored, also = document(reader, number)
        return Response(answered(stored, also, parts), media_type=JSON)

    @routes.post("/search", summary="Search", responses=_ASKED)
    def search_by_body(
        body: Annotated[SearchBody, Body(openapi_examples=examples.BODIES)], request: Request, caller: Caller
    ) -> Response:
        return search(body.question(), request, caller)

    @routes.get("/search", summary="Search by an address", responses=_ASKED)
    def search_by_address(params: Annotated[SearchParams, Query()], request: Request, caller: Caller) -> Response:
        return search(params.question(), request, caller)

    @routes.get("/patents", summary="A document by any spelling of its number", responses=_LOOKED_UP)
    def patent_by_parameter(number: Number, request: Request, caller: Caller, parts: Parts = []) -> Response:  # noqa: B006  FastAPI copies it
        return look_up(number, parts, request, caller)

    @routes.get("/patents/{number}", summary="A document by any spelling of its number without slashes", responses=_LOOKED_UP)
    def patent_by_path(number: PathNumber, request: Request, caller: Caller, parts: Parts = []) -> Response:  # noqa: B006
        return look_up(number, parts, request, caller)

    return routes


Number = Annotated[str, Query(max_length=100, openapi_examples=examples.NUMBERS)]
PathNumber = Annotated[str, Path(max_length=100, openapi_examples=examples.NUMBERS)]
Parts = Annotated[list[Part], Query(max_length=40, description="Only these keys of the record, and its number.")]
