"""The page of technology and effect: means by effects, the sentences of a cell, and what a reader corrects of them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import Field, StringConstraints, field_validator

from auth.access.current import CSRF_FIELD, Caller
from auth.access.model import Identity
from auth.http.body import StrictModel
from search.analysis.effects.answers import caveats
from search.analysis.effects.finding import Finding
from search.analysis.effects.schemas import EffectId
from search.analysis.effects.service import DOCUMENTS, MOST, Effects, Matrix
from search.analysis.effects.words import effects as known
from search.api import threads
from search.api.addresses import Address
from search.find.history import conditions
from search.find.schemas import Meant, narrowed
from search.find.service import Finder
from search.query.render import render
from search.query.tree import both
from search.web import words
from search.web.render import page
from search.web.shown import marked
from search.web.words import Words

if TYPE_CHECKING:
    from markupsafe import Markup

_MEANS = 20
_SENTENCES = 50
"""Of the page of a cell."""


class PageParams(Meant):
    """The address of the page; with `effect` (and `means`, which may be empty) that of a cell."""

    q: str = ""
    filter: list[str] = Field(default_factory=list, max_length=100)
    documents: int = Field(DOCUMENTS, ge=1, le=MOST)
    means: Annotated[str, StringConstraints(max_length=60)] = ""
    effect: EffectId | None = None
    lang: str | None = None

    @field_validator("filter")
    @classmethod
    def _are_filters(cls, pairs: list[str]) -> list[str]:
        narrowed(pairs)
        return pairs

    def pairs(self) -> list[tuple[str, str]]:
        """The address without the cell."""
        kept = self.model_dump(exclude={"means", "effect", "lang"}, exclude_unset=True)
        told = [(name, each) for name, value in kept.items() for each in (value if isinstance(value, list) else [value])]
        return [(name, str(value).lower() if isinstance(value, bool) else str(value)) for name, value in told]


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
class Count:
    """A number that opens a cell."""

    address: str
    count: int


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence with the words that say the effect marked."""

    found: Finding
    text: "Markup"
    place: str


_params = Address(PageParams)


def router(finder: Finder, effects: Effects) -> APIRouter:
    """The routes without a prefix."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/effects")
    async def shown(request: Request, caller: Caller) -> Response:
        return await threads.run(filled, request, caller)

    def filled(request: Request, caller: Identity) -> Response:
        params, t = _params.read(request), words.of(request)
        if not params.q.strip():
            return RedirectResponse("/", 303)
        read = finder.read(params.meant(params.q, narrowed(params.filter).trees()), user=caller.user)
        whole = both(read.tree, *read.question.filters.values())
        matrix = effects.matrix(whole, user=caller.user, lang=t.lang, size=_MEANS, documents=params.documents)
        cell = next((each for each in matrix.cells if (each.means, each.effect) == (params.means, params.effect)), None)
        pairs = params.pairs()
        return page(
            request,
            "effects.html",
            caller,
            text=params.q,
            canonical=render(both(*conditions(read.said.tree, read.question.filters))),
            matrix=matrix,
            caveats=[each.message for each in caveats(matrix, t.lang)],
            every=f"/effects?{urlencode(pairs)}",
            here=urlencode([*pairs, ("means", params.means), ("effect", params.effect)] if params.effect else pairs),
            names=[(each.id, each.zh if t.lang == "zh" else each.en) for each in known().values()],
            counts=_counts(matrix, pairs),
            cell=cell,
            effect=params.effect,
            sentences=[_sentence(each, t) for each in cell.findings[:_SENTENCES]] if cell else [],
            corrections=effects.corrections(caller.user),
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


def _counts(matrix: Matrix, pairs: list[tuple[str, str]]) -> dict[tuple[str, str], Count]:
    return {
        (cell.means, cell.effect): Count(
            f"/effects?{urlencode([*pairs, ('means', cell.means), ('effect', cell.effect)])}", cell.count
        )
        for cell in matrix.cells
    }


def _sentence(found: Finding, t: Words) -> SentenceView:
    field, _, number = found.field.partition("/")
    place = t("effects_field_claim", number=number) if field == "claims" else t("effects_field_abstract")
    return SentenceView(found, marked(found.text, [found.words]), place)
