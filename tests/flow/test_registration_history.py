"""T39: people register, confirm, search and erase their accounts over HTTP while worker processes are killed; afterwards what was
acknowledged and what is counted are the same set. (A checker of histories, as Jepsen's.)"""

import json
import random
import re
import secrets
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
from aiosmtpd.smtp import Envelope
from sqlalchemy import select

from auth.clock import now
from auth.database import Database, open_database
from auth.ledger import service
from auth.ledger.service import open_ledger
from auth.referral import codes
from auth.referral import store as links
from auth.referral.model import Kind, Link, State
from auth.registration import store
from auth.registration.model import Outcome
from auth.users.service import new_id
from auth.users.store import users
from search.migrations import migrate
from search.settings import Settings
from tests import tenants
from tests.flow.workers import Workers, serving
from tests.machine import soaking
from tests.servers.smtp import Mailbox, running

AGENCY = "agency-a"
CLIENTS, SECONDS, PEOPLE, KILL_EVERY = (50, 60, 100_000, 60) if soaking() else (4, 0, 2, 16)
"""Each client brings so many people one after the other, or as many as come in these seconds."""

PATIENCE_S = 60 if soaking() else 10
"""How long somebody waits for a message before he asks for another: its worker may be dead, or many wait."""

ATTEMPTS = 30


@dataclass
class Post(Mailbox):
    """A mail server that tells whoever waits for a letter."""

    _came: threading.Condition = field(default_factory=threading.Condition)
    _texts: dict[str, list[str]] = field(default_factory=dict)

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:
        answer = await super().handle_DATA(server, session, envelope)
        with self._came:
            self._texts.setdefault(envelope.rcpt_tos[0], []).append(self.letters[-1].get_content())
            self._came.notify_all()
        return answer

    def count(self, contact: str) -> int:
        return len(self._texts.get(contact, ()))

    def digits(self, contact: str, *, after: int) -> str | None:
        """The code of the newest letter to the contact, once there are more than `after`."""
        with self._came:
            if not self._came.wait_for(lambda: self.count(contact) > after, PATIENCE_S):
                return None
            found: list[str] = re.findall(r"(?<!\d)\d{6}(?!\d)", self._texts[contact][-1])
            return found[0]


@dataclass
class History:
    """What was acknowledged, by account. Of those who gave up nothing is known: `unsure` holds their contacts."""

    workers: Workers
    lock: threading.Lock = field(default_factory=threading.Lock)
    verified: dict[str, str] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)
    searched: set[str] = field(default_factory=set)
    unsure: list[str] = field(default_factory=list)
    acknowledged: int = 0
    broken: int = 0

    def note(self) -> None:
        """Something was acknowledged; now and then a worker dies of it."""
        with self.lock:
            self.acknowledged += 1
            if self.acknowledged % KILL_EVERY == 0:
                self.workers.kill_one()


class GaveUp(Exception):
    """No message came, however often it was asked for."""


class Somebody:
    """A person at a browser, who tries again when no answer comes."""

    def __init__(self, history: History, post: Post, code: str) -> None:
        self.contact = f"{secrets.token_hex(6)}@x.cn"
        self._history, self._post, self._code = history, post, code
        self._http = httpx2.Client(base_url=f"{history.workers.address}/api/v1", timeout=30, trust_env=False)

    def live(self, *, erase: bool) -> None:
        """From sign-up to the first search, and to the end of the account."""
        with self._http:
            try:
                account = self._register()
                self._history.verified[account] = self.contact
                assert self._ask("GET", "/search", params={"q": "电池"}).status_code == 200
                self._history.searched.add(account)
                if erase:
                    self._erase()
                    self._history.erased.add(account)
            except GaveUp:
                self._history.unsure.append(self.contact)

    def _register(self) -> str:
        form = {"contact": self.contact, "name": secrets.token_hex(4), "code": self._code, "consents": {"terms": True}}
        answer = self._ask("POST", "/auth/register", json=form, headers={"Idempotency-Key": self.contact})
        assert answer.status_code == 202, answer.text
        entered = self._prove("POST", "/auth/verify", ref=answer.json()["ref"], after=0)
        self._http.headers["Authorization"] = f"Bearer {entered.json()['access_token']}"
        return str(self._ask("GET", "/me").json()["id"])

    def _erase(self) -> None:
        after = self._post.count(self.contact)
        ref = self._ask("POST", "/auth/code", json={"contact": self.contact}).json()["ref"]
        while True:
            digits = self._post.digits(self.contact, after=after)
            if digits is not None:
                answer = self._ask("DELETE", "/me", json={"ref": ref, "code": digits})
                if answer.status_code == 204 or (answer.status_code == 401 and self._ask("GET", "/me").status_code == 401):
                    return  # now, or by a request whose answer was lost
            after, ref = self._again()

    def _prove(self, method: str, path: str, *, ref: str, after: int) -> httpx2.Response:
        """The answer to the right code. A code that was taken by a request whose answer was lost is no good again: then
        another is asked for, and signs in to the account that the first one made."""
        while True:
            digits = self._post.digits(self.contact, after=after)
            if digits is not None:
                answer = self._ask(method, path, json={"ref": ref, "code": digits})
                if answer.status_code == 200:
                    return answer
            path = "/auth/code/login"
            after, ref = self._again()

    def _again(self) -> tuple[int, str]:
        after = self._post.count(self.contact)
        answer = self._ask("POST", "/auth/code", json={"contact": self.contact})
        if answer.status_code == 429:
            raise GaveUp
        return after, str(answer.json()["ref"])

    def _ask(self, method: str, path: str, **options: Any) -> httpx2.Response:
        """The answer, after as many tries as it takes; what is broken or refused for now comes again."""
        workers = self._history.workers
        for _ in range(ATTEMPTS):
            ready = workers.ready
            try:
                answer = self._http.request(method, path, **options)
            except httpx2.TransportError as broken:
                self._history.broken += 1
                if isinstance(broken, httpx2.ConnectError):  # none is left
                    workers.await_one(after=ready)
                continue
            assert answer.status_code < 500 or answer.status_code == 503, answer.text
            if answer.status_code != 503:
                self._history.note()
                return answer
        raise AssertionError(f"{method} {path} was never answered")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else f"sqlite:///{tmp_path / 'patentry.sqlite'}"
    return Settings(env="development", data=tmp_path, database_url=url)


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    """With two tenants."""
    database = open_database(settings)
    migrate(database)
    with database.write() as connection:
        tenants.settle(connection)
    yield database
    database.close()


