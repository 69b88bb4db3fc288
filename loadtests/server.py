"""A real `patentry serve` on 127.0.0.1 with a data folder of its own, for load tests and measurements."""

import contextlib
import http.client
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from auth.access.model import Identity
from auth.clock import now
from auth.credentials.passwords import Passwords
from auth.database import Database, open_database
from auth.referral.links import Links, New
from auth.referral.model import Kind
from auth.roles import Role
from auth.settings import Settings
from auth.users.service import Users
from auth.users.store import credentials
from loadtests.people import Given

START_S = 300  # a first start of all on a busy machine


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def environment(data: Path) -> dict[str, str]:
    """That of a development server with everything in `data`; nothing of the caller's own settings."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PATENTRY_", "DATABASE_", "ELASTICSEARCH_"))}
    return own | {"PATENTRY_ENV": "development", "PATENTRY_DATA": str(data)}


@dataclass(frozen=True, slots=True)
class Login:
    """Somebody who can sign in."""

    email: str
    password: str


def prepare(data: Path, *, count: int) -> dict[str, Login]:
    """The schema, `count` sample patents and the people of `patentry demo`, by role."""
    sample = data / "sample.jsonl"
    for words in (["migrate"], ["sample", "--out", str(sample), "--count", str(count)], ["load", str(sample)]):
        _command(data, words)
    people = (line.split("\t") for line in _command(data, ["demo"]).splitlines())
    return {role: Login(email, password) for role, email, password in people}


def prepare_everybody(data: Path, *, researchers: int, documents: int = 3_000) -> Given:
    """`prepare`, with so many researchers more and the link of a training that lasts three hours."""
    people = prepare(data, count=documents)
    logins = [(f"researcher{number}@example.com", secrets.token_hex(12)) for number in range(1, researchers + 1)]
    settings = Settings(env="development", data=data, database_url="")
    with closing(open_database(settings)) as database:
        accounts = Users(database, Passwords())
        for email, password in logins:
            accounts.add(email, password, role=Role.RESEARCHER)
        code = _training(database)
    agency, bureau = people["agency"], people["bureau"]
    return Given(logins, (agency.email, agency.password), (bureau.email, bureau.password), code, data / "outbox")


def _training(database: Database) -> str:
    """The code of a link for people who sign up at one address in the next hours."""
    with database.write() as connection:
        agency, _ = credentials(connection, "agency@example.com") or (None, None)
        assert agency is not None
        acting = Identity(agency.id, agency.email, None, agency.role, agency.organisation, session="")
        begun = now() - timedelta(minutes=1)
        training = New(Kind.EVENT, label="培训", first=begun, last=begun + timedelta(hours=3))
        return Links(database).add(connection, acting, training).code


def _command(data: Path, words: list[str]) -> str:
    command = [sys.executable, "-m", "search", *words]
    done = subprocess.run(command, env=environment(data), check=False, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"patentry {' '.join(words)} ended with {done.returncode}: {done.stdout}{done.stderr}")
    return done.stdout


@contextlib.contextmanager
def running(command: list[str], port: int, env: Mapping[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    """The server's process, from its first 200 at ``/healthz`` to the end of the block."""
    with subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            await_ready(process, port)
            yield process
        finally:
            process.terminate()


def await_ready(process: subprocess.Popen[bytes], port: int) -> None:
    """Returns at the first 200 of ``/healthz``; raises `RuntimeError` when the process ends or takes too long."""
    end = time.monotonic() + START_S
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with status {process.returncode}")
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        with contextlib.suppress(OSError), contextlib.closing(connection):
            connection.request("GET", "/healthz")
            if connection.getresponse().status == http.HTTPStatus.OK:
                return
        time.sleep(0.01)
    raise RuntimeError(f"the server did not answer within {START_S} s")


@contextlib.contextmanager
def patentry(data: Path) -> Iterator[str]:
    """`patentry serve` over `data` on a free port; gives its address."""
    port = free_port()
    command = [sys.executable, "-m", "search", "serve", "--host", "127.0.0.1", "--port", str(port)]
    with running(command, port, environment(data)):
        yield f"http://127.0.0.1:{port}"
