"""The composition root of the service: how the rooms stand together. Nothing opens at import."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import IO

from fastapi import APIRouter, FastAPI
from starlette.routing import BaseRoute

from auth.access import current
from auth.access.routes import router as account_routes
from auth.http import problems
from auth.http.body import StrictBody
from auth.registration import routes as registration
from search.api import errors, health, later, openapi
from search.api.cursors import Cursors
from search.api.metrics import Requests
from search.api.middleware import PREFIX, Door
from search.applicants.service import Applicants
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
from search.patent.model import Patent
from search.saved import routes as saved
from search.saved.collections.service import Collections
from search.saved.history import History
from search.saved.searches import Searches
from search.services import Services, open_services
from search.settings import Settings
from search.synonyms import routes as synonyms
from search.synonyms.lists import Lists
from search.web import account, doctor, joining, keeping, signing, static, verifying, wording
from search.web import classes as class_pages
from search.web import errors as pages
from search.web import routes as web

_LARGE = re.compile(rf"(?:{re.escape(PREFIX)})?/collections/[^/]+/import")
"""Paths that take files of other systems' exports."""


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
        openapi_url=None,  # it would be made while all others wait; ours is made in a thread
        docs_url=None,  # its page would fetch scripts from elsewhere; /docs is ours
        redoc_url=None,
        lifespan=lifespan,
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False},  # the log's line and /metrics are ours
    )
    requests = Requests()
    _add_errors(app)
    app.add_middleware(StrictBody, large=_LARGE)
    app.add_middleware(Door, requests=requests, stream=log)
    current.attach(app, used.access)
    app.state.operator = settings.operator
    # including a router would make each of its routes a second time; the first ones, those of a search, are found soonest
    app.router.routes[:0] = _routes(used, requests, settings)
    openapi.describe(app, f"{PREFIX}/openapi.json", _answers)
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
    *(f"{PREFIX}/{room}" for room in ("analysis", "applicants", "collections", "export", "reports")),
    *(f"/{room}" for room in ("analysis", "applicants", "collections", "effects", "export", "reports")),
)
"""Paths of the rooms that are opened by the first request for one of them."""

OFFICES = (
    *(f"{PREFIX}/{room}" for room in ("agencies", "answers", "bureaus", "enterprises", "ledger", "links", "projects")),
    *(f"/{room}" for room in ("agency", "answer", "bureau")),
)
"""Paths of the rooms of those who win and count registrations, likewise."""


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

    def counting() -> list[BaseRoute]:
        from search import offices  # noqa: PLC0415

        return offices.routes(services, settings)

    routers = [
        find.router(finder, services.reader, prefix=PREFIX),
        relatives_routes.router(relatives, services.reader, prefix=PREFIX),
        parsing.router(prefix=PREFIX),
        suggesting.router(services.reader, classes, prefix=PREFIX),
        numbers.router(examiner, prefix=PREFIX),
        class_routes.router(classes, prefix=PREFIX),
        saved.router(history, searches, services.reader, prefix=PREFIX),
        synonyms.router(lists, prefix=PREFIX),
        health.router(services.reader, services.database, requests),
        web.router(finder, services.reader),
        doctor.router(examiner, history),
        class_pages.router(classes),
        keeping.router(history, searches),
        wording.router(lists),
        *_people(services),
        static.router,
    ]
    waiting = [later.Later(LATER, opened), later.Later(OFFICES, counting)]
    return [*(route for router in routers for route in router.routes), *waiting]


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


def _people(services: Services) -> list[APIRouter]:
    """Signing up and in, and what an account is told."""
    return [
        account_routes(services.access, prefix=PREFIX),
        registration.router(services.registration, prefix=PREFIX),
        signing.router(services.access),
        joining.router(services.registration, services.referral, services.organisations),
        verifying.router(services.registration),
        account.router(services.registration, services.organisations),
    ]
