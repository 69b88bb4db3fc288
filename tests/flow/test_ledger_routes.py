"""Checkpoints, proofs and keys over HTTP: who sees which log, and that what is answered can be checked."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import pytest
from fastapi import FastAPI, Header
from starlette.testclient import TestClient

from auth.access.problems import SignInNeeded
from auth.database import Database
from auth.http import problems
from auth.ledger import keys, notes, service, store, tlog, tree
from auth.ledger.model import INSTALLATION, Fact
from auth.ledger.routes import router
from auth.ledger.service import Ledger, open_ledger, rotate_keys
from auth.settings import Settings
from search.migrations import migrate

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LEDGER = "/api/v1/ledger"


def who(x_who: Annotated[str | None, Header()] = None) -> str:
    """The caller by the name in a header; strangers are refused."""
    if x_who is None:
        raise SignInNeeded
    return x_who


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(env="development", data=tmp_path, public_url="https://patents.example.cn")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """Five facts of agency a1, one of a2."""
    database = Database(f"sqlite:///{tmp_path / 'store.sqlite'}")
    migrate(database)
    with database.write() as connection:
        for number, log in enumerate(["a1"] * 5 + ["a2"]):
            fact = Fact(kind="account:activated", happened_at=NOON, account=f"{number:032x}", agency=log)
            service.append(connection, log, fact, now=NOON)
    yield database
    database.close()


@pytest.fixture
def ledger(settings: Settings, database: Database) -> Ledger:
    return open_ledger(settings, database, clock=lambda: NOON)


@pytest.fixture
def client(ledger: Ledger) -> TestClient:
    """The routes for callers who see the log of their own name; the administrator sees all."""
    app = FastAPI()
    problems.install(app)
    routes = router(ledger, caller=who, may_see=lambda caller, log: caller in (log, "administrator"))
    app.include_router(routes, prefix="/api/v1")
    return TestClient(app, headers={"x-who": "a1"})


def test_a_checkpoint_is_signed_by_the_published_key(client: TestClient) -> None:
    answer = client.get(f"{LEDGER}/checkpoint?agency=a1")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/plain; charset=utf-8")
    key = notes.verifier(client.get(f"{LEDGER}/keys").text.strip())
    note = notes.parse(answer.text)
    assert notes.verify(note, [key]) == [key]
    held = tlog.checkpoint(note.text)
    assert (held.origin, held.size) == ("patents.example.cn/ledger/a1", 5)
    assert client.get(f"{LEDGER}/checkpoint?agency=a1").text == answer.text


def test_a_proof_shows_the_fact_in_the_checkpoint(client: TestClient, database: Database) -> None:
    with database.read() as connection:
        leaf = tree.leaf_hash(store.data(connection, "a1", first=3, until=None)[0])
    text = client.get(f"{LEDGER}/proof?agency=a1&index=3").text
    above, _, below = text.partition("\n\n")
    first, index, *steps = above.split("\n")
    assert (first, index) == ("c2sp.org/tlog-proof@v1", "index 3")
    root = tlog.checkpoint(notes.parse(below).text).root
    assert tree.verify_inclusion([tlog.base64.b64decode(x) for x in steps], index=3, size=5, leaf=leaf, root=root)
    assert client.get(f"{LEDGER}/proof?agency=a1&index=3&size=5").text == text
    assert client.get(f"{LEDGER}/proof?agency=a1&old=5&size=5").text == f"old 5\n\n{below}"


@pytest.mark.parametrize("path", ["checkpoint?agency={}", "proof?agency={}&index=0", "proof?agency={}&old=1"])
def test_another_tenants_log_is_not_there(path: str, client: TestClient) -> None:
    """T31: the same answer for another's log and for one that nobody has."""
    for log in ("a2", "a3", INSTALLATION):
        answer = client.get(f"{LEDGER}/{path.format(log)}")
        assert (answer.status_code, answer.json()["code"]) == (404, "log_unknown")
    boss = {"x-who": "administrator"}
    assert client.get(f"{LEDGER}/{path.format('a2')}", headers=boss).status_code == 200
    assert client.get(f"{LEDGER}/{path.format('a3')}", headers=boss).status_code == 404
    client.headers.pop("x-who")
    assert client.get(f"{LEDGER}/{path.format('a1')}").status_code == 401


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("checkpoint", 422, "wrong_shape"),
        ("checkpoint?agency=", 422, "wrong_shape"),
        ("checkpoint?agency=a%00", 422, "wrong_shape"),
        ("checkpoint?agency=%F0%9F%98%80", 422, "wrong_shape"),
        (f"checkpoint?agency={'a' * 65}", 422, "wrong_shape"),
        ("proof?agency=a1", 422, "wrong_shape"),
        ("proof?agency=a1&index=0&old=1", 422, "wrong_shape"),
        ("proof?agency=a1&index=-1", 422, "wrong_shape"),
        ("proof?agency=a1&index=nan", 422, "wrong_shape"),
        (f"proof?agency=a1&index={10**30}", 422, "wrong_shape"),
        (f"proof?agency=a1&index={2**53 - 1}", 422, "outside_tree"),
        ("proof?agency=a1&index=5", 422, "outside_tree"),
        ("proof?agency=a1&old=6", 422, "outside_tree"),
        ("proof?agency=a1&index=0&size=4", 404, "size_unsigned"),
        (f"proof?agency=a1&index=0&size={2**53 - 1}", 404, "size_unsigned"),
    ],
)
def test_what_cannot_be_answered_is_a_problem(path: str, status: int, code: str, client: TestClient) -> None:
    answer = client.get(f"{LEDGER}/{path}")
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_rotation_reaches_a_running_service_and_is_announced(client: TestClient, settings: Settings) -> None:
    before = notes.verifier(client.get(f"{LEDGER}/keys").text.strip())
    old = notes.parse(client.get(f"{LEDGER}/checkpoint?agency=a1").text)
    rotate_keys(settings, clock=lambda: NOON)
    note = notes.parse(client.get(f"{LEDGER}/checkpoint?agency=a1").text)
    published, _, announcement = client.get(f"{LEDGER}/keys").text.partition("\n\n")
    now, then = map(notes.verifier, published.split("\n"))
    assert (then, notes.verify(note, [now]), notes.verify(old, [then])) == (before, [now], [before])
    assert notes.verify(notes.parse(announcement), [then, now]) == [then, now]


def test_production_does_not_start_without_the_keys(settings: Settings, database: Database) -> None:
    """T09: only development makes keys on the way."""
    production = settings.model_copy(update={"env": "production"})
    with pytest.raises(keys.StartRefused, match="is missing"):
        open_ledger(production, database)
    open_ledger(settings, database)
    assert open_ledger(production, database).keys().name == "patents.example.cn/ledger"


def test_a_fingerprint_is_the_installations_own(ledger: Ledger) -> None:
    assert ledger.fingerprint("li@example.com") == ledger.fingerprint("li@example.com")
    assert ledger.fingerprint("li@example.com") != ledger.fingerprint("han@example.com")
