"""The whole database copied while others write to it, and put back: SQLite's own backup, PostgreSQL's pg_dump and pg_restore."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy import text

from auth.database.connect import Database
from auth.errors import StartRefused


def copy_file(source: Path, target: Path) -> None:
    """One SQLite file as it stands at one moment (https://www.sqlite.org/backup.html), whole in itself; over what `target` was."""
    here = f"{source.absolute().as_uri()}?mode=rw"  # not ro: of a closed WAL database even a reader makes the shared memory
    with closing(sqlite3.connect(here, uri=True)) as held, closing(sqlite3.connect(target)) as copy:
        held.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    with target.open("rb") as written:
        os.fsync(written.fileno())


def save(database: Database, target: Path) -> None:
    """Copies the database into the new file `target`, which is its owner's alone; `StartRefused` where PostgreSQL's program
    fails."""
    target.touch(mode=0o600, exist_ok=False)
    if database.sqlite:
        copy_file(database.file, target)
    else:
        _program(database, "pg_dump", "--format=custom", "--no-owner", "--exclude-schema=replaced-*", f"--file={target}")


def is_living(database: Database) -> bool:
    """Whether something is there that putting a copy back would replace."""
    if database.sqlite:
        return database.file.exists()
    with database.read() as connection:
        tables = "SELECT 1 FROM information_schema.tables WHERE table_schema = 'public' LIMIT 1"
        return connection.scalar(text(tables)) is not None


def is_in_use(database: Database) -> bool:
    """Whether another has it open."""
    if database.sqlite:
        return database.file.exists() and _is_open(database.file)
    with database.read() as connection:
        others = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() LIMIT 1"
        return connection.scalar(text(others)) is not None


def set_aside(database: Database, aside: Path) -> None:
    """Takes a living database away: its files into the folder `aside`, in PostgreSQL its tables into a schema of that folder's
    name."""
    if database.sqlite:
        for part in sorted(database.file.parent.glob(f"{database.file.name}*")):
            aside.mkdir(exist_ok=True)
            shutil.move(part, aside / part.name)
    elif is_living(database):
        with database.write() as connection:
            connection.execute(text(f'ALTER SCHEMA public RENAME TO "{aside.name}"'))
            connection.execute(text("CREATE SCHEMA public"))


def put_back(database: Database, source: Path) -> None:
    """Makes the database, of which there is none, that of the copy."""
    if database.sqlite:
        database.file.touch(mode=0o600, exist_ok=False)
        copy_file(source, database.file)
    else:
        _program(database, "pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", str(source))


def _is_open(file: Path) -> bool:
    """Whoever has a WAL database open holds a shared lock on it; exclusive mode wants it for itself alone."""
    with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as connection:
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            return True
        connection.execute("ROLLBACK")
    return False


def _program(database: Database, name: str, *arguments: str) -> None:
    """Runs one of PostgreSQL's programs on the database; the password goes by the environment, where nobody else sees it."""
    plain = database.url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    path = shutil.which(name)
    if path is None:
        raise StartRefused(
            zh=f"找不到 {name}：请安装 PostgreSQL 客户端程序，版本不低于服务器。",
            en=f"{name} is not found: install PostgreSQL's client programs, of the server's version or newer.",
        )
    environment = os.environ | {"PGPASSWORD": database.url.password or ""}
    command = [path, f"--dbname={plain}", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - a program of PATH, by our words
    if done.returncode:
        said = done.stderr.strip().replace("\n", "; ")
        raise StartRefused(zh=f"{name} 失败：{said}", en=f"{name} failed: {said}")
