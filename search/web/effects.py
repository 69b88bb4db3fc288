"""The page of technology and effect: means by effects, the sentences of a cell, and what a reader corrects of them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import Field, StringConstraints, field_validator

from auth.access.current import CSRF_FIELD, Caller
from auth.access.model import Identity
from auth.http.body import StrictModel
from search.analysis.charts.painter import Painter
from search.analysis.effects.asking import crossed, opening
from search.analysis.effects.finding import Finding
from search.analysis.effects.schemas import EffectId, EffectsParams
from search.analysis.effects.service import Cell, Effects
from search.analysis.effects.words import effects as known
from search.analysis.model import Analysis
from search.api import threads
from search.api.addresses import Address
from search.find.service import Finder
from search.web import words
from search.web.picturing import FILES, drawn
from search.web.render import page
from search.web.shown import marked
from search.web.words import Words

if TYPE_CHECKING:
    from markupsafe import Markup

_SENTENCES = 50
"""Of the page of a cell."""


class PageParams(EffectsParams):
    """The address of the page; with `effect` (and `means`, which may be empty) that of a cell."""

    q: str = ""
    means: Annotated[str, StringConstraints(max_length=60)] = ""
    effect: EffectId | None = None
    lang: str | None = None


class CorrectionForm(StrictModel):
    """What an effect found in a sentence really is: none where `effect` is left empty. `back` is the page's address."""

    token: Annotated[str, Field(alias=CSRF_FIELD)]
    number: Annotated[str, StringConstraints(min_length=1, max_length=24)]
    sentence: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
    found: EffectId
    effect: EffectId | None = None
    means: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)] = ""
    back: Annotated[str, StringConstraints(max_length=20_000)] = ""

    @field_validator("effect", mode="before")
    @classmethod
    def _may_be_none(cls, effect: object) -> object:
        return effect or None


class UndoForm(StrictModel):
    """A correction taken back."""

    token: Annotated[str, Field(alias=CSRF_FIELD)]
    back: Annotated[str, StringConstraints(max_length=20_000)] = ""


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence with the words that say the effect marked."""

    found: Finding
    text: "Markup"
    place: str


_params = Address(PageParams)


def router(finder: Finder, effects: Effects, painter: Painter, *, prefix: str) -> APIRouter:
    """The routes without a prefix; `prefix` is where those of the API are, from which pictures and files come."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/effects")
    async def shown(request: Request, caller: Caller) -> Response:
        return await threads.run(filled, request, caller)

    def filled(request: Request, caller: Identity) -> Response:
        params, t = _params.read(request), words.of(request)
        if not params.q.strip():
            return RedirectResponse("/", 303)
        found = crossed(finder, effects, params, user=caller.user, lang=t.lang)
        wanted = (params.means, params.effect)
        cell = next((each for each in found.matrix.cells if (each.means, each.effect) == wanted), None)
        pairs = params.pairs()
        told = _cell(cell, t) if cell else _whole(painter, found.table, pairs, t, prefix)
        return page(
            request,
            "effects.html",
            caller,
            text=params.q,
            found=found.table,
            matrix=found.matrix,
            every=f"/effects?{urlencode(pairs)}",
            here=urlencode([*pairs, ("means", params.means), ("effect", params.effect)] if params.effect else pairs),
            names=[(each.id, each.label(t.lang)) for each in known().values()],
            cell=cell,
            effect=params.effect,
            corrections=effects.corrections(caller.user),
            **told,
        )

    @routes.post("/effects/corrections")
    def correct(sent: Annotated[CorrectionForm, Form()], caller: Caller) -> Response:
        effects.correct(
            caller.user,
            number=sent.number,
            sentence=sent.sentence,
            found=sent.found,
            effect=sent.effect,
            means=sent.means or None,
        )
        return _back(sent.back)

    @routes.post("/effects/corrections/{id}/undo")
    def undo(id: str, sent: Annotated[UndoForm, Form()], caller: Caller) -> Response:  # noqa: A002 - the path's own name
        effects.undo(caller.user, id)
        return _back(sent.back)

    return routes


def _back(address: str) -> Response:
    """To the page that was left: its parameters alone, so never elsewhere."""
    return RedirectResponse(f"/effects?{urlencode(parse_qsl(address, keep_blank_values=True))}", 303)


def _whole(painter: Painter, found: Analysis, pairs: list[tuple[str, str]], t: Words, prefix: str) -> dict[str, Any]:
    """The crossing as a chart and as a table, and its files."""
    link = opening(pairs, t.lang)
    charts, lacking = drawn(painter, found, link, t)
    asked = urlencode([*pairs, ("lang", t.lang)])
    return {
        "charts": charts,
        "lacking": lacking,
        "counts": {row.keys: (row.count, link(row)) for row in found.rows},
        "files": [(kind, f"{prefix}/analysis/effects/{file}{asked}") for kind, file in FILES],
    }


def _cell(cell: Cell, t: Words) -> dict[str, Any]:
    """The sentences of a cell."""
    return {"sentences": [_sentence(each, t) for each in cell.findings[:_SENTENCES]]}


def _sentence(found: Finding, t: Words) -> SentenceView:
    field, _, number = found.field.partition("/")
    place = t("effects_field_claim", number=number) if field == "claims" else t("effects_field_abstract")
    return SentenceView(found, marked(found.text, [found.words]), place)
