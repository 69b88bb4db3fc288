"""Reports over HTTP, for whoever is signed in."""

from functools import partial
from typing import Any

from fastapi import APIRouter, Request, Response

from auth.access.current import Caller
from auth.http.documents import problems
from search.api import threads
from search.api.addresses import Address
from search.api.direct import SignedInRoute
from search.export.naming import disposition
from search.export.reports.order import MEDIA_TYPES
from search.export.reports.schemas import ReportBody, ReportParams
from search.export.reports.service import Reports, Written

_FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The report. The headers tell its 字数 without annexes (docs/reports.md says what counts), and by how much"
        " it misses `floor` or `ceiling`.",
        "content": {kind.partition(";")[0]: {} for kind in MEDIA_TYPES.values()},
        "headers": {name: {"schema": {"type": "integer"}} for name in ("Report-Characters", "Report-Missing", "Report-Over")},
    }
}
_params = Address(ReportParams)


def router(reports: Reports, *, prefix: str) -> APIRouter:
    """The routes, under `prefix`."""
    routes = APIRouter(prefix=prefix, tags=["export"])
    asked = partial(
        routes.add_api_route,
        "/reports",
        responses={**_FILE, **problems(400, 401, 413, 422, 429, 503)},
        response_class=Response,
        route_class_override=SignedInRoute,
    )

    async def report_by_body(body: ReportBody, request: Request, caller: Caller) -> Response:
        return file(await threads.run(reports.written, body.order(), body.question(), body.format, user=caller.user))

    async def report_by_address(request: Request, caller: Caller) -> Response:
        sent = _params.read(request)
        return file(await threads.run(reports.written, sent.order(), sent.question(), sent.format, user=caller.user))

    asked(report_by_body, methods=["POST"], summary="A report of the documents of a query, as a file")
    asked(report_by_address, methods=["GET"], summary="A report, by an address", openapi_extra=_params.described())
    return routes


def file(written: Written) -> Response:
    """A report to take away, with its length."""
    verdict = written.verdict
    told = {
        "content-disposition": disposition(written.name),
        "report-characters": str(verdict.count.body),
        "report-missing": str(verdict.missing),
        "report-over": str(verdict.over),
    }
    return Response(written.data, media_type=written.media_type, headers=told)
