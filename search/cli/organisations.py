"""`patentry organisations`: bureaus, agencies and enterprises entered by whoever has the machine."""

from typing import Annotated

import typer

from auth.organisations.model import Kind

app = typer.Typer(help="机构 / Organisations.", no_args_is_help=True)


@app.command()
def add(
    kind: Annotated[Kind, typer.Argument(help="What it is.")],
    name: Annotated[str, typer.Argument(help="Its registered name.")],
    *,
    parent: Annotated[str | None, typer.Option(help="Id of the bureau above.")] = None,
    region: Annotated[str | None, typer.Option(help="Division code, six digits; read from the address unless given.")] = None,
    credit_code: Annotated[str | None, typer.Option(help="Unified social credit code.")] = None,
    address: Annotated[str | None, typer.Option(help="Registered address.")] = None,
) -> None:
    """Add an organisation; says its id, which `users add --organisation` takes."""
    from auth.organisations.service import New, Organisations  # noqa: PLC0415
    from search.cli.opened import opened  # noqa: PLC0415

    with opened() as database:
        held, _ = Organisations(database).add(New(kind, name, parent, region, credit_code, address))
    typer.echo(f"{held.id}\t{held.kind}\t{held.name}")


@app.command("list")
def list_() -> None:
    """List the organisations, by name."""
    from auth.organisations.service import Organisations  # noqa: PLC0415
    from search.cli.opened import opened  # noqa: PLC0415

    with opened() as database:
        for held in Organisations(database).everything():
            typer.echo(f"{held.id}\t{held.kind}\t{held.name}\t{held.parent or '-'}")
