"""`patentry synonyms`: the list of words that mean the same for everybody."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="同义词 / Synonyms.", no_args_is_help=True)


@app.callback()
def synonyms() -> None:
    """The list of words that mean the same."""


@app.command()
def load(file: Annotated[Path, typer.Argument(help="A group a line, its words with commas between.", dir_okay=False)]) -> None:
    """Load the list, in the place of the one before; a line that is no group refuses the whole file."""
    from search.cli.opened import opened  # noqa: PLC0415
    from search.synonyms.lists import Lists, read  # noqa: PLC0415

    try:
        groups = read(file.read_text("utf-8-sig").splitlines())
    except UnicodeDecodeError as wrong:
        raise typer.BadParameter(f"请存为 UTF-8 / save it as UTF-8: {wrong.reason}", param_hint=str(file)) from None
    with opened() as database:
        held = Lists(database).load(groups)
    typer.echo(f"同义词 / groups {len(held.groups)} · 版本 / version {held.version}")
