"""Bringing lists and exports into a collection, and what waits for its documents."""

import io
from collections.abc import Sequence
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from auth.access.current import Caller
from auth.access.model import Identity
from auth.errors import Problem
from search.api import threads
from search.api.tablefile import csv_file
from search.engine.model import Unit
from search.saved.collections import tabling
from search.saved.collections.room import Room
from search.web import words
from search.web.render import page, told
from search.web.uploads import uploaded

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SIGNS = {"found": ("good", "✓"), "waiting": ("wait", "○"), "refused": ("bad", "✕")}


def add(routes: APIRouter, room: Room) -> None:
    """The routes of bringing in and of taking away."""

    @routes.get("/collections/{id}/import")
    def form(id: str, request: Request, caller: Caller) -> Response:  # noqa: A002 - the path's own name
        held = room.collections.get(caller.user, id)
        return page(request, "collection_import.html", caller, held=held, brought=None, wrong="", signs=_SIGNS)

    @routes.post("/collections/{id}/import")
    async def bring(id: str, request: Request, caller: Caller) -> Response:  # noqa: A002
        return await threads.run(_brought, room, request, caller, id, await uploaded(request))

    @routes.get("/collections/{id}/waiting")
    def waiting(
        id: str,  # noqa: A002
        request: Request,
        caller: Caller,
        *,
        q: Annotated[str, Query(max_length=100_000)] = "",
        unit: Unit = "publication",
        expand: bool = True,
    ) -> Response:
        held = room.collections.get(caller.user, id)
        records = room.contents.records_in(caller.user, id, q, unit=unit, expand=expand)
        return page(request, "collection_waiting.html", caller, held=held, records=records, q=q)

    @routes.get("/collections/{id}/table")
    def table(id: str, request: Request, caller: Caller, branch: str = "") -> Response:  # noqa: A002
        lines = room.table(caller.user, id, branch[:20], words.of(request).lang)
        return csv_file(lines, "collection.csv")

    @routes.get("/collections/{id}/branches/table")
    def branches(
        id: str,  # noqa: A002
        request: Request,
        caller: Caller,
        format: Literal["csv", "xlsx"] = "csv",  # noqa: A002
    ) -> Response:
        t = words.of(request)
        rows = tabling.written(room.collections.branches(caller.user, id), t.lang)
        if format == "xlsx":
            return _book(t("branches_table"), rows)
        return csv_file(rows, "branches.csv")

    @routes.post("/collections/{id}/branches/table")
    async def bring_branches(id: str, request: Request, caller: Caller) -> Response:  # noqa: A002
        data = await uploaded(request)
        await threads.run(room.bring_branches, caller.user, id, data)
        return RedirectResponse(f"/collections/{id}/branches", 303)


def _brought(room: Room, request: Request, caller: Identity, id: str, data: bytes) -> Response:  # noqa: A002
    t = words.of(request)
    held = room.collections.get(caller.user, id)
    brought, wrong, status = None, "", 200
    if not data.strip():
        wrong, status = t("bring_nothing"), 422
    else:
        try:
            brought = room.importer.bring(caller.user, id, data, lang=t.lang)
        except Problem as refused:
            wrong, status = told(refused, t), refused.status
    return page(request, "collection_import.html", caller, status=status, held=held, brought=brought, wrong=wrong, signs=_SIGNS)


def _book(name: str, rows: Sequence[tuple[str, ...]]) -> Response:
    from search.export.xlsx.book import Book  # noqa: PLC0415  not for every start

    out = io.BytesIO()
    with Book(out) as book:
        book.sheet(name, rows[0], rows[1:])
    named = {"content-disposition": 'attachment; filename="branches.xlsx"'}
    return Response(out.getvalue(), media_type=_XLSX, headers=named)
