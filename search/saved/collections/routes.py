"""Collections over HTTP, for whoever is signed in."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from auth.access.current import Caller
from auth.http.body import Whole
from auth.http.documents import problems
from auth.http.lang import language
from auth.http.problems import NotFound
from search.api import threads
from search.api.tablefile import csv_file
from search.engine.model import Unit
from search.saved.collections import presets, tabling, views, works
from search.saved.collections import schemas as s
from search.saved.collections.model import Branch, changes
from search.saved.collections.room import Room

_READ = problems(400, 401, 404, 409, 422, 429, 503)
_WRITE = problems(400, 401, 403, 404, 409, 413, 422, 429, 503)
_CSV: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {}}, "description": "A table for spreadsheets."}}
_TABLE = {"requestBody": {"required": True, "content": {kind: {} for kind in ("text/csv", "application/octet-stream")}}}

Id = Annotated[str, Path(max_length=64)]
Code = Annotated[str, Path(max_length=20)]
BranchName = Annotated[str, Query(max_length=20, description="The code of a branch; empty for the whole collection.")]


def router(room: Room, *, prefix: str) -> APIRouter:
    """The routes, under `prefix`."""
    routes = APIRouter(prefix=f"{prefix}/collections", tags=["collections"])
    _collections(routes, room)
    _documents(routes, room)
    _branches(routes, room)
    _estimates(routes, room)
    _snapshots(routes, room)
    _deeds(routes, room)
    return routes


def _lang(request: Request) -> str:
    return language(request.headers.get("accept-language", ""))


def _collections(routes: APIRouter, room: Room) -> None:
    held = room.collections

    @routes.get("", responses=_READ)
    def list_collections(caller: Caller) -> s.CollectionList:
        """One's own, those shared in one's organisation, those shared with one's enterprise."""
        return s.CollectionList(items=[views.collection_view(each, caller.user) for each in held.seen(caller.user)])

    @routes.post("", status_code=201, responses=_WRITE)
    def make_collection(body: s.CollectionBody, request: Request, caller: Caller) -> s.CollectionView:
        """Make a collection; of a preset it gets the query, where none is given, and the branches."""
        return views.collection_view(presets.made(held, caller, body.wanted(), body.preset, _lang(request)), caller.user)

    @routes.get("/{id}", responses=_READ)
    def show_collection(id: Id, request: Request, caller: Caller) -> s.CollectionWhole:  # noqa: A002 - the path's own name
        """A collection with its branches and how many documents each holds."""
        return views.whole_view(room.contents.counted(caller.user, id), caller.user, _lang(request))

    @routes.patch("/{id}", responses=_WRITE)
    def change_collection(id: Id, body: s.CollectionChange, caller: Caller) -> s.Done:  # noqa: A002
        """Change its name, query, description, own fields, navigation project."""
        values: dict[str, Any] = {
            name: value for name in ("name", "about", "columns") if (value := getattr(body, name)) is not None
        }
        if body.query is not None:
            values["canonical"] = held.canonical(caller.user, body.query, body.dialect)
        if body.project is not None:
            values["project"] = body.project.parts()
        return s.Done(deed=held.do(caller.user, id, works.head(", ".join(values), values)))

    @routes.put("/{id}/sharing", responses=_WRITE)
    def share_collection(id: Id, body: s.SharingBody, caller: Caller) -> s.CollectionView:  # noqa: A002
        """Say who sees it; its owner may."""
        shared = held.share(caller, id, organisation=body.organisation, enterprise=body.enterprise)
        return views.collection_view(shared, caller.user)

    @routes.delete("/{id}", status_code=204, responses=_WRITE)
    def remove_collection(id: Id, caller: Caller) -> None:  # noqa: A002
        """Delete it with everything in it; its owner may. This can't be undone."""
        held.remove(caller.user, id)


