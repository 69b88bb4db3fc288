"""A document's relatives over HTTP, for whoever is signed in."""

from collections.abc import Callable
from typing import Annotated

import msgspec
from fastapi import APIRouter, Path, Request, Response

from auth.access.current import Caller
from auth.http.documents import problems
from auth.http.lang import language
from search.api import threads
from search.api.openapi import answer
from search.engine.port import PatentReader
from search.find import examples
from search.find.answers import Answered
from search.find.documents import document
from search.find.relatives.answers import Citations, Family, LegalStatus
from search.find.relatives.service import Relatives
from search.patent.model import Patent, decode

_REFUSED = problems(400, 401, 404, 422, 503)
_encoded = msgspec.json.Encoder().encode

Number = Annotated[str, Path(max_length=100, openapi_examples=examples.NUMBERS)]


def router(relatives: Relatives, reader: PatentReader, *, prefix: str) -> APIRouter:
    """The routes, under `prefix`; each takes any spelling of a number, as `/patents/{number}` does."""
    routes = APIRouter(prefix=f"{prefix}/patents", tags=["find"])

    async def told(number: str, request: Request, of: Callable[[Patent, str], Answered]) -> Response:
        lang = language(request.headers.get("accept-language", ""))
        return Response(await threads.run(lambda: _encoded(of(_record(number), lang))), media_type="application/json")

    def _record(number: str) -> Patent:
        return decode(document(reader, number)[0])

    @routes.get(
        "/{number}/family", summary="Its family", responses=answer(Family, "The members held, and by what rule.") | _REFUSED
    )
    async def family(number: Number, request: Request, _caller: Caller) -> Response:
        return await told(number, request, relatives.family)

    @routes.get(
        "/{number}/citations",
        summary="What it cites and what cites it",
        responses=answer(Citations, "What it cites, and what of the documents held cites it.") | _REFUSED,
    )
    async def citations(number: Number, request: Request, _caller: Caller) -> Response:
        return await told(number, request, relatives.citations)

    @routes.get(
        "/{number}/legal", summary="Its legal status", responses=answer(LegalStatus, "The status today, with its log.") | _REFUSED
    )
    async def legal(number: Number, request: Request, _caller: Caller) -> Response:
        return await told(number, request, relatives.legal)

    return routes
