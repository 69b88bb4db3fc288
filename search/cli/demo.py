"""`patentry demo`: people of each kind to try the product with, a bureau and its agency, and the agency's link."""

import secrets
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from auth.database import Database
    from auth.referral.model import Link
    from auth.users.model import User
    from search.settings import Settings

_PEOPLE = ("researcher", "agency", "bureau")


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


def _offices(database: "Database") -> dict[str, str]:
    """A bureau, its agency, and an enterprise to be found by name: the organisations that accounts of these roles act for."""
    from auth.organisations.codes import check_digit  # noqa: PLC0415
    from auth.organisations.model import Kind  # noqa: PLC0415
    from auth.organisations.service import New, Organisations  # noqa: PLC0415

    offices = Organisations(database)
    bureau, _ = offices.add(New(Kind.BUREAU, "贵州省示例知识产权局", region="520000"))
    agency, _ = offices.add(New(Kind.AGENCY, "示例专利代理事务所", parent=bureau.id))
    code = "91520100MA0000001"
    offices.add(New(Kind.ENTERPRISE, "贵州示例精工机械有限公司", region="520100", credit_code=code + check_digit(code)))
    return {"bureau": bureau.id, "agency": agency.id}


def _link(database: "Database", user: "User") -> "Link":
    """A link that the agency's account makes."""
    from auth.access.model import Identity  # noqa: PLC0415
    from auth.referral.links import Links, New  # noqa: PLC0415
    from auth.referral.model import Kind  # noqa: PLC0415

    caller = Identity(user.id, user.email, user.name, user.role, user.organisation, session="")
    with database.write() as connection:
        return Links(database).add(connection, caller, New(Kind.AGENCY))


def _address(link: "Link", settings: "Settings") -> str:
    from auth.referral.routes import address  # noqa: PLC0415

    return address(link, settings.public_url)