def _documents(routes: APIRouter, room: Room) -> None:
    @routes.get("/{id}/documents", responses=_READ)
    def list_documents(
        id: Id,  # noqa: A002
        caller: Caller,
        branch: BranchName = "",
        page: Annotated[int, Query(ge=1, le=10_000)] = 1,
        size: Annotated[int, Query(ge=1, le=100)] = 20,
    ) -> s.DocumentList:
        """The documents of the collection or of a branch, by number, with notes, tags and branches."""
        numbers = room.contents.numbers(caller.user, id, branch)
        listed = room.listed(caller.user, id, numbers[(page - 1) * size : page * size])
        return s.DocumentList(total=len(numbers), items=[views.document_view(each) for each in listed])

    @routes.patch("/{id}/documents", responses=_WRITE)
    def say_of_documents(id: Id, body: s.DocumentsBody, caller: Caller) -> s.Done:  # noqa: A002
        """Put documents in or out, mark them as key patents, note and tag them."""
        numbers = room.importer.canonical(body.numbers)
        return s.Done(deed=room.collections.do(caller.user, id, works.say(numbers, body.said())))

    @routes.post("/{id}/import", responses=_WRITE, openapi_extra=_TABLE)
    async def import_documents(id: Id, request: Request, caller: Caller) -> s.ImportView:  # noqa: A002
        """Put in the documents of a list of numbers, or of an export of PSS, incoPat or PatSnap (CSV or XLSX)."""
        data, lang = await request.body(), _lang(request)
        return views.import_view(await threads.run(room.importer.bring, caller.user, id, data, lang=lang))

    @routes.get("/{id}/waiting", responses=_READ)
    def list_waiting(
        id: Id,  # noqa: A002
        caller: Caller,
        q: Annotated[
            str, Query(max_length=100_000, description="Native text that they meet, as the `query` of a table's row.")
        ] = "",
        unit: Annotated[
            Unit, Query(description="Those alone whose unit no document held has that the text finds.")
        ] = "publication",
        expand: Annotated[bool, Query(description="Whether classes reach as far as a loaded scheme says.")] = True,
    ) -> s.RecordList:
        """The rows of imports whose documents are not held yet; of a text, those that it finds."""
        found = room.contents.records_in(caller.user, id, q, unit=unit, expand=expand)
        return s.RecordList(items=[s.RecordView.model_validate(each, from_attributes=True) for each in found])

    @routes.get("/{id}/table", response_class=Response, responses={**_READ, **_CSV})
    def export_collection(id: Id, request: Request, caller: Caller, branch: BranchName = "") -> Response:  # noqa: A002
        """All documents with what was said of them, and the records that wait for theirs, as a table."""
        lines = room.table(caller.user, id, branch, _lang(request))
        return csv_file(lines, "collection.csv")


def _branches(routes: APIRouter, room: Room) -> None:
    @routes.get("/{id}/branches", response_class=Response, responses={**_READ, **_CSV})
    def export_branches(id: Id, request: Request, caller: Caller) -> Response:  # noqa: A002
        """The table of branches (技术分解表)."""
        rows = tabling.written(room.collections.branches(caller.user, id), _lang(request))
        return csv_file(rows, "branches.csv")

    @routes.put("/{id}/branches", responses=_WRITE, openapi_extra=_TABLE)
    async def import_branches(id: Id, request: Request, caller: Caller) -> s.Done:  # noqa: A002
        """Put a table of branches in (CSV or XLSX): those of the same code or names are changed, others made."""
        data = await request.body()
        return s.Done(deed=await threads.run(room.bring_branches, caller.user, id, data))

    @routes.post("/{id}/branches", status_code=201, responses=_WRITE)
    def add_branch(id: Id, body: s.BranchBody, caller: Caller) -> s.Done:  # noqa: A002
        """Make a branch; it gets the next code below its parent."""
        deed, code = room.add_branch(caller.user, id, wanted("", body, caller.user))
        return s.Done(deed=deed, code=code)

    @routes.put("/{id}/branches/{code}", responses=_WRITE)
    def put_branch(id: Id, code: s.Code, body: s.BranchBody, caller: Caller) -> s.Done:  # noqa: A002
        """Make the branch of this code, or change it."""
        return s.Done(deed=room.put_branch(caller.user, id, wanted(code, body, caller.user)), code=code)

    def wanted(code: str, body: s.BranchBody, user: str) -> Branch:
        canonical = room.collections.canonical(user, body.query, body.dialect)
        return Branch(code, body.parent, body.place, body.name, body.chain, body.rule, canonical)

    @routes.delete("/{id}/branches/{code}", responses=_WRITE)
    def remove_branch(id: Id, code: Code, caller: Caller) -> s.Done:  # noqa: A002
        """Remove a branch and those below it."""
        return s.Done(deed=room.remove_branch(caller.user, id, code))


