"""Means by effects over HTTP, for whoever is signed in, and what readers correct of them."""

from typing import Annotated

import msgspec
from fastapi import APIRouter, Body, Request, Response

from auth.access.current import Caller
from auth.access.model import Identity
from auth.http.documents import problems
from auth.http.lang import language
from search.analysis.charts.painter import Painter
from search.analysis.effects.answers import EffectsTable, view
from search.analysis.effects.asking import Crossed, crossed, opening
from search.analysis.effects.schemas import (
    ChartParams,
    CorrectionBody,
    CorrectionList,
    CorrectionView,
    EffectsBody,
    correction_view,
)
from search.analysis.effects.service import Effects
from search.api import threads
from search.api.addresses import Address
from search.api.openapi import answer
from search.find.service import Finder

_encoded = msgspec.json.Encoder().encode
_EXAMPLES = {"batteries": {"summary": "Means by effects", "value": {"query": "电池", "size": 10}}}
_ANSWERS = {
    **answer(EffectsTable, "Means by effects, each count with its sentences."),
    **problems(400, 401, 413, 422, 429, 503),
}
_KEEP = problems(401, 404, 409, 413, 422, 503)
_DRAWN = problems(400, 401, 404, 422, 429, 503)
_params = Address(ChartParams)


def router(finder: Finder, effects: Effects, painter: Painter, *, prefix: str) -> APIRouter:
    """The routes, under `prefix`; they stand before those of the other tables, whose name would take theirs."""
    routes = APIRouter(prefix=f"{prefix}/analysis/effects", tags=["analysis"])

    def told(body: EffectsBody, caller: Identity, lang: str) -> bytes:
        found = crossed(finder, effects, body, user=caller.user, lang=lang)
        return _encoded(view(found.matrix, found.population, lang, sentences=body.sentences))

    @routes.post("", summary="Which means come with which effects", responses=_ANSWERS)
    async def cross(body: Annotated[EffectsBody, Body(openapi_examples=_EXAMPLES)], request: Request, caller: Caller) -> Response:
        lang = language(request.headers.get("accept-language", ""))
        return Response(await threads.run(told, body, caller, lang), media_type="application/json")

    @routes.get("/chart.svg", responses=_DRAWN, openapi_extra=_params.described(), response_class=Response)
    async def effects_as_svg(request: Request, caller: Caller) -> Response:
        """Means by effects as a chart, each mark a link to the sentences behind it."""
        return await threads.run(drawn, request, caller)

    @routes.get("/chart.png", responses=_DRAWN, openapi_extra=_params.described(), response_class=Response)
    async def effects_as_png(request: Request, caller: Caller) -> Response:
        """Means by effects as a picture, for print."""
        return await threads.run(pictured, request, caller)

    def drawn(request: Request, caller: Identity) -> Response:
        from search.analysis.charts.night import POLICY, file  # noqa: PLC0415  with the first chart

        params = _params.read(request)
        made = painter.svg(read(params, caller).table, params.lang, link=opening(params.pairs(), params.lang), size=params.box)
        return Response(file(made), media_type="image/svg+xml", headers={"content-security-policy": POLICY})

    def pictured(request: Request, caller: Identity) -> Response:
        params = _params.read(request)
        return Response(painter.png(read(params, caller).table, params.lang, size=params.box), media_type="image/png")

    def read(params: ChartParams, caller: Identity) -> Crossed:
        return crossed(finder, effects, params, user=caller.user, lang=params.lang)

    @routes.get("/corrections", responses=_KEEP)
    def list_corrections(caller: Caller) -> CorrectionList:
        """The caller's corrections that stand."""
        return CorrectionList(items=[correction_view(each) for each in effects.corrections(caller.user)])

    @routes.post("/corrections", status_code=201, responses=_KEEP)
    def correct(body: CorrectionBody, caller: Caller) -> CorrectionView:
        """Say what an effect that was found really is; it is applied to the caller's tables from now on."""
        return correction_view(effects.correct(caller.user, **body.model_dump()))

    @routes.delete("/corrections/{id}", status_code=204, responses=_KEEP)
    def undo_correction(id: str, caller: Caller) -> None:  # noqa: A002 - the path's own name
        """Take a correction back."""
        effects.undo(caller.user, id)

    return routes
