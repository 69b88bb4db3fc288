"""`patentry keys`: the keys that sign access tokens."""

import typer

app = typer.Typer(help="密钥 / Keys.", no_args_is_help=True)


@app.command("list")
def list_() -> None:
    """List the signing keys, the newest first; never the keys themselves."""
    from auth.access.service import list_keys  # noqa: PLC0415
    from search.settings import Settings  # noqa: PLC0415

    for key in list_keys(Settings()).signing:
        until = f"验证至 / verifies until {key.expires_at:%Y-%m-%d %H:%M}Z" if key.expires_at else "签名 / signs"
        typer.echo(f"{key.kid}\t{key.created_at:%Y-%m-%d %H:%M}Z\t{until}")


@app.command()
def rotate() -> None:
    """Make a new signing key; running services take it up, and nobody has to sign in again."""
    from auth.access.service import rotate_keys  # noqa: PLC0415
    from search.settings import Settings  # noqa: PLC0415

    typer.echo(rotate_keys(Settings()).signing[0].kid)
