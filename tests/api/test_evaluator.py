"""An evaluator reads one project, writes nothing, and from the midnight after his last day in Shanghai on sees nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from starlette.testclient import TestClient

from auth.clock import now
from auth.roles import Role
from auth.users import store as users
from auth.users.model import User
from tests.api.routes import ROUTES
from tests.service import Running, running

LAST = date(2028, 2, 29)
BEFORE_MIDNIGHT = datetime(2028, 2, 29, 15, 59, 59, 999999, tzinfo=UTC)
"""The last instant of `LAST` in Shanghai; in UTC the day has eight hours more."""
BLINK = timedelta(microseconds=1)
BEGIN = datetime(2028, 1, 10, 4, tzinfo=UTC)
PROJECT = {
    "name": "推送服务",
    "agency": "agency-a",
    "bureau": "city-a",
    "first": "2028-01-01",
    "last": "2028-12-31",
    "province": "52",
    "contract_sha256": "ab" * 32,
}
READING = ("", "/standing", "/rows?target=new_users", "/decisions", "/evidence")
"""What an evaluator is to see of his project."""


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """The whole service at that instant, whoever asks for the time."""
    with time_machine.travel(instant, tick=False):
        yield


def signed_in(service: Running, user: str) -> TestClient:
    """A session that begins now."""
    with service.services.database.write() as connection:
        grant = service.services.access.sessions.open_api(connection, user, now())
    client = service.client()
    client.headers["Authorization"] = f"Bearer {grant.access_token}"
    return client


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Running]:
    with running(tmp_path) as started:
        started.services.mail.close()
        with started.services.database.write() as connection:
            for name, role in (("examiner", Role.EVALUATOR), ("chief", Role.ADMINISTRATOR)):
                person = User(name, f"{name}@example.org", None, role, None, "active", BEGIN)
                assert users.add(connection, person, password=None)
        yield started


def enter(service: Running) -> str:
    """A project under a rule."""
    chief = signed_in(service, "chief")
    made: str = chief.post("/api/v1/projects", json=PROJECT).json()["id"]
    assert chief.post(f"/api/v1/projects/{made}/rules", json={"rule": "guizhou-2019"}).status_code == 201
    return made


def appoint(service: Running, project: str, until: date) -> dict[str, Any]:
    body = {"user": "examiner", "until": until.isoformat()}
    answer = signed_in(service, "chief").post(f"/api/v1/projects/{project}/evaluators", json=body)
    return {} if answer.status_code == 204 else dict(answer.json())


def everything(service: Running, project: str) -> dict[tuple[str, str], int]:
    """What every route of the service answers the evaluator now, asked about the project where it asks about one."""
    statuses = {}
    for (method, template), sound in ROUTES.items():
        examiner = signed_in(service, "examiner")  # anew: some of them end a session
        path = sound.path.replace("/projects/none", f"/projects/{project}").replace("month=2026-03", "month=2028-01")
        statuses[method, template] = examiner.request(method, path, **sound.sent).status_code
    return statuses


def seen(service: Running, project: str) -> set[int]:
    """The statuses of what he is to see."""
    examiner = signed_in(service, "examiner")
    return {examiner.get(f"/api/v1/projects/{project}{path}").status_code for path in READING}


def listed(service: Running) -> list[str]:
    return [item["id"] for item in signed_in(service, "examiner").get("/api/v1/projects").json()["items"]]


def test_to_the_last_instant_of_the_day_and_not_a_blink_longer(service: Running) -> None:
    with at(BEGIN):
        project = enter(service)
        assert (seen(service, project), listed(service)) == ({404}, [])
        assert appoint(service, project, LAST) == {}
    for instant in (BEGIN, BEFORE_MIDNIGHT - timedelta(days=1), BEFORE_MIDNIGHT):
        with at(instant):
            assert (seen(service, project), listed(service)) == ({200}, [project]), instant
    for later in (BLINK, timedelta(hours=8), timedelta(days=366)):
        with at(BEFORE_MIDNIGHT + later):
            assert (seen(service, project), listed(service)) == ({404}, []), later


def test_every_route_of_a_project_is_closed_to_him_the_day_after_and_none_is_ever_written_by(service: Running) -> None:
    with at(BEGIN):
        project = enter(service)
        appoint(service, project, LAST)
    with at(BEFORE_MIDNIGHT):
        before = everything(service, project)
    with at(BEFORE_MIDNIGHT + BLINK):
        after = everything(service, project)
    of_projects = {route for route in before if "/projects/{id}" in route[1]}
    assert len(of_projects) > len(READING), "the pages and the API"
    assert {route: after[route] for route in of_projects if after[route] not in (403, 404)} == {}
    assert {before[route] for route in of_projects if route[0] != "GET"} <= {403, 404}
    changed = {route for route in before if route[0] == "GET" and before[route] != after[route]}
    assert changed <= of_projects, "nothing else hangs on the day"


def test_another_project_is_not_there_and_a_new_day_replaces_the_old_one(service: Running) -> None:
    with at(BEGIN):
        project, other = enter(service), enter(service)
        appoint(service, project, LAST)
        assert (seen(service, other), listed(service)) == ({404}, [project])
    with at(BEFORE_MIDNIGHT):
        assert appoint(service, project, LAST + timedelta(days=1)) == {}
    with at(BEFORE_MIDNIGHT + timedelta(days=1)):
        assert seen(service, project) == {200}
    with at(BEFORE_MIDNIGHT + timedelta(days=1) + BLINK):
        assert seen(service, project) == {404}
        assert appoint(service, project, LAST + timedelta(days=1))["code"] == "bad_evaluator", "that day is over"