def _estimates(routes: APIRouter, room: Room) -> None:
    @routes.put("/{id}/branches/{code}/marks", responses=_WRITE)
    def mark_documents(id: Id, code: Code, body: s.MarksBody, caller: Caller) -> s.Done:  # noqa: A002
        """Put documents in or out of a branch by hand, judge those drawn, or say which are known to belong there."""
        _held_branch(room, caller.user, id, code)
        work = works.mark(code, room.importer.canonical(body.numbers), body.kind, body.value, gone=body.value is None)
        return s.Done(deed=room.collections.do(caller.user, id, work))

    @routes.post("/{id}/branches/{code}/sample", responses=_WRITE)
    def draw_sample(id: Id, code: Code, body: s.SampleBody, caller: Caller) -> s.DrawnView:  # noqa: A002
        """Draw documents of the branch at random, to be judged."""
        return s.DrawnView(numbers=room.contents.draw(caller.user, id, code, body.size))

    @routes.get("/{id}/branches/{code}/estimate", responses=_READ)
    def estimate_branch(id: Id, code: Code, caller: Caller) -> s.EstimateView:  # noqa: A002
        """Its precision by the judged sample, its recall by the known documents, each with its interval."""
        return views.estimate_view(room.contents.estimate(caller.user, id, code))

    @routes.get("/{id}/roadmap", responses=_READ)
    def show_roadmap(id: Id, caller: Caller) -> s.RoadmapView:  # noqa: A002
        """The key patents by branch and year."""
        found = room.roadmap(caller.user, id)
        cells = [s.CellView(branch=code, year=year, numbers=[e.number for e in each]) for (code, year), each in found.cells.items()]
        return s.RoadmapView(years=list(found.years), cells=cells)


def _snapshots(routes: APIRouter, room: Room) -> None:
    kept = room.snapshots

    @routes.get("/{id}/snapshots", responses=_READ)
    def list_snapshots(id: Id, caller: Caller) -> s.SnapshotList:  # noqa: A002
        """The newest first."""
        found = kept.every(caller.user, id)
        return s.SnapshotList(items=[views.snapshot_view(id, each) for each in found])

    @routes.post("/{id}/snapshots", status_code=201, responses=_WRITE)
    def take_snapshot(id: Id, body: s.SnapshotBody, caller: Caller) -> s.SnapshotView:  # noqa: A002
        """Keep the numbers as they are now, with the date."""
        number = kept.take(caller.user, id, body.label)
        [made] = [each for each in kept.every(caller.user, id) if each.number == number]
        return views.snapshot_view(id, made)

    @routes.get("/{id}/snapshots/{number}", responses=_READ)
    def since_snapshot(id: Id, number: Whole, caller: Caller, until: Whole | None = None) -> s.SinceView:  # noqa: A002
        """What came and went between a snapshot and another one, or now."""
        return views.since_view(kept.since(caller.user, id, number, until), changes(id, number, until))

    @routes.delete("/{id}/snapshots/{number}", status_code=204, responses=_WRITE)
    def forget_snapshot(id: Id, number: Whole, caller: Caller) -> None:  # noqa: A002
        """Forget a snapshot."""
        kept.forget(caller.user, id, number)


def _deeds(routes: APIRouter, room: Room) -> None:
    @routes.get("/{id}/deeds", responses=_READ)
    def list_deeds(
        id: Id,  # noqa: A002
        caller: Caller,
        before: Annotated[Whole | None, Query(ge=1, description="`next` of the page before.")] = None,
        size: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> s.DeedList:
        """What was done, the newest first."""
        found = room.collections.deeds(caller.user, id, before=before, size=size + 1)
        items = [s.DeedView.model_validate(each, from_attributes=True) for each in found[:size]]
        return s.DeedList(items=items, next=items[-1].number if len(found) > size else None)

    @routes.post("/{id}/deeds/{number}", status_code=204, responses=_WRITE)
    def step_deed(id: Id, number: Whole, body: s.StepBody, caller: Caller) -> None:  # noqa: A002
        """Undo a deed, or do it again."""
        room.collections.step(caller.user, id, number, undone=body.undone)


def _held_branch(room: Room, user: str, id: str, code: str) -> Branch:  # noqa: A002
    found = room.collections.branches(user, id).get(code)
    if found is None:
        raise NotFound
    return found
