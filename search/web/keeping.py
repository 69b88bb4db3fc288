"""The pages of what a searcher keeps: the numbered history, and searches under a name."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse, StreamingResponse
from pydantic import Field, StringConstraints

from auth.access.current import CSRF_FIELD, Caller
from auth.access.model import Identity
from auth.clock import SHANGHAI
from auth.errors import Problem
from auth.http.body import StrictModel, Whole
from search.api.errors import problem
from search.query.errors import QueryError
from search.saved import table
from search.saved.history import History
from search.saved.searches import Searches, Wanted
from search.web import words
from search.web.render import page, told

_SHOWN = 50

Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=8_000)]


class ForgetForm(StrictModel):
    """The history, forgotten; ticked, because it can't be undone."""

    token: Annotated[str, Field(alias=CSRF_FIELD)]
    sure: Literal["yes"] | None = None


class SaveForm(StrictModel):
    """A search to keep."""

    token: Annotated[str, Field(alias=CSRF_FIELD)]
    name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)] = ""
    query: Text = ""
    shared: Literal["yes"] | None = None


class DeleteForm(StrictModel):
    """One's own saved search, deleted."""

    token: Annotated[str, Field(alias=CSRF_FIELD)]


def router(history: History, searches: Searches) -> APIRouter:
    """The routes without a prefix."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/history")
    def shown(request: Request, caller: Caller, before: Annotated[Whole | None, Query(ge=1)] = None) -> Response:
        found = history.page(caller.user, before=before, size=_SHOWN + 1)
        entries = [(entry, entry.asked_at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")) for entry in found[:_SHOWN]]
        older = found[_SHOWN - 1].number if len(found) > _SHOWN else None
        return page(request, "history.html", caller, entries=entries, older=older)

    @routes.get("/history/table")
    def taken(request: Request, caller: Caller) -> Response:
        lines = table.lines(history.every(caller.user), words.of(request).lang)
        named = {"content-disposition": 'attachment; filename="history.csv"'}
        return StreamingResponse(lines, media_type="text/csv", headers=named)

    @routes.post("/history/forget")
    def forget(sent: Annotated[ForgetForm, Form()], caller: Caller) -> Response:
        if sent.sure:
            history.forget(caller.user)
        return RedirectResponse("/history", 303)

    @routes.get("/saved")
    def listed(request: Request, caller: Caller, q: Annotated[str, Query(max_length=8_000)] = "") -> Response:
        return _saved(request, caller, searches, _form(query=q))

    @routes.post("/saved")
    def save(sent: Annotated[SaveForm, Form()], request: Request, caller: Caller) -> Response:
        t = words.of(request)
        if not sent.name or not sent.query:
            return _saved(request, caller, searches, sent, wrong=t("saved_incomplete"), status=422)
        try:
            searches.add(caller, Wanted(sent.name, sent.query, shared=sent.shared is not None))
        except (Problem, QueryError) as error:
            refused = problem(error) if isinstance(error, QueryError) else error
            return _saved(request, caller, searches, sent, wrong=told(refused, t), status=refused.status)
        return RedirectResponse("/saved", 303)

    @routes.post("/saved/{id}/delete")
    def delete(id: str, _sent: Annotated[DeleteForm, Form()], request: Request, caller: Caller) -> Response:  # noqa: A002
        gone = searches.get(caller, id)
        searches.remove(caller, id)
        return _saved(request, caller, searches, _form(name=gone.name, query=gone.canonical), note=words.of(request)("saved_gone"))

    return routes


def _form(name: str = "", query: str = "") -> SaveForm:
    """The form as it is shown first."""
    return SaveForm.model_validate({CSRF_FIELD: "", "name": name, "query": query})


def _saved(
    request: Request, caller: Identity, searches: Searches, form: SaveForm, *, wrong: str = "", note: str = "", status: int = 200
) -> Response:
    kept = [(each, each.owner == caller.user) for each in searches.list(caller)]
    can_share = caller.organisation is not None
    return page(request, "saved.html", caller, status=status, kept=kept, form=form, wrong=wrong, note=note, can_share=can_share)
