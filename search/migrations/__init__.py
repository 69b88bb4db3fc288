"""The schema of the whole house as one alembic chain: `versions/`, one file a step, forward only.

A step is written by hand and frozen: it never imports a room's tables, which move on.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from auth.database import Connection, Database, lock
from auth.errors import StartRefused

_WAIT_S = 60


def migrate(database: Database) -> None:
    """Brings the database to `head`, in one transaction, one process at a time (others wait for the named lock)."""
    with lock(database, "migrate", wait_s=_WAIT_S), database.write() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def head() -> str:
    """The newest revision this program knows."""
    revision = ScriptDirectory.from_config(_config()).get_current_head()
    assert revision is not None
    return revision


def current(connection: Connection) -> str | None:
    """The revision the database stands at; ``None`` before the first."""
    return MigrationContext.configure(connection).get_current_revision()


def require_schema(database: Database) -> None:
    """Refuses to start on any schema but `head`."""
    with database.read() as connection:
        held = current(connection)
    if held != head():
        raise StartRefused(
            zh=f"数据库结构为 {held or '空'}，程序需要 {head()}：请先运行 patentry migrate。",
            en=f"The database's schema is {held or 'empty'}, this program needs {head()}: run patentry migrate first.",
        )


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config
