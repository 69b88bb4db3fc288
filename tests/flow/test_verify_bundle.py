"""A bundle from the database to the bureau's desk: exported, checked with a copy of the verifier, witnessed, tampered with."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from auth.access.model import Identity
from auth.http.problems import NotFound
from auth.ledger import people, service, store
from auth.ledger.model import Fact
from auth.projects.problems import NoRuleYet
from auth.roles import Role
from auth.targets.verifier import FOLDER
from search.cli import app
from search.settings import Settings
from tests.flow.bureau import AGENCY, Desk
from tests.tenants import NOON


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
