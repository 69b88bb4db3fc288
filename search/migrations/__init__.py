"""The schema of the whole house as one alembic chain: `versions/`, one file a step, forward only.

A step is written by hand and frozen: it never imports a room's tables, which move on.  Its file is named by its revision,
``m0001_accounts.py`` holds ``0001_accounts``, so a start of the service knows the newest one without loading alembic.
"""

from pathlib import Path

from sqlalchemy import inspect, text

from auth.database import Connection, Database, lock
from auth.errors import StartRefused

_HERE = Path(__file__).parent
_WAIT_S = 60


def migrate(database: Database) -> None:
    """Brings the database to `head`, in one transaction, one process at a time (others wait for the named lock)."""
    from alembic import command  # noqa: PLC0415 - a third of the service's start, which never migrates
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    with lock(database, "migrate", wait_s=_WAIT_S), database.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def head() -> str:
    """The newest revision this program knows."""
    return max(path.stem for path in (_HERE / "versions").glob("m*.py")).removeprefix("m")


def current(connection: Connection) -> str | None:
    """The revision the database stands at; ``None`` before the first."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def require_schema(database: Database) -> None:
    """Refuses to start on any schema but `head`."""
    with database.read() as connection:
        held = current(connection)
    if held != head():
        raise StartRefused(
            zh=f"数据库结构为 {held or '空'}，程序需要 {head()}：请先运行 patentry migrate。",
            en=f"The database's schema is {held or 'empty'}, this program needs {head()}: run patentry migrate first.",
        )
