"""Snapshots of a collection, the deeds done to it, its settings."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from auth.access.current import Caller
from auth.access.model import Identity
from auth.clock import SHANGHAI
from auth.errors import Problem
from auth.http.body import Whole
from auth.organisations.model import Organisation
from search.api.errors import problem
from search.query.errors import QueryError
from search.saved.collections import works
from search.saved.collections.model import PROJECT, changes, named
from search.saved.collections.room import Room
from search.web import words
from search.web.collections.forms import Form as Sent
from search.web.collections.forms import RemoveForm, SettingsForm, SharingForm, SnapshotForm, StepForm, filled
from search.web.render import page, told

_SHOWN = 50
_CHANGES = 200
"""Numbers of a comparison that its page lists."""


def add(routes: APIRouter, room: Room) -> None:
    """The routes of keeping."""
    _snapshots(routes, room)
    _deeds(routes, room)
    _settings(routes, room)


def _snapshots(routes: APIRouter, room: Room) -> None:
    @routes.get("/collections/{id}/snapshots")
    def listed(
        id: str,  # noqa: A002 - the path's own name
        request: Request,
        caller: Caller,
        since: Annotated[Whole | None, Query(ge=1)] = None,
        until: Whole = 0,
    ) -> Response:
        held = room.collections.get(caller.user, id)
        difference = room.snapshots.since(caller.user, id, since, until or None) if since else None
        taken = room.snapshots.every(caller.user, id)
        return page(
            request,
            "collection_snapshots.html",
            caller,
            held=held,
            taken=[(each, each.taken_at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")) for each in taken],
            since=since,
            until=until,
            queries=changes(id, since, until or None) if since else (),
            named={each.number: named(id, each.number) for each in taken},
            difference=difference,
            most=_CHANGES,
            works_on=room.collections.may(caller.user, held)[0],
        )

    @routes.post("/collections/{id}/snapshots")
    def take(id: str, sent: Annotated[SnapshotForm, Form()], caller: Caller) -> Response:  # noqa: A002
        room.snapshots.take(caller.user, id, sent.label)
        return RedirectResponse(f"/collections/{id}/snapshots", 303)

    @routes.post("/collections/{id}/snapshots/{number}/delete")
    def forget(id: str, number: Whole, _sent: Annotated[Sent, Form()], caller: Caller) -> Response:  # noqa: A002
        room.snapshots.forget(caller.user, id, number)
        return RedirectResponse(f"/collections/{id}/snapshots", 303)


def _deeds(routes: APIRouter, room: Room) -> None:
    @routes.get("/collections/{id}/deeds")
    def log(id: str, request: Request, caller: Caller, before: Annotated[Whole | None, Query(ge=1)] = None) -> Response:  # noqa: A002
        return _log(request, caller, room, id, before)

    @routes.post("/collections/{id}/deeds/{number}")
    def step(id: str, number: Whole, sent: Annotated[StepForm, Form()], request: Request, caller: Caller) -> Response:  # noqa: A002
        try:
            room.collections.step(caller.user, id, number, undone=sent.undone == "yes")
        except Problem as refused:
            return _log(request, caller, room, id, None, wrong=told(refused, words.of(request)), status=refused.status)
        return RedirectResponse(f"/collections/{id}/deeds", 303)


def _log(
    request: Request,
    caller: Identity,
    room: Room,
    id: str,  # noqa: A002
    before: int | None,
    *,
    wrong: str = "",
    status: int = 200,
) -> Response:
    held = room.collections.get(caller.user, id)
    found = room.collections.deeds(caller.user, id, before=before, size=_SHOWN + 1)
    return page(
        request,
        "collection_deeds.html",
        caller,
        status=status,
        held=held,
        deeds=[(each, each.done_at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")) for each in found[:_SHOWN]],
        older=found[_SHOWN - 1].number if len(found) > _SHOWN else None,
        wrong=wrong,
        works_on=room.collections.may(caller.user, held)[0],
    )


def _settings(routes: APIRouter, room: Room) -> None:
    @routes.get("/collections/{id}/settings")
    def shown(id: str, request: Request, caller: Caller) -> Response:  # noqa: A002
        return _filled(request, caller, room, id, None)

    @routes.post("/collections/{id}/settings")
    def change(id: str, sent: Annotated[SettingsForm, Form()], request: Request, caller: Caller) -> Response:  # noqa: A002
        t = words.of(request)
        columns = list(dict.fromkeys(line.strip()[:50] for line in sent.columns.splitlines() if line.strip()))[:20]
        try:
            if not sent.name:
                return _filled(request, caller, room, id, sent, wrong=t("saved_incomplete"), status=422)
            values = {
                "name": sent.name,
                "about": sent.about,
                "columns": columns,
                "canonical": room.collections.canonical(caller.user, sent.query),
                "project": {name: text for name in PROJECT if (text := getattr(sent, name))},
            }
            room.collections.do(caller.user, id, works.head(sent.name, values))
        except (Problem, QueryError) as error:
            refused = problem(error) if isinstance(error, QueryError) else error
            return _filled(request, caller, room, id, sent, wrong=told(refused, t), status=refused.status)
        return RedirectResponse(f"/collections/{id}", 303)

    @routes.post("/collections/{id}/sharing")
    def share(id: str, sent: Annotated[SharingForm, Form()], caller: Caller) -> Response:  # noqa: A002
        room.collections.share(caller, id, organisation=sent.organisation is not None, enterprise=sent.enterprise or None)
        return RedirectResponse(f"/collections/{id}/settings", 303)

    @routes.post("/collections/{id}/delete")
    def remove(id: str, sent: Annotated[RemoveForm, Form()], caller: Caller) -> Response:  # noqa: A002
        if sent.sure:
            room.collections.remove(caller.user, id)
        return RedirectResponse("/collections" if sent.sure else f"/collections/{id}/settings", 303)


def _filled(
    request: Request,
    caller: Identity,
    room: Room,
    id: str,  # noqa: A002
    sent: SettingsForm | None,
    *,
    wrong: str = "",
    status: int = 200,
) -> Response:
    held = room.collections.get(caller.user, id)
    works_on, owns = room.collections.may(caller.user, held)
    said = {"name": held.name, "query": held.canonical or "", "about": held.about, "columns": "\n".join(held.columns)}
    enterprises: list[Organisation] = room.collections.enterprises(caller, held.enterprise) if owns else []
    return page(
        request,
        "collection_settings.html",
        caller,
        status=status,
        held=held,
        form=sent or filled(SettingsForm, said | dict(held.project)),
        wrong=wrong,
        parts=PROJECT,
        works_on=works_on,
        owns=owns,
        can_share=caller.organisation is not None,
        enterprises=enterprises,
    )
