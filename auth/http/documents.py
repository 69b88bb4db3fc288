"""Problem documents as OpenAPI describes them: `responses=problems(401, 429)` on a route."""

from http import HTTPStatus
from typing import Annotated, Any

from msgspec import Meta, Struct

from auth.http.problems import MEDIA_TYPE


class FieldFault(Struct):
    """One field that does not have its documented shape."""

    field: Annotated[str, Meta(examples=["password"])]
    code: Annotated[str, Meta(examples=["string_too_long"])]


class ProblemDocument(Struct):
    """An error, RFC 9457."""

    type: Annotated[str, Meta(examples=["about:blank"])]
    title: Annotated[str, Meta(description="the status in words")]
    status: int
    detail: Annotated[str, Meta(description="what to do, in the caller's language (Accept-Language: zh or en)")]
    code: Annotated[str, Meta(description="the kind of problem, for programs")]
    request_id: Annotated[str | None, Meta(description="names this request in the server's log")] = None
    retry_after_s: Annotated[int | None, Meta(description="seconds to wait, as in the header Retry-After")] = None
    position: Annotated[int | None, Meta(description="where in a query the fault is, in code points from 0")] = None
    errors: list[FieldFault] | None = None


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The error answers of a route, for OpenAPI, which describes `ProblemDocument` once: the framework would make a model of its
    own for each answer of each route."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}}
    return {status: {"description": HTTPStatus(status).phrase, "content": content} for status in statuses}
