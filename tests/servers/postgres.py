"""A real PostgreSQL for tests, from the system's own binaries: made in a temporary folder, started, stopped, removed.

`initdb` and the server refuse to run as root; then they run as the user ``postgres`` that Debian's package makes.  The
fixture `postgres_url` gives each test an empty database of its own.
"""

import contextlib
import itertools
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests import machine

START_S = 60
USER = "patentry"
_COUNT = itertools.count()


@contextlib.contextmanager
def running() -> Iterator[str]:
    """A server on a free port of 127.0.0.1; its address as ``user:password@host:port`` until the block ends."""
    binaries = machine.need("postgres")
    folder = Path(tempfile.mkdtemp(prefix="patentry-postgres-"))
    password, port = secrets.token_hex(16), _free_port()
    try:
        (folder / "password").write_text(password)
        _own(folder)
        create = ["-U", USER, "-E", "UTF8", "--locale=C", "--auth=scram-sha-256", f"--pwfile={folder / 'password'}"]
        _run([binaries / "initdb", "-D", folder / "data", *create], folder)
        options = f"-c listen_addresses=127.0.0.1 -p {port} -c unix_socket_directories= -c fsync=off -c max_connections=200"
        control = [binaries / "pg_ctl", "-D", folder / "data", "-w", "-t", str(START_S)]
        _run([*control, "-l", folder / "log", "-o", options, "start"], folder)
        try:
            yield f"{USER}:{password}@127.0.0.1:{port}"
        finally:
            _run([*control, "-m", "fast", "stop"], folder)
    finally:
        shutil.rmtree(folder)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _own(folder: Path) -> None:
    """Gives the folder to who will run the server."""
    (folder / "password").chmod(0o600)
    if os.geteuid() == 0:
        for path in (folder, folder / "password"):
            shutil.chown(path, "postgres", "postgres")


def _run(command: list[str | Path], folder: Path) -> None:
    """Runs one of the server's programs; what it said in the error. (A pipe would be held open by the server it starts.)"""
    as_other = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    with tempfile.TemporaryFile() as said:
        done = subprocess.run([*as_other, *map(str, command)], cwd=folder, stdout=said, stderr=said, check=False)
        if done.returncode:
            said.seek(0)
            raise RuntimeError(f"{command[0]} failed:\n{said.read().decode(errors='replace')[-2000:]}")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A server shared by the session; without PostgreSQL its tests are skipped, or fail with CI=true."""
    with running() as address:
        yield address


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The SQLAlchemy URL of an empty database, dropped after the test."""
    with database(postgres_server) as url:
        yield url


@contextlib.contextmanager
def database(postgres_server: str) -> Iterator[str]:
    """The SQLAlchemy URL of an empty database of the server, dropped at the end of the block."""
    name = sql.Identifier(f"test_{next(_COUNT)}")
    with psycopg.connect(f"postgresql://{postgres_server}/postgres", autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(name))
        yield f"postgresql+psycopg://{postgres_server}/{name.as_string().strip(chr(34))}"
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))
