"""`patentry backup` and `patentry restore`."""

from pathlib import Path
from typing import Annotated

import typer


def backup(target: Annotated[Path, typer.Argument(help="A new folder.", metavar="FOLDER")]) -> None:
    """Copy database, keys and documents into a new folder, while the service runs."""
    from auth.clock import now  # noqa: PLC0415
    from search.cli import copies  # noqa: PLC0415
    from search.settings import Settings  # noqa: PLC0415

    made = copies.save(Settings(), target, now=now())
    typer.echo(f"{target}\t{len(made.files)} 个文件 files\t{made.database} {made.schema}")
    if not made.documents:
        typer.echo("文献在 Elasticsearch 中，请另做其快照 / the documents are in Elasticsearch: make a snapshot of it", err=True)
    typer.echo("其中有密钥：请加密保存 / keys are in it: keep it encrypted", err=True)


def restore(
    source: Annotated[Path, typer.Argument(help="The folder of a backup.", metavar="FOLDER")],
    replace: Annotated[bool, typer.Option("--replace", help="Over a living installation, which is kept aside.")] = False,
) -> None:
    """Bring an installation back as the backup has it; into an empty data folder unless told otherwise."""
    from auth.clock import now  # noqa: PLC0415
    from search.cli import copies  # noqa: PLC0415
    from search.settings import Settings  # noqa: PLC0415

    held, aside = copies.put_back(Settings(), source, replace=replace, now=now())
    typer.echo(f"已恢复 restored: {held.made_at:%Y-%m-%d %H:%M:%S}Z\t{held.database} {held.schema}")
    if replace:
        typer.echo(f"原有数据 what was there: {aside}")
    typer.echo("接着运行 patentry migrate、patentry ledger fsck / then run patentry migrate and patentry ledger fsck", err=True)
