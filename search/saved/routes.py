"""What is kept, over HTTP, for whoever is signed in."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from auth.access.current import Caller
from auth.http.body import Whole
from auth.http.documents import problems
from auth.http.lang import language
from search.api import threads
from search.engine.port import PatentReader
from search.find.documents import held_of
from search.saved import table
from search.saved.history import History
from search.saved.schemas import (
    HistoryPage,
    Kept,
    SavedBody,
    SavedChange,
    SavedList,
    SavedView,
    SetBody,
    entry_view,
    saved_view,
)
from search.saved.searches import Searches

_READ = problems(401, 404, 422, 503)
_WRITE = problems(400, 401, 404, 409, 413, 422, 503)
_TABLE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": {}}, "description": "The whole history: time, number, query, documents."}
}

Before = Annotated[Whole | None, Query(ge=1, description="`next` of the page before.")]
Size = Annotated[int, Query(ge=1, le=500)]


def router(history: History, searches: Searches, reader: PatentReader, *, prefix: str) -> APIRouter:
    """The routes, under `prefix`."""
    routes = APIRouter(prefix=prefix, tags=["saved"])

    @routes.get("/history", responses=_READ)
    def list_history(caller: Caller, before: Before = None, size: Size = 50) -> HistoryPage:
        """The caller's searches, the newest first."""
        found = history.page(caller.user, before=before, size=size + 1)
        return HistoryPage(
            items=[entry_view(entry) for entry in found[:size]], next=found[size - 1].number if len(found) > size else None
        )

    @routes.get("/history/table", response_class=Response, responses={**_READ, **_TABLE})
    def export_history(request: Request, caller: Caller) -> Response:
        """The whole history as a table for spreadsheets."""
        lang = language(request.headers.get("accept-language", ""))
        return StreamingResponse(
            table.lines(history.every(caller.user), lang),
            media_type="text/csv",
            headers={"content-disposition": 'attachment; filename="history.csv"'},
        )

    @routes.post("/history", status_code=201, responses=_WRITE)
    async def keep_set(body: SetBody, caller: Caller) -> Kept:
        """Keep a list of numbers as a set, to be named in queries; those that are not held are left out."""
        return await threads.run(kept, body, caller.user)

    def kept(body: SetBody, user: str) -> Kept:
        numbers = held_of(reader, body.numbers)
        return Kept(number=history.keep(user, numbers, label=body.label), total=len(numbers))

    @routes.delete("/history", status_code=204, responses=_WRITE)
    def forget_history(caller: Caller) -> None:
        """Forget all searches. The next one is number 1."""
        history.forget(caller.user)

    @routes.get("/saved", responses=_READ)
    def list_saved(caller: Caller) -> SavedList:
        """The caller's saved searches, and those shared in his organisation."""
        return SavedList(items=[saved_view(kept, caller.user) for kept in searches.list(caller)])

    @routes.post("/saved", status_code=201, responses=_WRITE)
    def save_search(body: SavedBody, caller: Caller) -> SavedView:
        """Keep a search under a name. What it names of the history is written out."""
        return saved_view(searches.add(caller, body.wanted()), caller.user)

    @routes.get("/saved/{id}", responses=_READ)
    def show_saved(id: str, caller: Caller) -> SavedView:  # noqa: A002 - the path's own name
        """One saved search."""
        return saved_view(searches.get(caller, id), caller.user)

    @routes.put("/saved/{id}", responses=_WRITE)
    def change_saved(id: str, body: SavedChange, caller: Caller) -> SavedView:  # noqa: A002
        """Change one's own: its name, its query, whether it is shared."""
        return saved_view(searches.change(caller, id, body.wanted(), version=body.version), caller.user)

    @routes.delete("/saved/{id}", status_code=204, responses=_WRITE)
    def remove_saved(id: str, caller: Caller) -> None:  # noqa: A002
        """Delete one's own."""
        searches.remove(caller, id)

    return routes
