"""What may come in: `StrictBody` stands before all routes, `StrictModel` is the base of every shape that is read.

`StrictBody` reads a body once, whole and bounded, and hands the very bytes on, so a route added later is guarded too; what JSON
says stands in the scope's state as ``json``, for whoever needn't read it again. Only a file, where one is taken, passes by pieces.
"""

import re
import unicodedata
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from auth.errors import Problem
from auth.http.json import JsonRefused, loads, unfit
from auth.http.problems import answer

MAX_BYTES = 1_000_000
FILE_BYTES = 30_000_000
"""Of a file, at the paths that take tables which other systems export: one of 10,000 rows with abstracts has some 20 MB."""

Whole = Annotated[int, Field(ge=0, le=2**31 - 1)]
"""A number that stands in a database, or is compared with one there: PostgreSQL's integer has no more, SQLite's driver none of more
than 64 bits."""

_BODILESS = frozenset({"GET", "HEAD", "OPTIONS"})
_FILES = ("multipart/form-data", "application/octet-stream", "application/vnd.openxmlformats", "text/csv")
"""Types of bodies that are or hold a file wherever they are sent; whoever reads it judges its bytes, and `StrictModel` the fields
beside it."""


class BodyTooLarge(Problem):
    """More than `MAX_BYTES`, or a file of more than `FILE_BYTES`."""

    status = 413
    code = "body_too_large"

    def __init__(self, most: int = MAX_BYTES) -> None:
        megabytes = most // 1_000_000
        super().__init__(
            zh=f"请求内容超过 {megabytes} MB，请分批发送。",
            en=f"The body is larger than {megabytes} MB. Send it in parts.",
            headers={"Connection": "close"},
        )


class JsonUnreadable(Problem):
    """Not the JSON that `auth.http.json` takes; the code says which rule."""

    status = 400
    zh = "请求内容不是合格的 JSON：不接受重复的键、NaN 或过大的数、过深的嵌套、孤立代理项、NUL 和非 UTF-8 字节。"
    en = "The body is not sound JSON: no key twice, no NaN or oversized number, deep nesting, lone surrogate, NUL or bad UTF-8."


class NulRefused(Problem):
    """A NUL in the address or a form."""

    status = 400
    code = "nul_character"
    zh = "请求中含有空字符（NUL），请删除后重试。"
    en = "The request holds a NUL character. Take it out and send it again."


class Disconnected(Exception):
    """The caller went away while sending."""


class StrictBody:
    """Pure ASGI: refuses a body that is too large or not sound JSON, and NUL in address or form, before the application sees it.

    At the paths that match `large` everything but JSON is a file, whatever its type says (programs name none, or that of a form),
    and may have `FILE_BYTES`. It is counted as the application reads it and held by nobody before, so that who may not send it is
    told so first.
    """

    def __init__(self, app: ASGIApp, *, large: re.Pattern[str] | None = None) -> None:
        self.app = app
        self._large = large

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            _check_address(scope)
            if scope["method"] not in _BODILESS:
                receive = _counted(scope, receive) if self._takes_file(scope) else await _checked(scope, receive)
        except Problem as problem:
            await answer(problem, scope)(scope, receive, send)
        except Disconnected:
            return
        else:
            await self.app(scope, receive, send)

    def _takes_file(self, scope: Scope) -> bool:
        kind = Headers(scope=scope).get("content-type", "").lower()
        return self._large is not None and self._large.fullmatch(scope["path"]) is not None and "json" not in kind


def _counted(scope: Scope, receive: Receive) -> Receive:
    """The body as it comes, which ends with `BodyTooLarge` where it is too large."""
    length = Headers(scope=scope).get("content-length", "0")
    if length.isdecimal() and int(length[:20]) > FILE_BYTES:
        raise BodyTooLarge(FILE_BYTES)
    size = 0

    async def counting() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > FILE_BYTES:
            raise BodyTooLarge(FILE_BYTES)
        return message

    return counting


def _check_address(scope: Scope) -> None:
    if b"%00" in scope["query_string"] or "\x00" in scope["path"]:
        raise NulRefused


async def _checked(scope: Scope, receive: Receive) -> Receive:
    """Reads and checks the body; the `receive` that gives it again in one piece."""
    headers = Headers(scope=scope)
    length = headers.get("content-length", "0")
    if length.isdecimal() and int(length[:20]) > MAX_BYTES:
        raise BodyTooLarge
    body = await _read(receive)
    kind = headers.get("content-type", "").lower()
    if body and "json" in kind:
        try:
            scope.setdefault("state", {})["json"] = loads(body)
        except JsonRefused as refused:
            raise JsonUnreadable(code=refused.code) from None
    elif not kind.startswith(_FILES) and (b"%00" in body or b"\x00" in body):
        raise NulRefused
    given: Message | None = {"type": "http.request", "body": body, "more_body": False}

    async def again() -> Message:
        nonlocal given
        if given is None:
            return await receive()
        message, given = given, None
        return message

    return again


async def _read(receive: Receive) -> bytes:
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Disconnected
        part = message.get("body", b"")
        size += len(part)
        if size > MAX_BYTES:
            raise BodyTooLarge
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)


class StrictModel(BaseModel):
    """Base of every body, form and group of parameters: unknown names refused, text in NFC without lone surrogates or NUL."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _sound_text(cls, value: Any) -> Any:
        return _sound(value)


def _sound(value: Any) -> Any:
    if isinstance(value, str):
        if unfit(value):
            raise PydanticCustomError("unfit_character", "lone surrogate or NUL")
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {_sound(key): _sound(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_sound(item) for item in value]
    return value
