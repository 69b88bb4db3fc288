"""The table of branches, a branch with its estimates, and the roadmap."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from auth.access.current import Caller
from auth.access.model import Identity
from auth.errors import Problem
from auth.http.problems import NotFound
from search.api.errors import problem
from search.query.errors import QueryError
from search.saved.collections import works
from search.saved.collections.estimates import Share
from search.saved.collections.model import CHAINS, Branch
from search.saved.collections.room import Room
from search.saved.collections.tabling import in_order
from search.saved.collections.trees import path
from search.saved.collections.views import reference
from search.web import words
from search.web.collections.crossings import crossings
from search.web.collections.forms import BranchForm, JudgeForm, KnownForm, SampleForm, filled, one_a_line
from search.web.collections.forms import Form as Sent
from search.web.render import page, percent, told
from search.web.shown import in_order as in_languages
from search.web.words import Words

_JUDGED_AT_ONCE = 10


def add(routes: APIRouter, room: Room) -> None:
    """The routes of branches."""
    _tables(routes, room)
    _judging(routes, room)

    @routes.get("/collections/{id}/roadmap")
    def roadmap(id: str, request: Request, caller: Caller) -> Response:  # noqa: A002 - the path's own name
        lang = words.of(request).lang
        found = room.roadmap(caller.user, id)
        return page(
            request,
            "collection_roadmap.html",
            caller,
            held=room.collections.get(caller.user, id),
            map=found,
            others=any(not code for code, _ in found.cells),
            title=lambda titles: next((text for _, text in in_languages(titles, lang)), ""),
        )


def _tables(routes: APIRouter, room: Room) -> None:
    @routes.get("/collections/{id}/branches")
    def table(id: str, request: Request, caller: Caller) -> Response:  # noqa: A002
        return _table(request, caller, room, id, filled(BranchForm))

    @routes.post("/collections/{id}/branches")
    def make(id: str, sent: Annotated[BranchForm, Form()], request: Request, caller: Caller) -> Response:  # noqa: A002
        t = words.of(request)
        if not sent.name:
            return _table(request, caller, room, id, sent, wrong=t("saved_incomplete"), status=422)
        try:
            room.add_branch(caller.user, id, _branch(room, caller, sent.code, sent))
        except (Problem, QueryError) as error:
            refused = problem(error) if isinstance(error, QueryError) else error
            return _table(request, caller, room, id, sent, wrong=told(refused, t), status=refused.status)
        return RedirectResponse(f"/collections/{id}/branches", 303)

    @routes.get("/collections/{id}/branches/{code}")
    def shown(id: str, code: str, request: Request, caller: Caller) -> Response:  # noqa: A002
        return _one(request, caller, room, id, code)

    @routes.post("/collections/{id}/branches/{code}")
    def change(id: str, code: str, sent: Annotated[BranchForm, Form()], request: Request, caller: Caller) -> Response:  # noqa: A002
        t = words.of(request)
        _held(room, caller, id, code)
        try:
            room.put_branch(caller.user, id, _branch(room, caller, code, sent))
        except (Problem, QueryError) as error:
            refused = problem(error) if isinstance(error, QueryError) else error
            return _one(request, caller, room, id, code, sent=sent, wrong=told(refused, t), status=refused.status)
        return RedirectResponse(f"/collections/{id}/branches/{code}", 303)

    @routes.post("/collections/{id}/branches/{code}/delete")
    def remove(id: str, code: str, _sent: Annotated[Sent, Form()], caller: Caller) -> Response:  # noqa: A002
        room.remove_branch(caller.user, id, code)
        return RedirectResponse(f"/collections/{id}/branches", 303)


def _judging(routes: APIRouter, room: Room) -> None:
    @routes.post("/collections/{id}/branches/{code}/sample")
    def draw(id: str, code: str, sent: Annotated[SampleForm, Form()], caller: Caller) -> Response:  # noqa: A002
        room.contents.draw(caller.user, id, code, sent.size)
        return RedirectResponse(f"/collections/{id}/branches/{code}#assess", 303)

    @routes.post("/collections/{id}/branches/{code}/judge")
    def judge(id: str, code: str, sent: Annotated[JudgeForm, Form()], caller: Caller) -> Response:  # noqa: A002
        _held(room, caller, id, code)
        work = works.mark(code, room.importer.canonical([sent.number]), "sample", sent.value == "yes")
        room.collections.do(caller.user, id, work)
        return RedirectResponse(f"/collections/{id}/branches/{code}#assess", 303)

    @routes.post("/collections/{id}/branches/{code}/known")
    def know(id: str, code: str, sent: Annotated[KnownForm, Form()], caller: Caller) -> Response:  # noqa: A002
        _held(room, caller, id, code)
        wanted = set(room.importer.canonical(one_a_line(sent.lines)))
        before = {mark.number for mark in room.collections.marks(caller.user, id, "known", code)}
        for numbers, gone in ((sorted(wanted - before), False), (sorted(before - wanted), True)):
            if numbers:
                room.collections.do(caller.user, id, works.mark(code, numbers, "known", True, gone=gone))
        return RedirectResponse(f"/collections/{id}/branches/{code}#assess", 303)


def _held(room: Room, caller: Identity, id: str, code: str) -> Branch:  # noqa: A002
    found = room.collections.branches(caller.user, id).get(code)
    if found is None:
        raise NotFound
    return found


def _branch(room: Room, caller: Identity, code: str, sent: BranchForm) -> Branch:
    canonical = room.collections.canonical(caller.user, sent.query)
    return Branch(code, sent.parent or None, 0, sent.name or code, sent.chain or None, sent.rule, canonical)


def _table(
    request: Request,
    caller: Identity,
    room: Room,
    id: str,  # noqa: A002
    form: BranchForm,
    *,
    wrong: str = "",
    status: int = 200,
) -> Response:
    counted = room.contents.counted(caller.user, id)
    branches = counted.shape.branches
    return page(
        request,
        "collection_branches.html",
        caller,
        status=status,
        held=counted.shape.held,
        rows=[(each, len(path(each.code, branches)), counted.branches.get(each.code)) for each in in_order(branches)],
        refused=counted.refused,
        crossings=crossings(reference(id), words.of(request)) if branches else [],
        form=form,
        wrong=wrong,
        chains=CHAINS,
        works_on=room.collections.may(caller.user, counted.shape.held)[0],
    )


def _one(
    request: Request,
    caller: Identity,
    room: Room,
    id: str,  # noqa: A002
    code: str,
    *,
    sent: BranchForm | None = None,
    wrong: str = "",
    status: int = 200,
) -> Response:
    t = words.of(request)
    branches = room.collections.branches(caller.user, id)
    branch = _held(room, caller, id, code)
    held = room.collections.get(caller.user, id)
    told_of = (branch.name, branch.parent or "", branch.chain or "", branch.rule, branch.canonical or "")
    names = ("name", "parent", "chain", "rule", "query")
    form = sent or filled(BranchForm, dict(zip(names, told_of, strict=True)))
    try:
        estimate = room.contents.estimate(caller.user, id, code)
    except QueryError as error:
        estimate, wrong = None, wrong or told(problem(error), t)
    return page(
        request,
        "collection_branch.html",
        caller,
        status=status,
        held=held,
        branch=branch,
        others=[each for each in in_order(branches) if code not in [one.code for one in path(each.code, branches)]],
        form=form,
        wrong=wrong,
        chains=CHAINS,
        estimate=estimate,
        share=lambda share: _share(share, t),
        judged=room.listed(caller.user, id, estimate.unjudged[:_JUDGED_AT_ONCE]) if estimate else [],
        title=lambda titles: next((text for _, text in in_languages(titles, t.lang)), ""),
        known=[mark.number for mark in room.collections.marks(caller.user, id, "known", code)],
        works_on=room.collections.may(caller.user, held)[0],
    )


def _share(share: Share, t: Words) -> str:
    if share.share is None:
        return t("share_none")
    told_of = {"share": percent(share.share), "low": percent(share.low), "high": percent(share.high)}
    return t("share_told", hits=share.hits, of=share.of, **told_of)
