"""A process that does deeds with their facts until it is killed: ``python -m tests.flow.ledger_writer DATABASE_FILE``.

Each transaction remembers a fingerprint, the deed, and appends the fact that names it, to one of two logs.  A line
``log seq deed`` is said once the transaction is committed.
"""

import itertools
import secrets
import sys

from auth.clock import now
from auth.database import Database
from auth.ledger import people, service
from auth.ledger.model import Fact


def main() -> None:
    """Runs until the end comes from outside."""
    database = Database(f"sqlite:///{sys.argv[1]}")
    for number in itertools.count():
        log, deed, at = f"a{number % 2}", secrets.token_hex(32), now()
        with database.write() as connection:
            people.remember(connection, deed, now=at)
            fact = Fact(kind="training:attended", happened_at=at, person=deed, agency=log, attributes={"training": "t1"})
            seq = service.append(connection, log, fact, now=at)
        print(log, seq, deed, flush=True)


if __name__ == "__main__":
    main()
