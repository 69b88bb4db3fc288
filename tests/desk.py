"""A desk to sign up at, for tests: the rooms of registration on a real SQLite database, messages in files, the clock in hand."""

import asyncio
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fastapi import FastAPI
from starlette.testclient import TestClient

from auth.access import current
from auth.access import routes as account
from auth.access.codes import ByCode, ByLink
from auth.access.model import Grant
from auth.access.service import ROOMS, Access, open_access
from auth.database import Database, open_database
from auth.http import problems
from auth.http.body import StrictBody
from auth.ledger import service as ledger
from auth.ledger.model import Leaf
from auth.ledger.service import Ledger, open_ledger
from auth.mail.postman import Postman, open_postman
from auth.organisations import service as organisations
from auth.organisations.model import Kind
from auth.referral import store as link_store
from auth.referral.model import Facts, Link, State
from auth.referral.model import Kind as LinkKind
from auth.referral.service import Referral
from auth.registration import routes, store
from auth.registration.model import Accepted, Consents, Origin, Position, Registration, SignUp
from auth.registration.service import Registration as Rooms
from auth.registration.service import open_registration, people_room
from auth.roles import Role
from auth.settings import Settings
from auth.users import store as users
from auth.users.contacts import parse
from auth.users.model import User
from auth.users.service import new_id
from tests.schema import migrated

START = datetime(2026, 3, 2, 2, tzinfo=UTC)
AGREED = Consents(terms=True)
HERE = "192.0.2.7"


class HandClock:
    """A `Clock` that goes only when told to."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at

    def advance(self, **delta: float) -> None:
        self.at += timedelta(**delta)


@dataclass
class Desk:
    """The parts, two agencies under one bureau, an enterprise, a link of the first agency."""

    settings: Settings
    database: Database
    access: Access
    evidence: Ledger
    referral: Referral
    postman: Postman
    rooms: Rooms
    clock: HandClock
    bureau: str = ""
    agency: str = ""
    other_agency: str = ""
    enterprise: str = ""
    link: Link = field(init=False)
    met: set[str] = field(default_factory=set)
    sent: dict[str, list[str]] = field(default_factory=dict)

    def sign_up(self, contact: str, *, origin: Origin | None = None, key: str | None = None, **fields: object) -> Accepted:
        """A sign-up through the agency's code, by an R&D man of the enterprise, unless said otherwise."""
        usual = SignUp(
            contact, name=f"李 {contact}", role=Position.RD, enterprise=self.enterprise, code=self.link.code, consents=AGREED
        )
        wanted = replace(usual, **fields)  # type: ignore[arg-type]
        return asyncio.run(self.rooms.sign_up(wanted, origin or Origin(HERE), key=key))

    def messages(self, contact: str) -> list[str]:
        """The texts sent to the contact by now, oldest first."""
        self.postman.deliver()
        new = [path for path in (self.settings.data / "outbox").glob("*.json") if path.name not in self.met]
        for path in sorted(new, key=lambda path: path.stat().st_mtime_ns):
            self.met.add(path.name)
            message = json.loads(path.read_text(encoding="utf-8"))
            self.sent.setdefault(parse(message["to"]).key, []).append(message["text"])
        return self.sent.get(parse(contact).key, [])

    def digits(self, contact: str) -> str:
        """The code of the last message to the contact."""
        return re.findall(r"(?<!\d)\d{6}(?!\d)", self.messages(contact)[-1])[0]

    def token(self, contact: str) -> str:
        """The token of the last link sent to the contact."""
        return re.findall(r"token=([\w-]+)", self.messages(contact)[-1])[-1]

    def enter(self, proof: ByCode | ByLink, consents: Consents | None = None) -> Grant:
        return self.rooms.enter(proof, address=HERE, into=self.access.sessions.open_api, consents=consents)

    def register(self, contact: str, *, origin: Origin | None = None, **fields: object) -> str:
        """Signs up and confirms half a minute later; the account's id."""
        accepted = self.sign_up(contact, origin=origin, **fields)
        self.clock.advance(seconds=accepted.wait_s)
        digits = self.digits(contact)
        self.clock.advance(seconds=30)
        return self.user_of(self.enter(ByCode(accepted.ref, digits)))

    def user_of(self, grant: Grant) -> str:
        session = self.access.callers.session_of_token(grant.access_token)
        standing = self.access.callers.read(session)
        assert standing is not None
        return standing.identity.user

    def staff(self, role: Role, organisation: str, contact: str) -> TestClient:
        """A client of a new account that acts for the organisation, signed in."""
        user = User(new_id(), contact, None, role, organisation, "active", self.clock())
        with self.database.write() as connection:
            assert users.add(connection, user, password=None)
            return self.client(self.access.sessions.open_api(connection, user.id, self.clock()))

    def registration(self, user: str) -> Registration:
        with self.database.read() as connection:
            held = store.get(connection, user)
        assert held is not None
        return held

    def facts(self, log: str | None = None) -> list[Leaf]:
        """The facts of a log, the first agency's unless said."""
        with self.database.read() as connection:
            return ledger.leaves(connection, log or self.agency)

    def kinds(self, log: str | None = None) -> list[str]:
        return [leaf.kind for leaf in self.facts(log)]

    def add_link(self, agency: str, kind: LinkKind = LinkKind.AGENCY, **fields: object) -> Link:
        """An active link; an event's hours are the next three."""
        at = self.clock()
        hours = (at, at + timedelta(hours=3)) if kind is LinkKind.EVENT else (None, None)
        from auth.referral import codes

        link = Link(new_id(), codes.create(), kind, agency, None, None, "", *hours, None, State.ACTIVE, 1, at)
        link = replace(link, **fields)  # type: ignore[arg-type]
        with self.database.write() as connection:
            assert link_store.add(connection, link)
        return link

    def click(self, link: Link) -> str:
        """The carrier that a click on the link leaves."""
        landing = self.referral.land(link.code, Facts("GET", HERE, "Mozilla/5.0"))
        assert landing.carrier is not None
        return landing.carrier

    def app(self) -> FastAPI:
        """The routes of accounts and registration, mounted as the service mounts them."""
        app = FastAPI()
        problems.install(app)
        app.add_middleware(StrictBody)
        app.include_router(account.router(self.access), prefix="/api/v1")
        app.include_router(routes.router(self.rooms), prefix="/api/v1")
        current.attach(app, self.access)
        return app

    def client(self, grant: Grant | None = None) -> TestClient:
        client = TestClient(self.app(), raise_server_exceptions=False)
        if grant is not None:
            client.headers["Authorization"] = f"Bearer {grant.access_token}"
        return client


