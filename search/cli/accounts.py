"""`patentry users`: accounts made by whoever has the machine."""

import sys
from typing import Annotated

import typer

from auth.roles import Role

app = typer.Typer(help="帐号 / Accounts.", no_args_is_help=True)


@app.command()
def add(
    email: str,
    role: Annotated[Role, typer.Option(help="What the account may do.")],
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input.")] = False,
    organisation: Annotated[str | None, typer.Option(help="Id of the agency, enterprise or bureau it acts for.")] = None,
    name: Annotated[str | None, typer.Option(help="The person's name.")] = None,
) -> None:
    """Add an account."""
    from search.cli.opened import opened, users  # noqa: PLC0415

    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else typer.prompt("密码 Password", hide_input=True)
    with opened() as database:
        user = users(database).add(email, password, role=role, organisation=organisation, name=name)
    typer.echo(f"{user.id}\t{user.email}\t{user.role}")


@app.command("list")
def list_() -> None:
    """List the accounts, by address; of those with a number alone, as much of it as tells them apart."""
    from auth.users.contacts import masked  # noqa: PLC0415
    from search.cli.opened import opened, users  # noqa: PLC0415

    with opened() as database:
        for user in users(database).list():
            typer.echo(f"{user.id}\t{user.email or masked(user.mobile or '')}\t{user.role}\t{user.status}")
