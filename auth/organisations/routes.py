"""Bureaus, agencies and enterprises over HTTP. Mounted under ``/api/v1``."""

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from auth.access.current import address, holding
from auth.access.model import Identity
from auth.clock import Clock, now
from auth.credentials.throttle import place
from auth.database import Database
from auth.http.documents import problems
from auth.http.lang import language
from auth.http.pace import Pace
from auth.http.problems import WrongShape
from auth.organisations import codes, divisions
from auth.organisations.importing import EXAMPLE, Imported, import_enterprises
from auth.organisations.model import AGENCIES, BUREAUS, Kind, Marked, Organisation
from auth.organisations.problems import TooManyFinds
from auth.organisations.schemas import (
    MAX_PAGE,
    AgencyBody,
    BureauBody,
    ChangeBody,
    EnterpriseBody,
    FoundEnterprises,
    MarkBody,
    Marks,
    OrganisationPage,
    OrganisationView,
)
from auth.organisations.service import New, NewMark, Organisations
from auth.organisations.sizes import Figures
from auth.roles import Role

ENTERPRISES = frozenset({Kind.ENTERPRISE})
FINDS_A_MINUTE = 600
"""Look-ups from one address: sixty people at one training who each type a name."""

official = holding(Role.BUREAU, Role.ADMINISTRATOR)
staff = holding(Role.AGENCY, Role.BUREAU, Role.ADMINISTRATOR)
concerned = holding(Role.ENTERPRISE, Role.AGENCY, Role.BUREAU, Role.ADMINISTRATOR)
Official = Annotated[Identity, Depends(official)]
Staff = Annotated[Identity, Depends(staff)]
Concerned = Annotated[Identity, Depends(concerned)]
Size = Annotated[int, Query(ge=1, le=MAX_PAGE)]
Part = Annotated[str, Query(max_length=200, description="a part of the name")]
RegionPart = Annotated[str, Query(pattern=r"^\d{0,6}$", description="the beginning of the division code")]
After = Annotated[str | None, Query(max_length=64, description="`next` of the page before")]

_READ = problems(401, 403, 404, 422, 503)
_WRITE = problems(400, 401, 403, 404, 409, 413, 422, 503)


def router(organisations: Organisations, database: Database, *, prefix: str = "", clock: Clock = now) -> APIRouter:
    """The routes over the organisations of the database, under `prefix`."""
    routes = APIRouter(prefix=prefix, tags=["organisations"])
    _entering(routes, organisations)
    _finding(routes, organisations, Pace(FINDS_A_MINUTE, window_s=60), clock)
    _importing(routes, database, clock)
    _looking(routes, organisations, "bureaus", BUREAUS, official)
    _looking(routes, organisations, "agencies", AGENCIES, staff)
    _looking(routes, organisations, "enterprises", ENTERPRISES, concerned)
    _marking(routes, organisations)
    return routes


def _entering(routes: APIRouter, organisations: Organisations) -> None:
    @routes.post("/bureaus", status_code=201, responses=_WRITE)
    def enter_bureau(body: BureauBody, caller: Official) -> OrganisationView:
        """Enter a bureau or service centre below the caller's own."""
        return _shown(organisations.add(_new(body, BUREAUS), caller=caller)[0])

    @routes.post("/agencies", status_code=201, responses=_WRITE)
    def enter_agency(body: AgencyBody, caller: Official) -> OrganisationView:
        """Enter an agency, library or makerspace under a bureau."""
        return _shown(organisations.add(_new(body, AGENCIES), caller=caller)[0])

    @routes.post("/enterprises", status_code=201, responses=_WRITE | {200: {"description": "It was held already."}})
    def enter_enterprise(body: EnterpriseBody, caller: Staff, response: Response) -> OrganisationView:
        """Enter an enterprise. An agency serves it from now on, also one that is held already: then 200."""
        held, outcome = organisations.add(New(Kind.ENTERPRISE, **dict(body)), caller=caller)
        response.status_code = 201 if outcome == "added" else 200
        return _shown(held)


