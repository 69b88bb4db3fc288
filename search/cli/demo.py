"""`patentry demo`: people of each kind to try the product with, a bureau and its agency, the agency's link, and their project."""

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from auth.access.model import Identity
    from auth.database import Database
    from auth.projects.model import Project
    from auth.referral.model import Link
    from auth.users.model import User
    from search.settings import Settings

_PEOPLE = ("researcher", "agency", "bureau")
_RULE = "guizhou-2019"
_CREDIT_CODE = "91520100MA0000001"
"""Without its check digit."""


def demo() -> None:
    """Make one account of each kind to try the product with, in development only; says each new password once."""
    from auth.errors import StartRefused  # noqa: PLC0415
    from auth.roles import Role  # noqa: PLC0415
    from search.cli.opened import opened, users  # noqa: PLC0415
    from search.settings import Settings  # noqa: PLC0415

    settings = Settings()
    if settings.env != "development":
        raise StartRefused(zh="只能在 PATENTRY_ENV=development 下运行。", en="This is for PATENTRY_ENV=development only.")
    with opened(settings) as database:
        accounts = users(database)
        held = {user.email for user in accounts.list()}
        offices = {} if f"{Role.AGENCY}@example.com" in held else _offices(database)
        for role in map(Role, _PEOPLE):
            email = f"{role}@example.com"
            if email in held:
                typer.echo(f"{role}\t{email}\t（密码不变 / password unchanged）")
                continue
            password = "-".join(secrets.token_hex(3) for _ in range(3))
            user = accounts.add(email, password, role=role, organisation=offices.get(role))
            typer.echo(f"{role}\t{email}\t{password}")
            if role is Role.AGENCY:
                typer.echo(f"link\t{_address(_link(database, user), settings)}\t代理机构的推广链接 / the agency's link")
        acting = {user.role: _acting(user) for user in accounts.list() if user.email in {f"{role}@example.com" for role in _PEOPLE}}
        _enterprise(database, acting[Role.AGENCY])
        if project := _project(settings, database, agency=acting[Role.AGENCY], bureau=acting[Role.BUREAU]):
            typer.echo(f"project\t{project.id}\t{settings.public_url}/bureau/projects/{project.id}")


def _offices(database: "Database") -> dict[str, str]:
    """A bureau and its agency: the organisations that accounts of these roles act for."""
    from auth.organisations.model import Kind  # noqa: PLC0415
    from auth.organisations.service import New, Organisations  # noqa: PLC0415

    offices = Organisations(database)
    bureau, _ = offices.add(New(Kind.BUREAU, "贵州省示例知识产权局", region="520000"))
    agency, _ = offices.add(New(Kind.AGENCY, "示例专利代理事务所", parent=bureau.id))
    return {"bureau": bureau.id, "agency": agency.id}


def _acting(user: "User") -> "Identity":
    """The account as if it were signed in."""
    from auth.access.model import Identity  # noqa: PLC0415

    return Identity(user.id, user.email, user.name, user.role, user.organisation, session="")


def _link(database: "Database", user: "User") -> "Link":
    """A link that the agency's account makes."""
    from auth.referral.links import Links, New  # noqa: PLC0415
    from auth.referral.model import Kind  # noqa: PLC0415

    with database.write() as connection:
        return Links(database).add(connection, _acting(user), New(Kind.AGENCY))


def _enterprise(database: "Database", agency: "Identity") -> None:
    """A small enterprise that the agency serves, to be found by name when somebody signs up."""
    from auth.clock import day, now  # noqa: PLC0415
    from auth.organisations.codes import check_digit  # noqa: PLC0415
    from auth.organisations.model import Kind, Mark  # noqa: PLC0415
    from auth.organisations.service import New, NewMark, Organisations  # noqa: PLC0415

    offices = Organisations(database)
    code = _CREDIT_CODE + check_digit(_CREDIT_CODE)
    held, _ = offices.add(New(Kind.ENTERPRISE, "贵州示例精工机械有限公司", region="520100", credit_code=code), caller=agency)
    if not offices.marks(agency, held.id):
        offices.mark(agency, held.id, NewMark(Mark.SIZE_CLASS, "small", _sha256("示例划型证明"), day(now())))


def _project(settings: "Settings", database: "Database", *, agency: "Identity", bureau: "Identity") -> "Project | None":
    """The agency's project of one year from today, under a rule that the bureau adopts; ``None`` when it has one."""
    from auth.ledger.service import open_ledger  # noqa: PLC0415
    from auth.projects.model import Contract  # noqa: PLC0415
    from auth.projects.service import Projects  # noqa: PLC0415
    from auth.targets.rules import shipped  # noqa: PLC0415
    from auth.targets.service import Targets  # noqa: PLC0415
    from auth.users import contacts  # noqa: PLC0415

    evidence = open_ledger(settings, database)
    projects = Projects(database, fingerprint=lambda contact: evidence.fingerprint(contacts.parse(contact).identity))
    if projects.page(bureau, after=None, size=1) or agency.organisation is None:
        return None
    first = projects.today()
    terms = Contract(agency.organisation, first, first + timedelta(days=364), "52", _sha256("示例合同"))
    made = projects.add(bureau, "专利信息推送服务（示例）", terms, bureau=None)
    Targets(database).adopt(bureau, made.id, data=shipped()[_RULE], direction=None)
    return made


def _sha256(text: str) -> str:
    """Stands for that of a document."""
    return hashlib.sha256(text.encode()).hexdigest()


def _address(link: "Link", settings: "Settings") -> str:
    from auth.referral.routes import address  # noqa: PLC0415

    return address(link, settings.public_url)
