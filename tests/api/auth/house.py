"""A small application with the account's routes on a real SQLite database, and the clock in the test's hand."""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from httpx2 import Response
from starlette.testclient import TestClient

from auth.access import current, routes
from auth.access.service import Access, open_access
from auth.audit import store as audit
from auth.audit.model import Event
from auth.credentials.passwords import Passwords
from auth.database import Database, open_database
from auth.http import problems
from auth.http.body import StrictBody
from auth.roles import Role
from auth.settings import Settings
from auth.users.model import User
from auth.users.service import Users
from tests.schema import migrated

EMAIL = "li@example.com"
PASSWORD = "correct horse battery"
START = datetime(2026, 3, 1, 12, tzinfo=UTC)


class HandClock:
    """A `Clock` that goes only when told to."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at

    def advance(self, **delta: float) -> None:
        self.at += timedelta(**delta)


@dataclass
class House:
    """The application, its parts, and one researcher."""

    app: FastAPI
    client: TestClient
    access: Access
    settings: Settings
    database: Database
    clock: HandClock
    user: User

    def sign_in(self, email: str = EMAIL, password: str = PASSWORD, *, client: TestClient | None = None) -> Response:
        return (client or self.client).post("/api/v1/auth/login", data={"username": email, "password": password})

    def tokens(self) -> dict[str, Any]:
        answer = self.sign_in()
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def me(self, token: str) -> Response:
        return self.client.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})

    def refresh(self, token: str) -> Response:
        return self.client.post("/api/v1/auth/refresh", json={"refresh_token": token})

    def from_address(self, address: str) -> TestClient:
        """A client at another network address."""
        return TestClient(self.app, client=(address, 50000), raise_server_exceptions=False)

    def add(self, email: str, role: Role) -> User:
        return Users(self.database, Passwords(), clock=self.clock).add(email, PASSWORD, role=role)

    def events(self, user: str | None = None) -> list[Event]:
        with self.database.read() as connection:
            return [entry.event for entry in audit.entries(connection, user or self.user.id)]


@contextmanager
def a_house(folder: Path, *, passwords: Passwords | None = None, **settings: Any) -> Iterator[House]:
    """`settings` override those of a development installation in `folder`."""
    chosen = Settings(**({"env": "development", "data": folder} | settings))
    database, clock = open_database(chosen), HandClock()
    migrated(database)
    user = Users(database, Passwords(), clock=clock).add(EMAIL, PASSWORD, role=Role.RESEARCHER, name="李雷")
    access = open_access(chosen, database, clock=clock)
    if passwords is not None:
        access = Access(chosen, database, passwords, clock=clock)
    app = an_app(access)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield House(app, client, access, chosen, database, clock, user)
    access.close()
    database.close()


@contextmanager
def a_second_process(house: House) -> Iterator[TestClient]:
    """The same installation opened once more, with a memory of its own."""
    access = open_access(house.settings, house.database, clock=house.clock)
    with TestClient(an_app(access), raise_server_exceptions=False) as client:
        yield client
    access.close()


def an_app(access: Access) -> FastAPI:
    """The account's routes, mounted as the service mounts them."""
    app = FastAPI()
    problems.install(app)
    app.add_middleware(StrictBody)
    app.include_router(routes.router(access), prefix="/api/v1")
    current.attach(app, access)
    return app


def claims_of(token: str) -> dict[str, Any]:
    """The claims, unverified."""
    return dict(json.loads(decoded(token.split(".")[1])))


def decoded(segment: str) -> bytes:
    return base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4))
