"""T36: writes and syncs that fail while facts are appended lose no acknowledged fact and halve none."""

import random
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from auth.database import Database
from auth.ledger import fsck, keys, service, store
from search.migrations import migrate
from tests.flow.writer import ROOT
from tests.machine import need, soaking

DEEDS = 60
ROUNDS = 100 if soaking() else 1
FAULTS = [("pwrite64", "EIO", 19), ("pwrite64", "ENOSPC", 23), ("fdatasync", "EIO", 3), ("fdatasync", "ENOSPC", 4)]
"""A system call, what it answers, and that one of about so many does."""


def with_faults(file: Path, call: str, error: str, *, first: int, every: int) -> tuple[list[list[str]], int]:
    """What a writer said, word by word, and how many of its calls really failed."""
    trace = file.with_name("trace")
    inject = f"inject={call}:error={error}:when={first}+{every}"
    strace = [str(need("strace")), "-f", "--seccomp-bpf", "-o", str(trace), "-e", f"trace={call}", "-e", inject]
    writer = [sys.executable, "-m", "tests.flow.ledger_writer", str(file), str(DEEDS)]
    done = subprocess.run([*strace, *writer], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [line.split() for line in done.stdout.splitlines()], trace.read_text().count("(INJECTED)")


def test_a_failing_disk_loses_no_acknowledged_fact(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = Database(f"sqlite:///{tmp_path / 'store.sqlite'}")
    migrate(database)
    seed = random.randrange(2**32)
    chance, told, injected, refused = random.Random(seed), set(), 0, 0
    for call, error, every in FAULTS * ROUNDS:
        said, failed = with_faults(tmp_path / "store.sqlite", call, error, first=chance.randint(1, 30), every=every)
        assert len(said) == DEEDS
        injected += failed
        refused += said.count(["refused"])
        told |= {(log, int(seq), deed) for log, seq, deed in (words for words in said if words != ["refused"])}
        with database.read() as connection:
            held = {(log, leaf.seq, str(leaf.person)) for log in ("a0", "a1") for leaf in service.leaves(connection, log)}
            deeds = set(connection.scalars(select(store.fingerprints.c.hmac)))
            assert told <= held
            assert deeds == {deed for _, _, deed in held}
            assert fsck.run(connection, keys.create("patents.example.cn/ledger")).faults == ()
    with capsys.disabled():
        print(f" {injected} faults injected, {refused} facts refused, {len(told)} kept (seed {seed})", end="")
    assert min(injected, refused, len(told)) > 0
    database.close()
