"""Exports over HTTP, for whoever is signed in."""

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Body, Request, Response
from fastapi.responses import StreamingResponse

from auth.access.current import Caller
from auth.http.documents import problems
from search.api import threads
from search.api.addresses import Address
from search.api.direct import SignedInRoute
from search.export.naming import disposition
from search.export.schemas import ExportBody, ExportParams
from search.export.service import Exports, Wanted

_FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file, sent while it is made. One that was cut says so at its end; where the engine went away meanwhile"
        " the connection is broken off as well.",
        "content": {"text/csv": {}, "application/jsonl": {}, "application/octet-stream": {}},
    }
}
_EXAMPLES: dict[str, Any] = {
    "lines": {"summary": "The records of a list", "value": {"numbers": ["CN 110330865 B"], "format": "jsonl"}},
}
_params = Address(ExportParams)


def router(exports: Exports, *, public_url: str, prefix: str) -> APIRouter:
    """The routes, under `prefix`; `public_url` is what addresses in references begin with."""
    routes = APIRouter(prefix=prefix, tags=["export"])
    asked = partial(
        routes.add_api_route,
        "/export",
        responses={**_FILE, **problems(400, 401, 413, 422, 429, 503)},
        response_class=Response,
        route_class_override=SignedInRoute,
    )

    async def export(wanted: Wanted, caller: Caller) -> Response:
        file = await threads.run(exports.export, wanted, user=caller.user)
        return StreamingResponse(file.chunks, media_type=file.media_type, headers={"content-disposition": disposition(file.name)})

    async def export_by_body(
        body: Annotated[ExportBody, Body(openapi_examples=_EXAMPLES)], request: Request, caller: Caller
    ) -> Response:
        return await export(body.wanted(public_url), caller)

    async def export_by_address(request: Request, caller: Caller) -> Response:
        return await export(_params.read(request).wanted(public_url), caller)

    asked(export_by_body, methods=["POST"], summary="The documents of a query or a list of numbers, as a file")
    asked(export_by_address, methods=["GET"], summary="The documents of a query, by an address", openapi_extra=_params.described())
    return routes
