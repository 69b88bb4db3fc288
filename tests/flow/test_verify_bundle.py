"""A bundle from the database to the bureau's desk: exported, checked with a copy of the verifier, witnessed, tampered with."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from auth.access.model import Identity
from auth.database import open_database
from auth.http.problems import NotFound
from auth.ledger import people, service, store
from auth.ledger.model import Fact
from auth.ledger.service import Ledger, open_ledger
from auth.projects.model import Contract
from auth.projects.problems import NoRuleYet
from auth.projects.service import Projects
from auth.roles import Role
from auth.targets.archive import archive
from auth.targets.evidence import Evidence
from auth.targets.rules import shipped
from auth.targets.service import Targets
from auth.targets.verifier import FOLDER
from search.cli import app
from search.migrations import migrate
from search.settings import Settings
from tests import tenants
from tests.tenants import NOON

OFFICER = Identity("officer", None, None, Role.BUREAU, "city-a", "s1")
AGENCY = "agency-a"


class Desk:
    """An installation with one project, and a folder of the bureau's own."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.database = open_database(settings)
        migrate(self.database)
        with self.database.write() as connection:
            tenants.settle(connection)
        self.ledger: Ledger = open_ledger(settings, self.database, clock=lambda: NOON)
        projects = Projects(self.database, fingerprint=self.ledger.fingerprint, clock=lambda: NOON)
        first, last = (NOON - timedelta(days=30)).date(), (NOON + timedelta(days=300)).date()
        contract = Contract(agency=AGENCY, first=first, last=last, province="52", contract_sha256="ab" * 32)
        self.project = projects.add(OFFICER, "推送服务", contract, bureau=None).id
        self.now = NOON
        self.sampled: dict[str, str] = {}
        self.evidence = Evidence(self.database, self.ledger, sampled=lambda *_: self.sampled, clock=lambda: self.now)
        self.bureau = folder / "bureau"
        self.bureau.mkdir()
        for name in ("verify.py", "recount.py"):
            shutil.copy(FOLDER / name, self.bureau)
        (self.bureau / "key.pub").write_text(self.ledger.keys().signer.verifier.vkey + "\r\n", "utf-8")

    def adopt(self) -> None:
        data = shipped()["guizhou-2019"]
        Targets(self.database, clock=lambda: NOON).adopt(OFFICER, self.project, data=data, direction=None)

    def person(self, account: str) -> None:
        """Somebody registers, confirms, fills in the profile and searches."""
        profile = {"enterprise": "enterprise-a", "role": "rd", "size": "small", "region": "520102"}
        steps: list[tuple[str, dict[str, Any]]] = [
            ("account:registered", {"channel": "mobile"}),
            ("account:contact_verified", {"contact_class": "mobile", "new": True}),
            ("account:profile_complete", profile),
            ("account:activated", {}),
        ]
        with self.database.write() as connection:
            for kind, attributes in steps:
                person = hashlib.sha256(account.encode()).hexdigest() if kind == "account:contact_verified" else None
                fact = Fact(kind=kind, happened_at=NOON, account=account, person=person, agency=AGENCY, attributes=attributes)
                service.append(connection, AGENCY, fact, now=NOON)

    def export(self, **limits: Any) -> bytes:
        return archive(self.evidence.export(OFFICER, self.project, **limits)[1])

    def check(self, data: bytes, *options: str, coding: str = "utf-8") -> tuple[int, str]:
        """Exit status and words of the bureau's copy."""
        (self.bureau / "bundle.zip").write_bytes(data)
        command = [sys.executable, "verify.py", "bundle.zip", *options]
        environment = {**os.environ, "PYTHONIOENCODING": coding, "PYTHONUTF8": "0"}
        done = subprocess.run(command, cwd=self.bureau, env=environment, capture_output=True, check=False)
        return done.returncode, done.stdout.decode(coding) + done.stderr.decode(coding)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """The commands take their settings from the environment, hence the patch of it."""
    monkeypatch.setenv("PATENTRY_DATA", str(tmp_path))
    monkeypatch.setenv("PATENTRY_ENV", "development")
    made = Desk(tmp_path, Settings())
    yield made
    made.database.close()


