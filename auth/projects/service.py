"""Projects entered, found, and given to evaluators; what the bureau uploads from the state's own system."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from auth.access.model import Identity
from auth.access.problems import RightLacking
from auth.clock import Clock, day, now
from auth.database import Connection, Database
from auth.http.problems import NotFound
from auth.ledger import people
from auth.ledger import service as ledger
from auth.ledger import store as ledger_store
from auth.ledger.model import Fact, Value
from auth.organisations import divisions
from auth.organisations import store as organisations
from auth.organisations.model import AGENCIES, BUREAUS
from auth.projects import store
from auth.projects.model import Contract, Project
from auth.projects.problems import BureauMissing, ContractRefused, EvaluatorRefused
from auth.roles import Role
from auth.users import store as users
from auth.users.service import new_id

Fingerprint = Callable[[str], str]
"""A contact as somebody typed it, to its fingerprint here."""


@dataclass(frozen=True, slots=True)
class Matched:
    """What became of an uploaded list: its SHA-256, how many contacts it had, how many are accounts of the agency, and how many of
    these had not been on a list before."""

    sha256: str
    contacts: int
    matched: int
    added: int


class Projects:
    """The projects of one database."""

    def __init__(self, database: Database, *, fingerprint: Fingerprint, clock: Clock = now) -> None:
        self._database = database
        self._fingerprint = fingerprint
        self._clock = clock

    def add(self, caller: Identity, name: str, contract: Contract, *, bureau: str | None) -> Project:
        """The project, and its contract among the agency's facts. `ContractRefused`, `BureauMissing`."""
        with self._database.write() as connection:
            at = self._clock()
            project = _project(connection, caller, name, contract, bureau=bureau, now=at)
            store.add(connection, project)
            ledger.append(connection, project.agency, _contract_fact(project, contract), now=at)
            return project

    def get(self, caller: Identity, project: str) -> Project:
        """The project; `NotFound` where it does not exist for the caller."""
        with self._database.read() as connection:
            return seen(connection, caller, project, today=self.today())

    def parties(self, project: Project) -> tuple[str, str]:
        """What agency and bureau of the project are called."""
        with self._database.read() as connection:
            held = [organisations.get(connection, party) for party in (project.agency, project.bureau)]
        agency, bureau = (found.name if found else "" for found in held)
        return agency, bureau

    def page(self, caller: Identity, *, after: str | None, size: int) -> list[Project]:
        """Projects the caller may see, from the one with the id `after` on."""
        with self._database.read() as connection:
            today = self.today()
            last = seen(connection, caller, after, today=today) if after else None
            return store.page(connection, within=store.visible(caller, today=today), after=last, size=size)

    def appoint(self, caller: Identity, project: str, user: str, *, until: date) -> None:
        """Lets an evaluator read the project, to the end of the day. `EvaluatorRefused`."""
        with self._database.write() as connection:
            own(connection, caller, project, today=self.today())
            held = users.by_id(connection, user)
            if held is None or held.role is not Role.EVALUATOR or until < self.today():
                raise EvaluatorRefused
            store.appoint(connection, project=project, user=user, until=until)

    def registered_elsewhere(self, caller: Identity, project: str, contacts: Sequence[str]) -> Matched:
        """Notes which accounts of the agency stand on the bureau's list of another system's users. The list is not kept; its
        SHA-256 is, over the contacts as sent, one a line."""
        sha256 = hashlib.sha256("".join(f"{contact}\n" for contact in contacts).encode()).hexdigest()
        wanted = {self._fingerprint(contact) for contact in contacts}
        with self._database.write() as connection:
            at = self._clock()
            held = own(connection, caller, project, today=day(at))
            found, known = _accounts(connection, held, wanted)
            for account in sorted(found - known):
                attributes: dict[str, Value] = {"project": project, "list": sha256}
                fact = Fact(
                    kind="account:registered_elsewhere", happened_at=at, account=account, agency=held.agency, attributes=attributes
                )
                ledger.append(connection, held.agency, fact, now=at)
        return Matched(sha256, len(contacts), len(found), len(found - known))

    def today(self) -> date:
        """The day in Shanghai."""
        return day(self._clock())


def seen(connection: Connection, caller: Identity, project: str, *, today: date) -> Project:
    """The project, if it exists for the caller; else `NotFound`."""
    held = store.get(connection, project, within=store.visible(caller, today=today))
    if held is None:
        raise NotFound
    return held


def own(connection: Connection, caller: Identity, project: str, *, today: date) -> Project:
    """The project, if the caller may decide on it; `RightLacking` where he may only see it, `NotFound` where not even that."""
    held = store.get(connection, project, within=store.changeable(caller))
    if held is None:
        seen(connection, caller, project, today=today)
        raise RightLacking
    return held


def _project(
    connection: Connection, caller: Identity, name: str, contract: Contract, *, bureau: str | None, now: datetime
) -> Project:
    within = organisations.visible(caller)
    over = organisations.get(connection, bureau or caller.organisation or "", within=within)
    if over is None or over.kind not in BUREAUS:
        raise BureauMissing
    agency = organisations.get(connection, contract.agency, within=within)
    if agency is None or agency.kind not in AGENCIES or contract.last < contract.first:
        raise ContractRefused
    if divisions.province(f"{contract.province}0000") is None:
        raise ContractRefused
    return Project(
        id=new_id(),
        name=name,
        agency=agency.id,
        bureau=over.id,
        first=contract.first,
        last=contract.last,
        province=contract.province,
        quarters=contract.quarters,
        reading=contract.reading,
        grade=contract.grade,
        contract_sha256=contract.contract_sha256,
        created_at=now,
    )


def _contract_fact(project: Project, contract: Contract) -> Fact:
    attributes: dict[str, Value] = {
        "project": project.id,
        "first": project.first.isoformat(),
        "last": project.last.isoformat(),
        "province": project.province,
        "quarters": project.quarters.value,
        "contract_sha256": project.contract_sha256,
        "reading": project.reading.value,
        "agency": project.agency,
    }
    if project.grade:
        attributes["grade"] = project.grade.value
    if contract.numbers:
        attributes["numbers"] = [f"{target}={number}" for target, number in sorted(contract.numbers.items())]
    if contract.modifiers:
        attributes["modifiers"] = sorted(contract.modifiers)
    return Fact(kind="project:contract", happened_at=project.created_at, agency=project.agency, attributes=attributes)


def _accounts(connection: Connection, project: Project, wanted: set[str]) -> tuple[set[str], set[str]]:
    """The agency's verified accounts that are of these fingerprints, and those that were on a list of the project already. Whose
    salt is erased is nobody any more."""
    found: set[str] = set()
    known: set[str] = set()
    for leaf in ledger.leaves(connection, project.agency):
        if leaf.account is None:
            continue
        if leaf.kind == "account:registered_elsewhere" and leaf.attributes["project"] == project.id:
            known.add(leaf.account)
        elif leaf.kind == "account:contact_verified":
            salt = ledger_store.salt(connection, leaf.account)
            if salt and any(people.commitment(fingerprint, salt) == leaf.person for fingerprint in wanted):
                found.add(leaf.account)
    return found, known
