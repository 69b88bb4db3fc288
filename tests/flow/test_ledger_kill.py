"""T36: kill -9 at any moment loses no acknowledged fact and halves none."""

import random
import subprocess
import sys
from itertools import islice
from pathlib import Path

from sqlalchemy import select

from auth.database import Database
from auth.ledger import fsck, keys, service, store
from search.migrations import migrate
from tests.flow.writer import ROOT, lines

KILLS = 5


def killed(file: Path, after: int) -> set[tuple[str, int, str]]:
    """What a writer said it had stored before it was killed, which is after so many facts or a little later."""
    command = [sys.executable, "-m", "tests.flow.ledger_writer", str(file)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        said = list(islice(lines(process), after))
        process.kill()
        said += lines(process)
    words = [line.split() for line in said]
    return {(log, int(seq), deed) for log, seq, deed in (word for word in words if len(word) == 3) if len(deed) == 64}


def test_acknowledged_facts_are_all_there_each_with_its_deed(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'store.sqlite'}")
    migrate(database)
    chance, told = random.Random(36), set()
    for _ in range(KILLS):
        told |= killed(tmp_path / "store.sqlite", chance.randint(1, 40))
        with database.read() as connection:
            held = {(log, leaf.seq, str(leaf.person)) for log in ("a0", "a1") for leaf in service.leaves(connection, log)}
            deeds = set(connection.scalars(select(store.fingerprints.c.hmac)))
            report = fsck.run(connection, keys.create("patents.example.cn/ledger"))
        assert told <= held
        assert deeds == {deed for _, _, deed in held}
        assert (report.faults, report.leaves) == ((), len(held))
    assert len(told) >= KILLS
    database.close()
