"""`patentry organisations`: bureaus, agencies and enterprises entered by whoever has the machine."""

from pathlib import Path
from typing import Annotated

import typer

from auth.organisations.model import Kind

app = typer.Typer(help="机构 / Organisations.", no_args_is_help=True)
sizes = typer.Typer(help="企业划型标准 / Tables of size classes.", no_args_is_help=True)
app.add_typer(sizes, name="sizes")


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


@sizes.command()
def load(file: Path) -> None:
    """Load a table of size classes (docs/registration.md); marks that begin on its first day or later are computed by it."""
    from auth.organisations.sizes import SizesRefused  # noqa: PLC0415
    from auth.organisations.sizing import Sizes  # noqa: PLC0415
    from search.cli.opened import opened  # noqa: PLC0415

    data = file.read_bytes()
    with opened() as database:
        try:
            table, sha256, new = Sizes(database).load(data)
        except SizesRefused as refused:
            raise typer.BadParameter(str(refused), param_hint=str(file)) from None
    typer.echo(f"{sha256}\t{table.first}\t{len(table.industry)}\t{'added' if new else 'unchanged'}\t{table.title}")


@sizes.command("list")
def list_sizes() -> None:
    """List the tables, in the order in which they hold."""
    from auth.organisations.sizing import Sizes  # noqa: PLC0415
    from search.cli.opened import opened  # noqa: PLC0415

    with opened() as database:
        for sha256, title, first in Sizes(database).everything():
            typer.echo(f"{sha256}\t{first}\t{title}")


@sizes.command("classify")
def classify_(
    industry: Annotated[str, typer.Argument(help="The industry's code in the table.")],
    *,
    staff: Annotated[int | None, typer.Option(min=0, help="从业人员, persons.")] = None,
    revenue: Annotated[int | None, typer.Option(min=0, help="营业收入, 10,000 yuan.")] = None,
    assets: Annotated[int | None, typer.Option(min=0, help="资产总额, 10,000 yuan.")] = None,
) -> None:
    """Say the size class that the table of today gives, and why."""
    from auth.clock import day, now  # noqa: PLC0415
    from auth.organisations.sizes import Figures, SizesRefused, classify  # noqa: PLC0415
    from auth.organisations.sizing import Sizes  # noqa: PLC0415
    from search.cli.opened import opened  # noqa: PLC0415

    with opened() as database:
        table = Sizes(database).holding(day(now()))
    try:
        sized = classify(table, Figures(industry, staff, revenue, assets))
    except SizesRefused as refused:
        raise typer.BadParameter(str(refused)) from None
    typer.echo(f"{sized.value}\t{sized.reason}")
