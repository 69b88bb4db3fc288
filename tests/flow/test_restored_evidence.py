"""Evidence over a backup and over a rotation of keys, as the bureau meets it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from auth.database import Database
from auth.ledger import keys, notes, service
from auth.ledger.model import Fact
from auth.ledger.service import rotate_keys
from search.settings import Settings
from tests.command import apart, patentry
from tests.flow.bureau import AGENCY, Desk
from tests.tenants import NOON

ELSEWHERE = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "17"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(env="development", data=tmp_path / "data")


@pytest.fixture
def desk(tmp_path: Path, settings: Settings) -> Iterator[Desk]:
    """A project with a rule and one person; the bureau has seen it."""
    made = Desk(tmp_path, settings)
    assert patentry("keys", "rotate", data=settings.data).returncode == 0
    made.adopt()
    made.person("acc1")
    assert witnessed(made, made.export()) == (0, "PASS")
    yield made
    made.database.close()


def witnessed(desk: Desk, bundle: bytes, *, key: str = "key.pub") -> tuple[int, str]:
    """Status and verdict of a check with the checkpoint that was kept."""
    status, words = desk.check(bundle, "--key", key, "--witness", "last.txt")
    return status, words.splitlines()[-1] if status == 0 else words.splitlines()[0]


def hold(database: Database, account: str, *, days: int) -> None:
    """The account is held so many days later."""
    at = NOON + timedelta(days=days)
    with database.write() as connection:
        service.append(connection, AGENCY, Fact(kind="account:held", happened_at=at, account=account, agency=AGENCY), now=at)


def test_T40_a_standing_of_a_day_is_the_same_on_a_restored_backup(desk: Desk, settings: Settings, tmp_path: Path) -> None:
    """The whole bundle with its counts and rows, in another process with another time zone, locale and hash seed."""
    desk.person("acc2")
    hold(desk.database, "acc1", days=2)
    days = [(NOON + timedelta(days=number)).date() for number in (0, 200)]
    desk.now = NOON + timedelta(days=200)
    bundles = {day: desk.export(as_of=day) for day in days}
    assert len(set(bundles.values())) == len(days)
    assert patentry("backup", str(tmp_path / "kept"), data=settings.data).returncode == 0
    hold(desk.database, "acc2", days=3)  # after the backup
    restored = tmp_path / "restored"
    assert patentry("restore", str(tmp_path / "kept"), data=restored).returncode == 0
    for day, bundle in bundles.items():
        done = apart("evidence", "export", desk.project, "--as-of", str(day), "--out", str(tmp_path), data=restored, **ELSEWHERE)
        assert done.returncode == 0, done.stderr
        assert Path(done.stdout.strip()).read_bytes() == bundle


def test_T40_an_old_backup_is_found_by_the_witness(desk: Desk, settings: Settings, tmp_path: Path) -> None:
    """As a tail that was cut; once it has grown as long again, as another history."""
    kept = tmp_path / "kept"
    assert patentry("backup", str(kept), data=settings.data).returncode == 0
    desk.person("acc2")
    assert witnessed(desk, desk.export()) == (0, "PASS")
    desk.database.close()
    assert patentry("restore", str(kept), "--replace", data=settings.data).returncode == 0
    assert patentry("ledger", "fsck", data=settings.data).returncode == 0  # from inside nothing is missing
    status, words = witnessed(desk, desk.export())
    assert (status, words.startswith("FAIL witness"), "cut" in words) == (1, True, True)
    desk.person("acc3")
    status, words = witnessed(desk, desk.export())
    assert (status, words.startswith("FAIL witness"), "contradicts" in words) == (1, True, True)


def test_a_bundle_over_a_rotation_is_checked_with_both_lines(desk: Desk, settings: Settings) -> None:
    before = desk.export()
    old = (desk.bureau / "key.pub").read_text("utf-8")
    held = rotate_keys(settings)
    new = f"{held.signer.verifier.vkey}\n"
    assert notes.verify(notes.parse(held.announcements[-1]), held.verifiers) == [*reversed(held.verifiers)]  # as it is sent
    (desk.bureau / "new.pub").write_text(new, "utf-8")
    (desk.bureau / "both.pub").write_text(old + new, "utf-8")
    desk.person("acc2")
    after = desk.export()

    status, words = witnessed(desk, after)  # the announcement has not arrived
    assert (status, words.startswith("FAIL checkpoints/")) == (1, True)
    assert witnessed(desk, after, key="new.pub")[0] == 2  # the checkpoint that was kept is of the old key
    assert witnessed(desk, after, key="both.pub") == (0, "PASS")
    assert witnessed(desk, after, key="new.pub") == (0, "PASS")  # now it is of the new one
    for key in ("key.pub", "both.pub"):
        assert desk.check(before, "--key", key)[0] == 0  # what was signed before stays good
    assert desk.check(before, "--key", "new.pub")[0] == 1


def test_a_backup_from_before_a_rotation_does_not_sign_again(desk: Desk, settings: Settings) -> None:
    """Whoever restores the old key file alone is told so, before the bureau is shown a checkpoint of a retired key."""
    path = settings.key_folder / keys.FILE
    kept = path.read_bytes()
    rotate_keys(settings)
    desk.export()
    path.write_bytes(kept)
    done = patentry("doctor", data=settings.data)
    assert done.returncode == 1
    assert "was not signed by a key in" in done.stdout
