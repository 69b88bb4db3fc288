"""The composition root of the service: what is opened, and how the rooms stand together. Nothing opens at import."""

from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import IO

from fastapi import APIRouter, FastAPI
from starlette.routing import BaseRoute

from auth.access import current
from auth.access.routes import router as account_routes
from auth.access.service import ROOMS, Access, open_access
from auth.credentials import keys
from auth.database import Database, open_database
from auth.http import problems
from auth.http.body import StrictBody
from auth.http.idempotency import Idempotency
from auth.ledger import routes as ledger
from auth.ledger.service import Ledger, open_ledger
from auth.mail.postman import Worker, open_postman
from auth.organisations import routes as organisations
from auth.organisations.service import Organisations
from auth.oversight import opened as sampled
from auth.oversight import routes as oversight
from auth.oversight import store as samples
from auth.oversight.service import Oversight, open_oversight
from auth.projects import routes as projects
from auth.projects import store as evaluators
from auth.projects.service import Projects
from auth.referral import routes as referral
from auth.referral import store as links
from auth.referral.links import Links
from auth.referral.service import Referral
from auth.registration import routes as registration
from auth.registration.service import Registration, open_registration, people_room
from auth.targets import routes as targets
from auth.targets.evidence import Evidence
from auth.targets.report import Reports
from auth.targets.service import Targets
from auth.users import contacts
from search.analysis.charts.painter import Painter
from search.analysis.effects import store as effects_corrected
from search.api import errors, health, later, openapi
from search.api.cursors import Cursors
from search.api.metrics import Requests
from search.api.middleware import PREFIX, Door
from search.applicants import routes as applicant_routes
from search.applicants import store as merges
from search.applicants.service import Applicants
from search.engine.factory import open_reader
from search.engine.port import PatentReader
from search.find import parsing, suggesting
from search.find import routes as find
from search.find.answers import Found, ParsedQuery
from search.find.classes import routes as class_routes
from search.find.classes.answers import ClassView
from search.find.classes.service import Classes
from search.find.doctor import routes as numbers
from search.find.doctor.model import Examined
from search.find.doctor.service import Doctor
from search.find.relatives import routes as relatives_routes
from search.find.relatives.answers import Citations, Family, LegalStatus
from search.find.relatives.service import Relatives
from search.find.service import Finder
from search.find.suggesting import Suggestions
from search.find.widening import Widening
from search.migrations import require_schema
from search.patent.model import Patent
from search.saved import routes as saved
from search.saved import store as searches_kept
from search.saved.collections import store as collections_kept
from search.saved.collections.service import Collections
from search.saved.history import History
from search.saved.searches import Searches
from search.settings import Settings
from search.synonyms import routes as synonyms
from search.synonyms import store as wordings
from search.synonyms.lists import Lists
from search.web import account, calling, doctor, joining, keeping, linking, moving, signing, static, verifying, wording
from search.web import applicants as applicant_pages
from search.web import classes as class_pages
from search.web import errors as pages
from search.web import offices as desks
from search.web import routes as web
from search.web.offices import Offices

PEOPLE = (
    effects_corrected.PEOPLE,
    collections_kept.PEOPLE,
    searches_kept.PEOPLE,
    wordings.PEOPLE,
    merges.PEOPLE,
    people_room(),
    samples.PEOPLE,
    evaluators.PEOPLE,
    links.PEOPLE,
    *ROOMS,
)
"""Every room of the house that keeps a person's data, in the order of erasing."""


@dataclass(frozen=True, slots=True)
class Services:
    """What the rooms use, opened; `close` is for whoever opened it."""

    database: Database
    access: Access
    ledger: Ledger
    organisations: Organisations
    links: Links
    referral: Referral
    registration: Registration
    projects: Projects
    targets: Targets
    evidence: Evidence
    reports: Reports
    oversight: Oversight
    mail: Worker
    reader: PatentReader
    painter: Painter
    cursor_key: bytes
    idempotency: Idempotency

    def close(self) -> None:
        self.mail.close()
        self.painter.close()
        self.reader.close()
        self.access.close()
        self.database.close()


def open_services(settings: Settings) -> Services:
    """Opens database, accounts and engine; `StartRefused` and what the engine raises, with nothing left open."""
    with ExitStack() as opened:
        database = open_database(settings)
        opened.callback(database.close)
        require_schema(database)
        access = open_access(settings, database, rooms=PEOPLE)
        opened.callback(access.close)
        secret = keys.load(settings.key_folder)
        evidence = open_ledger(settings, database)
        referral_room = Referral(database, secret.derive("referral"))
        reader = open_reader(settings.engine())
        opened.callback(reader.close)
        postman = open_postman(settings, database)
        mail = Worker(postman)
        projects_room = Projects(database, fingerprint=lambda contact: evidence.fingerprint(contacts.parse(contact).identity))
        targets_room = Targets(database)
        people = open_registration(
            settings, database, access, evidence=evidence, referral=referral_room, postman=postman, wake=mail.wake
        )
        services = Services(
            database=database,
            access=access,
            ledger=evidence,
            organisations=Organisations(database),
            links=Links(database),
            referral=referral_room,
            registration=people,
            projects=projects_room,
            targets=targets_room,
            reports=Reports(database, projects_room, targets_room, evidence),
            evidence=Evidence(database, evidence, sampled=sampled.of(evidence)),
            oversight=open_oversight(database, evidence, postman, people.holds, public_url=settings.public_url, wake=mail.wake),
            mail=mail,
            reader=reader,
            painter=Painter(),
            cursor_key=secret.derive("cursor"),
            idempotency=Idempotency(secret.derive("idempotency")),
        )
        opened.pop_all()
    return services


