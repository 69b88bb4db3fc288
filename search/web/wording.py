"""The page of synonyms: one's own list to write, and everybody's to read."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import Field, StringConstraints

from auth.access.current import CSRF_FIELD, Caller
from auth.access.model import Identity
from auth.errors import Problem
from auth.http.body import StrictModel, Whole
from search.synonyms.lists import Lists, read, written
from search.web import words
from search.web.render import page, told

_SHOWN = 200
"""Groups of everybody's list that the page shows."""


class SynonymsForm(StrictModel):
    """One's own list as text, and the version it was read at."""

    token: Annotated[str, Field(alias=CSRF_FIELD)] = ""
    groups: Annotated[str, StringConstraints(max_length=500_000)]
    version: Whole | None = None


def router(lists: Lists) -> APIRouter:
    """The routes without a prefix."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/synonyms")
    def shown(request: Request, caller: Caller, saved: str = "") -> Response:
        own = lists.own(caller.user)
        return filled(request, caller, SynonymsForm(groups=written(own.groups), version=own.version), note="1" if saved else "")

    @routes.post("/synonyms")
    def keep(sent: Annotated[SynonymsForm, Form()], request: Request, caller: Caller) -> Response:
        try:
            lists.keep(caller.user, read(sent.groups.splitlines()), version=sent.version)
        except Problem as problem:
            return filled(request, caller, sent, wrong=told(problem, words.of(request)), status=problem.status)
        return RedirectResponse("/synonyms?saved=1", 303)

    def filled(
        request: Request, caller: Identity, form: SynonymsForm, *, note: str = "", wrong: str = "", status: int = 200
    ) -> Response:
        everybodys = lists.operators().groups
        return page(
            request,
            "synonyms.html",
            caller,
            status=status,
            form=form,
            note=note,
            wrong=wrong,
            everybodys=everybodys[:_SHOWN],
            count=len(everybodys),
        )

    return routes
