"""`patentry registrations`: what is done about them without anybody asking, and the hand-over list."""

from typing import Annotated

import typer

app = typer.Typer(help="注册 / Registrations.", no_args_is_help=True)


@app.command()
def review() -> None:
    """Judge anew who never used his account, forget sign-ups that nobody confirmed. For cron, once a day."""
    from auth.clock import now  # noqa: PLC0415
    from auth.registration.review import review as look  # noqa: PLC0415
    from search.cli.opened import opened  # noqa: PLC0415

    with opened() as database:
        found = look(database, now=now())
    counts = (found.judged, found.held, found.lapsed)
    typer.echo("复核 {0}，待核 {1}，清除 {2} / {0} judged, {1} held, {2} sign-ups forgotten".format(*counts))


@app.command()
def handovers(
    since: Annotated[str | None, typer.Option(metavar="DAY", help="From this day on; the last three years unless given.")] = None,
) -> None:
    """Print the hand-over list (交接清单) as CSV: whose name or contact was shown to which organisation, first and last."""
    from datetime import UTC, date, datetime, time  # noqa: PLC0415

    from auth.clock import SHANGHAI, now  # noqa: PLC0415
    from auth.registration.handovers.service import KEPT  # noqa: PLC0415
    from auth.registration.handovers.service import since as listed  # noqa: PLC0415
    from search.api import spreadsheet  # noqa: PLC0415
    from search.cli.opened import opened  # noqa: PLC0415

    try:
        begin = datetime.combine(date.fromisoformat(since), time(), SHANGHAI).astimezone(UTC) if since else now() - KEPT
    except ValueError:
        raise typer.BadParameter("YYYY-MM-DD", param_hint="--since") from None
    with opened() as database:
        found = listed(database, begin)
    head = ("帐号 account", "接收方 organisation", "名称 name", "内容 what", "首次 first", "末次 last")
    typer.echo(spreadsheet.line(head).decode(), nl=False)
    for held in found:
        days = [f"{instant.astimezone(SHANGHAI):%Y-%m-%d}" for instant in (held.first_at, held.last_at)]
        row = (held.account, held.organisation, held.organisation_name, held.what, *days)
        typer.echo(spreadsheet.line(row).decode(), nl=False)