def open_desk(settings: Settings, database: Database, clock: HandClock) -> Desk:
    """The rooms over a migrated database."""
    rooms = (people_room(clock), link_store.PEOPLE, *ROOMS)
    access = open_access(settings, database, rooms=rooms, clock=clock)
    evidence = open_ledger(settings, database, clock=clock)
    referral = Referral(database, b"k" * 32, clock=clock)
    postman = open_postman(settings, database, clock=clock)
    opened = open_registration(
        settings,
        database,
        access,
        evidence=evidence,
        referral=referral,
        postman=postman,
        wake=lambda: None,
        clock=clock,
    )
    return Desk(settings, database, access, evidence, referral, postman, opened, clock)


@contextmanager
def a_desk(folder: Path, *, database_url: str = "", **chosen: object) -> Iterator[Desk]:
    """A fresh installation with its organisations."""
    settings = Settings(**({"env": "development", "data": folder, "database_url": database_url} | chosen))  # type: ignore[arg-type]
    database, clock = migrated(open_database(settings)), HandClock()
    desk = open_desk(settings, database, clock)
    with database.write() as connection:

        def add(kind: Kind, name: str, **fields: str) -> str:
            new = organisations.New(kind, name, **fields)
            return organisations.add(connection, new, caller=None, now=clock())[0].id

        desk.bureau = add(Kind.BUREAU, "贵州省知识产权局", region="520000")
        desk.agency = add(Kind.AGENCY, "甲推广机构", parent=desk.bureau)
        desk.other_agency = add(Kind.AGENCY, "乙推广机构", parent=desk.bureau)
        desk.enterprise = add(Kind.ENTERPRISE, "贵阳某某机械有限公司", address="贵州省贵阳市某路1号")
    desk.link = desk.add_link(desk.agency)
    yield desk
    desk.access.close()
    database.close()
