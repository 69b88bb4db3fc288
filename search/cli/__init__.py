"""The command `patentry`: the service's own commands, and those that other packages announce as `patentry.commands`.

Whatever goes wrong is told in one line on standard error, exit status 2; a traceback is a mistake of ours.
"""

import sys
from collections.abc import Sequence
from importlib.metadata import entry_points

import typer

from search.cli import (
    accounts,
    applicants,
    backup,
    classes,
    demo,
    evidence,
    export,
    keys,
    ledger,
    legal,
    mail,
    organisations,
    registrations,
    report,
    serving,
    state,
    synonyms,
    tidy,
)

app = typer.Typer(help="专利检索服务 / Patent search.", no_args_is_help=True, pretty_exceptions_enable=False)
app.command()(serving.serve)
app.command()(state.migrate)
app.command()(state.doctor)
app.command()(backup.backup)
app.command()(backup.restore)
app.command()(tidy.tidy)
app.command()(demo.demo)
app.command()(export.export)
app.command()(report.report)
app.command()(evidence.verify)
app.add_typer(accounts.app, name="users")
app.add_typer(organisations.app, name="organisations")
app.add_typer(applicants.app, name="applicants")
app.add_typer(classes.app, name="classes")
app.add_typer(keys.app, name="keys")
app.add_typer(ledger.app, name="ledger")
app.add_typer(evidence.app, name="evidence")
app.add_typer(legal.app, name="legal")
app.add_typer(mail.app, name="mail")
app.add_typer(registrations.app, name="registrations")
app.add_typer(synonyms.app, name="synonyms")

_OWN = {
    *("serve", "migrate", "doctor", "demo", "users", "organisations", "keys", "ledger", "evidence", "verify"),
    *("mail", "registrations", "backup", "restore", "tidy", "classes", "legal", "synonyms", "applicants", "export", "report"),
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command line, this process's unless `arguments` are given; ends by `SystemExit`."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if given[:1] == [] or given[0] not in _OWN:  # others' commands cost their imports only where they may be meant
        for point in entry_points(group="patentry.commands"):
            app.add_typer(point.load())
    try:
        app(given, prog_name="patentry")
    except Exception as error:
        told = _told(error)
        if told is None:
            raise
        typer.echo(told, err=True)
        sys.exit(2)


def _told(error: Exception) -> str | None:
    """One line for an error that an operator can mend; ``None`` for a mistake of ours."""
    from pydantic import ValidationError  # noqa: PLC0415

    from auth.errors import Problem, StartRefused  # noqa: PLC0415
    from search.engine.errors import EngineError  # noqa: PLC0415
    from search.loads.runs import TooManyRuns  # noqa: PLC0415

    if isinstance(error, ValidationError):
        wrong = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
        return f"Settings / 配置: {wrong}"
    if isinstance(error, Problem):
        return f"{error.en} · {error.zh}"
    if isinstance(error, StartRefused | EngineError | TooManyRuns | OSError):
        return str(error)
    return None
