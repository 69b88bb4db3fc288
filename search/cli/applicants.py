"""`patentry applicants`: which names the documents held propose for one applicant's."""

import typer

app = typer.Typer(help="申请人名称 / Names of applicants.", no_args_is_help=True)


@app.callback()
def applicants() -> None:
    """Names of applicants."""


@app.command()
def propose() -> None:
    """Read every document and propose names of one applicant, in the place of what was proposed and not decided."""
    from search.applicants.service import Applicants  # noqa: PLC0415
    from search.cli.opened import opened  # noqa: PLC0415
    from search.engine.factory import open_reader  # noqa: PLC0415
    from search.settings import Settings  # noqa: PLC0415

    settings = Settings()
    with opened(settings) as database:
        reader = open_reader(settings.engine())
        try:
            count = Applicants(database, reader).propose()
        finally:
            reader.close()
    typer.echo(f"待定 / proposals {count}")
