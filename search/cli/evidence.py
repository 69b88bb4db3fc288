"""`patentry evidence export`, `evidence verifier` and `patentry verify`: a count as a file, its checkers, the file checked."""

import sys
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True)


@app.callback()
def evidence() -> None:
    """证据包 / Evidence bundles."""


@app.command()
def export(
    project: str,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DAY", help="The end of this day; today unless given.")] = None,
    out: Annotated[Path, typer.Option(help="The folder to write into.")] = Path(),
) -> None:
    """Write evidence-PROJECT-DAY.zip: every fact of the agency's log, the rule, the counts, and what checks them."""
    from datetime import date  # noqa: PLC0415

    from auth.access.model import Identity  # noqa: PLC0415
    from auth.database import open_database  # noqa: PLC0415
    from auth.ledger.service import open_ledger  # noqa: PLC0415
    from auth.oversight import opened as sampled  # noqa: PLC0415
    from auth.roles import Role  # noqa: PLC0415
    from auth.targets.archive import archive  # noqa: PLC0415
    from auth.targets.evidence import Evidence  # noqa: PLC0415
    from search.migrations import require_schema  # noqa: PLC0415
    from search.settings import Settings  # noqa: PLC0415

    try:
        day = date.fromisoformat(as_of) if as_of else None
    except ValueError:
        raise typer.BadParameter("YYYY-MM-DD", param_hint="--as-of") from None
    settings = Settings()
    database = open_database(settings)
    try:
        require_schema(database)
        operator = Identity("", None, None, Role.ADMINISTRATOR, None, "")  # whoever has the machine
        ledger = open_ledger(settings, database)
        name, files = Evidence(database, ledger, sampled=sampled.of(ledger)).export(operator, project, as_of=day)
    finally:
        database.close()
    (out / name).write_bytes(archive(files))
    typer.echo(str(out / name))


@app.command()
def verifier(
    out: Annotated[Path | None, typer.Option(help="A folder to copy them into.")] = None,
) -> None:
    """Print the SHA-256 of verify.py, recount.py and verify.html of this release, for a bureau to compare its copies with."""
    from auth.targets.bundle import programs  # noqa: PLC0415
    from auth.targets.pins import sums  # noqa: PLC0415

    files = programs()
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (out / name).write_bytes(data)
    typer.echo(sums(files), nl=False)


def verify(
    bundle: Path,
    key: Annotated[Path | None, typer.Option(help="The verifier keys you keep, one a line.")] = None,
    witness: Annotated[Path | None, typer.Option(help="Where the last checkpoint is kept; renewed on PASS.")] = None,
) -> None:
    """Check a bundle as verify.py does, which a bureau runs from a copy of its own; exit status 0 PASS, 1 FAIL, 2 cannot tell."""
    import runpy  # noqa: PLC0415

    from auth.targets.verifier import FOLDER  # noqa: PLC0415

    given = [str(bundle), *(["--key", str(key)] if key else []), *(["--witness", str(witness)] if witness else [])]
    sys.exit(runpy.run_path(str(FOLDER / "verify.py"))["main"](given))
