"""`patentry registrations`: what is done about them without anybody asking."""

import typer

app = typer.Typer(no_args_is_help=True)


@app.callback()  # with it `review` is a word of its own, though the only one
def registrations() -> None:
    """注册 / Registrations."""


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
