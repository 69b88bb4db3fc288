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

    def by_body(name: Name, body: AnalysisBody, caller: Identity, lang: str) -> bytes:
        names, number = analyst.listed(caller.user, body.applicants, body.listed)
        asked = body.model_copy(update={"applicants": list(names), "listed": number})
        return told(name, asked, caller, lang, asked.address())

    def told(name: Name, asked: AnalysisBody | AnalysisParams, caller: Identity, lang: str, address: str) -> bytes:
        read = finder.read(asked.question(), user=caller.user)
        analysis = analyst.answer(name, asked.ask(read, user=caller.user, today=day(now())))
        pictures = f"{prefix}/analysis/{name}/chart"
        return _encoded(view(analysis, lang, Chart(svg=f"{pictures}.svg?{address}", png=f"{pictures}.png?{address}")))

    @routes.post("/{name}", summary="Count the documents of a query", responses=_ANSWERS)
    async def analyse(
        name: Named, body: Annotated[AnalysisBody, Body(openapi_examples=examples.BODIES)], request: Request, caller: Caller
    ) -> Response:
        return Response(await threads.run(by_body, name, body, caller, _lang(request)), media_type="application/json")

    @routes.get(
        "/{name}", summary="Count the documents of a query by an address", responses=_ANSWERS, openapi_extra=_params.described()
    )
    async def analyse_by_address(name: Named, request: Request, caller: Caller) -> Response:
        params, lang = _params.read(request), _lang(request)
        return Response(await threads.run(told, name, params, caller, lang, request.url.query), media_type="application/json")

    return routes


def _lang(request: Request) -> str:
    return language(request.headers.get("accept-language", ""))
