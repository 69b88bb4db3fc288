"""T36: a whole registration whose disk fails, or whose process is killed, at any of its writes: nothing half, nothing lost."""

import random
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from auth.ledger import fsck, service
from auth.ledger import store as ledger
from auth.registration import store
from auth.users.store import users
from tests.desk import Desk, a_desk
from tests.flow.registration_writer import Person
from tests.flow.writer import ROOT
from tests.machine import need, soaking

STRUCK = 600
"""More calls than the process makes before its first child."""

FEWEST = 0.8
"""Of the places are struck. The others lie behind the last write: how many pages a registration writes, 188 to 198, depends on
where its random keys fall among those that are there, and the places are those of one that was measured."""

SAMPLE = 8
CALLS = ("pwrite64", "fdatasync")
BLOWS = ("error=EIO", "error=ENOSPC", "signal=KILL")
RUNGS = ("account:registered", "account:contact_verified", "account:profile_complete", "account:activated")
STEPS = ("sign_up", "verify", "profile", "search")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path) as opened:
        yield opened


def traced(desk: Desk, places: list[str], *, blow: str = "") -> tuple[list[list[str]], str]:
    """What the process of registrations said, word by word, and what the tracer saw."""
    folder = desk.settings.data
    trace = folder / "trace"
    quick = [] if "KILL" in blow else ["--seccomp-bpf"]  # with which strace 6.1 forgets its signals
    strikes = [word for call in CALLS if blow for word in ("-e", f"inject={call}:{blow}:when={STRUCK}")]
    strace = [str(need("strace")), "-f", *quick, "-o", str(trace), "-e", f"trace={','.join(CALLS)}", *strikes]
    words = [str(folder), desk.link.code, desk.enterprise, str(STRUCK), *places]
    writer = [sys.executable, "-m", "tests.flow.registration_writer", *words]
    done = subprocess.run([*strace, *writer], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return [line.split() for line in done.stdout.splitlines()], trace.read_text()


def calls_of_one(desk: Desk) -> dict[str, int]:
    """How many calls of each kind one registration makes, after the process's first."""
    said, seen = traced(desk, [f"pwrite64:{STRUCK}"])
    assert len(said) == 2 * (len(STEPS) + 1)
    lines = seen.splitlines()
    child = next(line.split()[0] for line in reversed(lines) if "(" in line and "SIGCHLD" not in line)
    return {call: sum(line.startswith(child) and f" {call}(" in line for line in lines) for call in CALLS}


def reached(seen: str) -> int:
    """How many processes made so many calls of a kind that one of them was to be struck."""
    made = Counter[tuple[str, str]]()
    for line in seen.splitlines():
        process, _, rest = line.partition(" ")
        made.update((process, call) for call in CALLS if rest.lstrip().startswith(f"{call}("))
    return len({process for (process, _), calls in made.items() if calls >= STRUCK})


def standing(desk: Desk) -> dict[str, Counter[str]]:
    """The facts of every account, once everything else was held against them."""
    with desk.database.read() as connection:
        facts: dict[str, Counter[str]] = defaultdict(Counter)
        for log in ledger.logs(connection):
            for leaf in service.leaves(connection, log):
                facts[str(leaf.account)][leaf.kind] += 1
        claims = connection.execute(select(store.claims)).all()
        held = {row.account: row for row in connection.execute(select(store.registrations))}
        salts = set(connection.scalars(select(ledger.salts.c.account)))
        known = set(connection.scalars(select(ledger.fingerprints.c.hmac)))
        assert fsck.run(connection, desk.evidence.keys()).faults == ()
        assert set(connection.scalars(select(users.c.id))) == set(held) == salts
    assert {row.account for row in claims} == set(facts)
    assert {row.account for row in claims if row.state == "confirmed"} == set(held)
    assert {row.identity for row in held.values()} == known
    for account, kinds in facts.items():
        row = held.get(account)
        reached = (True, row is not None, row and row.completed_at, row and row.activated_at)
        assert [kinds[kind] for kind in RUNGS] == [int(bool(each)) for each in reached], account
        assert row is None or (row.agency, row.link) == (desk.agency, desk.link.id)
    return facts


def acknowledged(desk: Desk, said: list[list[str]]) -> None:
    """Every step that was acknowledged is in the tables."""
    with desk.database.read() as connection:
        accounts = {row.email: row.id for row in connection.execute(select(users))}
        waiting = set(connection.scalars(select(store.claims.c.contact)))
        held = {row.account: row for row in connection.execute(select(store.registrations))}
    for contact, step in (words for words in said if words[0] != "refused"):
        row = held.get(accounts.get(contact, ""))
        assert row is not None or (step in ("sign_up", "message") and contact in waiting)
        assert row is None or step != "profile" or row.completed_at
        assert row is None or step != "search" or row.activated_at


def test_a_blow_at_any_write_of_a_registration(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """Each person whose process was killed comes again with the same form: then he is registered, once."""
    seed = random.randrange(2**32)
    chance, blows, refused = random.Random(seed), Counter[str](), 0
    writes = calls_of_one(desk)
    everywhere = {call: [f"{call}:{number}" for number in range(1, writes[call] + 1)] for call in CALLS}
    for blow in BLOWS:
        places = [chance.sample(each, len(each) if soaking() else min(SAMPLE, len(each))) for each in everywhere.values()]
        said, seen = traced(desk, [*places[0], *places[1]], blow=blow)
        landed = seen.count("+++ killed by SIGKILL +++") if "KILL" in blow else seen.count("(INJECTED)")
        assert landed == reached(seen)
        assert landed >= FEWEST * sum(map(len, places))
        blows[blow] += landed
        refused += sum(words[0] == "refused" for words in said)
        standing(desk)
        acknowledged(desk, said)
    for number, contact in enumerate(waiting(desk), 1000):
        Person(desk, contact, desk.link.code, desk.enterprise, number).register()
    facts = standing(desk)
    complete = sum(kinds["account:contact_verified"] for kinds in facts.values())
    with capsys.disabled():
        told = ", ".join(f"{number} × {blow}" for blow, number in blows.items())
        print(f" {told} at {writes}; {refused} steps refused, {complete} registered (seed {seed})", end="")
    assert refused > 0
    assert complete == len(facts)


def waiting(desk: Desk) -> list[str]:
    """Contacts of sign-ups that nobody confirmed."""
    with desk.database.read() as connection:
        asked = select(store.claims.c.contact).where(store.claims.c.state == "pending")
        return sorted({str(contact) for contact in connection.scalars(asked)})
