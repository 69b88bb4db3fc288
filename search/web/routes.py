"""The pages of a researcher: first page, results, a document, the API's description."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from auth.access.current import Caller, Visitor
from auth.access.model import Identity
from auth.errors import Problem
from auth.http.problems import NotFound
from search.api import threads
from search.api.addresses import Address
from search.api.errors import problem
from search.engine.port import PatentReader
from search.find.documents import document, published
from search.find.relatives.service import Relatives
from search.find.schemas import SearchParams
from search.find.service import Finder
from search.patent.model import decode
from search.query.errors import QueryError
from search.web import beginning, languages, reference, results, words
from search.web import document as documents
from search.web.around import around
from search.web.home import Holdings
from search.web.render import page

if TYPE_CHECKING:  # no start waits for it
    from search.analysis.schemas import AnalysisParams

_HERE = re.compile(r"\w+|.", re.DOTALL)
"""What is marked as wrong: the word at the place, or the one sign."""
_OPENED = 3
"""Documents offered beside the results where the query is a number."""

Part = Literal["claims", "description"]


class PageParams(SearchParams):
    """The address of the results' page."""

    q: str = ""
    lang: Literal["zh", "en"] | None = None


_params = Address(PageParams)


def router(finder: Finder, reader: PatentReader) -> APIRouter:
    """The routes without a prefix."""
    routes = APIRouter(include_in_schema=False)
    holdings, relatives = Holdings(reader), Relatives(reader)

    @routes.get("/")
    async def first(request: Request, caller: Visitor) -> Response:
        return await threads.run(first_page, request, caller)

    def first_page(request: Request, caller: Identity | None) -> Response:
        return page(request, "home.html", caller, held=holdings.now())

    @routes.get("/search")
    async def search(request: Request, caller: Caller) -> Response:
        return await threads.run(found_page, request, caller)

    def found_page(request: Request, caller: Identity) -> Response:
        params = _params.read(request)
        if not params.q.strip():
            return RedirectResponse("/", 303)
        t = words.of(request)
        question = replace(
            params.question(), facets=results.FACETS, facet_size=results.FACET_SIZE, cursor=None, record=True, translations=True
        )
        try:
            found = finder.search(question, user=caller.user, lang=t.lang)
        except QueryError as error:
            return unreadable(request, caller, params, error)
        numbers = published(reader, params.q)[:_OPENED]
        begins = beginning.like(reader, params, found)
        return page(request, "results.html", caller, numbers=numbers, begins=begins, **results.view(params, found, t))

    @routes.get("/patents/{number}")
    async def patent(
        number: str,
        request: Request,
        caller: Caller,
        part: Part | None = None,
        at: Annotated[int, Query(alias="page", ge=1)] = 1,
    ) -> Response:
        return await threads.run(patent_page, number, request, caller, part, at)

    def patent_page(number: str, request: Request, caller: Identity, part: Part | None, at: int) -> Response:
        stored, also = document(reader, number)
        record, t = decode(stored), words.of(request)
        view = documents.view(record, t)
        if part is None:
            return page(request, "document.html", caller, view=view, also=also, around=around(relatives, record, t))
        found = documents.part(record, part, at, t)
        if found is None:
            raise NotFound
        return page(request, "part.html", caller, view=view, section=found[0], page=at, pages=found[1])

    @routes.get("/help")
    async def languages_page(request: Request, caller: Visitor) -> Response:
        return await threads.run(helping, request, caller)

    def helping(request: Request, caller: Identity | None) -> Response:
        return page(request, "help.html", caller, chapters=languages.chapters(holdings.now(), words.of(request)))

    @routes.get("/docs")
    def docs(request: Request, caller: Visitor) -> Response:
        rooms = reference.rooms(request.app.openapi())
        room = request.query_params.get("room")
        if room is not None and room not in rooms:
            raise NotFound
        return page(request, "reference.html", caller, rooms=rooms, routes=rooms[room] if room else ())

    return routes


def unreadable(request: Request, caller: Identity, params: "SearchParams | AnalysisParams", error: QueryError) -> Response:
    """The query with the place that is wrong marked in it; at its end a blank stands for what is missing."""
    told: Problem = problem(error)
    text, t = params.q, words.of(request)
    before = text[: error.position]
    here = _HERE.match(text, error.position)
    wrong = here[0] if here else ""
    return page(
        request,
        "unreadable.html",
        caller,
        status=told.status,
        text=text,
        detail=getattr(told, t.lang),
        dialect=params.dialect,
        choices=languages.choices([("q", text), *(("filter", pair) for pair in params.filter)], params.dialect, t),
        before=before,
        here=wrong or "\u2003",
        after=text[error.position + len(wrong) :],
        expected=error.expected,
        suggestions=error.suggestions,
    )
