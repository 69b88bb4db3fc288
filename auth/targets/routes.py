"""Rules, decisions, standing and rows of a project over HTTP. Mounted under ``/api/v1``."""

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from fastapi.responses import PlainTextResponse, StreamingResponse

from auth.http.documents import problems
from auth.ledger.model import Leaf
from auth.projects.routes import Official, Reader
from auth.projects.schemas import MAX_PAGE
from auth.targets import archive, report
from auth.targets.evidence import Evidence
from auth.targets.report import Reports
from auth.targets.schemas import DecisionBody, Decisions, DecisionView, RowPage, RowView, RuleBody
from auth.targets.service import Adoption, Decided, Rows, Targets, shipped_rule

AsOf = Annotated[date | None, Query(description="the end of this day in Shanghai; today unless given", examples=["2019-12-31"])]
Whose = Annotated[Literal["then", "today"], Query(description="under the rule adopted by that day, or the one of today")]
Month = Annotated[str, Query(pattern=r"^(19|20|21)\d\d-(0[1-9]|1[0-2])$", examples=["2019-12"])]
WithRows = Annotated[bool, Query(description="with the seqs behind every number")]

_READ = problems(401, 403, 404, 409, 422, 503)
_WRITE = problems(400, 401, 403, 404, 409, 413, 422, 503)
_STANDING: dict[int | str, dict[str, Any]] = {
    200: {"description": "canonical JSON, docs/targets.md", "content": {"application/json": {"schema": {"type": "object"}}}}
}
_BUNDLE: dict[int | str, dict[str, Any]] = {
    200: {"description": "docs/verify.md", "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}}}
}


def router(targets: Targets, evidence: Evidence, reports: Reports, *, prefix: str = "") -> APIRouter:
    """The routes over the targets of the database's projects, and what proves them, under `prefix`."""
    routes = APIRouter(prefix=f"{prefix}/projects/{{id}}", tags=["projects"])
    _deciding(routes, targets)
    _reading(routes, targets)

    @routes.get("/evidence", response_class=StreamingResponse, responses=_BUNDLE | _READ)
    def bundle(id: str, caller: Reader, as_of: AsOf = None) -> StreamingResponse:  # noqa: A002 - the path's own name
        """The evidence bundle: every fact of the agency's log, signed; the rule, the counts, and what checks them offline."""
        name, files = evidence.export(caller, id, as_of=as_of)
        pieces = archive.pieces(files)
        headers = {
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Length": str(sum(map(len, pieces))),
        }
        return StreamingResponse(iter(pieces), media_type="application/zip", headers=headers)

    @routes.get("/report", response_class=PlainTextResponse, responses=_READ)
    def monthly(id: str, caller: Reader, month: Month) -> PlainTextResponse:  # noqa: A002
        """A month's report as text: every reading with what it gained, and the checkpoint, which stamped paper makes a witness."""
        return PlainTextResponse(report.text(reports.month(caller, id, date.fromisoformat(f"{month}-01"))))

    return routes


def _deciding(routes: APIRouter, targets: Targets) -> None:
    @routes.post("/rules", status_code=201, responses=_WRITE)
    def adopt_rule(id: str, body: RuleBody, caller: Official) -> Adoption:  # noqa: A002 - the path's own name
        """Adopt a rule: what the notice asks for is counted by it from today on. Days before keep the rule of then."""
        data = body.toml.encode() if body.toml is not None else shipped_rule(body.rule or "")
        return targets.adopt(caller, id, data=data, direction=body.direction)

    @routes.post("/decisions", status_code=201, responses=_WRITE)
    def decide(id: str, body: DecisionBody, caller: Official) -> DecisionView:  # noqa: A002
        """Extend the project, replace an enterprise, adjust a number, waive a target. Answers the standing before and after."""
        return _decided(targets.decide(caller, id, body.taken()))

    @routes.get("/decisions", responses=_READ)
    def list_decisions(id: str, caller: Reader) -> Decisions:  # noqa: A002
        """Every decision on the project, with the standing before and after it."""
        return Decisions(items=[_decided(held) for held in targets.decisions(caller, id)])


def _reading(routes: APIRouter, targets: Targets) -> None:
    @routes.get("/standing", response_class=Response, responses=_STANDING | _READ)
    def standing(
        id: str,  # noqa: A002
        caller: Reader,
        as_of: AsOf = None,
        rules: Whose = "then",
        *,
        rows: WithRows = False,
    ) -> Response:
        """What the project has of what it needs: every reading side by side, what is missing, a forecast, reasons. The same day
        asked again gives the same bytes."""
        held = targets.standing(caller, id, as_of=as_of, rules_of_today=rules == "today")
        return Response(held.to_json(rows=rows), media_type="application/json")

    @routes.get("/rows", responses=_READ)
    def rows(
        id: str,  # noqa: A002
        caller: Reader,
        target: Annotated[str, Query(max_length=64)],
        *,
        as_of: AsOf = None,
        after: Annotated[int, Query(ge=-1, le=2**31 - 1, description="`next` of the page before")] = -1,
        size: Annotated[int, Query(ge=1, le=MAX_PAGE)] = MAX_PAGE,
    ) -> RowPage:
        """The facts behind the number of one target, counted or left out with the reason."""
        return _page(targets.rows(caller, id, target, as_of=as_of), after=after, size=size)


def _decided(held: Decided) -> DecisionView:
    return DecisionView(
        seq=held.leaf.seq,
        recorded_at=held.leaf.recorded_at,
        attributes=dict(held.leaf.attributes),
        before=held.before.document(rows=False) if held.before else None,
        after=held.after.document(rows=False) if held.after else None,
    )


def _page(rows: Rows, *, after: int, size: int) -> RowPage:
    measure = rows.measure
    reasons = {row.seq: row.reason for row in measure.left_out}
    seqs = [seq for seq in sorted(rows.leaves) if seq > after]
    return RowPage(
        target=measure.target,
        reading=measure.reading,
        counted=measure.count,
        needed=measure.needed,
        items=[_row(rows.leaves[seq], reasons.get(seq)) for seq in seqs[:size]],
        next=seqs[size - 1] if len(seqs) > size else None,
    )


def _row(leaf: Leaf, reason: str | None) -> RowView:
    return RowView(
        seq=leaf.seq,
        counted=reason is None,
        reason=reason,
        kind=leaf.kind,
        happened_at=leaf.happened_at,
        recorded_at=leaf.recorded_at,
        account=leaf.account,
        link=leaf.link,
        attributes=dict(leaf.attributes),
    )
