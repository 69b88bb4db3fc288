"""Templates to pages. Jinja is imported with the first page, not with the service."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, StreamingResponse

from auth.access.model import Identity
from auth.clock import day
from auth.errors import Problem
from search.web import words
from search.web.words import Words

if TYPE_CHECKING:
    from jinja2 import Environment

    from auth.access.service import Access

_YEAR_S = 366 * 24 * 3600


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415

    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["thousands"] = thousands
    made.filters["day"] = day
    made.filters["percent"] = percent
    return made


def page(request: Request, template: str, caller: Identity | None = None, *, status: int = 200, **values: Any) -> Response:
    """The template with the words of the page's language, and the caller signed in, where there is one."""
    text = _environment().get_template(template).render(_given(request, caller, values))
    return _spoken(request, HTMLResponse(text, status))


def flowing(request: Request, template: str, caller: Identity, **values: Any) -> Response:
    """The template as it comes to be: what stands before `{{ so_far }}`, an empty text, is sent before what follows is asked for.
    For a page that takes its time and says so."""
    pieces = _environment().get_template(template).generate(_given(request, caller, values | {"so_far": ""}))
    return _spoken(request, StreamingResponse(_parts(pieces), media_type="text/html"))


def _parts(pieces: Iterable[str]) -> Iterator[str]:
    waiting: list[str] = []
    for piece in pieces:
        waiting.append(piece)
        if not piece:
            yield "".join(waiting)
            waiting.clear()
    yield "".join(waiting)


def _given(request: Request, caller: Identity | None, values: Mapping[str, Any]) -> dict[str, Any]:
    spoken = words.of(request)
    return {
        "t": spoken,
        "lang": spoken.lang,
        "switch": f"?{address(request, lang='en' if spoken.lang == 'zh' else 'zh')}",  # never the path: //elsewhere/ is one
        "contact": caller.contact if caller else None,
        "role": caller.role.value if caller else None,
        "csrf_token": csrf_token(request, caller) if caller else "",
        "operator": request.app.state.operator,
        **values,
    }


def _spoken(request: Request, response: Response) -> Response:
    """The answer with its language, which is kept where it was chosen."""
    lang = words.of(request).lang
    response.headers["content-language"] = lang
    if request.query_params.get(words.COOKIE) == lang:
        response.set_cookie(words.COOKIE, lang, max_age=_YEAR_S, httponly=True, samesite="lax")
    return response


_SCRIPTED = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; form-action 'self';"
    " frame-ancestors 'none'; base-uri 'none'"
)


def scripted(response: Response) -> Response:
    """The page may run files of this service as scripts; it works without them too."""
    response.headers["content-security-policy"] = _SCRIPTED
    return response


def told(problem: Problem, t: Words) -> str:
    """What a form says of a problem; where one has to wait, for how long."""
    return str(getattr(problem, t.lang)) if problem.retry_after_s is None else t("wait", seconds=problem.retry_after_s)


def csrf_token(request: Request, caller: Identity) -> str:
    """What a form of the caller's session carries (`auth.access.current`)."""
    access: Access = request.app.state.access
    return access.callers.csrf_token(caller)


def address(request: Request, **changes: str | None) -> str:
    """The address's parameters with some changed; ``None`` takes one out."""
    kept = [(name, value) for name, value in request.query_params.multi_items() if name not in changes]
    return urlencode(kept + [(name, value) for name, value in changes.items() if value is not None])


def percent(share: float) -> str:
    """A share to the tenth of a per cent."""
    return f"{100 * share:.1f}%"


def thousands(count: int) -> str:
    """A count with thin spaces between its thousands (ISO 80000-1, 7.3.1)."""
    return f"{count:,}".replace(",", "\u2009")
