"""`patentry keys`: the keys that sign access tokens, and those that sign checkpoints of the evidence ledger."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from search.settings import Settings

app = typer.Typer(help="密钥 / Keys.", no_args_is_help=True)


@app.command("list")
def list_() -> None:
    """List the signing keys, the newest first, then the ledger's verifier keys; never the keys themselves."""
    from auth.access.service import list_keys  # noqa: PLC0415
    from auth.ledger.service import list_keys as list_ledger_keys  # noqa: PLC0415
    from search.settings import Settings  # noqa: PLC0415

    settings = Settings()
    for key in list_keys(settings).signing:
        until = f"验证至 / verifies until {key.expires_at:%Y-%m-%d %H:%M}Z" if key.expires_at else "签名 / signs"
        typer.echo(f"{key.kid}\t{key.created_at:%Y-%m-%d %H:%M}Z\t{until}")
    for number, verifier in enumerate(list_ledger_keys(settings).verifiers):
        typer.echo(f"{verifier.vkey}\t\t{'已停用 / retired' if number else '签署检查点 / signs checkpoints'}")


@app.command()
def rotate(
    checkpoint: Annotated[bool, typer.Option("--checkpoint", help="The ledger's key, in place of that of tokens.")] = False,
) -> None:
    """Make a new signing key, and on a new installation all keys; running services take it up, and nobody has to sign in again."""
    from search.settings import Settings  # noqa: PLC0415

    settings = Settings()
    if checkpoint:
        _rotate_ledger(settings)
    else:
        _rotate_tokens(settings)


def _rotate_tokens(settings: "Settings") -> None:
    from auth.access.service import rotate_keys  # noqa: PLC0415
    from auth.ledger.service import has_keys, make_keys  # noqa: PLC0415
    from search.cli.opened import opened  # noqa: PLC0415

    if not has_keys(settings):
        with opened(settings) as database:
            made = make_keys(settings, database)
        typer.echo(
            f"存证公钥，请书面交给知识产权局 / the ledger's verifier key, for the bureau: {made.signer.verifier.vkey}", err=True
        )
    typer.echo(rotate_keys(settings).signing[0].kid)


def _rotate_ledger(settings: "Settings") -> None:
    """Says the new verifier key, then the note by which the old key and the new announce the change."""
    from auth.ledger.service import rotate_keys  # noqa: PLC0415

    keys = rotate_keys(settings)
    typer.echo(f"{keys.signer.verifier.vkey}\n\n{keys.announcements[-1]}", nl=False)
