"""The page of classes: the way down a scheme with titles and counts, and its titles searched by words."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response

from auth.access.current import Caller
from search.find.classes.model import SCHEMES, Scheme
from search.find.classes.service import PAGE, Classes
from search.find.classes.words import plain
from search.web import words
from search.web.render import page
from search.web.shown import in_order
from search.web.words import Words

_SCHEMES = [(scheme, f"scheme_{scheme}") for scheme in SCHEMES]


def router(classes: Classes) -> APIRouter:
    """The routes without a prefix."""
    routes = APIRouter(include_in_schema=False)

    def shown(request: Request, caller: Caller, *, scheme: Scheme, symbol: str | None, q: str, at: int) -> Response:
        t = words.of(request)
        if q.strip() and not symbol:
            view = classes.found(scheme, q, user=caller.user)
        else:
            view = classes.view(scheme, symbol, user=caller.user, lang=t.lang, page=at)

        def opened(below: str | None = None, of: Scheme = scheme, at: int = 1) -> str:
            """The address of a class's page."""
            asked = {"scheme": of if of != "ipc" else None, "symbol": below, "page": str(at) if at > 1 else None}
            return f"/classes?{urlencode({name: value for name, value in asked.items() if value})}"

        return page(
            request,
            "classes.html",
            caller,
            view=view,
            q=q,
            searched=bool(q.strip() and not symbol),
            schemes=_SCHEMES,
            opened=opened,
            title=lambda titles: _briefly(titles, t),
            whole=in_order(view.titles, t.lang) if any("(" in text or "（" in text for text in view.titles.values()) else [],
            pages=max(-(-view.children_total // PAGE), 1),
        )

    @routes.get("/classes")
    def by_parameter(
        request: Request,
        caller: Caller,
        *,
        scheme: Scheme = "ipc",
        symbol: Annotated[str | None, Query(max_length=60)] = None,
        q: Annotated[str, Query(max_length=200)] = "",
        at: Annotated[int, Query(alias="page", ge=1, le=1000)] = 1,
    ) -> Response:
        return shown(request, caller, scheme=scheme, symbol=symbol, q=q, at=at)

    @routes.get("/classes/{symbol}")
    def by_path(
        symbol: str, request: Request, caller: Caller, scheme: Scheme = "ipc", at: Annotated[int, Query(alias="page", ge=1)] = 1
    ) -> Response:
        return shown(request, caller, scheme=scheme, symbol=symbol[:60], q="", at=at)

    return routes


def _briefly(titles: dict[str, str], t: Words) -> list[tuple[str, str]]:
    """Titles without their references to other classes, in the page's language first; `(language, text)`."""
    return [(lang, plain(text) or text) for lang, text in in_order(titles, t.lang)]
