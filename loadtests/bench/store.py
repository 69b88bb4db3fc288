"""R1: storing a sign-up, against sqlite3 by hand: the same statements, the same settings, a commit each.

What is recorded are the statements that one run of ours sends, with their values; the anchor sends them again to a copy of the
file as it was before.
"""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from auth.access.service import open_access
from auth.clock import now
from auth.credentials import keys
from auth.http.idempotency import Idempotency
from auth.mail.postman import open_postman
from auth.referral.service import Referral
from auth.registration.challenge import Challenges
from auth.registration.model import Consents, Origin, SignUp
from auth.registration.signing_up import Parts, SigningUp
from loadtests.bench.harness import Goal, Measure, Outcome, compare, wall
from loadtests.bench.office import Office, office

Statement = tuple[str, Any]
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")  # as `auth.database`
_numbers = count()


def sign_ups(*, rounds: int, goal: Goal, people: int = 100) -> Outcome:
    """Wall seconds of a sign-up without a password: the claim, its fact, its code and message, and what is counted, in one
    transaction on disk."""
    with tempfile.TemporaryDirectory() as name, office(Path(name)) as held, _signing_up(held) as room:
        before = Path(name) / "before.sqlite"
        _copy(held.database.file, before)
        with _recorded() as statements:
            _sign_up(room, people)
        ours = wall(lambda: _sign_up(room, people), units=people)
        return compare(ours, _replay(before, statements, people), goal, rounds=rounds)


@contextmanager
def _signing_up(held: Office) -> Iterator[SigningUp]:
    access = open_access(held.settings, held.database)
    secret = keys.load(held.settings.key_folder)
    parts = Parts(
        database=held.database,
        access=access,
        referral=Referral(held.database, secret.derive("referral")),
        postman=open_postman(held.settings, held.database),
        idempotency=Idempotency(secret.derive("idempotency")),
        challenges=Challenges(secret.derive("challenge")),
        public_url=held.settings.public_url,
        key=secret.derive("registration"),
        clock=now,
    )
    try:
        yield SigningUp(parts)
    finally:
        access.close()


def _sign_up(room: SigningUp, people: int) -> None:
    for number in range(people):
        contact = f"newcomer{next(_numbers)}@example.com"
        room.sign_up(SignUp(contact, consents=Consents(terms=True)), Origin(f"192.0.2.{number % 250}"))


@contextmanager
def _recorded() -> Iterator[list[Statement]]:
    """The statements sent in the block, with their values."""
    statements: list[Statement] = []

    def note(_connection: object, _cursor: object, statement: str, values: Any, _context: object, _many: bool) -> None:
        statements.append((statement, values))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def _replay(before: Path, statements: list[Statement], people: int) -> Measure:
    """The statements sent to a fresh copy each time; making it is not counted."""

    def measure() -> float:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "copy.sqlite"
            shutil.copyfile(before, copy)
            with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
                for pragma in _PRAGMAS:
                    connection.execute(f"PRAGMA {pragma}")
                return wall(lambda: _send(connection, statements), units=people)()

    return measure


def _send(connection: sqlite3.Connection, statements: list[Statement]) -> None:
    for statement, values in statements:
        if statement.startswith("BEGIN"):
            connection.commit()
        connection.execute(statement, values).fetchall()
    connection.commit()


def _copy(file: Path, to: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("VACUUM INTO ?", (str(to),))