def an_event(database: Database) -> str:
    """The code of a link for a training that goes on: a crowd from one address is what it is for."""
    at = now()
    code = codes.create()
    hours = (at - timedelta(hours=1), at + timedelta(hours=3))
    link = Link(new_id(), code, Kind.EVENT, AGENCY, None, None, "", *hours, None, State.ACTIVE, 1, at)
    with database.write() as connection:
        assert links.add(connection, link)
    return code


def test_what_was_acknowledged_is_what_is_counted(
    settings: Settings, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    seed, code, post = random.randrange(2**32), an_event(database), Post()
    url = database.url.render_as_string(hide_password=False)
    with running(post):
        mail = {"PATENTRY_SMTP_URL": post.url, "DATABASE_URL": url}
        with serving(settings.data, random.Random(seed), **mail) as workers:
            history = History(workers)
            until = time.monotonic() + SECONDS

            def client(number: int) -> None:
                for person in range(PEOPLE):
                    Somebody(history, post, code).live(erase=(number + person) % 3 == 0)
                    if SECONDS and time.monotonic() > until:
                        return

            with ThreadPoolExecutor(CLIENTS) as clients:
                list(clients.map(client, range(CLIENTS)))
        assert all(json.loads(line)["level"] in ("info", "warning") for line in workers.said)
    compare(settings, database, history)
    with capsys.disabled():
        people = f"{len(history.verified)} verified, {len(history.erased)} of them erased, {len(history.unsure)} gave up"
        print(f" {workers.killed} workers killed, {history.broken} requests broken; {people} (seed {seed})", end="")
    assert workers.killed > 0
    assert len(history.verified) > len(history.erased) > 0


def compare(settings: Settings, database: Database, history: History) -> None:
    """The history against the tables and the ledger."""
    unsure = {account for account, contact in history.verified.items() if contact in history.unsure}
    there = {account: contact for account, contact in history.verified.items() if account not in history.erased | unsure}
    with database.read() as connection:
        facts = Counter((leaf.kind, leaf.account) for leaf in service.leaves(connection, AGENCY))
        held = store.registrations.c
        registered = set(connection.scalars(select(held.account).where(held.outcome == Outcome.COUNTED)))
        named = {row.id: row.email for row in connection.execute(select(users))}
    verified, known = reached(facts, "account:contact_verified"), set(history.verified) - unsure
    assert {account: contact for account, contact in named.items() if contact not in history.unsure} == there
    assert registered == set(named) == verified - reached(facts, "account:erased")
    assert reached(facts, "account:erased") & known == history.erased - unsure
    assert known <= verified
    assert len(verified - known) <= len(history.unsure)
    assert set(facts.values()) == {1}
    assert history.searched <= reached(facts, "account:activated") <= verified <= reached(facts, "account:registered")
    assert open_ledger(settings, database).fsck().faults == ()


def reached(facts: Counter[tuple[str, str | None]], kind: str) -> set[str | None]:
    """The accounts that have this fact."""
    return {account for held, account in facts if held == kind}
