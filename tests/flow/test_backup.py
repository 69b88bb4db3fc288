"""`patentry backup` and `patentry restore`, on both databases: nothing of an installation is lost by them (T40, T55)."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from auth.database import Database
from auth.ledger import keys as evidence
from auth.ledger import service, store
from auth.ledger.service import Ledger
from search.engine.factory import open_index, open_reader
from search.settings import Settings
from tests import machine
from tests.builders import a_patent
from tests.command import Ran, patentry
from tests.flow.ledger_writer import one
from tests.flow.writer import ROOT, lines


class Installation:
    """A data folder, its database, and the command that works on them."""

    def __init__(self, data: Path, url: str) -> None:
        self.data = data
        self.url = url or f"sqlite:///{data / 'patentry.sqlite'}"
        self._setting = {"DATABASE_URL": url} if url else {}

    def run(self, *arguments: str) -> Ran:
        path = os.pathsep.join([str(machine.postgres_bin() or ""), os.environ["PATH"]])  # Debian keeps pg_dump elsewhere
        return patentry(*arguments, data=self.data, PATH=path, **self._setting)

    def facts(self) -> set[tuple[str, int, bytes]]:
        """Every leaf, by log and number."""
        database = Database(self.url)
        with database.read() as connection:
            held = {(row.log, row.seq, row.data) for row in connection.execute(select(store.leaves))}
        database.close()
        return held

    def append(self, times: int) -> None:
        database = Database(self.url)
        for _ in range(times):
            one(database, "a0")
        database.close()

    def sign(self) -> str:
        database = Database(self.url)
        note = Ledger(database, self.data / "keys").checkpoint("a0").written()
        database.close()
        return note

    def documents(self) -> list[bytes | None]:
        reader = open_reader(Settings(data=self.data).engine())
        held = reader.get(["CN110330865B", "CN110330866B"])
        found = reader.resolve(["CN110330865B"])  # by the index
        reader.close()
        assert found == ["CN110330865B"]
        return held


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def at(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], Installation]:
    """An installation in the folder named; on PostgreSQL all of them have the one database."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else ""
    return lambda name: Installation(tmp_path / name, url)


@pytest.fixture
def old(at: Callable[[str], Installation]) -> Installation:
    """One with schema, keys, a document and facts."""
    made = at("old")
    assert made.run("migrate").returncode == 0
    assert made.run("keys", "rotate").returncode == 0
    index = open_index(Settings(data=made.data).engine())
    index.write([a_patent()], merge=lambda _held, new: new)
    index.flush()
    index.close()
    made.append(5)
    made.sign()
    return made


def backed_up(installation: Installation, target: Path) -> Path:
    done = installation.run("backup", str(target))
    assert done.returncode == 0, done.stderr
    return target


def test_everything_comes_back_as_it_was(old: Installation, at: Callable[[str], Installation], tmp_path: Path) -> None:
    facts, documents, note = old.facts(), old.documents(), old.sign()
    kept = backed_up(old, tmp_path / "kept")
    assert {path.name: path.stat().st_mode & 0o077 for path in (kept, *kept.iterdir()) if path.name != "backup.json"} == {
        "kept": 0,
        "database": 0,
        "keys": 0,
        "documents": 0,
    }
    new = at("new")
    over = ["--replace"] if new.url == old.url else []
    restored = new.run("restore", str(kept), *over)
    assert restored.returncode == 0, restored.stderr
    assert (new.facts(), new.documents(), new.sign()) == (facts, documents, note)
    for path in (old.data / "keys").iterdir():
        assert (new.data / "keys" / path.name).read_bytes() == path.read_bytes()
        assert (new.data / "keys" / path.name).stat().st_mode & 0o777 == 0o600
    for command in (["migrate"], ["ledger", "fsck"], ["doctor"]):
        done = new.run(*command)
        assert done.returncode == 0, done.stdout + done.stderr


