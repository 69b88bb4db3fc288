"""The whole service for tests: a database, accounts, an embedded engine with a few documents, the application over them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from fastapi import FastAPI
from starlette.testclient import TestClient

from auth.credentials.passwords import Passwords
from auth.database import Database, open_database
from auth.organisations.model import Mark
from auth.organisations.service import NewMark, Organisations
from auth.referral import store as links
from auth.referral.model import Kind, Link, State
from auth.roles import Role
from auth.users.service import Users
from search.app import create_app
from search.engine.factory import open_index
from search.loads.ordinals import DatabaseOrdinals
from search.loads.runs import run
from search.loads.store import Loads
from search.patent.model import Citation, Party, Patent, Reference, Symbol
from search.services import Services, open_services
from search.settings import Settings
from tests import tenants
from tests.builders import a_claim, a_party, a_patent
from tests.schema import migrated

PASSWORD = "seven copper lanterns drift"
PEOPLE = {role.value: f"{role}@example.com" for role in (Role.RESEARCHER, Role.AGENCY, Role.BUREAU, Role.ADMINISTRATOR)}
ACTING_FOR = {"agency": "agency-a", "bureau": "city-a"}
CALLERS = ("stranger", *PEOPLE)
LINK, CODE = "1a" * 16, "KMSHX20TS2"
"""The link of agency-a, named as the product names one, and what stands at the end of its address."""


def a_stock() -> list[Patent]:
    """Forty publications: the tiller of `a_patent` and its publication before grant, a battery in two languages by two
    applicants over ten years, and a document that means harm."""
    tiller = a_patent(citations=(Citation(number="CN107771443A", category="X", phase="examiner", date="2018-03-09"),))
    published = a_patent("CN110330865A", stage="published", publication_date="2019-10-15")
    return [tiller, published, _hostile(), *(_battery(number) for number in range(37))]


def _battery(number: int) -> Patent:
    """Batteries CN112000100A and on, every third a US one; published 2011 to 2020."""
    year = 2011 + number % 10
    home = number % 3 != 0
    name = f"CN11200{100 + number}A" if home else f"US20150{1000 + number}A1"
    applicant = (
        a_party("深圳锂源电池有限公司", region="广东省", city="深圳市") if home else Party(name="Volta Cells, Inc.", country="US")
    )
    return a_patent(
        name,
        stage="published",
        publication_date=f"{year}-0{1 + number % 9}-15",
        application=Reference(number=f"CN2010100{number:05}.0" if home else f"US14{100000 + number}", date=f"{year - 1}-03-01"),
        titles={"zh": f"一种锂电池的充电方法{number}", "en": "Method for charging batteries"},
        abstracts={"zh": "本发明公开了一种锂电池的充电方法，先恒流充电，再恒压充电。", "en": "A battery is charged in two steps."},
        claims=(
            a_claim("一种锂电池的充电方法，其特征在于，先恒流充电，再恒压充电。"),
            a_claim("根据权利要求1所述的方法，其特征在于，测量温度。", number=2, depends_on=[1]),
        ),
        description={"zh": ("本发明涉及电池领域。" * 3, "下面结合附图说明。" * 40 + "石墨负极由此得到保护。" + "其余从略。" * 40)},
        applicants=(applicant,),
        ipc=(Symbol(symbol="H01M 10/44", first=True), Symbol(symbol="H02J 7/00")),
        family=f"B{number // 2}",
    )


def _hostile() -> Patent:
    """Every text of it tries to become a part of a page."""
    harm = "<script>alert(1)</script> \"quoted\" & 'single' 陷阱"
    return a_patent(
        "CN113999999A",
        titles={"zh": harm, "en": harm},
        abstracts={"zh": harm},
        claims=(a_claim(harm),),
        description={"zh": (harm,)},
        applicants=(Party(name=harm),),
        inventors=(Party(name=harm),),
        family="<b>",
    )


@dataclass(frozen=True)
class Running:
    """The application, what it stands on, and the lines of its log."""

    app: FastAPI
    services: Services
    settings: Settings
    log: StringIO

    @property
    def environment(self) -> dict[str, str]:
        """For a command that works on the same database and engine."""
        places = {
            "DATABASE_URL": self.settings.database_url,
            "ELASTICSEARCH_URL": self.settings.elasticsearch_url,
            "PATENTRY_ELASTICSEARCH_INDEX": self.settings.elasticsearch_index,
        }
        return {name: value for name, value in places.items() if value}

    def client(self) -> TestClient:
        """A caller who is nobody yet; a 500 is an answer to look at, not an exception."""
        return TestClient(self.app, raise_server_exceptions=False, follow_redirects=False)

    def as_(self, caller: str) -> TestClient:
        """A program of `caller`: one of `CALLERS`."""
        client = self.client()
        if caller in PEOPLE:
            answer = client.post("/api/v1/auth/login", data={"username": PEOPLE[caller], "password": PASSWORD})
            client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
        return client


def prepare(folder: Path, patents: Iterable[Patent], **places: str) -> Settings:
    """A data folder with schema, keys, an account of each kind, and the documents; `places` are settings of a database and an
    engine elsewhere."""
    settings = Settings(env="development", data=folder, **{"database_url": f"sqlite:///{folder / 'patentry.sqlite'}"} | places)
    database = open_database(settings)
    migrated(database)
    _settle(database)
    users = Users(database, Passwords())
    for role, email in PEOPLE.items():
        users.add(email, PASSWORD, role=Role(role), organisation=ACTING_FOR.get(role))
    with run(Loads(database), "tests") as load:
        index = open_index(settings.engine(), ordinals=DatabaseOrdinals(database, load.id))
        index.write(list(patents), merge=lambda _held, new: new)
        index.flush()
        index.close()
    database.close()
    return settings


def _settle(database: Database) -> None:
    """Both tenants of `tests.tenants`, a link of agency-a, and a mark of its enterprise: the first fact of its log."""
    with database.write() as connection:
        tenants.settle(connection)
        nothing = dict.fromkeys(("enterprise", "member", "first", "last", "expires_at"))
        state = {"state": State.ACTIVE, "version": 1, "created_at": tenants.NOON}
        links.add(connection, Link(LINK, CODE, Kind.AGENCY, "agency-a", label="三月培训", **nothing, **state))  # type: ignore[arg-type]
    agency = tenants.a_caller(Role.AGENCY, "agency-a")
    Organisations(database).mark(agency, "enterprise-a", NewMark(Mark.HIGH_TECH, "", "ab" * 32, tenants.NOON.date()))


@contextmanager
def running(folder: Path, patents: Iterable[Patent] | None = None, **places: str) -> Iterator[Running]:
    """The service over a fresh folder, and a database and an engine elsewhere where there are `places` for them."""
    settings = prepare(folder, a_stock() if patents is None else patents, **places)
    services = open_services(settings)
    log = StringIO()
    try:
        yield Running(create_app(settings, services, log=log), services, settings, log)
    finally:
        services.close()
