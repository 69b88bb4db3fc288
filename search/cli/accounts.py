"""`patentry users` and `patentry demo`: accounts made by whoever has the machine."""

import secrets
import sys
from typing import Annotated

import typer

from auth.roles import Role

app = typer.Typer(help="帐号 / Accounts.", no_args_is_help=True)

_DEMO = (("researcher@example.com", Role.RESEARCHER), ("agency@example.com", Role.AGENCY), ("bureau@example.com", Role.BUREAU))


@app.command()
def add(
    email: str,
    role: Annotated[Role, typer.Option(help="What the account may do.")],
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input.")] = False,
    organisation: Annotated[str | None, typer.Option(help="Id of the agency, enterprise or bureau it acts for.")] = None,
    name: Annotated[str | None, typer.Option(help="The person's name.")] = None,
) -> None:
    """Add an account."""
    from search.cli.opened import users  # noqa: PLC0415

    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else typer.prompt("密码 Password", hide_input=True)
    with users() as accounts:
        user = accounts.add(email, password, role=role, organisation=organisation, name=name)
    typer.echo(f"{user.id}\t{user.email}\t{user.role}")


@app.command("list")
def list_() -> None:
    """List the accounts, by address."""
    from search.cli.opened import users  # noqa: PLC0415

    with users() as accounts:
        for user in accounts.list():
            typer.echo(f"{user.id}\t{user.email}\t{user.role}\t{user.status}")


def demo() -> None:
    """Make one account of each kind to try the product with, in development only; says each new password once."""
    from auth.errors import StartRefused  # noqa: PLC0415
    from search.cli.opened import users  # noqa: PLC0415
    from search.settings import Settings  # noqa: PLC0415

    if Settings().env != "development":
        raise StartRefused(zh="只能在 PATENTRY_ENV=development 下运行。", en="This is for PATENTRY_ENV=development only.")
    with users() as accounts:
        held = {user.email for user in accounts.list()}
        for email, role in _DEMO:
            if email in held:
                typer.echo(f"{role}\t{email}\t（密码不变 / password unchanged）")
            else:
                password = "-".join(secrets.token_hex(3) for _ in range(3))
                accounts.add(email, password, role=role)
                typer.echo(f"{role}\t{email}\t{password}")
