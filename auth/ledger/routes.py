"""Checkpoints and proofs over HTTP, as the public formats' own text."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from auth.http.documents import problems
from auth.http.problems import WrongShape
from auth.ledger.problems import LogUnknown
from auth.ledger.service import Ledger

_LOG = r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$"
_MOST = 2**53 - 1
Log = Annotated[
    str, Query(pattern=_LOG, description="the agency's id, or `installation` for facts of no agency", examples=["installation"])
]
Count = Annotated[int | None, Query(ge=0, le=_MOST)]

_TEXT = "text/plain; charset=utf-8"
_ANSWERS: dict[int | str, dict[str, Any]] = {200: {"content": {"text/plain": {"schema": {"type": "string"}}}}}


def router(ledger: Ledger, *, caller: Callable[..., Any], may_see: Callable[[Any, str], bool], prefix: str = "") -> APIRouter:
    """The routes, under `prefix`. `caller` is the dependency that names who asks, `may_see` says whether he may see the log; a log
    that he may not see does not exist for him."""
    routes = APIRouter(prefix=f"{prefix}/ledger", tags=["ledger"])
    Caller = Annotated[Any, Depends(caller)]  # noqa: N806 - a type

    def seen(asking: Any, log: str) -> str:
        if not may_see(asking, log):
            raise LogUnknown
        return log

    @routes.get("/checkpoint", response_class=Response, responses=_ANSWERS | problems(401, 403, 404, 422, 503))
    def checkpoint(agency: Log, caller: Caller) -> Response:
        """The log as it stands: origin, number of facts, root, signed (C2SP tlog-checkpoint)."""
        return _text(ledger.checkpoint(seen(caller, agency)).written())

    @routes.get("/proof", response_class=Response, responses=_ANSWERS | problems(401, 403, 404, 422, 503))
    def proof(agency: Log, caller: Caller, size: Count = None, index: Count = None, old: Count = None) -> Response:
        """With `index`: that this fact is in the signed log of `size` facts (C2SP tlog-proof). With `old`: that this log begins
        with the one of `old` facts (an add-checkpoint request of C2SP tlog-witness). Without `size`: the log as it stands."""
        log = seen(caller, agency)
        if index is not None and old is None:
            return _text(ledger.inclusion(log, index=index, size=size))
        if old is not None and index is None:
            return _text(ledger.consistency(log, old=old, size=size))
        raise WrongShape(extra={"errors": [{"field": "index", "code": "index_or_old"}]})

    @routes.get("/keys", response_class=Response, responses=_ANSWERS | problems(503))
    def keys() -> Response:
        """The keys that sign checkpoints, one a line, the present one first; then the notes that announced each change."""
        held = ledger.keys()
        return _text("\n".join(["".join(f"{key.vkey}\n" for key in held.verifiers), *held.announcements]))

    return routes


def _text(text: str) -> Response:
    return Response(text.encode(), media_type=_TEXT, headers={"Cache-Control": "no-store"})
