"""`patentry keys` and what `patentry doctor` says of both key files."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from auth.database import open_database
from auth.ledger import keys, notes, service
from auth.ledger.model import INSTALLATION, Fact
from auth.ledger.service import Ledger
from search.settings import Settings
from tests.command import patentry

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
PRODUCTION = {"PATENTRY_ENV": "production", "PATENTRY_PUBLIC_URL": "https://patents.example.cn"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A production installation with a signed fact."""
    data = tmp_path / "data"
    assert patentry("migrate", data=data, **PRODUCTION).returncode == 0
    assert patentry("keys", "rotate", data=data, **PRODUCTION).returncode == 0
    append(data)
    sign(data)
    return data


def append(data: Path) -> None:
    database = open_database(Settings(data=data))
    with database.write() as connection:
        service.append(connection, INSTALLATION, Fact(kind="account:activated", happened_at=NOON, account="u1"), now=NOON)
    database.close()


def sign(data: Path) -> None:
    database = open_database(Settings(data=data))
    Ledger(database, data / "keys", clock=lambda: NOON).checkpoint(INSTALLATION)
    database.close()


def doctor(data: Path) -> str:
    """What it says of the ledger's keys."""
    told = patentry("doctor", data=data, **PRODUCTION).stdout
    return next(line for line in told.splitlines() if "ledger keys" in line)


def test_a_new_installation_gets_all_its_keys_at_once(tmp_path: Path) -> None:
    assert patentry("migrate", data=tmp_path, **PRODUCTION).returncode == 0
    first = patentry("keys", "rotate", data=tmp_path, **PRODUCTION)
    held = keys.load(tmp_path / "keys")
    assert held.name == "patents.example.cn/ledger"
    assert held.signer.verifier.vkey in first.stderr
    again = patentry("keys", "rotate", data=tmp_path, **PRODUCTION)
    assert (again.returncode, again.stderr) == (0, "")
    assert keys.load(tmp_path / "keys").signer.verifier == held.signer.verifier  # only the key of tokens is another
    assert len({first.stdout, again.stdout}) == 2


def test_rotating_the_ledgers_key_says_what_the_bureau_needs(data: Path) -> None:
    old = keys.load(data / "keys").signer.verifier
    line, _, note = patentry("keys", "rotate", "--checkpoint", data=data, **PRODUCTION).stdout.partition("\n\n")
    new = notes.verifier(line)
    assert notes.verify(notes.parse(note), [old, new]) == [old, new]
    listed = patentry("keys", "list", data=data, **PRODUCTION).stdout.splitlines()
    assert [text.partition("\t")[0] for text in listed[1:]] == [new.vkey, old.vkey]
    append(data)
    sign(data)
    assert doctor(data).startswith("✓")


def test_lost_keys_of_a_ledger_with_facts_are_never_made_anew(data: Path) -> None:
    (data / "keys" / keys.FILE).unlink()
    for options in [(), ("--checkpoint",)]:
        done = patentry("keys", "rotate", *options, data=data, **PRODUCTION)
        assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
        assert "is missing: restore it" in done.stderr
    assert not (data / "keys" / keys.FILE).exists()
    assert doctor(data).startswith("✕")


def test_doctor_finds_keys_that_are_anothers_old_or_open_to_others(data: Path, tmp_path: Path) -> None:
    path = data / "keys" / keys.FILE
    own = path.read_bytes()
    assert doctor(data) == "✓ 存证密钥 ledger keys: 1 个日志已签署 logs signed"
    keys.ensure(tmp_path / "other", name="patents.example.cn/ledger")
    path.write_bytes((tmp_path / "other" / keys.FILE).read_bytes())
    assert "was not signed" in doctor(data)
    path.write_bytes(own)
    keys.rotate(data / "keys", now=NOON)
    append(data)
    sign(data)
    path.write_bytes(own)  # a backup from before the rotation
    assert "was not signed" in doctor(data)
    path.chmod(0o644)
    assert "mode 0644" in doctor(data)
