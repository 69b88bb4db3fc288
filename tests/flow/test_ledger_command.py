"""`patentry ledger fsck` as an operator runs it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from auth.database import open_database
from auth.ledger import service
from auth.ledger.model import Fact
from auth.ledger.service import open_ledger
from search.cli.ledger import app
from search.migrations import migrate
from search.settings import Settings

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_fsck_says_what_it_read_and_names_what_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command takes its settings from the environment, hence the patch of it."""
    monkeypatch.setenv("PATENTRY_DATA", str(tmp_path))
    monkeypatch.setenv("PATENTRY_ENV", "development")
    settings = Settings()
    database = open_database(settings)
    migrate(database)
    with database.write() as connection:
        for _ in range(3):
            service.append(connection, "a1", Fact(kind="account:activated", happened_at=NOON, account="u1"), now=NOON)
    open_ledger(settings, database).checkpoint("a1")
    sound = CliRunner().invoke(app, ["fsck"])
    assert (sound.exit_code, sound.output) == (0, "日志 1，事实 3，检查点 1 / 1 logs, 3 facts, 1 checkpoints\n")
    with database.write() as connection:
        connection.exec_driver_sql("DROP TRIGGER ledger_leaves_no_delete")
        connection.exec_driver_sql("DELETE FROM ledger_leaves WHERE seq = 1")
    database.close()
    damaged = CliRunner().invoke(app, ["fsck"])
    assert damaged.exit_code == 1
    assert damaged.output.startswith("✕ log a1: leaf 1 is missing or another has its number. · 日志 a1：缺少第 1 条事实")
