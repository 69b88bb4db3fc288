"""What `auth.database` and the migrations promise, on both databases."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, MetaData, Table, Text, insert, select, text

from auth.database import Database, DatabaseUnavailable, LockHeld, insert_new, instant, lock, metadata
from auth.errors import StartRefused
from search import migrations
from tests.machine import ROOT
from tests.stores.rooms import stores

notes = Table("notes", MetaData(), Column("id", Text, primary_key=True), instant("at"))
MORNING = datetime(2026, 3, 1, 8, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def with_notes(empty_database: Database) -> Database:
    with empty_database.write() as connection:
        notes.create(connection)
    return empty_database


def _ids(database: Database) -> list[str]:
    with database.read() as connection:
        return list(connection.scalars(select(notes.c.id).order_by(notes.c.id)))


def test_write_commits_and_an_exception_rolls_back(with_notes: Database) -> None:
    def add(name: str, *, then: Exception | None = None) -> None:
        with with_notes.write() as connection:
            connection.execute(insert(notes).values(id=name, at=MORNING))
            if then:
                raise then

    add("kept")
    with pytest.raises(RuntimeError):
        add("lost", then=RuntimeError())
    assert _ids(with_notes) == ["kept"]


def test_read_leaves_no_trace(with_notes: Database) -> None:
    with with_notes.read() as connection:
        connection.execute(insert(notes).values(id="lost", at=MORNING))
    assert _ids(with_notes) == []


def test_instants_come_back_in_utc_whatever_zone_they_had(with_notes: Database) -> None:
    shanghai = MORNING.astimezone(timezone(timedelta(hours=8)))
    with with_notes.write() as connection:
        connection.execute(insert(notes).values(id="a", at=shanghai))
    with with_notes.read() as connection:
        held = connection.scalar(select(notes.c.at).where(notes.c.at <= MORNING))
    assert (held, held.tzinfo if held else None) == (MORNING, UTC)


def test_an_instant_without_a_zone_is_refused(with_notes: Database) -> None:
    with pytest.raises(Exception, match="needs its zone"), with_notes.write() as connection:
        connection.execute(insert(notes).values(id="a", at=MORNING.replace(tzinfo=None)))


def test_insert_new_says_who_was_first(with_notes: Database) -> None:
    barrier = threading.Barrier(8)

    def once(number: int) -> bool:
        barrier.wait()
        with with_notes.write() as connection:
            return insert_new(connection, notes, {"id": f"same {number % 2}", "at": MORNING})

    with ThreadPoolExecutor(8) as threads:
        won = list(threads.map(once, range(8)))
    assert (won.count(True), _ids(with_notes)) == (2, ["same 0", "same 1"])


def test_many_threads_write_without_losing_one(with_notes: Database) -> None:
    def add(number: int) -> None:
        with with_notes.write() as connection:
            connection.execute(insert(notes).values(id=f"{number:03}", at=MORNING))

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(add, range(60)))
    assert _ids(with_notes) == [f"{number:03}" for number in range(60)]


def test_a_lock_is_held_by_one_and_free_after_an_exception(empty_database: Database) -> None:
    def take(name: str, *, then: Exception | None = None) -> None:
        with lock(empty_database, name):
            if then:
                raise then

    with lock(empty_database, "load"):
        with pytest.raises(LockHeld):
            take("load")
        take("another name / with signs")
    with pytest.raises(RuntimeError):
        take("load", then=RuntimeError())
    take("load")


def test_who_waits_for_a_lock_gets_it(empty_database: Database) -> None:
    held, done = threading.Event(), threading.Event()

    def first() -> None:
        with lock(empty_database, "load"):
            held.set()
            done.wait(30)

    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(first)
        assert held.wait(30)
        threading.Timer(0.1, done.set).start()
        with lock(empty_database, "load", wait_s=30):
            assert done.is_set()
        running.result()


HOLD = """
import sys
from auth.database import Database, lock
with lock(Database(sys.argv[1]), "load"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_killed_holders_lock_is_free(empty_database: Database) -> None:
    url = empty_database.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", HOLD, url]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(LockHeld), lock(empty_database, "load"):
            pass
        holder.kill()
    with lock(empty_database, "load", wait_s=30):
        pass


def test_an_unknown_database_is_a_503_with_the_time_to_wait(empty_database: Database) -> None:
    with pytest.raises(DatabaseUnavailable) as caught, _away(empty_database).read() as connection:
        connection.execute(text("SELECT 1"))
    assert (caught.value.status, caught.value.retry_after_s) == (503, 5)


def _away(database: Database) -> Database:
    """The same kind of database where there is none."""
    if database.sqlite:
        return Database(f"sqlite:///{database.file.parent / 'absent' / 'store.sqlite'}")
    return Database("postgresql+psycopg://nobody:x@127.0.0.1:1/none")


def test_an_old_schema_is_refused_until_it_is_migrated(empty_database: Database) -> None:
    with pytest.raises(StartRefused, match="patentry migrate"):
        migrations.require_schema(empty_database)
    migrations.migrate(empty_database)
    migrations.require_schema(empty_database)
    migrations.migrate(empty_database)


def test_the_newest_revision_is_alembics_own() -> None:
    script = ScriptDirectory(str(Path(migrations.__file__).parent))
    assert script.get_current_head() == migrations.head()
    assert [f"m{step.revision}" for step in script.walk_revisions()] == [Path(step.path).stem for step in script.walk_revisions()]


def test_two_processes_may_migrate_at_once(empty_database: Database) -> None:
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(migrations.migrate, [empty_database] * 2))
    migrations.require_schema(empty_database)


def test_the_migrated_schema_is_what_the_rooms_declare(database: Database) -> None:
    assert len(stores()) >= 5
    with database.read() as connection:
        differences = compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata)
    assert differences == []
