"""Settings from the environment, and the clock."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pydantic import ValidationError

from auth.clock import day, now
from auth.database import open_database
from auth.settings import Settings


def test_the_defaults_are_those_of_production() -> None:
    settings = Settings.model_construct()
    assert (settings.env, settings.data, settings.database_url) == ("production", Path("var"), "")
    assert settings.key_folder == Path("var/keys")


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process environment is the very input, so it is set here."""
    given = {
        "PATENTRY_ENV": "development",
        "PATENTRY_DATA": "/srv/data",
        "PATENTRY_KEYS": "/srv/keys",
        "PATENTRY_PUBLIC_URL": "https://patents.example.com",
        "DATABASE_URL": "postgresql+psycopg://u:hunter2@db/patentry",
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    settings = Settings()
    assert (settings.env, settings.data, settings.key_folder) == ("development", Path("/srv/data"), Path("/srv/keys"))
    assert settings.secure
    assert settings.database_url.endswith("@db/patentry")
    assert "hunter2" not in repr(settings)


def test_an_empty_variable_is_an_unset_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a compose file hands it on."""
    for name in ("PATENTRY_KEYS", "DATABASE_URL", "PATENTRY_ENV"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("PATENTRY_DATA", "/srv/data")
    settings = Settings()
    assert (settings.env, settings.database_url, settings.key_folder) == ("production", "", Path("/srv/data/keys"))


def test_the_databases_files_are_their_owners_alone(tmp_path: Path) -> None:
    database = open_database(Settings(data=tmp_path / "data"))
    with database.write() as connection:
        connection.exec_driver_sql("CREATE TABLE t (a)")
        modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "data").glob("patentry.sqlite*")}
    assert modes == dict.fromkeys(("patentry.sqlite", "patentry.sqlite-wal", "patentry.sqlite-shm"), 0o600)
    database.close()


def test_an_unknown_environment_is_refused() -> None:
    with pytest.raises(ValidationError):
        Settings(env="staging")  # type: ignore[arg-type]


def test_days_are_shanghais() -> None:
    assert day(datetime(2025, 12, 31, 15, 59, 59, tzinfo=UTC)) == date(2025, 12, 31)
    assert day(datetime(2025, 12, 31, 16, 0, 0, tzinfo=UTC)) == date(2026, 1, 1)
    assert now().tzinfo is UTC
