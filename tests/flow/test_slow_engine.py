"""T48 over the real service: an Elasticsearch that takes requests and answers none. Who does not search notices nothing; who
does is told in time; threads do not pile up."""

import http.client
import json
import socket
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from auth.access.service import open_access
from auth.clock import now
from auth.credentials.passwords import Passwords
from auth.database import open_database
from auth.roles import Role
from auth.settings import Settings
from auth.users import store as users
from auth.users.service import Users
from loadtests import server
from search.migrations import migrate

Answer = tuple[int, dict[str, str], bytes]
"""Status, headers by small letters, body."""

PASSWORD = "seven copper lanterns drift"
SEARCHERS = 21
AT_ONCE = 2 * SEARCHERS
ENGINE_THREADS = 40
THREADS = 150
"""Those of a service at work: 40 for engines, 40 of the framework, and what the libraries have."""


@dataclass
class SilentEngine:
    """Takes connections and says nothing on them until it is told to hang up."""

    door: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0), backlog=256))
    taken: list[socket.socket] = field(default_factory=list)
    more: threading.Condition = field(default_factory=threading.Condition)

    def __post_init__(self) -> None:
        threading.Thread(target=self._take, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.door.getsockname()[1]}"

    def await_callers(self, count: int) -> None:
        """Returns when so many have been taken."""
        with self.more:
            assert self.more.wait_for(lambda: len(self.taken) >= count, timeout=60)

    def hang_up(self) -> None:
        """Ends what was taken, and takes no more."""
        with suppress(OSError):  # where it was told before
            self.door.shutdown(socket.SHUT_RDWR)
        self.door.close()
        with self.more:
            for each in self.taken:
                each.close()

    def _take(self) -> None:
        while True:
            try:
                caller, _ = self.door.accept()
            except OSError:
                return
            with self.more:
                self.taken.append(caller)
                self.more.notify_all()


@dataclass(frozen=True)
class Service:
    """`patentry serve` over an engine that is silent, and the process it is."""

    address: str
    pid: int

    def ask(self, method: str, path: str, body: str | None = None, **headers: str) -> Answer:
        connection = http.client.HTTPConnection(str(urlsplit(self.address).netloc), timeout=60)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def sign_in(self, login: str) -> str:
        """A new access token."""
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        status, _, body = self.ask("POST", "/api/v1/auth/login", urlencode({"username": login, "password": PASSWORD}), **form)
        assert status == 200
        return str(json.loads(body)["access_token"])

    def search(self, path: str, token: str) -> Answer:
        return self.ask("GET", path, Authorization=f"Bearer {token}", Accept="application/json")

    def threads(self) -> int:
        lines = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8").splitlines()
        return int(next(line.split()[1] for line in lines if line.startswith("Threads:")))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with researchers."""
    folder = tmp_path_factory.mktemp("slow")
    database = open_database(Settings(env="development", data=folder, database_url=""))
    migrate(database)
    for number in range(SEARCHERS):
        Users(database, Passwords()).add(f"r{number}@example.com", PASSWORD, role=Role.RESEARCHER)
    database.close()
    return folder


@pytest.fixture(scope="module")
def tokens(data: Path) -> list[str]:
    """One of each researcher: signed in once, the process they come from matters to nobody."""
    settings = Settings(env="development", data=data, database_url="")
    database = open_database(settings)
    access = open_access(settings, database)
    try:
        with database.write() as connection:
            found = [users.credentials(connection, f"r{number}@example.com") for number in range(SEARCHERS)]
            return [access.sessions.open_api(connection, held[0].id, now()).access_token for held in found if held]
    finally:
        access.close()
        database.close()


@pytest.fixture
def engine() -> Iterator[SilentEngine]:
    made = SilentEngine()
    yield made
    made.hang_up()


@contextmanager
def serving(data: Path, engine: SilentEngine, *, timeout_s: int) -> Iterator[Service]:
    """The service, which waits so long for its engine."""
    port = server.free_port()
    command = [sys.executable, "-m", "search", "serve", "--host", "127.0.0.1", "--port", str(port)]
    own = {"ELASTICSEARCH_URL": engine.url, "PATENTRY_ELASTICSEARCH_TIMEOUT_S": str(timeout_s)}
    with server.running(command, port, server.environment(data) | own) as process:
        yield Service(f"http://127.0.0.1:{port}", process.pid)


@contextmanager
def searching(service: Service, engine: SilentEngine, tokens: list[str]) -> Iterator[list[Future[Answer]]]:
    """Every researcher searches at the same time as a program and on the page; at the end of the block the engine hangs up."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        try:
            yield [pool.submit(service.search, path, token) for token in tokens for path in ("/api/v1/search?q=a", "/search?q=a")]
        finally:
            engine.hang_up()


def test_who_does_not_search_is_answered_while_the_engine_is_silent(data: Path, engine: SilentEngine, tokens: list[str]) -> None:
    with serving(data, engine, timeout_s=300) as service:
        with searching(service, engine, tokens) as searches:
            engine.await_callers(ENGINE_THREADS)
            form = {"contact": "newcomer@example.com", "password": PASSWORD, "consents": {"terms": True}}
            for _ in range(5):
                assert service.ask("GET", "/healthz")[0] == 200
                token = service.sign_in("r0@example.com")
                assert service.ask("GET", "/api/v1/me", Authorization=f"Bearer {token}")[0] == 200
            assert service.ask("GET", "/login")[0] == 200
            sent = service.ask("POST", "/api/v1/auth/register", json.dumps(form), **{"Content-Type": "application/json"})
            assert sent[0] == 202
            assert len(engine.taken) == ENGINE_THREADS
            assert service.threads() < THREADS
        assert {search.result()[0] for search in searches} == {503}


def test_who_searches_is_told_by_the_deadline_when_to_ask_again(data: Path, engine: SilentEngine, tokens: list[str]) -> None:
    """No answer ever comes: without the limit this test would not end. And who waits for a thread meanwhile does not get
    a second deadline after the first: the engine is asked once for each thread."""
    with serving(data, engine, timeout_s=4) as service, searching(service, engine, tokens) as searches:
        for status, headers, body in [search.result() for search in searches]:
            assert (status, json.loads(body)["code"]) == (503, "engine_unavailable")
            assert int(headers["retry-after"]) > 0
        assert len(engine.taken) == ENGINE_THREADS
        assert service.threads() < THREADS
