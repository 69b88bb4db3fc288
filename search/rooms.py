"""The rooms that a start does not wait for: analysis, charts, exports, reports, collections and applicants, their routes and pages.
They are imported with this module, by the first request for one of them (`search.api.later`)."""

from functools import partial

from starlette.routing import BaseRoute

from auth.database import Database
from search.analysis import routes as analysis
from search.analysis.answers import AnalysisTable
from search.analysis.charts import routes as charts
from search.analysis.charts.painter import Painter
from search.analysis.effects import routes as effects
from search.analysis.effects.answers import EffectsTable
from search.analysis.effects.service import Effects
from search.analysis.kept import KeptBy
from search.analysis.service import Analyst
from search.api.middleware import PREFIX
from search.applicants import routes as applicant_routes
from search.applicants.service import Applicants
from search.engine.port import PatentReader
from search.export import effects_routes, table_routes
from search.export import routes as export
from search.export.reports import branches as report_branches
from search.export.reports import effects as report_effects
from search.export.reports import routes as reports
from search.export.reports import service as reporting
from search.export.service import Exports
from search.find.classes.service import Classes
from search.find.doctor.service import Doctor
from search.find.service import Finder
from search.saved.collections import routes as collections
from search.saved.collections.divided import divided
from search.saved.collections.room import Room
from search.saved.collections.service import Collections
from search.saved.history import History
from search.settings import Settings
from search.web import analysis as analysis_pages
from search.web import applicants as applicant_pages
from search.web import collections as collection_pages
from search.web import effects as effect_pages
from search.web import exporting
from search.web import reports as report_pages

ANSWERS: tuple[type, ...] = (AnalysisTable, EffectsTable)
"""What their routes answer, for the description of the API."""


def routes(
    settings: Settings,
    *,
    database: Database,
    reader: PatentReader,
    painter: Painter,
    finder: Finder,
    examiner: Doctor,
    classes: Classes,
    applicants: Applicants,
    held: Collections,
    history: History,
) -> list[BaseRoute]:
    """Their routes, below the paths that `search.app` names."""
    room = Room(database, held, finder, reader)
    analyst = Analyst(
        reader,
        records=room.contents.waiting.beside,
        entities=applicants.entities,
        titles=classes.titles,
        divided=partial(divided, held, finder),
        kept=KeptBy(finder, history),
    )
    found = Effects(reader, database)
    further = {"branches": report_branches.branches, "effects": report_effects.chapter(found)}
    written = reporting.Reports(finder, reader, analyst, painter, further=further, fonts=settings.fonts)
    routers = [
        collections.router(room, prefix=PREFIX),
        export.router(Exports(finder, reader, examiner, most=settings.export_rows), public_url=settings.public_url, prefix=PREFIX),
        effects.router(finder, found, painter, prefix=PREFIX),
        effects_routes.router(finder, found, prefix=PREFIX),
        analysis.router(finder, analyst, prefix=PREFIX),
        charts.router(finder, analyst, painter, prefix=PREFIX),
        table_routes.router(finder, analyst, prefix=PREFIX),
        reports.router(written, prefix=PREFIX),
        applicant_routes.router(applicants, prefix=PREFIX),
        applicant_pages.router(applicants),
        analysis_pages.router(finder, analyst, painter, prefix=PREFIX),
        exporting.router(finder, reader),
        effect_pages.router(finder, found, painter, prefix=PREFIX),
        report_pages.router(written),
        collection_pages.router(room, finder),
    ]
    return [route for router in routers for route in router.routes]
