"""`patentry legal`: the legal statuses in the index."""

import sys
from typing import Annotated

import typer

app = typer.Typer(help="法律状态 / Legal status.", no_args_is_help=True)


@app.callback()
def legal() -> None:
    """What is reckoned of legal statuses, and when."""


@app.command()
def run(
    every: Annotated[bool, typer.Option("--all", help="全部重新推算 / Every record, not only those that are due.")] = False,
) -> None:
    """Reckon the statuses that are due: new and changed records, and those that the calendar changes up to today. Goes on where it
    was interrupted; for cron, once a day, when nothing else writes to the index."""
    from auth.clock import day, now  # noqa: PLC0415
    from search.cli import reckoning  # noqa: PLC0415
    from search.cli.opened import opened  # noqa: PLC0415
    from search.engine.factory import open_index  # noqa: PLC0415
    from search.loads.ordinals import DatabaseOrdinals  # noqa: PLC0415
    from search.loads.runs import run as registered  # noqa: PLC0415
    from search.loads.store import Loads  # noqa: PLC0415
    from search.settings import Settings  # noqa: PLC0415

    settings, today = Settings(), day(now())
    with opened(settings) as database, registered(Loads(database), "legal run") as this:
        ordinals = DatabaseOrdinals(database, this.id)
        index = open_index(settings.engine(), ordinals=ordinals)
        try:
            length = index.count(reckoning.asked(today, every=every))
            with typer.progressbar(length=length, label="法律状态 / legal status", file=sys.stderr) as bar:
                found = reckoning.reckon(index, today=today, every=every, watch=bar.update)
            index.flush()
            ordinals.found()
        finally:
            index.close()
    typer.echo(
        f"{today}：推算 {found.looked_at} = 改写 {found.changed} + 未变 {found.unchanged} + 拒绝 {found.refused} / "
        f"reckoned {found.looked_at} = changed {found.changed} + unchanged {found.unchanged} + refused {found.refused}"
    )
