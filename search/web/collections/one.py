"""The list of collections, and a collection: its branches, its own search, its documents with what was said of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from auth.access.current import Caller
from auth.access.model import Identity
from auth.errors import Problem
from search.api import threads
from search.api.errors import problem
from search.engine.model import Sort
from search.find.question import DEEPEST, Question
from search.find.service import Finder
from search.query import parse
from search.query.errors import QueryError
from search.query.render import render
from search.query.tree import Value, both
from search.saved.collections import presets, works
from search.saved.collections.contents import Counted
from search.saved.collections.model import Branch, Document
from search.saved.collections.room import Room
from search.saved.collections.service import Wanted
from search.saved.collections.tabling import in_order
from search.saved.collections.trees import path
from search.saved.collections.views import reference
from search.saved.collections.works import Said
from search.web import words
from search.web.collections.crossings import crossings
from search.web.collections.forms import AddForm, DocumentsForm, MakeForm, filled, one_a_line
from search.web.render import page, told
from search.web.results import HitView, hit_view
from search.web.words import Words

_SIZE = 10

Page = Annotated[int, Query(alias="page", ge=1, le=DEEPEST // _SIZE)]
Code = Annotated[str, Query(max_length=20)]
Asked = Annotated[str, Query(max_length=8_000)]


@dataclass(frozen=True, slots=True)
class _Look:
    """What of a collection is looked at."""

    id: str
    branch: str
    q: str
    page: int


@dataclass(frozen=True, slots=True)
class BranchView:
    """A branch of the tree: how deep it stands, how many documents it has (``None``: it can't be asked), where it opens."""

    branch: Branch
    depth: int
    total: int | None
    address: str
    current: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A document with what was said of it."""

    hit: HitView
    said: Document
    branches: Sequence[Branch]


def add(routes: APIRouter, room: Room, finder: Finder) -> None:
    """The routes of the list, of a collection, and of its documents."""

    @routes.get("/collections")
    def listed(request: Request, caller: Caller, q: Asked = "") -> Response:
        return _list(request, caller, room, filled(MakeForm, {"query": q}))

    @routes.post("/collections")
    def make(sent: Annotated[MakeForm, Form()], request: Request, caller: Caller) -> Response:
        t = words.of(request)
        wanted = Wanted(sent.name or (_preset_name(sent.preset, t) if sent.preset else ""), sent.query)
        if not wanted.name:
            return _list(request, caller, room, sent, wrong=t("saved_incomplete"), status=422)
        try:
            made = presets.made(room.collections, caller, wanted, sent.preset or None, t.lang)
        except (Problem, QueryError) as error:
            refused = problem(error) if isinstance(error, QueryError) else error
            return _list(request, caller, room, sent, wrong=told(refused, t), status=refused.status)
        return RedirectResponse(f"/collections/{made.id}", 303)

    @routes.get("/collections/add")
    def choose(request: Request, caller: Caller, number: Annotated[str, Query(max_length=64)]) -> Response:
        open_to = [each for each in room.collections.seen(caller.user) if room.collections.may(caller.user, each)[0]]
        return page(request, "collection_add.html", caller, number=number, collections=open_to)

    @routes.post("/collections/add")
    def put(sent: Annotated[AddForm, Form()], request: Request, caller: Caller) -> Response:
        into = sent.collection
        if not into:
            into = room.collections.add(caller, Wanted(words.of(request)("collections"))).id
        numbers = room.importer.canonical([sent.number])
        room.collections.do(caller.user, into, works.say(numbers, Said(placed=True, stands="in")))
        return RedirectResponse(f"/collections/{into}", 303)

    @routes.get("/collections/{id}")
    async def shown(
        id: str,  # noqa: A002 - the path's own name
        request: Request,
        caller: Caller,
        *,
        branch: Code = "",
        q: Asked = "",
        at: Page = 1,
    ) -> Response:
        return await threads.run(_shown, room, finder, request, caller, _Look(id, branch, q.strip(), at))

    @routes.post("/collections/{id}/documents")
    def say(id: str, sent: Annotated[DocumentsForm, Form()], caller: Caller) -> Response:  # noqa: A002
        numbers = room.importer.canonical(one_a_line(sent.numbers))
        if numbers:
            room.collections.do(caller.user, id, _work(numbers, sent))
        kept = urlencode([pair for pair in parse_qsl(sent.back) if pair[0] in ("branch", "q", "page")])
        return RedirectResponse(f"/collections/{id}?{kept}#{numbers[0] if numbers else ''}", 303)


def _work(numbers: list[str], sent: DocumentsForm) -> works.Work:
    match sent.deed:
        case "in" | "out":
            return works.say(numbers, Said(placed=True, stands=sent.deed))
        case "left":
            return works.say(numbers, Said(placed=True))
        case "key" | "not_key":
            return works.say(numbers, Said(key=sent.deed == "key"))
        case "branch_in" | "branch_out":
            return works.mark(sent.branch, numbers, "place", sent.deed == "branch_in")
    tags = tuple(tag.strip()[:50] for tag in sent.tags.replace("，", ",").split(",") if tag.strip())
    return works.say(numbers, Said(note=sent.note, tags=tags[:20], all_tags=True))


def _preset_name(preset: str, t: Words) -> str:
    return str(getattr(presets.presets()[preset], t.lang))


def _list(request: Request, caller: Identity, room: Room, form: MakeForm, *, wrong: str = "", status: int = 200) -> Response:
    return page(
        request,
        "collections.html",
        caller,
        status=status,
        collections=room.collections.seen(caller.user),
        user=caller.user,
        form=form,
        wrong=wrong,
        presets=[(each.id, getattr(each, words.of(request).lang)) for each in presets.presets().values()],
    )


def _shown(room: Room, finder: Finder, request: Request, caller: Identity, look: _Look) -> Response:
    t = words.of(request)
    counted = room.contents.counted(caller.user, look.id)
    held, branches = counted.shape.held, counted.shape.branches
    branch = branches.get(look.branch)
    wrong, total, rows = "", 0, list[Row]()
    try:
        total, rows = _found(room, finder, caller.user, look, t)
    except QueryError as error:
        wrong = told(problem(error), t)
    works_on, _ = room.collections.may(caller.user, held)
    kept = {"branch": look.branch, "q": look.q}
    return page(
        request,
        "collection.html",
        caller,
        held=held,
        reference=reference(look.id, branch.code if branch else ""),
        crossings=crossings(reference(look.id), t) if branches else [],
        counted=counted,
        tree=_tree(counted, look),
        branch=branch,
        above=path(branch.code, branches)[:-1] if branch else [],
        q=look.q,
        at=look.page,
        pages=max(-(-min(total, DEEPEST) // _SIZE), 1),
        works_on=works_on,
        waiting=len(room.collections.waiting(caller.user, look.id)),
        address=lambda **changed: urlencode({name: value for name, value in (kept | changed).items() if value}),
        rows=rows,
        total=total,
        wrong=wrong,
    )


def _found(room: Room, finder: Finder, user: str, look: _Look, t: Words) -> tuple[int, list[Row]]:
    """The documents of the collection or a branch, or those of them that the page's own search finds: how many, and a page."""
    shape = room.collections.shape(user, look.id)
    within = Value("collection", f"{look.id}/{look.branch}" if look.branch in shape.branches else look.id)
    tree = both(within, parse(look.q, "auto").tree) if look.q else within
    by = Sort() if look.q else Sort("publication_date")
    question = Question(
        text=render(tree), dialect="native", size=_SIZE, page=look.page, sort=by, highlight=bool(look.q), synonyms=False
    )
    found = finder.search(question, user=user, lang=t.lang)
    numbers = [hit.number for hit in found.hits]
    said = room.collections.said(user, look.id, numbers)
    placed = room.contents.branches_of(shape, numbers, user)
    return found.total, [
        Row(hit_view(hit, t), said.get(hit.number, Document(hit.number)), [shape.branches[code] for code in placed[hit.number]])
        for hit in found.hits
    ]


def _tree(counted: Counted, look: _Look) -> list[BranchView]:
    branches = counted.shape.branches
    return [
        BranchView(
            branch=each,
            depth=len(path(each.code, branches)),
            total=counted.branches.get(each.code),
            address=urlencode({"branch": each.code} | ({"q": look.q} if look.q else {})),
            current=each.code == look.branch,
        )
        for each in in_order(branches)
    ]
