"""Means by effects over HTTP, for whoever is signed in, and what readers correct of them."""

from typing import Annotated

import msgspec
from fastapi import APIRouter, Body, Request, Response

from auth.access.current import Caller
from auth.access.model import Identity
from auth.http.documents import problems
from auth.http.lang import language
from search.analysis.effects.answers import EffectsTable, view
from search.analysis.effects.schemas import CorrectionBody, CorrectionList, CorrectionView, EffectsBody, correction_view
from search.analysis.effects.service import Effects
from search.api import threads
from search.api.openapi import answer
from search.find.history import conditions
from search.find.service import Finder
from search.query.render import render
from search.query.tree import both

_encoded = msgspec.json.Encoder().encode
_EXAMPLES = {"batteries": {"summary": "Means by effects", "value": {"query": "电池", "size": 10}}}
_ANSWERS = {
    **answer(EffectsTable, "Means by effects, each count with its sentences."),
    **problems(400, 401, 413, 422, 429, 503),
}
_KEEP = problems(401, 404, 409, 413, 422, 503)


def router(finder: Finder, effects: Effects, *, prefix: str) -> APIRouter:
    """The routes, under `prefix`; they stand before those of the other tables, whose name would take theirs."""
    routes = APIRouter(prefix=f"{prefix}/analysis/effects", tags=["analysis"])

    def told(body: EffectsBody, caller: Identity, lang: str) -> bytes:
        read = finder.read(body.question(), user=caller.user)
        whole = both(read.tree, *read.question.filters.values())
        matrix = effects.matrix(whole, user=caller.user, lang=lang, size=body.size, documents=body.documents)
        population = render(both(*conditions(read.said.tree, read.question.filters)))
        return _encoded(view(matrix, population, lang, sentences=body.sentences))

    @routes.post("", summary="Which means come with which effects", responses=_ANSWERS)
    async def cross(body: Annotated[EffectsBody, Body(openapi_examples=_EXAMPLES)], request: Request, caller: Caller) -> Response:
        lang = language(request.headers.get("accept-language", ""))
        return Response(await threads.run(told, body, caller, lang), media_type="application/json")

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