def test_a_bureau_checks_a_bundle_and_keeps_what_it_saw(desk: Desk) -> None:
    with pytest.raises(NoRuleYet):
        desk.export()
    desk.adopt()
    desk.person("acc1")
    before = desk.export()
    key = ("--key", "key.pub")
    status, words = desk.check(before, *key, "--witness", "last.txt")
    assert status == 0, words
    assert words.splitlines()[-1] == "PASS"
    assert "new_users 新增系统使用注册人数: activated 1* · contact_verified 1" in words
    desk.person("acc2")
    after = desk.export()
    assert desk.check(after, *key, "--witness", "last.txt")[0] == 0
    assert "activated 2*" in desk.check(after, *key)[1]
    kept = (desk.bureau / "last.txt").read_bytes()

    status, words = desk.check(before, *key, "--witness", "last.txt")  # T33: to the bureau the tail is gone
    assert (status, words.startswith("FAIL witness")) == (1, True)
    assert (desk.bureau / "last.txt").read_bytes() == kept  # T35: both are kept as proof
    assert (desk.bureau / "last.txt.conflict").read_bytes() != kept

    at = len(after) // 2
    status, words = desk.check(after[:at] + bytes([after[at] ^ 4]) + after[at + 1 :], *key)
    assert status == 1
    assert words.startswith("FAIL ")


def test_what_cannot_be_told_is_said_so(desk: Desk) -> None:
    desk.adopt()
    data = desk.export()
    status, words = desk.check(data)
    assert status == 2
    assert words.splitlines()[-1].endswith("no --key")
    assert desk.check(data, "--key", "no-such-file")[0] == 2
    (desk.bureau / "other.pub").write_text("not a key\n")
    assert desk.check(data, "--key", "other.pub")[0] == 2
    (desk.bureau / "last.txt").write_text("not a checkpoint\n")
    assert desk.check(data, "--key", "key.pub", "--witness", "last.txt")[0] == 2
    assert desk.check(data, "--key", "key.pub", coding="ascii")[0] == 0  # a terminal without Chinese changes no verdict
    (desk.bureau / "verify.py").write_bytes((FOLDER / "verify.py").read_bytes() + b"#\n")
    assert "FAIL verify.py" in desk.check(data, "--key", "key.pub")[1]


def test_the_same_day_gives_the_same_counts_and_later_facts_are_shown(desk: Desk) -> None:
    """T40: as of a day before them, facts recorded later stand in the bundle and count nothing."""
    desk.adopt()
    desk.person("acc1")
    first = desk.export(as_of=NOON.date())
    assert desk.export(as_of=NOON.date()) == first
    with desk.database.write() as connection:
        late = NOON + timedelta(days=3)
        fact = Fact(kind="account:held", happened_at=late, account="acc1", agency=AGENCY, attributes={})
        service.append(connection, AGENCY, fact, now=late)
    later = desk.export(as_of=NOON.date())
    assert "activated 1*" in desk.check(later, "--key", "key.pub")[1]
    desk.now = late
    assert "activated 0*" in desk.check(desk.export(as_of=late.date()), "--key", "key.pub")[1]


def test_a_sampled_account_is_opened_until_it_is_erased(desk: Desk) -> None:
    """T44: with the salt goes the link to the person; the count stays."""
    desk.adopt()
    fingerprint = desk.ledger.fingerprint("+8613800138000")
    desk.person("acc0")
    with desk.database.write() as connection:
        person = people.commit(connection, "acc1", fingerprint)
        fact = Fact(
            kind="account:contact_verified",
            happened_at=NOON,
            account="acc1",
            person=person,
            agency=AGENCY,
            attributes={"contact_class": "mobile", "new": True},
        )
        service.append(connection, AGENCY, fact, now=NOON)
    desk.sampled = {"acc1": fingerprint}
    opened = desk.export()
    assert fingerprint.encode() in opened
    assert desk.check(opened, "--key", "key.pub")[0] == 0
    with desk.database.write() as connection:
        store.erase(connection, "acc1")
    closed = desk.export()
    assert fingerprint.encode() not in closed
    assert desk.check(closed, "--key", "key.pub")[0] == 0


def test_another_bureau_finds_no_such_project(desk: Desk) -> None:
    desk.adopt()
    stranger = Identity("other", None, None, Role.AGENCY, "agency-b", "s2")
    with pytest.raises(NotFound):
        desk.evidence.export(stranger, desk.project)


def test_the_commands_write_and_check(desk: Desk, tmp_path: Path) -> None:
    desk.adopt()
    run = CliRunner()
    written = run.invoke(app, ["evidence", "export", desk.project, "--as-of", NOON.date().isoformat(), "--out", str(tmp_path)])
    assert written.exit_code == 0, written.output
    name = written.output.strip()
    assert name.endswith(f"evidence-{desk.project}-{NOON.date()}.zip")
    checked = run.invoke(app, ["verify", name, "--key", str(desk.bureau / "key.pub")])
    assert (checked.exit_code, checked.output.splitlines()[-1]) == (0, "PASS")
    assert run.invoke(app, ["verify", name]).exit_code == 2
    assert run.invoke(app, ["evidence", "export", desk.project, "--as-of", "30 June"]).exit_code == 2
