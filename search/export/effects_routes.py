"""Means by effects as a file, for whoever is signed in."""

from typing import Literal

from fastapi import APIRouter, Request, Response
from pydantic import Field

from auth.access.current import Caller
from auth.access.model import Identity
from auth.clock import day, now
from auth.http.documents import problems
from auth.http.lang import Language
from search.analysis.effects.asking import crossed
from search.analysis.effects.schemas import EffectsParams
from search.analysis.effects.service import Effects
from search.analysis.effects.table import NAME
from search.api import threads
from search.api.addresses import Address
from search.export.naming import disposition, named
from search.export.table_routes import FILE, KINDS
from search.find.service import Finder


class FileParams(EffectsParams):
    """A question about effects as an address, and the file it is to be."""

    format: Literal["csv", "xlsx"] = "xlsx"
    lang: Language = Field("zh", description="Of labels, of what is told, and of the texts that are read.")


_params = Address(FileParams)


def router(finder: Finder, effects: Effects, *, prefix: str) -> APIRouter:
    """The route, under `prefix`; it stands before that of the other tables, whose name would take its own."""
    routes = APIRouter(prefix=f"{prefix}/analysis/effects", tags=["export"])

    def made(asked: FileParams, caller: Identity) -> Response:
        from search.export import effects as files  # noqa: PLC0415  not for every start

        found = crossed(finder, effects, asked, user=caller.user, lang=asked.lang)
        file = named(f"{NAME}-{found.population}", day(now()), asked.format, lang=asked.lang)
        write = files.xlsx if asked.format == "xlsx" else files.csv
        told = {"content-disposition": disposition(file)}
        return Response(write(found, asked.lang), media_type=KINDS[asked.format], headers=told)

    @routes.get(
        "/table",
        summary="Means by effects as a file, with the sentences behind each number",
        response_class=Response,
        responses={**FILE, **problems(400, 401, 422, 429, 503)},
        openapi_extra=_params.described(),
    )
    async def effects_table(request: Request, caller: Caller) -> Response:
        return await threads.run(made, _params.read(request), caller)

    return routes
