"""`patentry migrate` and `patentry doctor`: the schema, and what is wrong."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from search.settings import Settings


def migrate() -> None:
    """Bring the database to this program's schema; safe to run by several at once."""
    from auth.database import open_database  # noqa: PLC0415
    from search import migrations  # noqa: PLC0415
    from search.settings import Settings  # noqa: PLC0415

    database = open_database(Settings())
    try:
        migrations.migrate(database)
    finally:
        database.close()
    typer.echo(f"数据库结构 / schema: {migrations.head()}")


def doctor() -> None:
    """Say what is wrong and what to do; exit status 1 if anything is."""
    from auth.errors import Problem, StartRefused  # noqa: PLC0415
    from search.engine.errors import EngineError  # noqa: PLC0415
    from search.settings import Settings  # noqa: PLC0415

    sound = True
    for part, look in _parts(Settings()):
        try:
            typer.echo(f"✓ {part}: {look()}")
        except (Problem, StartRefused, EngineError, OSError) as error:
            sound = False
            typer.echo(f"✕ {part}: {error}")
    if not sound:
        raise typer.Exit(1)


def _parts(settings: "Settings") -> Iterator[tuple[str, Callable[[], str]]]:
    """What is looked at, in the order in which one needs the other."""
    yield "数据目录 data folder", lambda: _data(settings)
    yield "密钥 keys", lambda: _keys(settings)
    yield "数据库 database", lambda: _database(settings)
    yield "存证密钥 ledger keys", lambda: _ledger(settings)
    yield "检索引擎 engine", lambda: _engine(settings)


def _data(settings: "Settings") -> str:
    import os  # noqa: PLC0415

    if not os.access(settings.data, os.W_OK):
        raise OSError(f"{settings.data} 不存在或不可写 / is absent or can't be written: check PATENTRY_DATA")
    return str(settings.data)


def _keys(settings: "Settings") -> str:
    from auth.access.service import list_keys  # noqa: PLC0415

    return f"{len(list_keys(settings).signing)} × ES256"


def _database(settings: "Settings") -> str:
    from auth.database import open_database  # noqa: PLC0415
    from search.migrations import head, require_schema  # noqa: PLC0415

    database = open_database(settings)
    try:
        require_schema(database)
    finally:
        database.close()
    return head()


def _ledger(settings: "Settings") -> str:
    from auth.ledger.service import Ledger  # noqa: PLC0415
    from search.cli.opened import opened  # noqa: PLC0415

    with opened(settings) as database:
        signed = Ledger(database, settings.key_folder).check_keys()
    return f"{signed} 个日志已签署 logs signed"


def _engine(settings: "Settings") -> str:
    from search.engine.errors import EngineUnavailable  # noqa: PLC0415
    from search.engine.factory import open_reader  # noqa: PLC0415

    reader = open_reader(settings.engine())
    try:
        health = reader.health()
    finally:
        reader.close()
    if not health.ready:
        raise EngineUnavailable(health.detail)
    return f"{health.documents:,} 件文献 documents"
