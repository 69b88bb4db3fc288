"""The ledger's key file: made once, readable by its owner alone, rotated with a note that both keys sign."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from auth.errors import StartRefused
from auth.ledger import keys, notes
from auth.ledger.people import commitment, fingerprint

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
NAME = "patents.example.cn/ledger"


def test_the_file_is_made_once_by_many_at_once(tmp_path: Path) -> None:
    folder, barrier = tmp_path / "keys", threading.Barrier(8)

    def make(_number: int) -> bytes:
        barrier.wait()
        keys.ensure(folder, name=NAME)
        return (folder / keys.FILE).read_bytes()

    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(make, range(8)))) == 1
    assert (folder / keys.FILE).stat().st_mode & 0o777 == 0o600
    assert keys.load(folder).name == NAME


def test_a_rotation_is_announced_by_a_note_that_both_keys_sign(tmp_path: Path) -> None:
    keys.ensure(tmp_path, name=NAME)
    first = keys.load(tmp_path)
    second, third = (keys.rotate(tmp_path, now=NOON) for _ in range(2))
    held = keys.load(tmp_path)
    assert [held.name, held.pepper] == [NAME, first.pepper]
    assert held.verifiers == (third.signer.verifier, second.signer.verifier, first.signer.verifier)
    for note, (old, new) in zip(held.announcements, [(first, second), (second, third)], strict=True):
        read = notes.parse(note)
        both = [old.signer.verifier, new.signer.verifier]
        assert notes.verify(read, both) == both
        assert read.text == f"{NAME}\nkey rotation\nold {both[0].vkey}\nnew {both[1].vkey}\nat 2026-03-01T12:00:00.000000Z\n"


def test_the_private_half_of_a_retired_key_is_gone(tmp_path: Path) -> None:
    keys.ensure(tmp_path, name=NAME)
    private = json.loads((tmp_path / keys.FILE).read_text())["private"]
    keys.rotate(tmp_path, now=NOON)
    assert private not in (tmp_path / keys.FILE).read_text()
    assert [path.name for path in tmp_path.iterdir()] == [keys.FILE]


def _edit(folder: Path, **members: Any) -> None:
    path = folder / keys.FILE
    path.write_text(json.dumps(json.loads(path.read_text()) | members))


def test_a_file_that_is_not_sound_stops_the_start(tmp_path: Path) -> None:
    """T09 for this file: missing, open to others, damaged, weak, a rotation that nobody announced."""
    with pytest.raises(StartRefused, match="is missing"):
        keys.load(tmp_path)
    with pytest.raises(StartRefused, match="is missing"):
        keys.rotate(tmp_path, now=NOON)
    keys.ensure(tmp_path, name=NAME)
    keys.rotate(tmp_path, now=NOON)
    sound = (tmp_path / keys.FILE).read_bytes()
    faults: list[dict[str, Any]] = [
        {"private": "AAAA"},
        {"private": 7},
        {"name": "two words"},
        {"pepper": "AAAA"},
        {"pepper": "A" * 43 + "="},
        {"retired": []},
        {"retired": ["none"]},
        {"announcements": []},
        {"announcements": [notes.sign("text\n", keys.load(tmp_path).signer).written()]},
    ]
    for fault in faults:
        _edit(tmp_path, **fault)
        with pytest.raises(StartRefused, match="can't be read"):
            keys.load(tmp_path)
        (tmp_path / keys.FILE).write_bytes(sound)
    (tmp_path / keys.FILE).chmod(0o640)
    with pytest.raises(StartRefused, match="mode 0640"):
        keys.load(tmp_path)


@pytest.mark.parametrize(
    ("url", "name"),
    [("https://patents.example.cn", "patents.example.cn/ledger"), ("http://127.0.0.1:8000/", "127.0.0.1:8000/ledger")],
)
def test_an_installation_is_named_by_its_address(url: str, name: str) -> None:
    assert keys.name_of(url) == name
    assert keys.create(name).origin("a1") == f"{name}/a1"


def test_a_name_that_notes_cannot_carry_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StartRefused, match="PATENTRY_PUBLIC_URL"):
        keys.ensure(tmp_path, name="a b/ledger")


def test_fingerprints_and_commitments_are_what_the_documentation_says() -> None:
    """Computed by hand with openssl: HMAC-SHA256 of the contact, SHA-256 of salt and fingerprint."""
    mark = fingerprint("+8613800138000", pepper=bytes(range(32)))
    assert mark == "eee9810e7b839a5c52ae4093c2785f71089272caa6d14ea9956bc905af031e79"
    assert commitment(mark, bytes(32)) == "7e6fa05c5fd00de3c6209464148b22b1f4a756990f14148a0cceefc8f47ec8d8"
