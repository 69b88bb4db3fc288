"""Problem documents as OpenAPI describes them: `responses=problems(401, 429)` on a route."""

from http import HTTPStatus
from typing import Any

from pydantic import BaseModel, Field

from auth.http.problems import MEDIA_TYPE


class FieldFault(BaseModel):
    """One field that does not have its documented shape."""

    field: str = Field(examples=["password"])
    code: str = Field(examples=["string_too_long"])


class ProblemDocument(BaseModel):
    """An error, RFC 9457."""

    type: str = Field(examples=["about:blank"])
    title: str = Field(description="the status in words")
    status: int
    detail: str = Field(description="what to do, in the caller's language (Accept-Language: zh or en)")
    code: str = Field(description="the kind of problem, for programs")
    request_id: str | None = Field(default=None, description="names this request in the server's log")
    retry_after_s: int | None = Field(default=None, description="seconds to wait, as in the header Retry-After")
    position: int | None = Field(default=None, description="where in a query the fault is, in code points from 0")
    errors: list[FieldFault] | None = None


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The error answers of a route, for OpenAPI."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}}
    return {status: {"model": ProblemDocument, "description": HTTPStatus(status).phrase, "content": content} for status in statuses}
