"""A bureau, its agency and their project in a database of their own, with a year of facts: what R1, R2 and R3 measure on."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count, islice
from pathlib import Path

from auth.access.model import Identity
from auth.database import Connection, Database, open_database
from auth.ledger import canonical, model, store, tree
from auth.ledger.model import Fact, Value
from auth.organisations.model import Kind
from auth.organisations.service import New, Organisations
from auth.projects.model import Contract
from auth.projects.service import Projects
from auth.roles import Role
from auth.settings import Settings
from auth.targets.rules import shipped
from auth.targets.service import Targets
from search.migrations import migrate

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
END = datetime(2027, 1, 31, tzinfo=UTC)
_SIGNED = datetime(2025, 12, 1, 4, tzinfo=UTC)
_OPENS = datetime(2026, 1, 1, 4, tzinfo=UTC)
_SHA = "ab" * 32
_GRADES = ("declared", "accepted", "delivered", "delivered", "opened", "acknowledged")
_PARTS: tuple[list[str], ...] = (["a", "b", "c", "d", "e"], ["a", "b", "c"], ["d", "e"], ["a"])
_LADDER: tuple[tuple[str, dict[str, Value]], ...] = (
    ("registered", {"channel": "mobile"}),
    ("contact_verified", {"contact_class": "mobile", "new": True}),
    ("profile_complete", {"role": "rd", "size": "small", "region": "520102"}),
    ("activated", {}),
)


@dataclass(frozen=True)
class Office:
    """The project of one year under the rule `guizhou-2019`, and the two who look at it."""

    settings: Settings
    database: Database
    bureau: Identity
    agency: Identity
    project: str

    @property
    def log(self) -> str:
        """The agency's log."""
        assert self.agency.organisation is not None
        return self.agency.organisation


@contextmanager
def office(folder: Path) -> Iterator[Office]:
    """Opens one over a fresh SQLite file."""
    settings = Settings(env="development", data=folder, database_url="")
    database = open_database(settings)
    try:
        migrate(database)
        offices = Organisations(database)
        over, _ = offices.add(New(Kind.BUREAU, "贵州省示例知识产权局", region="520000"))
        under, _ = offices.add(New(Kind.AGENCY, "示例专利代理事务所", parent=over.id))
        bureau, agency = _acting(Role.BUREAU, over.id), _acting(Role.AGENCY, under.id)
        projects = Projects(database, fingerprint=lambda contact: contact, clock=lambda: _SIGNED)
        made = projects.add(bureau, "专利信息推送服务", Contract(under.id, FIRST, LAST, "52", _SHA), bureau=None)
        Targets(database, clock=lambda: _SIGNED).adopt(bureau, made.id, data=shipped()["guizhou-2019"], direction=None)
        yield Office(settings, database, bureau, agency, made.id)
    finally:
        database.close()


def write(connection: Connection, log: str, facts: Iterable[Fact], *, first: int) -> None:
    """The facts as leaves of the log from seq `first` on, each recorded as it happened; its head is left where it was."""
    rows = []
    for seq, fact in enumerate(facts, first):
        data = canonical.dumps(model.document(fact, seq=seq, recorded_at=fact.happened_at))
        held = {"log": log, "seq": seq, "recorded_at": fact.happened_at, "account": fact.account, "data": data}
        rows.append(held | {"hash": tree.leaf_hash(data)})
    connection.execute(store.leaves.insert(), rows)


def year(agency: str, size: int) -> Iterator[Fact]:
    """So many facts of the year in order: an enterprise for each fifty with its agreement, every tenth with a mark of its size;
    then in turn somebody who signs up and goes on to search, and four pushes."""
    enterprises = max(size // 50, 1)
    step = timedelta(days=360) / size
    deeds = _deeds(enterprises)
    for number, (kind, account, values) in enumerate(islice(deeds, size)):
        person = hashlib.sha256(account.encode()).hexdigest() if kind == "account:contact_verified" and account else None
        yield Fact(kind=kind, happened_at=_OPENS + number * step, agency=agency, account=account, person=person, attributes=values)


def _deeds(enterprises: int) -> Iterator[tuple[str, str | None, dict[str, Value]]]:
    for number in range(enterprises):
        terms: dict[str, Value] = {"enterprise": f"e{number}", "first": FIRST.isoformat(), "last": LAST.isoformat()}
        yield "agreement:signed", None, {**terms, "free": True, "sha256": _SHA, "size": "small"}
        if number % 10 == 0:
            mark: dict[str, Value] = {"enterprise": f"e{number}", "mark": "size_class", "value": "small", "document_sha256": _SHA}
            yield "enterprise:mark", None, {**mark, "first": FIRST.isoformat()}
    for number in count():
        for rung, told in _LADDER:
            where: dict[str, Value] = {"enterprise": f"e{number % enterprises}"} if rung == "profile_complete" else {}
            yield f"account:{rung}", f"{number:032x}", told | where
        for push in range(4 * number, 4 * number + 4):
            yield "push:delivered", None, _push(push, enterprises)


def _push(number: int, enterprises: int) -> dict[str, Value]:
    return {
        "enterprise": f"e{number % enterprises}",
        "customised": number % 3 == 0,
        "parts": _PARTS[number % len(_PARTS)],
        "channel": "email",
        "grade": _GRADES[number % len(_GRADES)],
        "region": "522601" if number % 2 else "520102",
        "size": "small",
    }


def _acting(role: Role, organisation: str) -> Identity:
    """Somebody of the office as if he were signed in."""
    return Identity(f"{role}-1", f"{role}@example.com", None, role, organisation, session="")
