"""Tables of analysis as files, for whoever is signed in."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Request, Response
from pydantic import Field

from auth.access.current import Caller
from auth.access.model import Identity
from auth.clock import day, now
from auth.http.documents import problems
from auth.http.lang import Language
from search.analysis.model import Name
from search.analysis.schemas import AnalysisParams
from search.analysis.service import Analyst
from search.api import threads
from search.api.addresses import Address
from search.export.naming import disposition, named
from search.find.service import Finder

FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The table, its parts, and how it was counted.",
        "content": {"text/csv": {}, "application/octet-stream": {}},
    }
}
KINDS = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


class TableParams(AnalysisParams):
    """A question of analysis as an address, and the file it is to be."""

    format: Literal["csv", "xlsx"] = "xlsx"
    lang: Language = Field("zh", description="Of labels and of what is told.")


_params = Address(TableParams)


def router(finder: Finder, analyst: Analyst, *, prefix: str) -> APIRouter:
    """The route, under `prefix`."""
    routes = APIRouter(prefix=f"{prefix}/analysis", tags=["export"])

    def made(name: Name, asked: TableParams, caller: Identity) -> Response:
        from search.export import tables  # noqa: PLC0415  not for every start

        read, today = finder.read(asked.question(), user=caller.user), day(now())
        analysis = analyst.answer(name, asked.ask(read, user=caller.user, today=today))
        file = named(f"{name}-{read.said.canonical}", today, asked.format, lang=asked.lang)
        write = tables.xlsx if asked.format == "xlsx" else tables.csv
        told = {"content-disposition": disposition(file)}
        return Response(write(analysis, asked.lang), media_type=KINDS[asked.format], headers=told)

    @routes.get(
        "/{name}/table",
        summary="A table of analysis as a file",
        response_class=Response,
        responses={**FILE, **problems(400, 401, 422, 429, 503)},
        openapi_extra=_params.described(),
    )
    async def table(name: Annotated[Name, Path()], request: Request, caller: Caller) -> Response:
        return await threads.run(made, name, _params.read(request), caller)

    return routes
