"""A process of deeds with their facts: ``python -m tests.flow.ledger_writer DATABASE_FILE [TIMES]``, else until it is killed.

Each transaction remembers a fingerprint, the deed, and appends the fact that names it, to one of two logs.  A line
``log seq deed`` is said once the transaction is committed, ``refused`` where it was not.
"""

import itertools
import secrets
import sys

from auth.clock import now
from auth.database import Database, DatabaseUnavailable
from auth.ledger import people, service
from auth.ledger.model import Fact


def main(file: str, times: str | None = None) -> None:
    """Runs so many times."""
    database = Database(f"sqlite:///{file}")
    for number in range(int(times)) if times else itertools.count():
        try:
            print(*one(database, f"a{number % 2}"), flush=True)
        except DatabaseUnavailable:
            print("refused", flush=True)


def one(database: Database, log: str) -> tuple[str, int, str]:
    """A deed with its fact."""
    deed, at = secrets.token_hex(32), now()
    with database.write() as connection:
        people.remember(connection, deed, now=at)
        fact = Fact(kind="training:attended", happened_at=at, person=deed, agency=log, attributes={"training": "t1"})
        seq = service.append(connection, log, fact, now=at)
    return log, seq, deed


if __name__ == "__main__":
    main(*sys.argv[1:])
