"""Classes over HTTP, for whoever is signed in."""

from functools import partial
from typing import Annotated

import msgspec
from fastapi import APIRouter, Path, Query, Request, Response

from auth.access.current import Caller
from auth.http.documents import problems
from auth.http.lang import language
from search.api import threads
from search.api.openapi import answer
from search.find.classes.answers import ClassView
from search.find.classes.model import Scheme
from search.find.classes.service import Classes

_ASKED = {**answer(ClassView, "The class, what is above and below it, and exact counts."), **problems(400, 401, 404, 422, 429, 503)}
_encoded = msgspec.json.Encoder().encode

SchemeParam = Annotated[Scheme, Query(description="wipo35: WIPO's fields of technology; gbt4754: industries.")]
SymbolParam = Annotated[
    str | None, Query(max_length=60, description="A class at any level, in any spelling.", examples=["A01B 1/02"])
]
SymbolPath = Annotated[str, Path(max_length=60, description="As `symbol`, without a slash.", examples=["H01M"])]
WordsParam = Annotated[str | None, Query(max_length=200, description="Words of titles, instead of a symbol.", examples=["plough"])]
PageParam = Annotated[int, Query(ge=1, le=1000, description="Of the children, a hundred each.")]


def router(classes: Classes, *, prefix: str) -> APIRouter:
    """The routes, under `prefix`."""
    routes = APIRouter(prefix=prefix, tags=["find"])

    async def look(request: Request, caller: Caller, scheme: Scheme, symbol: str | None, page: int) -> Response:
        lang = language(request.headers.get("accept-language", ""))
        viewed = await threads.run(partial(classes.view, scheme, symbol, user=caller.user, lang=lang, page=page))
        return Response(_encoded(viewed), media_type="application/json")

    @routes.get("/classes", summary="A class by its symbol, or classes by words of their titles", responses=_ASKED)
    async def by_parameter(
        request: Request,
        caller: Caller,
        *,
        scheme: SchemeParam = "ipc",
        symbol: SymbolParam = None,
        q: WordsParam = None,
        page: PageParam = 1,
    ) -> Response:
        if symbol is None and q is not None:
            found = await threads.run(partial(classes.found, scheme, q, user=caller.user))
            return Response(_encoded(found), media_type="application/json")
        return await look(request, caller, scheme, symbol, page)

    @routes.get("/classes/{symbol}", summary="A class by its symbol without a slash", responses=_ASKED)
    async def by_path(
        symbol: SymbolPath, request: Request, caller: Caller, scheme: SchemeParam = "ipc", page: PageParam = 1
    ) -> Response:
        return await look(request, caller, scheme, symbol, page)

    return routes
