"""Every error answer: a problem document (RFC 9457) in the caller's language, the same for every route of the house."""

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import cast

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import Scope

from auth.errors import Problem
from auth.http.lang import language

MEDIA_TYPE = "application/problem+json"
_MAX_ERRORS = 20
_MAX_FIELD = 100
_QUOTING = frozenset({"value_error", "assertion_error", "union_tag_invalid", "json_invalid"})
"""Kinds of fault whose message may hold what was sent; validators of the house raise `PydanticCustomError`, which does not."""

_WAY = re.compile(r"constrained-\w+|[a-z-]+\[.*\]")
"""What the framework names a way of a field that may be of several kinds: a step to a fault, and no field."""


class WrongShape(Problem):
    """The request was read and does not have the documented shape; `errors` name the fields, never their content."""

    status = 422
    code = "wrong_shape"
    zh = "请求内容不符合要求，请按 errors 中列出的字段修改后重试。"
    en = "The request does not have the documented shape. Mend the fields named in errors and send it again."


class NotFound(Problem):
    """There is no such page or object for this caller."""

    status = 404
    code = "not_found"
    zh = "没有这个地址或对象，请核对后重试。"
    en = "There is nothing at this address. Check it and try again."


class MethodNotAllowed(Problem):
    """The path exists, the method does not."""

    status = 405
    code = "method_not_allowed"
    zh = "此地址不支持这种请求方法，可用方法见 Allow 头。"
    en = "This address does not take that method. The header Allow names those it takes."


class Refused(Problem):
    """Any other answer that the framework itself gives."""

    status = 400
    code = "bad_request"
    zh = "无法读取该请求，请按接口说明修改后重试。"
    en = "The request can't be read. Mend it as the API's description says and send it again."


def install(app: FastAPI) -> None:
    """Makes every error of the application a problem document; an unforeseen one a 500 that tells nothing of the inside."""
    app.add_exception_handler(Problem, _on_problem)
    app.add_exception_handler(RequestValidationError, _on_validation)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(Exception, _on_crash)


def answer(problem: Problem, scope: Scope) -> Response:
    """The problem as a response to the request of this scope."""
    lang = language(Headers(scope=scope).get("accept-language", ""))
    members: dict[str, object] = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": problem.zh if lang == "zh" else problem.en,
        "code": problem.code,
        "request_id": scope.get("state", {}).get("request_id"),
    }
    headers = {"Content-Language": lang, "Cache-Control": "no-store", **problem.headers}
    if problem.retry_after_s is not None:
        members["retry_after_s"] = problem.retry_after_s
        headers["Retry-After"] = str(problem.retry_after_s)
    body = orjson.dumps({name: value for name, value in (members | problem.extra).items() if value is not None})
    return Response(body, problem.status, headers, MEDIA_TYPE)


async def _on_problem(request: Request, error: Exception) -> Response:
    return answer(cast(Problem, error), request.scope)


async def _on_validation(request: Request, error: Exception) -> Response:
    """Field, kind and what is taken instead, of each fault; what the caller sent is not echoed (it may be a password, or not
    even be JSON)."""
    faults = cast(RequestValidationError, error).errors()[:_MAX_ERRORS]
    return answer(WrongShape(extra={"errors": [_fault(fault) for fault in faults]}), request.scope)


def _fault(fault: Mapping[str, object]) -> dict[str, str]:
    place = cast(tuple[object, ...], fault["loc"])
    steps = [str(step) for step in place[1:]]
    field = ".".join(step for step in steps if not _WAY.fullmatch(step)) or str(place[0])
    told = {"field": field[:_MAX_FIELD].encode("utf-8", "replace").decode(), "code": str(fault["type"])}
    return told if told["code"] in _QUOTING else {**told, "message": str(fault["msg"])}


async def _on_http(request: Request, error: Exception) -> Response:
    known = cast(HTTPException, error)
    kind = {404: NotFound, 405: MethodNotAllowed}.get(known.status_code, Refused)
    return answer(kind(status=known.status_code, headers=known.headers), request.scope)


async def _on_crash(request: Request, _error: Exception) -> Response:
    return answer(Problem(), request.scope)
