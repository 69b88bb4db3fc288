"""Analysis over HTTP, for whoever is signed in."""

from typing import Annotated

import msgspec
from fastapi import APIRouter, Body, Path, Request, Response

from auth.access.current import Caller
from auth.access.model import Identity
from auth.clock import day, now
from auth.http.documents import problems
from auth.http.lang import language
from search.analysis import examples
from search.analysis.answers import AnalysisTable, Chart, view
from search.analysis.model import Name
from search.analysis.schemas import AnalysisBody, AnalysisParams
from search.analysis.service import Analyst
from search.api import threads
from search.api.addresses import Address
from search.api.openapi import answer
from search.find.service import Finder

_params = Address(AnalysisParams)
_encoded = msgspec.json.Encoder().encode
_ANSWERS = {
    **answer(AnalysisTable, "The table, each row with the query that opens its documents."),
    **problems(400, 401, 413, 422, 429, 503),
}
Named = Annotated[Name, Path(description="The question (docs/analysis.md).")]


def router(finder: Finder, analyst: Analyst, *, prefix: str) -> APIRouter:
    """The routes, under `prefix`."""
    routes = APIRouter(prefix=f"{prefix}/analysis", tags=["analysis"])

    def told(name: Name, asked: AnalysisBody | AnalysisParams, caller: Identity, lang: str, address: str) -> bytes:
        if isinstance(asked, AnalysisBody):
            names, number = analyst.listed(caller.user, asked.applicants, asked.listed)
            asked = asked.model_copy(update={"applicants": list(names), "listed": number})
            address = asked.address()
        read = finder.read(asked.question(), user=caller.user)
        analysis = analyst.answer(name, asked.ask(read, user=caller.user, today=day(now())))
        pictures = f"{prefix}/analysis/{name}/chart"
        return _encoded(view(analysis, lang, Chart(svg=f"{pictures}.svg?{address}", png=f"{pictures}.png?{address}")))

    async def answered(
        name: Name, asked: AnalysisBody | AnalysisParams, request: Request, caller: Identity, address: str
    ) -> Response:
        lang = language(request.headers.get("accept-language", ""))
        return Response(await threads.run(told, name, asked, caller, lang, address), media_type="application/json")

    @routes.post("/{name}", summary="Count the documents of a query", responses=_ANSWERS)
    async def analyse(
        name: Named, body: Annotated[AnalysisBody, Body(openapi_examples=examples.BODIES)], request: Request, caller: Caller
    ) -> Response:
        return await answered(name, body, request, caller, "")

    @routes.get(
        "/{name}", summary="Count the documents of a query by an address", responses=_ANSWERS, openapi_extra=_params.described()
    )
    async def analyse_by_address(name: Named, request: Request, caller: Caller) -> Response:
        return await answered(name, _params.read(request), request, caller, request.url.query)

    return routes
