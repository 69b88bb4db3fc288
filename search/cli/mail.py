"""`patentry mail`: outgoing messages, seen and sent by whoever has the machine."""

from datetime import datetime
from typing import Annotated

import typer

from auth.mail.model import State

app = typer.Typer(help="待发信息 / Outgoing messages.", no_args_is_help=True)


@app.command("list")
def list_(
    state: Annotated[State | None, typer.Option(help="Only those that stand so.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="So many at most.")] = 100,
) -> None:
    """List messages, the newest first: when written, where they stand, tries, recipient (masked), the last reason."""
    from auth.mail.postman import open_postman  # noqa: PLC0415
    from search.cli.opened import opened  # noqa: PLC0415
    from search.settings import Settings  # noqa: PLC0415

    settings = Settings()
    with opened(settings) as database:
        postman = open_postman(settings, database)
        for held in postman.queue(state=state, limit=limit):
            line = (_minute(held.created_at), held.state, str(held.tries), held.channel, held.recipient, held.reason or "-")
            typer.echo("\t".join(line))
        counts, waiting = postman.counts(), postman.waiting()
    since = f"，最早 / since {_minute(waiting.since)}" if waiting.since else ""
    typer.echo(f"待发 / queued {waiting.count}{since} · 已发 / sent {counts[State.SENT]} · 失败 / failed {counts[State.FAILED]}")


@app.command()
def run() -> None:
    """Send what is due, once, beside the service or without it; exit status 1 when a message could not leave. For cron."""
    from auth.mail.postman import open_postman  # noqa: PLC0415
    from search.cli.opened import opened  # noqa: PLC0415
    from search.settings import Settings  # noqa: PLC0415

    settings = Settings()
    with opened(settings) as database:
        postman = open_postman(settings, database)
        sent, waiting = postman.deliver(), postman.waiting()
    typer.echo(f"已发 / sent {sent} · 待发 / queued {waiting.count}")
    if waiting.reason and waiting.since:
        typer.echo(f"自 / since {_minute(waiting.since)}: {waiting.reason}", err=True)
        raise typer.Exit(1)


def _minute(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M}Z"