def create_app(settings: Settings, services: Services | None = None, *, log: IO[str] | None = None) -> FastAPI:
    """The application. Services that are given stay their giver's; those opened here are closed when it ends. The log's lines
    go to `log`, else to standard error."""
    used = services or open_services(settings)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        if services is None:
            used.close()

    app = FastAPI(
        title="Patentry",
        version="1",
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,  # its page would fetch scripts from elsewhere; /docs is ours
        redoc_url=None,
        lifespan=lifespan,
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False},  # the log's line and /metrics are ours
    )
    requests = Requests()
    _add_errors(app)
    app.add_middleware(StrictBody)
    app.add_middleware(Door, requests=requests, stream=log)
    current.attach(app, used.access)
    app.state.operator = settings.operator
    # including a router would make each of its routes a second time; the first ones, those of a search, are found soonest
    app.router.routes[:0] = _routes(used, requests, settings)
    openapi.describe(app, _answers)
    return app


def from_environment() -> FastAPI:
    """What a worker process of the server calls."""
    from search.api import logs  # noqa: PLC0415

    settings = Settings()
    logs.configure(settings.log_level)
    return create_app(settings)


def _add_errors(app: FastAPI) -> None:
    problems.install(app)
    errors.install(app)
    pages.install(app)


LATER = (
    *(f"{PREFIX}/{room}" for room in ("analysis", "collections", "export", "reports")),
    *(f"/{room}" for room in ("analysis", "collections", "effects", "export", "reports")),
)
"""Paths of the rooms that are opened by the first request for one of them."""


def _answers() -> list[type]:
    """What routes answer that the framework does not describe."""
    from search.rooms import ANSWERS  # noqa: PLC0415

    return [Found, ParsedQuery, Patent, Examined, ClassView, Family, Citations, LegalStatus, Suggestions, *ANSWERS]


def _routes(services: Services, requests: Requests, settings: Settings) -> list[BaseRoute]:
    """Every route of the service; a test holds each against each kind of caller."""
    history, searches, classes, lists, applicants, collections, finder = _finding(services)
    examiner = Doctor(services.reader)
    relatives = Relatives(services.reader)

    def opened() -> list[BaseRoute]:
        from search import rooms  # noqa: PLC0415

        return rooms.routes(
            settings,
            database=services.database,
            reader=services.reader,
            painter=services.painter,
            finder=finder,
            examiner=examiner,
            classes=classes,
            applicants=applicants,
            held=collections,
            history=history,
        )

    routers = [
        find.router(finder, services.reader, prefix=PREFIX),
        relatives_routes.router(relatives, services.reader, prefix=PREFIX),
        parsing.router(prefix=PREFIX),
        suggesting.router(services.reader, classes, prefix=PREFIX),
        numbers.router(examiner, prefix=PREFIX),
        class_routes.router(classes, prefix=PREFIX),
        saved.router(history, searches, services.reader, prefix=PREFIX),
        synonyms.router(lists, prefix=PREFIX),
        applicant_routes.router(applicants, prefix=PREFIX),
        *_accounts(services, settings),
        health.router(services.reader, services.database, requests),
        web.router(finder, services.reader),
        doctor.router(examiner, history),
        class_pages.router(classes),
        keeping.router(history, searches),
        wording.router(lists),
        applicant_pages.router(applicants),
        signing.router(services.access),
        *_people(services, settings),
        static.router,
    ]
    return [*(route for router in routers for route in router.routes), later.Later(LATER, opened)]


def _finding(services: Services) -> tuple[History, Searches, Classes, Lists, Applicants, Collections, Finder]:
    """What finds documents, with what it asks, and what keeps what was found."""
    history = History(services.database)
    searches = Searches(services.database, history.tree)
    classes = Classes(services.database, services.reader)
    activated = services.registration.profiles.activated
    lists = Lists(services.database)
    applicants = Applicants(services.database, services.reader)
    widening = Widening(synonyms=lists.others, names=applicants.others, entities=applicants.entities)
    collections = Collections(services.database, history.tree, services.reader)
    finder = Finder(
        services.reader,
        Cursors(services.cursor_key),
        history,
        classes,
        collections=collections.tree,
        widening=widening,
        searched=activated,
        known=services.registration.profiles.is_active,
    )
    return history, searches, classes, lists, applicants, collections, finder


def _people(services: Services, settings: Settings) -> list[APIRouter]:
    """The pages of registering and counting."""
    offices = Offices(services.registration, services.projects, services.targets, services.reports, services.oversight.questions)
    return [
        joining.router(services.registration, services.referral, services.organisations),
        verifying.router(services.registration),
        account.router(services.registration, services.organisations),
        linking.router(services.links, services.database, services.idempotency, public_url=settings.public_url),
        desks.router(offices),
        calling.router(services.oversight, services.projects),
        moving.router(services.oversight.moves, services.projects),
    ]


def _accounts(services: Services, settings: Settings) -> list[APIRouter]:
    """The routes of `auth` for programs."""
    database, public_url = services.database, settings.public_url
    may_see = services.organisations.may_see_log
    return [
        account_routes(services.access, prefix=PREFIX),
        organisations.router(services.organisations, database, prefix=PREFIX),
        referral.router(services.links, database, services.idempotency, public_url=public_url, prefix=PREFIX),
        registration.router(services.registration, prefix=PREFIX),
        projects.router(services.projects, prefix=PREFIX),
        targets.router(services.targets, services.evidence, services.reports, prefix=PREFIX),
        oversight.router(services.oversight, prefix=PREFIX),
        ledger.router(services.ledger, caller=organisations.staff, may_see=may_see, prefix=PREFIX),
    ]
