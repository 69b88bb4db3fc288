"""The page that asks how a result is to be exported; the file itself is the API's."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from auth.access.current import Caller
from auth.access.model import Identity
from search.api import threads
from search.api.addresses import Address
from search.engine.port import PatentReader
from search.export.columns import COLUMNS, label
from search.export.model import ENCODINGS, FORMATS
from search.export.schemas import ExportParams
from search.find.history import conditions
from search.find.service import Finder
from search.query.render import render
from search.query.tree import both
from search.web import words
from search.web.render import page

_FORM = frozenset({"format", "columns", "lang", "inid", "encoding", "limit"})
"""What the form asks; the rest of the address says which documents, and is passed on."""

_ORDERS = ("loaded", "relevance", "publication_date:desc", "publication_date:asc", "number:asc")


class PageParams(ExportParams):
    """The address of the page, which has the form's values too once it was changed."""

    q: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to tick."""

    value: str
    label: str
    chosen: bool


_params = Address(PageParams)


def router(finder: Finder, reader: PatentReader) -> APIRouter:
    """The route without a prefix."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/export")
    async def form(request: Request, caller: Caller) -> Response:
        return await threads.run(filled, request, caller)

    def filled(request: Request, caller: Identity) -> Response:
        params, t = _params.read(request), words.of(request)
        if not params.q.strip():
            return RedirectResponse("/", 303)
        read = finder.read(params.meant(params.q, params.filters()), user=caller.user)
        columns = [Choice(name, label(name, t.lang), name in params.columns) for name in COLUMNS]
        return page(
            request,
            "export.html",
            caller,
            asked=params,
            canonical=render(both(*conditions(read.said.tree, read.question.filters))),
            warnings=[getattr(warning, t.lang) for warning in read.said.warnings],
            total=reader.count(both(read.tree, *read.question.filters.values())),
            passed=[pair for pair in request.query_params.multi_items() if pair[0] not in {*_FORM, "sort", "page"}],
            formats=_choices(FORMATS, params.format, "format", t),
            orders=_choices(_ORDERS, params.sort, "order", t),
            encodings=_choices(ENCODINGS, params.encoding, "encoding", t),
            columns=columns,
            inid=params.inid,
        )

    return routes


def _choices(values: Sequence[str], chosen: str, name: str, t: words.Words) -> list[Choice]:
    return [Choice(value, t(f"{name}_{value.replace(':', '_').replace('-', '')}"), value == chosen) for value in values]
