"""`patentry classes`: schemes and concordances that the operator has."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from search.find.classes.model import Refusal

app = typer.Typer(help="分类表 / Classification schemes.", no_args_is_help=True)


@app.command()
def load(files: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, help="Schemes or concordances.")]) -> None:
    """Load classification schemes (IPC, CPC, WIPO's fields, GB/T 4754), reclassifications and concordances (docs/loading.md)."""
    from search.cli.opened import opened  # noqa: PLC0415
    from search.find.classes import store  # noqa: PLC0415
    from search.find.classes.errors import SchemeRefused  # noqa: PLC0415
    from search.find.classes.loading import load as loaded  # noqa: PLC0415

    left_out = 0

    def refuse(name: str, refusal: "Refusal") -> None:
        nonlocal left_out
        left_out += 1
        typer.echo(f"{name}:{refusal.line}: {refusal.en} · {refusal.zh}", err=True)

    with opened() as database:
        for path in files:
            with database.read() as connection:
                before = store.counts(connection)
            try:
                read = loaded(database, path, told=_told, refused=refuse)
            except SchemeRefused as refused:
                raise typer.BadParameter(str(refused), param_hint=str(path)) from None
            with database.read() as connection:
                after = store.counts(connection)
            for (kind, scheme), count in sorted(read.items()):
                new = after[kind, scheme] - before.get((kind, scheme), 0)
                typer.echo(f"{path.name}\t{scheme}\t{kind}\t{count} 读取 read\t{new} 新增 new\t{after[kind, scheme]} 共有 held")
    if left_out:
        typer.echo(f"{left_out} 行无法读取 rows refused", err=True)
        raise typer.Exit(1)


@app.command("list")
def list_() -> None:
    """Say how many classes and links of each scheme are held."""
    from search.cli.opened import opened  # noqa: PLC0415
    from search.find.classes import store  # noqa: PLC0415

    with opened() as database, database.read() as connection:
        for (kind, scheme), count in sorted(store.counts(connection).items()):
            typer.echo(f"{scheme}\t{kind}\t{count}")


def _told(name: str, rows: int) -> None:
    """One line that is written over on a terminal."""
    if sys.stderr.isatty():
        typer.echo(f"\r{name[-40:]:40} {rows:>9}", nl=False, err=True)
