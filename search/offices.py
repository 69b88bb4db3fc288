"""The rooms of those who win registrations and those who count them, which a start does not wait for either: agencies, bureaus and
enterprises, links, projects and their targets, samples, the ledger. They are imported with this module, by the first request for
one of them (`search.api.later`)."""

from starlette.routing import BaseRoute

from auth.ledger import routes as ledger
from auth.organisations import routes as organisations
from auth.oversight import routes as oversight
from auth.projects import routes as projects
from auth.referral import routes as referral
from auth.targets import routes as targets
from search.api.middleware import PREFIX
from search.services import Services
from search.settings import Settings
from search.web import calling, linking, moving, offices
from search.web.offices import Offices


def routes(services: Services, settings: Settings) -> list[BaseRoute]:
    """Their routes, below the paths that `search.app` names."""
    database, idempotency, public_url = services.database, services.idempotency, settings.public_url
    desks = Offices(services.registration, services.projects, services.targets, services.reports, services.oversight.questions)
    may_see = services.organisations.may_see_log
    routers = [
        organisations.router(services.organisations, database, prefix=PREFIX),
        referral.router(services.links, database, idempotency, public_url=public_url, prefix=PREFIX),
        projects.router(services.projects, prefix=PREFIX),
        targets.router(services.targets, services.evidence, services.reports, prefix=PREFIX),
        oversight.router(services.oversight, prefix=PREFIX),
        ledger.router(services.ledger, caller=organisations.staff, may_see=may_see, prefix=PREFIX),
        linking.router(services.links, database, idempotency, public_url=public_url),
        offices.router(desks),
        calling.router(services.oversight, services.projects),
        moving.router(services.oversight.moves, services.projects),
    ]
    return [route for router in routers for route in router.routes]