def _finding(routes: APIRouter, organisations: Organisations, pace: Pace, clock: Clock) -> None:
    @routes.get("/enterprises/find", responses=problems(422, 429, 503))
    def find_enterprise(
        name: Annotated[str, Query(min_length=2, max_length=200, description="a part of the name")], request: Request
    ) -> FoundEnterprises:
        """Find an enterprise by a part of its name, for a form. Open to all, ten at most."""
        wait_s = pace.wait_s(place(address(request)), now=clock())
        if wait_s:
            raise TooManyFinds(retry_after_s=wait_s)
        return FoundEnterprises(items=organisations.find(name))


def _importing(routes: APIRouter, database: Database, clock: Clock) -> None:
    @routes.post("/enterprises/import", responses=problems(400, 401, 403, 413, 422, 503), openapi_extra=_TABLE)
    async def import_table(request: Request, caller: Staff) -> Imported:
        """Enter enterprises from a CSV table. Each row is entered or refused by itself and gets its verdict."""
        lang = language(request.headers.get("accept-language", ""))
        data = await request.body()
        work = partial(import_enterprises, database, data, caller=caller, language=lang, clock=clock)
        return await run_in_threadpool(work)


def _looking(routes: APIRouter, organisations: Organisations, name: str, kinds: frozenset[Kind], who: Callable[..., Any]) -> None:
    """Listing, showing and changing, the same for the three groups."""

    @routes.get(f"/{name}", summary=f"List {name}", responses=problems(401, 403, 404, 422, 503))
    def page(
        caller: Annotated[Identity, Depends(who)],
        name: Part = "",
        region: RegionPart = "",
        after: After = None,
        size: Size = 50,
    ) -> OrganisationPage:
        """Those that exist for the caller, by name."""
        found = organisations.page(caller, kinds, name=name, region=region, after=after, size=size + 1)
        more = found[size - 1].id if len(found) > size else None
        return OrganisationPage(items=[_shown(held) for held in found[:size]], next=more)

    @routes.get(f"/{name}/{{id}}", summary=f"One of the {name}", responses=_READ)
    def one(id: str, caller: Annotated[Identity, Depends(who)]) -> OrganisationView:  # noqa: A002 - the path's own name
        """The organisation; 404 where it does not exist for the caller."""
        return _shown(organisations.get(caller, id, kinds))

    @routes.patch(f"/{name}/{{id}}", summary=f"Change one of the {name}", responses=_WRITE)
    def change(id: str, body: ChangeBody, caller: Annotated[Identity, Depends(who)]) -> OrganisationView:  # noqa: A002
        """Change name, region or address. 409 when it has changed since the caller read it."""
        return _shown(organisations.change(caller, id, kinds, version=body.version, values=body.values()))


def _marking(routes: APIRouter, organisations: Organisations) -> None:
    @routes.get("/enterprises/{id}/marks", responses=_READ)
    def list_marks(id: str, caller: Concerned) -> Marks:  # noqa: A002
        """What is officially said of the enterprise, as it was recorded."""
        return Marks(items=organisations.marks(caller, id))

    @routes.post("/enterprises/{id}/marks", status_code=201, responses=_WRITE)
    def enter_mark(id: str, body: MarkBody, caller: Staff) -> Marked:  # noqa: A002
        """Enter a mark with its document. It goes into the evidence and stays there; the latest entry of a mark counts."""
        figures = Figures(**dict(body.figures)) if body.figures else None
        return organisations.mark(caller, id, NewMark(**(dict(body) | {"figures": figures})))


_TABLE = {"requestBody": {"required": True, "content": {"text/csv": {"schema": {"type": "string"}, "example": EXAMPLE}}}}


def _new(body: BureauBody | AgencyBody, kinds: frozenset[Kind]) -> New:
    if body.kind not in kinds:
        raise WrongShape(extra={"errors": [{"field": "kind", "code": "enum"}]})
    return New(**dict(body))


def _shown(held: Organisation) -> OrganisationView:
    code = codes.parse(held.credit_code) if held.credit_code else None
    return OrganisationView(
        id=held.id,
        kind=held.kind,
        name=held.name,
        parent=held.parent,
        region=held.region,
        region_name=divisions.words(held.region) if held.region else None,
        credit_code=held.credit_code,
        body=code.body if code else None,
        code_region=code.division if code else None,
        address=held.address,
        version=held.version,
        created_at=held.created_at,
    )
