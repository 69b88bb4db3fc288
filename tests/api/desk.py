"""Organisations and links over HTTP on a real SQLite database, with both tenants of `tests.tenants` and a caller of each kind."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from fastapi import FastAPI
from starlette.testclient import TestClient

from auth.access import current
from auth.access.service import Access, open_access
from auth.database import Database, open_database
from auth.http import problems
from auth.http.body import StrictBody
from auth.http.idempotency import Idempotency
from auth.organisations import routes as organisations
from auth.organisations.service import Organisations
from auth.referral import routes as referral
from auth.referral.links import Links
from auth.roles import Role
from auth.settings import Settings
from tests.schema import migrated
from tests.tenants import NOON, an_account, settle

CALLERS: dict[str, tuple[Role, str | None]] = {
    "administrator": (Role.ADMINISTRATOR, None),
    "nation": (Role.BUREAU, "nation"),
    "province-a": (Role.BUREAU, "province-a"),
    "city-a": (Role.BUREAU, "city-a"),
    "city-b": (Role.BUREAU, "city-b"),
    "agency-a": (Role.AGENCY, "agency-a"),
    "agency-b": (Role.AGENCY, "agency-b"),
    "enterprise-a": (Role.ENTERPRISE, "enterprise-a"),
    "enterprise-b": (Role.ENTERPRISE, "enterprise-b"),
    "researcher": (Role.RESEARCHER, None),
    "evaluator": (Role.EVALUATOR, None),
}
PUBLIC_URL = "https://patents.example.org"


@dataclass
class Desk:
    """The application and what it stands on; the clock stands still."""

    app: FastAPI
    database: Database
    access: Access
    _clients: dict[str, TestClient] = field(default_factory=dict)

    def as_(self, caller: str) -> TestClient:
        """A program of the caller, signed in once; ``stranger`` is nobody."""
        if caller not in self._clients:
            client = TestClient(self.app, raise_server_exceptions=False)
            if caller in CALLERS:
                with self.database.write() as connection:
                    grant = self.access.sessions.open_api(connection, caller, NOON)
                client.headers["Authorization"] = f"Bearer {grant.access_token}"
            self._clients[caller] = client
        return self._clients[caller]


@contextmanager
def a_desk(folder: Path) -> Iterator[Desk]:
    """The desk over a fresh folder."""
    settings = Settings(env="development", data=folder)
    database = open_database(settings)
    migrated(database)
    with database.write() as connection:
        settle(connection)
        for name, (role, organisation) in CALLERS.items():
            an_account(connection, name, role, organisation)
    access = open_access(settings, database, clock=lambda: NOON)
    app = FastAPI()
    problems.install(app)
    app.add_middleware(StrictBody)
    current.attach(app, access)
    offices, links = Organisations(database, clock=lambda: NOON), Links(database, clock=lambda: NOON)
    app.include_router(organisations.router(offices, database, clock=lambda: NOON), prefix="/api/v1")
    once = Idempotency(bytes(range(32)))
    app.include_router(referral.router(links, database, once, public_url=PUBLIC_URL, clock=lambda: NOON), prefix="/api/v1")
    yield Desk(app, database, access)
    access.close()
    database.close()
