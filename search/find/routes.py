"""Searching and looking up over HTTP, for whoever is signed in."""

from functools import partial
from typing import Annotated

import msgspec
from fastapi import APIRouter, Body, Path, Query, Request, Response

from auth.access.current import Caller
from auth.http.documents import problems
from auth.http.lang import language
from search.api import threads
from search.api.addresses import Address
from search.api.direct import Json, SignedInRoute
from search.api.openapi import answer
from search.engine.port import PatentReader
from search.find import examples
from search.find.answers import Found, Held
from search.find.documents import answered, document
from search.find.question import DEEPEST, Question
from search.find.schemas import Part, SearchBody, SearchParams
from search.find.service import Finder
from search.patent.model import Patent

_ASKED = {
    **answer(Found, "The hits of one page, the exact total, and what was asked besides.", examples.FOUND),
    **problems(400, 401, 413, 422, 429, 503),
}
_LOOKED_UP = {
    **answer(Patent, "The record; `also` lists other documents that the number may mean."),
    **problems(400, 401, 404, 422, 503),
}
_params = Address(SearchParams)
_number = msgspec.json.Decoder(Held)


def router(finder: Finder, reader: PatentReader, *, prefix: str) -> APIRouter:
    """The routes, under `prefix`."""
    routes = APIRouter(prefix=prefix, tags=["find"])

    async def search(question: Question, request: Request, caller: Caller) -> Response:
        lang = language(request.headers.get("accept-language", ""))
        page = finder.soon(question, user=caller.user, lang=lang) if threads.quiet() else None
        if page is None:
            page = await threads.run(finder.page, question, user=caller.user, lang=lang)
        return Json(page)

    async def look_up(number: str, parts: list[Part]) -> Response:
        return Json(await threads.run(record, number, parts))

    def record(number: str, parts: list[Part]) -> bytes:
        stored, also = document(reader, number)
        return answered(stored, also, parts)

    async def search_by_body(
        body: Annotated[SearchBody, Body(openapi_examples=examples.BODIES)], request: Request, caller: Caller
    ) -> Response:
        return await search(body.question(), request, caller)

    async def search_by_address(request: Request, caller: Caller) -> Response:
        return await search(_params.read(request).question(), request, caller)

    asked = partial(routes.add_api_route, "/search", responses=_ASKED, route_class_override=SignedInRoute)
    asked(search_by_address, methods=["GET"], summary="Search by an address", openapi_extra=_params.described())
    asked(search_by_body, methods=["POST"], summary="Search")

    @routes.get("/patents/{number}/similar", summary="Documents like it, the most alike first", responses=_ASKED)
    async def like(request: Request, number: PathNumber, caller: Caller, size: Size = 10, page: Page = 1) -> Response:
        stored, _ = await threads.run(document, reader, number)
        return await search(Question(text=_number.decode(stored).number, mode="similar", size=size, page=page), request, caller)

    @routes.get("/patents", summary="A document by any spelling of its number", responses=_LOOKED_UP)
    async def patent_by_parameter(number: Number, _caller: Caller, parts: Parts = []) -> Response:  # noqa: B006  FastAPI copies it
        return await look_up(number, parts)

    @routes.get("/patents/{number}", summary="A document by any spelling of its number without slashes", responses=_LOOKED_UP)
    async def patent_by_path(number: PathNumber, _caller: Caller, parts: Parts = []) -> Response:  # noqa: B006
        return await look_up(number, parts)

    return routes


Number = Annotated[str, Query(max_length=100, openapi_examples=examples.NUMBERS)]
PathNumber = Annotated[str, Path(max_length=100, openapi_examples=examples.NUMBERS)]
Size = Annotated[int, Query(ge=1, le=100, description="Hits a page.")]
Page = Annotated[int, Query(ge=1, le=DEEPEST)]
Parts = Annotated[list[Part], Query(max_length=40, description="Only these keys of the record, and its number.")]
