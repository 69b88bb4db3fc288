"""What the rooms use, opened: database, accounts, the ledger and who counts by it, mail, the engine. Nothing opens at import."""

from contextlib import ExitStack
from dataclasses import dataclass

from auth.access.service import ROOMS, Access, open_access
from auth.credentials import keys
from auth.database import Database, open_database
from auth.http.idempotency import Idempotency
from auth.ledger.service import Ledger, open_ledger
from auth.mail.postman import Worker, open_postman
from auth.organisations.service import Organisations
from auth.oversight import opened as sampled
from auth.oversight import store as samples
from auth.oversight.service import Oversight, open_oversight
from auth.projects import store as evaluators
from auth.projects.service import Projects
from auth.referral import store as links
from auth.referral.links import Links
from auth.referral.service import Referral
from auth.registration.service import Registration, open_registration, people_room
from auth.targets.evidence import Evidence
from auth.targets.report import Reports
from auth.targets.service import Targets
from auth.users import contacts
from search.analysis.charts.painter import Painter
from search.analysis.effects import store as effects_corrected
from search.applicants import store as merges
from search.engine.factory import open_reader
from search.engine.port import PatentReader
from search.migrations import require_schema
from search.saved import store as searches_kept
from search.saved.collections import store as collections_kept
from search.settings import Settings
from search.synonyms import store as wordings

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
