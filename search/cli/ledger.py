"""`patentry ledger`: whether the evidence is what was written and signed."""

import typer

app = typer.Typer(no_args_is_help=True)


@app.callback()  # with it `fsck` is a word of its own, though the only one
def ledger() -> None:
    """存证日志 / The evidence ledger."""


@app.command()
def fsck() -> None:
    """Read every fact and checkpoint again and name the first bad thing of each log; exit status 1 if there is one."""
    from auth.ledger.service import open_ledger  # noqa: PLC0415
    from search.cli.opened import opened  # noqa: PLC0415
    from search.settings import Settings  # noqa: PLC0415

    settings = Settings()
    with opened(settings) as database:
        report = open_ledger(settings, database).fsck()
    for fault in report.faults:
        typer.echo(f"✕ {fault.en} · {fault.zh}")
    counts = (report.logs, report.leaves, report.checkpoints)
    typer.echo("日志 {0}，事实 {1}，检查点 {2} / {0} logs, {1} facts, {2} checkpoints".format(*counts))
    if report.faults:
        raise typer.Exit(1)