def test_a_living_installation_is_replaced_only_when_told_and_kept_aside(old: Installation, tmp_path: Path) -> None:
    kept = backed_up(old, tmp_path / "kept")
    before = old.facts()
    old.append(3)
    after = old.facts()
    refused = old.run("restore", str(kept))
    assert (refused.returncode, len(refused.stderr.splitlines())) == (2, 1)
    assert "--replace" in refused.stderr
    assert old.facts() == after
    done = old.run("restore", str(kept), "--replace")
    assert done.returncode == 0, done.stderr
    assert old.facts() == before
    (aside,) = old.data.glob("replaced-*")
    assert (aside / "keys" / evidence.FILE).exists()
    assert (aside / "CURRENT").exists()
    if old.url.startswith("sqlite"):
        assert Installation(aside, "").facts() == after
    else:
        database = Database(old.url)
        with database.read() as connection:
            rows = connection.exec_driver_sql(f'SELECT count(*) FROM "{aside.name}".ledger_leaves')
            assert rows.scalar() == len(after)
        database.close()
        again = backed_up(old, tmp_path / "again")  # what was put aside is in no later backup
        assert (again / "database").stat().st_size < (kept / "database").stat().st_size * 1.2


def test_an_installation_in_use_is_not_replaced(old: Installation, tmp_path: Path) -> None:
    kept = backed_up(old, tmp_path / "kept")
    database = Database(old.url)
    with database.read() as connection:
        connection.execute(select(store.heads)).all()
    refused = old.run("restore", str(kept), "--replace")  # the pool still holds its connection
    database.close()
    assert refused.returncode == 2
    assert "stop the service and loads" in refused.stderr
    assert old.run("restore", str(kept), "--replace").returncode == 0


def test_a_damaged_backup_changes_nothing(old: Installation, tmp_path: Path) -> None:
    kept = backed_up(old, tmp_path / "kept")
    facts = old.facts()
    for name in ("database", "keys/ledger.json", "backup.json", "documents/CURRENT"):
        sound = (kept / name).read_bytes()
        for harm in (lambda path, sound=sound: path.write_bytes(sound[:-9]), Path.unlink):
            harm(kept / name)
            refused = old.run("restore", str(kept), "--replace")
            assert (refused.returncode, len(refused.stderr.splitlines())) == (2, 1)
        (kept / name).write_bytes(sound)
    (kept / "keys" / "more.json").touch()
    assert "keys/more.json" in old.run("restore", str(kept), "--replace").stderr
    assert old.facts() == facts
    assert old.run("doctor").returncode == 0


def test_a_backup_is_a_new_folder_and_has_sound_keys(old: Installation, tmp_path: Path) -> None:
    kept = backed_up(old, tmp_path / "kept")
    assert "name a new folder" in old.run("backup", str(kept)).stderr
    (old.data / "keys" / evidence.FILE).chmod(0o644)
    refused = old.run("backup", str(tmp_path / "other"))
    assert (refused.returncode, (tmp_path / "other").exists()) == (2, False)


def test_t55_a_backup_under_load_is_one_moment_of_the_ledger(tmp_path: Path) -> None:
    """Another process appends all the while; each log in the copy is a beginning of the living one, heads and leaves alike."""
    old = Installation(tmp_path / "old", "")
    assert old.run("migrate").returncode == 0
    assert old.run("keys", "rotate").returncode == 0
    command = [sys.executable, "-m", "tests.flow.ledger_writer", str(old.data / "patentry.sqlite")]
    copies = []
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as writer:
        try:
            for number in range(3):
                said = [next(lines(writer)).split() for _ in range(20)]
                copies.append((backed_up(old, tmp_path / f"kept{number}"), said[-1]))
        finally:
            writer.kill()
            writer.communicate()
    living = old.facts()
    for number, (kept, said) in enumerate(copies):
        new = Installation(tmp_path / f"new{number}", "")
        assert new.run("restore", str(kept)).returncode == 0
        assert new.facts() <= living
        assert (said[0], int(said[1])) in {(log, seq) for log, seq, _ in new.facts()}  # what was acknowledged before is in it
        assert new.run("ledger", "fsck").returncode == 0
        assert len(service_sizes(new)) == 2


def service_sizes(installation: Installation) -> dict[str, int]:
    """Leaves of each log, without a gap."""
    database = Database(installation.url)
    with database.read() as connection:
        held = {log: len(service.leaves(connection, log)) for log in store.logs(connection)}
    database.close()
    return held
