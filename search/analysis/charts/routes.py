"""Charts over HTTP, for whoever is signed in: as SVG whose marks are links, and as PNG for print."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from auth.access.current import Caller
from auth.access.model import Identity
from auth.clock import day, now
from auth.http.documents import problems
from search.analysis.charts.links import opening
from search.analysis.charts.painter import Painter
from search.analysis.charts.schemas import ChartParams
from search.analysis.model import Analysis, Name
from search.analysis.service import Analyst
from search.api import threads
from search.api.addresses import Address
from search.find.service import Finder

_params = Address(ChartParams)
_READ = problems(400, 401, 404, 422, 503)
_NAMED = Path(description="The question, as in `POST /analysis/{name}`.")


def router(finder: Finder, analyst: Analyst, painter: Painter, *, prefix: str) -> APIRouter:
    """The routes, under `prefix`."""
    routes = APIRouter(prefix=f"{prefix}/analysis", tags=["analysis"])
    parameters = _params.described()

    @routes.get("/{name}/chart.svg", responses=_READ, openapi_extra=parameters, response_class=Response)
    async def chart_as_svg(name: Annotated[Name, _NAMED], request: Request, caller: Caller) -> Response:
        """The table's chart, each mark a link to its documents."""
        return await threads.run(drawn, name, request, caller)

    @routes.get("/{name}/chart.png", responses=_READ, openapi_extra=parameters, response_class=Response)
    async def chart_as_png(name: Annotated[Name, _NAMED], request: Request, caller: Caller) -> Response:
        """The table's chart as a picture, 1,400 pixels wide, with the Chinese font that comes with the set-up."""
        return await threads.run(pictured, name, request, caller)

    def drawn(name: Name, request: Request, caller: Identity) -> Response:
        from search.analysis.charts.night import POLICY, file  # noqa: PLC0415  with the first chart

        params = _params.read(request)
        found = told(name, params, caller)
        link = opening(found.unit, expand=params.expand, collections=found.collections)
        made = painter.svg(found, params.lang, link=link, size=params.box)
        return Response(file(made), media_type="image/svg+xml", headers={"content-security-policy": POLICY})

    def pictured(name: Name, request: Request, caller: Identity) -> Response:
        params = _params.read(request)
        return Response(painter.png(told(name, params, caller), params.lang, size=params.box), media_type="image/png")

    def told(name: Name, params: ChartParams, caller: Identity) -> Analysis:
        read = finder.read(params.question(), user=caller.user)
        return analyst.answer(name, params.ask(read, user=caller.user, today=day(now())), brief=params.box == "small")

    return routes
