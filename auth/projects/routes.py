"""Projects over HTTP. Mounted under ``/api/v1``."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from auth.access.current import holding
from auth.access.model import Identity
from auth.http.documents import problems
from auth.projects.model import Project
from auth.projects.schemas import (
    MAX_PAGE,
    ContactsBody,
    EvaluatorBody,
    ProjectBody,
    ProjectPage,
)
from auth.projects.service import Matched, Projects
from auth.roles import Role

Official = Annotated[Identity, Depends(holding(Role.BUREAU, Role.ADMINISTRATOR))]
Reader = Annotated[Identity, Depends(holding(Role.AGENCY, Role.BUREAU, Role.EVALUATOR, Role.ADMINISTRATOR))]
Size = Annotated[int, Query(ge=1, le=MAX_PAGE)]
After = Annotated[str | None, Query(max_length=64, description="`next` of the page before")]

_READ = problems(401, 403, 404, 422, 503)
_WRITE = problems(400, 401, 403, 404, 409, 413, 422, 503)


def router(projects: Projects, *, prefix: str = "") -> APIRouter:
    """The routes over the projects of the database, under `prefix`."""
    routes = APIRouter(prefix=f"{prefix}/projects", tags=["projects"])

    @routes.post("", status_code=201, responses=_WRITE)
    def enter_project(body: ProjectBody, caller: Official) -> Project:
        """Enter a project with its contract, which goes into the agency's log of facts."""
        return projects.add(caller, body.name, body.contract(), bureau=body.bureau)

    @routes.get("", responses=_READ)
    def list_projects(caller: Reader, after: After = None, size: Size = 50) -> ProjectPage:
        """The projects that exist for the caller, the latest first."""
        found = projects.page(caller, after=after, size=size + 1)
        return ProjectPage(items=found[:size], next=found[size - 1].id if len(found) > size else None)

    @routes.get("/{id}", responses=_READ)
    def show_project(id: str, caller: Reader) -> Project:  # noqa: A002 - the path's own name
        """A project as it was contracted."""
        return projects.get(caller, id)

    @routes.post("/{id}/evaluators", status_code=204, responses=_WRITE)
    def appoint_evaluator(id: str, body: EvaluatorBody, caller: Official) -> None:  # noqa: A002
        """Let an evaluator read this one project, to the end of a day."""
        projects.appoint(caller, id, body.user, until=body.until)

    @routes.post("/{id}/elsewhere", responses=_WRITE)
    def upload_list(id: str, body: ContactsBody, caller: Official) -> Matched:  # noqa: A002
        """Upload users of the state's own system. Who of them is an account of the agency counts as `registered_elsewhere`; the
        list itself is not kept."""
        return projects.registered_elsewhere(caller, id, body.contacts)

    return routes
